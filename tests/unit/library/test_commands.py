"""Every command through the library's door: what it changes, and that undo takes it back."""

import pytest

from factories import make_article
from postil.domain.annotation import Confidence, Placement, Status, Voice
from postil.domain.article import Metadata
from postil.domain.errors import UserError
from postil.library import (
    AddAnnotation,
    AddAnnotations,
    AddArticle,
    ChangeAnnotation,
    ChangeMetadata,
    DeleteAnnotations,
    DeleteArticles,
    EnableCodebook,
    Library,
    MoveAnnotation,
)

DOUBT = "persuasion23/doubt"


@pytest.fixture
def ferry(library):
    command = AddArticle(make_article(heading="The ferry"))
    library.do(command)
    return command.id


def digest(library):
    """Return all that a person can see of a library."""
    rows = library.articles()
    return (
        rows,
        [library.article(row.id).record for row in rows],
        [library.annotations(row.id) for row in rows],
        library.tag_sets(),
    )


def mark(library, article_id, words, **fields):
    start = library.article(article_id).article.text.index(words)
    command = AddAnnotation(article_id, start, start + len(words), **fields)
    library.do(command)
    return command.id


def only_mark(library, article_id):
    (found,) = library.placed_marks(article_id)
    return found


def test_an_added_article_is_on_the_shelf_with_its_words(library, ferry):
    (row,) = library.articles()
    opened = library.article(ferry)
    assert (row.id, row.title, row.marks) == (ferry, "The ferry", 0)
    assert opened.article == make_article(heading="The ferry")
    assert row.characters == len(opened.article.text)


def test_an_article_without_a_title_shows_its_first_words(library):
    library.do(AddArticle(make_article("Most observers agree that it was a plot of the harbour.")))
    assert library.articles()[0].title == "Most observers agree that it was a plot…"


def test_a_mark_keeps_its_words_tags_note_and_fields(library, ferry):
    mark(
        library,
        ferry,
        "club of dinosaurs",
        tags=(DOUBT,),
        note=" Cafe\u0301 \r\n",
        voice=Voice.QUOTED,
        confidence=Confidence.SURE,
        status=Status.OPEN,
    )
    found = only_mark(library, ferry)
    assert found.anchor.exact == "club of dinosaurs"
    assert found.anchor.suffix.startswith(", has told us")
    assert (found.tags, found.note, found.author) == ((DOUBT,), " Café ", "reader")
    assert (found.voice, found.confidence, found.status) == ("quoted", "sure", "open")
    assert library.articles()[0].marks == 1
    assert library.articles()[0].groups[0][1] == 1


def test_a_tag_made_up_on_the_spot_lands_in_my_tags_in_the_same_step(library, ferry):
    before = digest(library)
    mark(library, ferry, "council", tags=("Foggy many", "foggy  MANY", DOUBT))
    found = only_mark(library, ferry)
    assert found.tags == ("my/foggy-many", DOUBT)
    mine = next(s for s in library.tag_sets() if s.codebook.id == "my")
    assert [(tag.name, tag.code) for tag in mine.tags] == [("Foggy many", "FM")]
    library.undo()
    assert digest(library) == before


def test_two_names_with_one_slug_stay_two_tags(library, ferry):
    mark(library, ferry, "council", tags=("Why?", "Why!"))
    assert only_mark(library, ferry).tags == ("my/why", "my/why-2")


def test_a_known_name_finds_its_tag_whatever_its_case(library, ferry):
    mark(library, ferry, "council", tags=("CASTING DOUBT",))
    assert only_mark(library, ferry).tags == (DOUBT,)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (7, 3), (0, 10**6), (9, 10)])
def test_a_range_without_words_is_refused_and_nothing_changes(library, ferry, start, end):
    assert library.article(ferry).article.text[9] == "\n"
    before = digest(library)
    with pytest.raises(UserError, match="marks no words"):
        library.do(AddAnnotation(ferry, start, end))
    assert digest(library) == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tags": ("x" * 201,)}, "200 characters"),
        ({"tags": (" \n ",)}, "needs a name"),
        ({"note": "x" * (2**20 + 1)}, "1,048,576"),
    ],
)
def test_what_is_too_long_or_empty_is_refused(library, ferry, fields, words):
    with pytest.raises(UserError, match=words):
        library.do(AddAnnotation(ferry, 0, 3, **fields))
    assert library.placed_marks(ferry) == []


