"""Marks with a star, and tags that are not offered any more."""

import csv
import io
import json
from dataclasses import replace

import pytest

from factories import make_article
from postil.annotated_markdown import write
from postil.annotated_markdown.code_line import read_code_line, write_code_line
from postil.exporters import EXPORTERS, ExportOptions
from postil.importers import Source, read
from postil.importers.mark_files import read as read_marks
from postil.library import (
    AddAnnotation,
    AddArticle,
    AddCodebook,
    AddTag,
    ChangeAnnotation,
    CopyCodebook,
    DeleteAnnotations,
    RetireTag,
)
from postil.library.handing_on import handed_on
from postil.library.intake import take_in


@pytest.fixture
def marked(library):
    """Return ids of an article and of its mark, which has a star."""
    add = AddArticle(make_article("For years the council has told us nothing can be done."))
    library.do(add)
    mark = AddAnnotation(add.id, 4, 9)
    library.do(mark)
    library.do(ChangeAnnotation(mark.id, starred=True))
    return add.id, mark.id


def star(library, article_id):
    return [mark.starred for mark in library.annotations(article_id)]


def test_a_star_is_one_step(library, marked):
    assert star(library, marked[0]) == [True]
    library.undo()
    assert star(library, marked[0]) == [False]
    library.redo()
    library.do(DeleteAnnotations((marked[1],)))
    library.undo()
    assert star(library, marked[0]) == [True]


def test_a_star_comes_back_from_annotated_markdown(library, marked, tmp_path):
    text = write(handed_on(library, marked[0]))
    assert " star=1" in text
    library.do(ChangeAnnotation(marked[1], starred=False))
    take_in(library, read(Source(text.encode(), "back.md", "back.md", "")))
    assert star(library, marked[0]) == [True]


def test_a_star_of_a_newer_version_is_kept_as_it_came(library, marked):
    (mark,) = library.annotations(marked[0])
    line = write_code_line(mark, 4, 9).replace("star=1", "star=3")
    code = read_code_line([line])
    assert not code.starred
    assert ("star", "3") in code.extra
    again = replace(mark, starred=False, extra=code.extra)
    assert "star=3" in write_code_line(again, 4, 9)
    assert write_code_line(replace(mark, extra=code.extra), 4, 9).count("star=") == 1


def test_a_star_stands_in_the_table_and_comes_back_from_json_ld(library, marked):
    table = EXPORTERS["csv"].export(handed_on(library, marked[0]), ExportOptions()).data
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert row["star"] == "1"
    data = EXPORTERS["jsonld"].export(handed_on(library, marked[0]), ExportOptions()).data
    (item,) = json.loads(data)["first"]["items"]
    assert item["postil:star"] is True
    assert [mark.starred for mark in read_marks(data.decode(), "m.jsonld").marks] == [True]
    line = json.dumps({"start": 0, "end": 3, "star": 1})
    assert [mark.starred for mark in read_marks(line, "m.jsonl").marks] == [True]
    assert [mark.starred for mark in read_marks(line.replace("1}", "0}"), "m.jsonl").marks] == [
        False
    ]


def tags(library, codebook_id):
    return next(s for s in library.tag_sets() if s.codebook.id == codebook_id)


def test_a_retired_tag_is_offered_no_more_and_its_marks_keep_it(library, marked):
    first = tags(library, "persuasion23").tags[0]
    library.do(ChangeAnnotation(marked[1], tags=(first.id,)))
    assert first.id in library.recent_tags()
    library.do(RetireTag(first.id, retired=True))
    assert first.id not in library.recent_tags()
    assert first.id not in {tag.id for tag in tags(library, "persuasion23").offered}
    assert library.annotations(marked[0])[0].tags == (first.id,)
    library.do(RetireTag(first.id, retired=False))
    assert first.id in library.recent_tags()
    assert library.undo_step().name == "restore-tag"


def test_a_codebook_that_is_taken_in_again_leaves_a_tag_retired(library):
    library.do(CopyCodebook("persuasion23", "Mine"))
    mine = tags(library, "mine")
    library.do(RetireTag(mine.tags[0].id, retired=True))
    first = replace(mine.tags[0], definition="Another one")
    library.do(AddCodebook(replace(mine, tags=(first, *mine.tags[1:]))))
    now = tags(library, "mine").tags[0]
    assert (now.definition, now.retired) == ("Another one", True)


def test_a_newer_shipped_codebook_leaves_a_tag_retired(library, monkeypatch):
    from postil import codebooks
    from postil.library import Library

    first = tags(library, "persuasion23").tags[0]
    library.do(RetireTag(first.id, retired=True))
    path = library.path
    library.close()
    monkeypatch.setattr(codebooks, "shipped_versions", lambda: {"persuasion23": "99"})
    with Library.open(path) as again:
        assert tags(again, "persuasion23").tags[0].retired


def test_a_new_tag_is_offered(library):
    library.do(AddTag("my", "own", "Hunch"))
    assert [tag.name for tag in tags(library, "my").offered] == ["Hunch"]
