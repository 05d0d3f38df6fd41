"""All marks of the library: which answer, under which headings, in which order."""

import pytest

from factories import make_article
from postil.domain.annotation import Status, Voice
from postil.domain.overview import Grouping, MarkQuery, Sorting
from postil.library import AddAnnotation, AddArticle, ChangeAnnotation, WriteOnArticle

TEXT = "One two three four five six seven eight nine ten."


@pytest.fixture
def told(library):
    """Fill the library; return the ids of its marks by a short name."""
    articles = {}
    for title, outlet, author, published in (
        ("Ferry", "Harbour Post", "Ada Lind", "2026-05-04"),
        ("Bridge", "Harbour Post", "Bo Moe", "2026-04-01"),
        ("Plain", "", "", ""),
    ):
        command = AddArticle(
            make_article(
                f"{title}. {TEXT}", title=title, outlet=outlet, author=author, published=published
            )
        )
        library.do(command)
        articles[title] = command.id
    marks = {}
    for name, title, start, tags, note, status, voice in (
        ("late", "Ferry", 20, ("Doubt",), "a dinosaur", Status.TO_CHECK, Voice.QUOTED),
        ("early", "Ferry", 7, ("Doubt", "Label"), "", Status.UNSAID, Voice.UNSAID),
        ("bridge", "Bridge", 8, ("Label",), "two dinosaurs", Status.OPEN, Voice.UNSAID),
        ("plain", "Plain", 7, (), "", Status.UNSAID, Voice.UNSAID),
    ):
        mark = AddAnnotation(
            articles[title], start, start + 5, tags, note=note, status=status, voice=voice
        )
        library.do(mark)
        marks[name] = mark.id
    return marks


def listed(library, told, query=None, grouping=Grouping.ARTICLE, sorting=Sorting.PLACE):
    """Return the headings with the names of the marks under them."""
    overview = library.overview(query or MarkQuery(), grouping, sorting)
    names = {annotation_id: name for name, annotation_id in told.items()}
    found = {}
    for group in overview.groups:
        ids = overview.ids([(group.key, 0, group.marks)])
        assert len(ids) == group.marks
        found[group.label] = [names[i] for i in ids]
    return found


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        (Grouping.ARTICLE, {"Plain": ["plain"], "Bridge": ["bridge"], "Ferry": ["early", "late"]}),
        (
            Grouping.TAG,
            {"Doubt": ["early", "late"], "Label": ["bridge", "early"], "": ["plain"]},
        ),
        (Grouping.TAG_GROUP, {"My tags": ["bridge", "early", "late"], "": ["plain"]}),
        (Grouping.OUTLET, {"Harbour Post": ["bridge", "early", "late"], "": ["plain"]}),
        (
            Grouping.AUTHOR,
            {"Ada Lind": ["early", "late"], "Bo Moe": ["bridge"], "": ["plain"]},
        ),
        (Grouping.MONTH, {"2026-05": ["early", "late"], "2026-04": ["bridge"], "": ["plain"]}),
        (
            Grouping.STATUS,
            {"": ["plain", "early"], "to-check": ["late"], "open": ["bridge"]},
        ),
        (Grouping.ANNOTATOR, {"reader": ["plain", "bridge", "early", "late"]}),
    ],
)
def test_headings(library, told, grouping, expected):
    found = listed(library, told, grouping=grouping)
    assert found == expected
    assert list(found) == list(expected)


@pytest.mark.parametrize("grouping", [Grouping.TAG, Grouping.TAG_GROUP, Grouping.STATUS])
def test_headings_of_very_many_marks_are_found_the_other_way_round(
    library, told, monkeypatch, grouping
):
    query = MarkQuery(text="dinosaur", is_typing=True)
    expected = listed(library, told, query, grouping)
    assert min(map(sorted, expected.values())) in (["bridge"], ["bridge", "late"])
    monkeypatch.setattr("postil.library.overview._VERY_MANY", 0)
    assert listed(library, told, query, grouping) == expected


