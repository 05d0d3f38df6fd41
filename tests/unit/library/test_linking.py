"""Links between marks of different articles: looked up from their targets, found, handed on."""

import pytest

from factories import make_article
from postil.annotated_markdown import write
from postil.domain.annotation import Link, Relation
from postil.importers import read, source_from_file
from postil.library import (
    AddAnnotation,
    AddArticle,
    DeleteAnnotations,
    DeleteArticles,
    Library,
    LinkMarks,
    UnlinkMarks,
)
from postil.library.handing_on import handed_on
from postil.library.intake import take_in


def put(library, title, words):
    command = AddArticle(make_article(words, heading=title, outlet="Here"))
    library.do(command)
    return command.id


def mark(library, article_id, words, *tags):
    start = library.article(article_id).article.text.index(words)
    command = AddAnnotation(article_id, start, start + len(words), tags=tags)
    library.do(command)
    return command.id


@pytest.fixture
def ends(library):
    """Return two marks of two articles."""
    ferry = put(library, "The ferry", "Most observers agree it was a plot.")
    bridge = put(library, "Über die Brücke", "They say it is inevitable.")
    return mark(library, ferry, "a plot", "Doubt"), mark(library, bridge, "inevitable", "Hearsay")


def test_what_links_to_a_mark_is_kept_in_step(library, ends):
    one, other = ends
    assert library.linking.to(other) == []
    library.do(LinkMarks(one, Relation.REPEATS, other))
    library.do(LinkMarks(one, Relation.ANSWERS, other))
    both = [(Relation.REPEATS, one), (Relation.ANSWERS, one)]
    assert library.linking.to(other) == both
    with Library.open(library.path) as again:
        assert again.linking.to(other) == both
    library.do(UnlinkMarks(one, Relation.REPEATS, other))
    assert library.linking.to(other) == both[1:]
    library.do(DeleteAnnotations((one,)))
    assert library.linking.to(other) == []
    library.undo()
    assert library.linking.to(other) == both[1:]
    with Library.open(library.path) as elsewhere:
        elsewhere.do(UnlinkMarks(one, Relation.ANSWERS, other))
    library.refresh()
    assert library.linking.to(other) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INEV", True),
        ("hearsay", True),
        ("brucke uber", True),
        ("inevitable hear bru", True),
        ("tag:hearsay", True),
        ("doubt", False),  # here
        ("inevitable ferry", False),
        ("", True),
        *((odd, None) for odd in ('"', "*", "NEAR(", "%", "tag:", "😀", "'; DROP TABLE x")),
    ],
)
def test_marks_of_other_articles_are_found_whatever_is_typed(library, ends, text, found):
    (ferry,) = (row.id for row in library.articles() if row.title == "The ferry")
    rows = library.linking.targets(text, ferry, 10)
    assert found is None or [row.id for row in rows] == [ends[1]] * found


def test_a_link_out_of_a_file_survives_the_way_there_and_back(library, ends, tmp_path):
    one, other = ends
    library.do(LinkMarks(one, Relation.CONTRADICTS, other))
    (ferry,) = (row.id for row in library.articles() if row.title == "The ferry")
    file = tmp_path / "ferry.md"
    file.write_text(write(handed_on(library, ferry)), encoding="utf-8")
    library.do(DeleteArticles((ferry,)))
    back = take_in(library, read(source_from_file(file))).article_id
    (came,) = library.annotations(back)
    assert came.links == (Link(Relation.CONTRADICTS, other),)
    assert library.linking.to(other) == [(Relation.CONTRADICTS, came.id)]


def test_links_within_a_file_stay_within_its_copy(library, ends, tmp_path):
    one, _ = ends
    (ferry,) = (row.id for row in library.articles() if row.title == "The ferry")
    second = mark(library, ferry, "observers")
    library.do(LinkMarks(one, Relation.REPEATS, second))
    file = tmp_path / "ferry.md"
    text = write(handed_on(library, ferry)).replace('"Here"', '"Elsewhere"', 1)
    file.write_text(text, encoding="utf-8")
    copy = take_in(library, read(source_from_file(file)), separate=True).article_id
    marks = {m.anchor.exact: m for m in library.annotations(copy)}
    assert copy != ferry
    assert marks["a plot"].links == (Link(Relation.REPEATS, marks["observers"].id),)
