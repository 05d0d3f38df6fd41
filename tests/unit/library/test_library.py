"""Undo, redo, listeners, drafts and lists of an open library."""

from dataclasses import replace

import pytest

import postil.library
from factories import make_article
from postil.domain import limits
from postil.domain.article import Original
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    DeleteArticles,
    EnableCodebook,
    Library,
)
from postil.store import Store

DOUBT = "persuasion23/doubt"


def add(library, *paragraphs, **metadata):
    command = AddArticle(make_article(*paragraphs, **metadata))
    library.do(command)
    return command.id


def test_undo_and_redo_walk_the_steps_also_after_a_restart(library):
    article_id = add(library)
    library.do(AddAnnotation(article_id, 0, 3))
    library.do(AddAnnotation(article_id, 4, 9))
    library.undo()
    assert library.undo_step().name == "add-mark"
    assert library.redo_step().subject == "years"
    with Library.open(library.path) as again:
        changes = again.redo()
        assert [m.anchor.exact for _, m in changes.annotations(article_id)] == ["years"]
        assert again.redo() is None
        while again.undo():
            pass
        assert again.articles() == []
        assert again.undo_step() is None


def test_one_step_alone_is_taken_back_only_while_it_is_the_last(library):
    article_id = add(library)
    first = library.do(AddAnnotation(article_id, 0, 3)).step
    second = library.do(AddAnnotation(article_id, 4, 9)).step
    assert library.undo(only=first) is None
    assert len(library.annotations(article_id)) == 2
    assert library.undo(only=second).step == second
    assert library.undo(only=second) is None
    assert library.undo(only=first).step == first


def test_a_new_step_drops_what_could_be_redone(library):
    article_id = add(library)
    library.do(AddAnnotation(article_id, 0, 3))
    library.undo()
    library.do(AddAnnotation(article_id, 4, 9))
    assert library.redo_step() is None


def test_listeners_hear_every_change_until_they_leave(library):
    told = []
    leave = library.subscribe(told.append)
    article_id = add(library)
    library.undo()
    assert [(c.step.name, c.reverted) for c in told] == [("add-article", False)] * 1 + [
        ("add-article", True)
    ]
    assert told[0].step.article_id == article_id
    leave()
    library.redo()
    assert len(told) == 2


def test_another_process_is_told_as_everything(library):
    told = []
    library.subscribe(told.append)
    with Library.open(library.path) as other:
        add(other)
    library.refresh()
    library.refresh()
    assert [changes.everything for changes in told] == [True]
    assert len(library.articles()) == 1


def test_a_draft_outlives_the_window_and_ends_with_its_note(library):
    article_id = add(library)
    library.do(AddAnnotation(article_id, 0, 3))
    (mark,) = library.placed_marks(article_id)
    step = library.undo_step()
    library.drafts.keep(mark.id, "half a sen")
    library.drafts.keep(mark.id, "half a sentence")
    assert library.undo_step() == step
    with Library.open(library.path) as again:
        assert again.drafts.text(mark.id) == "half a sentence"
        again.do(ChangeAnnotation(mark.id, note="half a sentence"))
        assert again.drafts.text(mark.id) is None


def test_the_draft_of_a_note_left_unchanged_goes_too(library):
    article_id = add(library)
    library.do(AddAnnotation(article_id, 0, 3, note="note"))
    (mark,) = library.placed_marks(article_id)
    library.drafts.keep(mark.id, "note")
    library.do(ChangeAnnotation(mark.id, note="note"))
    assert library.drafts.text(mark.id) is None


def test_articles_are_found_by_id_start_of_id_and_piece_of_title(library):
    first = add(library, title="The ferry")
    second = add(library, "Other words.", title="The Ferry again")
    assert [row.id for row in library.find_articles(first)] == [first]
    assert [row.id for row in library.find_articles(second[:13])] == [second]
    assert {row.id for row in library.find_articles("FERRY")} == {first, second}
    assert library.find_articles("") == library.find_articles("toll") == []


def test_recent_tags_are_the_last_used_then_the_focus_codebooks(library):
    article_id = add(library)
    library.do(AddAnnotation(article_id, 0, 3, tags=(DOUBT,)))
    library.do(AddAnnotation(article_id, 4, 9, tags=("Own", "claims/main_claim")))
    tags = library.recent_tags()
    assert tags[:2] == ["my/own", DOUBT]
    assert len(tags) == 9 == len(set(tags))
    assert not any(tag.startswith("claims/") for tag in tags)  # that codebook is off
    library.do(EnableCodebook("persuasion23", enabled=False))
    assert library.recent_tags() == ["my/own"]


