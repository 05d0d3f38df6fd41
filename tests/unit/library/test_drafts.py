"""What is being typed, and what two people write in one place: nothing is lost or overwritten."""

import pytest

from factories import FERRY, make_article
from postil.domain.errors import ReadOnlyError, UserError
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    DeleteAnnotations,
    DeleteArticles,
    Library,
    WriteOnArticle,
    draft_key,
)
from postil.library.conflicts import both_texts


@pytest.fixture
def article_id(library):
    command = AddArticle(make_article(*FERRY, title="The ferry"))
    library.do(command)
    return command.id


@pytest.fixture
def mark(library, article_id):
    command = AddAnnotation(article_id, 0, 3, note="First.")
    library.do(command)
    return command.id


@pytest.fixture
def other(library):
    with Library.open(library.path) as opened:
        yield opened


def note(library, mark_id, article_id):
    return next(m.note for m in library.annotations(article_id) if m.id == mark_id)


def test_what_was_cut_off_is_told_with_its_place(library, article_id, mark):
    library.drafts.keep(mark, "First. And mo")
    library.drafts.keep(draft_key(article_id), "On the who")
    library.drafts.keep(draft_key(article_id, "reading_questions/claim"), "It says")
    kept = {draft.text: draft for draft in library.drafts.kept()}
    assert kept["First. And mo"].annotation_id == mark
    assert kept["On the who"].annotation_id == ""
    assert kept["It says"].question == "reading_questions/claim"
    assert {draft.title for draft in kept.values()} == {"The ferry"}
    assert {draft.article_id for draft in kept.values()} == {article_id}


def test_what_is_kept_in_its_place_is_not_told(library, article_id, mark):
    library.drafts.keep(mark, "First.\r\n")
    library.drafts.keep(draft_key(article_id), "")
    assert library.drafts.kept() == []


def test_a_draft_of_what_was_deleted_is_told_without_a_place(library, article_id, mark):
    library.drafts.keep(mark, "First. And mo")
    library.drafts.keep(draft_key(article_id), "On the who")
    library.do(DeleteAnnotations((mark,)))
    library.do(DeleteArticles((article_id,)))
    kept = library.drafts.kept()
    assert {draft.text for draft in kept} == {"First. And mo", "On the who"}
    assert {draft.article_id for draft in kept} == {""}
    for draft in kept:
        library.drafts.drop(draft.key)
    assert library.drafts.kept() == []


def test_a_note_changed_after_its_draft_is_in_the_draft(library, other, article_id, mark):
    library.drafts.keep(mark, "Mine")
    other.do(ChangeAnnotation(mark, note="Theirs"))
    assert other.drafts.text(mark) is None  # their typing ended with their note
    library.drafts.keep(mark, "Mine")
    text = library.drafts.text(mark)
    assert text.startswith("Mine\n")
    assert text.endswith("\n\nTheirs")


def test_two_who_write_one_note_both_keep_their_words(library, other, article_id, mark):
    library.do(ChangeAnnotation(mark, note="Mine.", based_on="First."))
    changes = other.do(ChangeAnnotation(mark, note="Theirs.", based_on="First."))
    assert changes.step.name == "keep-both-texts"
    assert note(library, mark, article_id).startswith("Theirs.\n")
    assert note(library, mark, article_id).endswith("\n\nMine.")
    library.undo()
    assert note(library, mark, article_id) == "Mine."


def test_fields_that_were_not_written_here_are_theirs(library, other, article_id, mark):
    other.do(ChangeAnnotation(mark, note="Theirs."))
    library.do(ChangeAnnotation(mark, starred=True))
    assert note(library, mark, article_id) == "Theirs."


def test_two_who_write_on_the_whole_both_keep_their_words(library, other, article_id):
    question = library.tag_sets()[0].tags[0].id
    for asked in ("", question):
        library.do(WriteOnArticle(article_id, "Mine.", asked, based_on=""))
        other.do(WriteOnArticle(article_id, "Theirs.", asked, based_on=""))
    record = library.article(article_id).record
    for text in (record.note, dict(record.answers)[question]):
        assert text.startswith("Theirs.\n")
        assert text.endswith("\n\nMine.")


@pytest.mark.parametrize(
    ("text", "stored", "based_on", "kept"),
    [
        ("new", "old", "old", "new"),
        ("", "old", "old", ""),
        ("old", "theirs", "old", "theirs"),
        ("same", "same", "old", "same"),
        ("mine and theirs", "theirs", "old", "mine and theirs"),
        ("mine", "", "old", "mine"),
        ("new", "new", None, "new"),
    ],
)
def test_what_has_the_other_text_already_is_kept_alone(text, stored, based_on, kept):
    assert both_texts(text, stored, based_on) == kept


def test_nothing_is_written_into_a_library_that_is_only_read(library, article_id, mark):
    before = library.path.read_bytes()
    why = ReadOnlyError("The library is open elsewhere", "Close it there.")
    with Library.open(library.path, read_only=why) as reading:
        assert reading.read_only == why
        assert len(reading.annotations(article_id)) == 1
        for change in (
            lambda: reading.do(ChangeAnnotation(mark, note="New")),
            lambda: reading.drafts.keep(mark, "New"),
            reading.undo,
        ):
            with pytest.raises(ReadOnlyError, match="open elsewhere"):
                change()
        assert library.path.read_bytes() == before
        told = []
        reading.subscribe(told.append)
        reading.allow_writing()
        assert told[0].everything
        assert reading.read_only is None
        reading.do(ChangeAnnotation(mark, note="New"))
    assert note(library, mark, article_id) == "New"


def test_reading_alone_makes_and_mends_nothing(tmp_path):
    why = ReadOnlyError("The disk is read-only")
    with pytest.raises(UserError):
        Library.open(tmp_path / "missing.sqlite", read_only=why)
    assert list(tmp_path.iterdir()) == []
