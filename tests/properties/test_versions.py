"""After any change of the text every mark stands on what it quotes, is reported, or waits."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from factories import make_article
from postil.domain.annotation import Placement
from postil.domain.errors import UserError
from postil.library import AddAnnotation, AddArticle, Library
from postil.library.correcting import CorrectText
from postil.library.intake import take_in
from postil.library.versions import GoBack
from unit.library.test_intake import imported

WORDS = st.sampled_from(["the ferry", "sank", "😀", "שלום", "of late", "dinosaurs", "no", "é", "."])
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=5
)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("file"), PARAGRAPHS),
        st.tuples(st.just("correct"), st.integers(0), st.integers(1, 3), PARAGRAPHS),
        st.tuples(st.just("back"), st.integers(0)),
    ),
    min_size=1,
    max_size=4,
)


def seen(library, article_id):
    opened = library.article(article_id)
    return opened.record, opened.article, library.annotations(article_id)


def change(library, article_id, told):
    """Carry out one change; return whether it was one."""
    step = library.undo_step()
    opened = library.article(article_id)
    if told[0] == "file":
        file = imported(make_article(*told[1]), data=repr(told[1]).encode())
        take_in(library, file, version_of=article_id)
    elif told[0] == "correct":
        first = told[1] % len(opened.article.blocks)
        lines = "\n".join(told[3])
        library.do(CorrectText(article_id, opened.record.revision_id, first, told[2], lines))
    else:
        versions = library.versions(article_id)
        library.do(GoBack(article_id, versions[told[1] % len(versions)].id))
    return library.undo_step() != step


@given(PARAGRAPHS, st.lists(st.tuples(st.integers(0), st.integers(1, 40)), max_size=5), CHANGES)
def test_no_mark_is_lost_or_moved_in_silence(paragraphs, ranges, changes):
    with TemporaryDirectory() as folder, Library.open(Path(folder, "l.sqlite")) as library:
        command = AddArticle(make_article(*paragraphs))
        library.do(command)
        article_id = command.id
        length = len(library.article(article_id).article.text)
        for start, size in ranges:
            low = start % length
            try:
                library.do(AddAnnotation(article_id, low, min(low + size, length)))
            except UserError:  # nothing but a break
                continue
        states = [seen(library, article_id)]
        for told in changes:
            before = {mark.id: mark for mark in states[-1][2]}
            if not change(library, article_id, told):
                continue
            states.append(seen(library, article_id))
            record, article, marks = states[-1]
            assert {mark.id for mark in marks} == set(before)
            for mark in marks:
                former = before[mark.id]
                if not mark.placement.is_placed:
                    assert mark.anchor == former.anchor
                    continue
                assert mark.revision_id == record.revision_id
                assert article.text[mark.start : mark.end] == mark.anchor.exact
                if mark.placement is not Placement.CHANGED:
                    assert mark.anchor.exact.split() == former.anchor.exact.split()
        for state in reversed(states[:-1]):
            library.undo()
            assert seen(library, article_id) == state
