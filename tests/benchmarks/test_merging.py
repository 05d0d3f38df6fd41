"""A class's work merged: fifty files of thirty marks, against reading them alone.

Figures are printed as ratios; nothing fails on a clock.
"""

import time
from dataclasses import replace

import pytest

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn, write
from postil.importers.returned import gather
from postil.library import AddArticle, Library
from postil.library.handed_in import HandedIn, Outcome
from postil.library.handing_in import HandIn

pytestmark = pytest.mark.benchmark

FILES, MARKS = 50, 30
WORDS = [f"Word {n} after word {n * 7} stands here, and some are marked. " * 8 for n in range(14)]


def test_the_work_of_a_class_is_merged(tmp_path):
    article = make_article(*WORDS, title="Ferry")
    folder = tmp_path / "returned"
    folder.mkdir()
    for file in range(FILES):
        marks = tuple(
            replace(
                make_annotation(
                    article, (at := 37 * (file + 3 * n) % 5_000, at + 30), number=100 * file + n
                ),
                note="Why?",
            )
            for n in range(MARKS)
        )
        text = write(HandedOn(article, marks))
        if file % 10 == 0:  # a few have edited the text
            text = text.replace("Word 3 after", "Word three after", 5)
        (folder / f"student{file}.md").write_text(text, "utf-8")
    with Library.open(tmp_path / "library.sqlite") as library:
        library.do(AddArticle(article, id=make_id(10**6)))
        list(gather([next(folder.iterdir())], lambda _done, _total: None))  # starts the child
        began = time.perf_counter()
        works = list(gather([folder], lambda _done, _total: None))
        read = time.perf_counter()
        command = HandIn(tuple(HandedIn(work, work.stem) for work in works))
        library.rehearse(command)
        seen = time.perf_counter()
        library.do(command)
        done = time.perf_counter()
        assert command.merged.count(Outcome.NEW) == FILES * MARKS
        assert {file.article_id for file in command.merged.files} == {make_id(10**6)}
    print(
        f"\nmerging {FILES} files of {MARKS} marks: read {read - began:.2f} s, "
        f"looked through {(seen - read) / (read - began):.2f} x that, "
        f"written {(done - seen) / (read - began):.2f} x"
    )