def test_what_is_said_of_a_whole_article_is_no_mark(library, told):
    ferry = library.annotations(library.find_articles("Ferry")[0].id)[0].article_id
    library.do(WriteOnArticle(ferry, "A dinosaur, all of it."))
    overview = library.overview(MarkQuery(text="dinosaur"))
    assert overview.total == 1
    assert [group.label for group in overview.groups] == ["Ferry"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "dinosaur"}, {"late"}),
        ({"text": "dinosaur", "is_typing": True}, {"late", "bridge"}),
        ({"text": "-dinosaur"}, {"early", "bridge", "plain"}),
        ({"text": "in:title ferry"}, set()),
        ({"text": "tag:label"}, {"early", "bridge"}),
        ({"text": "-tag:label"}, {"late", "plain"}),
        ({"text": "tag:nobody"}, set()),
        ({"text": "outlet:harbour after:2026-05"}, {"early", "late"}),
        ({"text": "author:moe"}, {"bridge"}),
        ({"text": "before:2026-05"}, {"bridge"}),
        ({"text": "status:open"}, {"bridge"}),
        ({"text": "status:open", "statuses": frozenset({Status.TO_CHECK})}, set()),
        ({"tag": "my/doubt"}, {"early", "late"}),
        ({"tag": "my/doubt", "text": "tag:label"}, {"early"}),
        ({"outlet": ""}, {"plain"}),
        ({"author": "Ada Lind"}, {"early", "late"}),
        ({"voice": Voice.QUOTED}, {"late"}),
        ({"statuses": frozenset({Status.TO_CHECK, Status.OPEN})}, {"late", "bridge"}),
    ],
)
@pytest.mark.parametrize("grouping", Grouping)
def test_only_what_is_asked_for(library, told, query, expected, grouping):
    asked = MarkQuery(**query)
    found = listed(library, told, asked, grouping)
    assert {name for names in found.values() for name in names} == expected
    assert library.overview(asked, grouping).total == len(expected)


@pytest.mark.parametrize(
    ("sorting", "expected"),
    [
        (Sorting.NEWEST, ["plain", "bridge", "early", "late"]),
        (Sorting.OLDEST, ["late", "early", "bridge", "plain"]),
        (Sorting.QUOTATION, ["late", "early", "bridge", "plain"]),
        (Sorting.PLACE, ["plain", "bridge", "early", "late"]),
    ],
)
def test_orders(library, told, sorting, expected):
    assert listed(library, told, grouping=Grouping.ANNOTATOR, sorting=sorting) == {
        "reader": expected
    }


def test_any_stretch_is_the_same_as_a_piece_of_all(library, told):
    for sorting in Sorting:
        overview = library.overview(MarkQuery(), Grouping.ANNOTATOR, sorting)
        whole = overview.ids([("reader", 0, 4)])
        for first in range(4):
            for count in range(5):
                piece = overview.ids([("reader", first, count)])
                assert piece == whole[first : first + count]


def test_a_line_has_what_is_said_of_mark_and_article(library, told):
    overview = library.overview(MarkQuery())
    (row,) = overview.rows([told["late"]])
    assert (row.title, row.outlet, row.author) == ("Ferry", "Harbour Post", "Ada Lind")
    assert (row.note, row.tags, row.status) == ("a dinosaur", ("my/doubt",), Status.TO_CHECK)
    assert (row.voice, row.annotator, row.published) == (Voice.QUOTED, "reader", "2026-05-04")


def test_a_long_note_is_whole_only_when_it_is_handed_on(library, told):
    library.do(ChangeAnnotation(told["late"], note="word " * 499 + "word"))
    overview = library.overview(MarkQuery())
    assert len(overview.rows([told["late"]])[0].note) == 400
    assert len(overview.rows([told["late"]], whole=True)[0].note) == 2_499


def test_figures_count_the_words_of_the_articles_they_are_about(library, told):
    def figures(query, grouping):
        found = library.overview(query, grouping).figures()
        return {group.label: (group.marks, group.words) for group in found}

    assert figures(MarkQuery(), Grouping.OUTLET) == {"Harbour Post": (3, 22), "": (1, 11)}
    assert figures(MarkQuery(tag="my/doubt"), Grouping.TAG) == {"Doubt": (2, 33), "Label": (1, 33)}
    only = MarkQuery(author="Ada Lind")
    assert figures(only, Grouping.TAG) == {"Doubt": (2, 11), "Label": (1, 11)}
    assert figures(only, Grouping.OUTLET) == {"Harbour Post": (2, 11)}


def test_choices_say_how_many_marks_each_would_leave(library, told):
    choices = library.overview(MarkQuery(text="nothing")).choices()
    shown = {name: [(c.label, c.marks) for c in these] for name, these in choices.items()}
    assert shown == {
        "tag": [("Doubt", 2), ("Label", 2)],
        "outlet": [("", 1), ("Harbour Post", 3)],
        "author": [("", 1), ("Ada Lind", 2), ("Bo Moe", 1)],
    }


def test_what_cannot_be_asked_is_said(library, told):
    assert library.overview(MarkQuery(text="tag:nobody")).problems == (
        "No tag is called “nobody”.",
    )