def test_the_bytes_an_article_came_from_are_kept(library):
    data = Original(b"bytes", "ab" * 32, "text/plain", "ferry.txt", "utf-8", "2026-05-04T00:00:00Z")
    command = AddArticle(make_article(), data)
    library.do(command)
    assert library.original(command.id) == data
    assert library.article(command.id).original_name == "ferry.txt"
    assert library.article(command.id).article.metadata.original_sha256 == data.sha256
    assert library.original(add(library, "Typed.")) is None


def test_old_steps_go_and_take_texts_nothing_names(library, monkeypatch):
    gone, kept = add(library, "First."), add(library, "Second.")
    library.do(DeleteArticles((gone,)))
    library.do(AddAnnotation(kept, 0, 3))
    monkeypatch.setattr(limits, "HISTORY_STEPS", 1)
    with Library.open(library.path) as again:
        assert again.undo_step().name == "add-mark"
        again.undo()
        assert again.undo() is None
        assert [row.id for row in again.articles()] == [kept]
        assert again.articles_with_text(make_article("First.").sha256) == []
    store = Store(library.path)
    with store.reading() as transaction:
        count = transaction.ask(
            lambda c: c.exec_driver_sql("SELECT count(*) FROM revision").scalar()
        )
    store.close()
    assert count == 1


def test_steps_within_the_limits_stay(library):
    article_id = add(library)
    library.do(DeleteArticles((article_id,)))
    with Library.open(library.path) as again:
        again.undo()
        assert len(again.articles()) == 1


def test_shipped_codebooks_are_brought_up_to_date_and_keep_their_switch(library, monkeypatch):
    from postil import codebooks

    library.do(EnableCodebook("claims", enabled=True))
    newer = [
        replace(s, codebook=replace(s.codebook, version="9.9", enabled=False))
        for s in codebooks.shipped()
    ]
    monkeypatch.setattr(codebooks, "shipped", lambda: newer)
    monkeypatch.setattr(codebooks, "shipped_versions", lambda: {"claims": "9.9"})
    with Library.open(library.path) as again:
        books = {s.codebook.id: s.codebook for s in again.tag_sets()}
    assert books["claims"].version == "9.9"
    assert books["claims"].enabled
    assert not books["genre"].enabled


def test_many_texts_do_not_stay_in_memory_wrongly(library):
    ids = [add(library, f"Paragraph {number}.") for number in range(8)]
    texts = [library.article(article_id).article.text for article_id in ids + ids[:2]]
    assert texts[:8] == [f"Paragraph {number}." for number in range(8)]
    assert texts[8:] == texts[:2]


@pytest.mark.parametrize("count", [600])
def test_many_marks_are_deleted_and_restored_at_once(library, count):
    from postil.library import AddAnnotations, DeleteAnnotations

    article_id = add(library, "x " * 700)
    library.do(AddAnnotations(article_id, tuple((2 * i, 2 * i + 1) for i in range(count))))
    ids = tuple(mark.id for mark in library.placed_marks(article_id))
    library.do(DeleteAnnotations(ids))
    assert library.placed_marks(article_id) == []
    library.undo()
    assert tuple(mark.id for mark in library.placed_marks(article_id)) == ids


def test_steps_in_a_row_become_one_and_what_was_done_between_stays_apart(tmp_path):
    with Library.open(tmp_path / "library.sqlite") as library:
        told = []
        library.subscribe(told.append)
        ids = []
        for n in range(5):
            step = library.do(AddArticle(make_article(f"Text {n}."))).step
            if n != 2:
                ids.append(step.id)
        library.history.join(ids[:1])
        assert len(told) == 5
        library.history.join(ids)
        assert told[-1].step == library.undo_step()
        assert [library.undo().step.name for _ in range(3)] == [
            "take-in-files", "add-article", "take-in-files",
        ]  # fmt: skip
        assert library.articles() == []
        library.redo()
        assert len(library.articles()) == 2
        library.redo()
        library.redo()
        assert len({row.title for row in library.articles()}) == 5
        assert library.check() == []


def test_all_that_is_offered_is_there():
    assert all(hasattr(postil.library, name) for name in postil.library.__all__)
    assert not hasattr(postil.library, "AddNothing")