def test_several_ranges_are_one_step(library, ferry):
    library.do(AddAnnotations(ferry, ((0, 3), (4, 9)), (DOUBT,)))
    assert [m.anchor.exact for m in library.placed_marks(ferry)] == ["The", "ferry"]
    library.undo()
    assert library.placed_marks(ferry) == []


def test_changing_a_mark_changes_what_is_named_and_says_when(library, ferry):
    annotation_id = mark(library, ferry, "council", tags=(DOUBT,), note="old")
    library.do(ChangeAnnotation(annotation_id, note="new", status=Status.REFUTED))
    found = only_mark(library, ferry)
    assert (found.note, found.status, found.tags) == ("new", "refuted", (DOUBT,))
    assert found.edited
    library.do(ChangeAnnotation(annotation_id, tags=()))
    assert only_mark(library, ferry).tags == ()


def test_a_change_that_changes_nothing_leaves_no_step(library, ferry):
    annotation_id = mark(library, ferry, "council", note="same")
    step = library.undo_step()
    told = []
    library.subscribe(told.append)
    library.do(ChangeAnnotation(annotation_id, note="same\n"))
    library.do(MoveAnnotation(annotation_id, *_range(library, ferry)))
    library.do(EnableCodebook("persuasion23", enabled=True))
    assert library.undo_step() == step
    assert told == []


def _range(library, ferry):
    found = only_mark(library, ferry)
    return found.start, found.end


def test_moving_a_mark_takes_the_new_words(library, ferry):
    annotation_id = mark(library, ferry, "council")
    start, end = _range(library, ferry)
    library.do(MoveAnnotation(annotation_id, start - 4, end))
    assert only_mark(library, ferry).anchor.exact == "the council"
    assert only_mark(library, ferry).placement is Placement.EXACT


def test_deleted_marks_come_back_with_their_ids(library, ferry):
    ids = tuple(mark(library, ferry, words) for words in ("council", "plot"))
    before = digest(library)
    library.do(DeleteAnnotations((*ids, "gone")))
    assert library.placed_marks(ferry) == []
    library.undo()
    assert digest(library) == before


def test_a_deleted_article_comes_back_with_text_and_marks_after_a_restart(library, ferry):
    mark(library, ferry, "council", tags=("My own",))
    before = digest(library)
    library.do(DeleteArticles((ferry,)))
    assert library.articles() == []
    with Library.open(library.path) as again:
        again.undo()
        assert digest(again) == before


def test_source_data_is_cleaned_and_a_title_never_empty(library, ferry):
    library.do(ChangeMetadata(ferry, Metadata(author=" Ada \n Lind ", title="  ")))
    about = library.article(ferry).article.metadata
    assert (about.author, about.title) == ("Ada Lind", "The ferry")


def test_codebooks_are_switched_on_and_off(library):
    assert [s.codebook.id for s in library.tag_sets() if s.codebook.enabled] == [
        "persuasion23",
        "my",
    ]
    library.do(EnableCodebook("claims", enabled=True))
    assert any(s.codebook.id == "claims" and s.codebook.enabled for s in library.tag_sets())
    with pytest.raises(UserError, match="no codebook"):
        library.do(EnableCodebook("nobody", enabled=True))


def test_what_is_gone_is_refused_in_words(library, ferry):
    annotation_id = mark(library, ferry, "council")
    library.do(DeleteAnnotations((annotation_id,)))
    for command in (ChangeAnnotation(annotation_id, note="x"), MoveAnnotation(annotation_id, 0, 1)):
        with pytest.raises(UserError, match="not in the library"):
            library.do(command)
    library.do(DeleteArticles((ferry,)))
    with pytest.raises(UserError, match="not in the library"):
        library.do(AddAnnotation(ferry, 0, 3))
    with pytest.raises(UserError, match="not in the library"):
        library.article(ferry)
