"""Chapters taken in as an article each: one step, and nothing twice."""

from dataclasses import replace

import pytest

from postil.domain.errors import UserError
from postil.importers import Source, read
from postil.importers.choosing import choose, each_chapter
from postil.library.intake import take_in, take_in_several
from unit.importers.books import book


def chapters(*bodies):
    data = book(bodies)
    imported = read(Source(data, "b.epub", "https://example.org/b.epub", wants_whole=True))
    return each_chapter(imported, range(len(bodies)))


def test_chapters_become_articles_in_one_step(library):
    told = take_in_several(library, chapters("<p>One</p>", "<p>Two</p>"), "Four Bridges")
    assert [one.status for one in told] == ["new", "new"]
    assert {row.title for row in library.articles()} == {"One", "Two"}
    first, second = (library.original(one.article_id) for one in told)
    assert first == second
    step = library.undo_step()
    assert (step.name, step.subject) == ("add-articles", "Four Bridges")
    library.undo()
    assert library.articles() == []
    library.redo()
    assert len(library.articles()) == 2


def test_what_is_there_or_comes_twice_is_not_doubled(library):
    one, two, again = chapters("<p>One</p>", "<p>Two</p>", "<p>One</p>")
    known = take_in(library, one).article_id
    told = take_in_several(library, (one, two, again), "Four Bridges")
    assert [intake.status for intake in told] == ["known", "new"]
    assert told[0].article_id == known
    assert len(library.articles()) == 2
    step = library.undo_step()
    take_in_several(library, (one, two), "Four Bridges")
    assert library.undo_step() == step  # nothing happened


def test_what_was_corrected_counts_more_than_what_is_there(library):

    page = Source(b"<h1>The Bridge</h1><p>No.</p>", "p.html", "p.html", wants_whole=True)
    imported = read(page)
    article_id = take_in(library, imported).article_id
    told = replace(imported.article.metadata, title="", author=" Ada\nLind", outlet="Gull")
    chosen = choose(imported, (False, True), told)
    intake = take_in(library, chosen, version_of=article_id)
    assert intake.status == "revised"
    opened = library.article(article_id)
    assert opened.article.text == "No."
    found = opened.record.metadata
    assert (found.title, found.author, found.outlet) == ("The Bridge", "Ada Lind", "Gull")
    library.undo()
    opened = library.article(article_id)
    assert (opened.article.text, opened.record.metadata.outlet) == ("The Bridge\nNo.", "")
    with pytest.raises(UserError):
        take_in(library, chosen, version_of="gone")
