"""Which articles the shelf shows, in what order, and which may be the same."""

from dataclasses import replace

import pytest

from factories import make_article
from postil.domain.annotation import Status
from postil.domain.shelf import Likeness, ShelfOrder, ShelfQuestion
from postil.library import AddAnnotation, AddArticle, NewCollection

SENTENCES = [f"This is sentence number {n} of an article about ferries" for n in range(10)]


def put(library, title, *paragraphs, **metadata):
    text = paragraphs or (f"Words of {title}.",)
    command = AddArticle(make_article(*text, heading=title, **metadata))
    library.do(command)
    return command.id


@pytest.fixture
def shelf(library):
    put(library, "Éclair", outlet="Post", author="Zoe", published="2026-05-04")
    put(library, "apple", outlet="Post", author="Ada", published="2026-05")
    put(library, "Zebra", outlet="Times", author="Ada", published="2025")
    put(library, "bare", published="spring 2024")
    return library


def titles(library, **asked):
    ids = library.shelving.answers(ShelfQuestion(**asked))
    rows = {row.id: row.title for row in library.articles()}
    return [rows[one] for one in ids]


@pytest.mark.parametrize(
    ("order", "upwards"),
    [
        (ShelfOrder.ADDED, ["Éclair", "apple", "Zebra", "bare"]),
        (ShelfOrder.TITLE, ["apple", "bare", "Éclair", "Zebra"]),
        (ShelfOrder.PUBLISHED, ["Zebra", "apple", "Éclair", "bare"]),
    ],
)
def test_order_both_ways(shelf, order, upwards):
    assert titles(shelf, order=order, is_descending=False) == upwards
    assert titles(shelf, order=order, is_descending=True) == upwards[::-1]


def test_what_says_nothing_stands_last_both_ways(shelf):
    for descending in (True, False):
        assert titles(shelf, order=ShelfOrder.OUTLET, is_descending=descending)[-1] == "bare"
    assert titles(shelf, order=ShelfOrder.AUTHOR, is_descending=False)[:2] == ["Zebra", "apple"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"outlet": "Post"}, {"Éclair", "apple"}),
        ({"outlet": ""}, {"bare"}),
        ({"author": "Ada", "outlet": "Post"}, {"apple"}),
        ({"since": "2026"}, {"Éclair", "apple"}),
        ({"since": "2026-05-04"}, {"Éclair"}),
        ({"until": "2026-05"}, {"Éclair", "apple", "Zebra"}),
        ({"until": "2025"}, {"Zebra"}),
        ({"since": "2025", "until": "2026", "author": "Zoe"}, {"Éclair"}),
        ({"collection": "gone"}, set()),
    ],
)
def test_filters_hold_together(shelf, asked, found):
    assert set(titles(shelf, **asked)) == found


def test_marks_narrow_and_sort(shelf):
    ids = {row.title: row.id for row in shelf.articles()}
    tag = shelf.tag_sets()[0].tags[0]
    shelf.do(AddAnnotation(ids["apple"], 0, 3, (tag.id,)))
    shelf.do(AddAnnotation(ids["Zebra"], 0, 3, status=Status.OPEN))
    shelf.do(AddAnnotation(ids["Zebra"], 1, 3))
    assert titles(shelf, codebook=tag.codebook_id) == ["apple"]
    assert titles(shelf, status=Status.OPEN) == ["Zebra"]
    assert titles(shelf, order=ShelfOrder.MARKS)[:2] == ["Zebra", "apple"]


def test_a_filter_and_a_collection_hold_together(shelf):
    ids = {row.title: row.id for row in shelf.articles()}
    made = NewCollection("Mine", None, (ids["apple"], ids["Zebra"]))
    shelf.do(made)
    assert titles(shelf, collection=made.id, outlet="Post") == ["apple"]


def test_what_is_offered_to_narrow_to(shelf):
    assert shelf.shelving.outlets() == [("", 1), ("Post", 2), ("Times", 1)]
    assert shelf.shelving.authors() == [("", 1), ("Ada", 2), ("Zoe", 1)]


@pytest.fixture
def alike(library):
    """Return ids: two of one text, two of one page, two nearly the same, and one apart."""
    changed = [
        *SENTENCES[:8],
        "Nobody said a word of this before today",
        "Nor of this, at all, ever",
    ]
    return {
        "text": put(
            library, "One", "The same words in the same order.", "Twice over, all of them."
        ),
        "again": put(
            library, "One", "The same words in the same order.", "Twice over, all of them."
        ),
        "page": put(library, "Page", source="https://www.example.org/a/?utm_source=x"),
        "its": put(library, "Page, later", source="http://example.org/a#top"),
        "long": put(library, "Long", ". ".join(SENTENCES)),
        "near": put(library, "Long", ". ".join(changed)),
        "half": put(
            library, "Half", ". ".join(SENTENCES[:4]) + ". " + "Another matter it is. " * 9
        ),
    }


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("text", "again", Likeness.TEXT),
        ("page", "its", Likeness.ADDRESS),
        ("long", "near", Likeness.NEARLY),
    ],
)
def test_duplicates_are_named_both_ways_with_the_reason(library, alike, one, other, likeness):
    for a, b in ((one, other), (other, one)):
        every, own = library.shelving.duplicates(), library.shelving.duplicates_of(alike[a])
        assert [(d.article_id, d.likeness) for d in every[alike[a]]] == [(alike[b], likeness)]
        assert own == every[alike[a]]


def test_what_only_shares_some_sentences_is_apart(library, alike):
    assert alike["half"] not in library.shelving.duplicates()
    assert library.shelving.duplicates_of(alike["half"]) == []
    assert library.shelving.duplicates_of("gone") == []


def test_duplicates_stand_together_in_the_order_asked_for(library, alike):
    question = ShelfQuestion(only_duplicates=True, order=ShelfOrder.TITLE, is_descending=False)
    names = {one: name for name, one in alike.items()}
    order = [names[one] for one in library.shelving.answers(question)]
    assert [set(order[n : n + 2]) for n in (0, 2, 4)] == [
        {"long", "near"},
        {"text", "again"},
        {"page", "its"},
    ]
    nowhere = replace(question, outlet="Nowhere")
    assert library.shelving.answers(nowhere) == []
    put(library, "New", source="https://example.org/a")
    assert len(library.shelving.answers(question)) == 7, "looked at again when something came"


def test_what_changes_while_duplicates_are_looked_for_is_looked_at_too(library, alike):
    steps = library.shelving.look_for_duplicates()
    next(steps)
    assert not library.shelving.has_looked
    late = put(library, "Half", ". ".join(SENTENCES[:4]) + ". " + "Another matter it is. " * 9)
    list(steps)
    assert library.shelving.has_looked
    found = library.shelving.duplicates()
    assert [one.article_id for one in found[late]] == [alike["half"]]
    library.undo()
    assert not library.shelving.has_looked
    assert late not in library.shelving.duplicates()
