"""The history as a list: walked many steps at once, restored from, marked with restore points."""

import sqlite3
from contextlib import closing

import pytest

from factories import make_article
from postil.domain import limits
from postil.domain.annotation import Relation
from postil.domain.errors import UserError
from postil.domain.history import Edit, Jump, net
from postil.domain.tags import Tag
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    DeleteAnnotations,
    DeleteArticles,
    DeleteTag,
    Library,
    LinkMarks,
    RestoreDeleted,
)
from postil.library.correcting import CorrectText


def put(library, title="The ferry"):
    command = AddArticle(make_article(heading=title))
    library.do(command)
    return command.id


def mark(library, article_id, start=14, end=21, **fields):
    command = AddAnnotation(article_id, start, end, **fields)
    library.do(command)
    return command.id


def state(library):
    """Return all that the history can change."""
    rows = library.articles()
    return (
        {row.id: library.article(row.id).record for row in rows},
        {row.id: library.annotations(row.id) for row in rows},
        library.tag_sets(),
    )


def names(library):
    return [(row.step.name, row.is_undone) for row in library.history.rows()]


def test_steps_are_listed_the_newest_first_with_who_and_where(library):
    ferry = put(library)
    mark(library, ferry)
    library.author = "Ada"
    library.do(DeleteArticles((ferry,)))
    rows = library.history.rows()
    assert [(r.step.name, r.title, r.author) for r in rows] == [
        ("delete-article", "The ferry", "Ada"),
        ("add-mark", "The ferry", "reader"),
        ("add-article", "The ferry", "reader"),
    ]
    assert not any(row.is_undone or row.point for row in rows)


def test_one_jump_undoes_and_redoes_many_steps_and_tells_what_it_comes_to(library):
    ferry = put(library)
    first = library.undo_step().id
    before = state(library)
    made = mark(library, ferry)
    library.do(ChangeAnnotation(made, note="A note."))
    library.do(DeleteArticles((ferry,)))
    last, after = library.undo_step().id, state(library)
    told = []
    library.subscribe(told.append)
    changes = library.history.go_to(first)
    assert told == [changes]
    assert (changes.jump, changes.reverted, changes.step.name) == (Jump(last, 3), True, "add-mark")
    assert [edit.before for edit in changes.edits] == [None]  # the article; its mark came and went
    assert state(library) == before
    assert names(library)[:3] == [
        ("delete-article", True),
        ("change-mark", True),
        ("add-mark", True),
    ]
    assert library.history.go_to(first) is None
    assert library.history.go_to(last).reverted is False
    assert state(library) == after
    library.history.go_to(0)
    assert library.undo_step() is None
    assert library.articles() == []


def test_a_jump_is_only_taken_back_while_nothing_else_was_done(library):
    ferry = put(library)
    mark(library, ferry)
    here = library.undo_step().id
    assert library.history.go_to(0, only_from=here - 1) is None
    assert library.history.go_to(here - 1, only_from=here) is not None
    mark(library, ferry)  # drops what could have been redone
    with pytest.raises(UserError, match="not in the history any more"):
        library.history.go_to(here)


def test_wherever_the_history_is_walked_the_library_is_as_it_was_there(library):
    ferry, other = put(library), put(library, "Another")
    one, two = mark(library, ferry, tags=("Hearsay",)), mark(library, other, 0, 3)
    states = {library.undo_step().id: state(library)}
    for command in (
        ChangeAnnotation(one, tags=()),
        ChangeAnnotation(two, tags=("my/hearsay",)),
        LinkMarks(one, Relation.REPEATS, two),
        DeleteTag("my/hearsay"),
        DeleteAnnotations((two,)),
        DeleteArticles((ferry,)),
    ):
        library.do(command)
        states[library.undo_step().id] = state(library)
    first, *_, last = states
    for goal in (first, last, first + 4, first + 1, first + 5, first + 2, last):
        library.history.go_to(goal)
        assert state(library) == states[goal]
    assert library.check() == []


def test_edits_in_a_row_come_to_one_a_record():
    a, b, c = (Tag(f"my/{i}", "my", i, i) for i in "abc")
    changed = Tag("my/a", "my", "changed", "a")
    edits = [Edit(None, a), Edit(a, changed), Edit(None, b), Edit(b, None), Edit(c, c)]
    assert net(edits) == (Edit(None, changed),)


def test_a_deleted_article_comes_back_with_its_marks_and_later_steps_stay(library):
    ferry = put(library)
    made, loved = mark(library, ferry), mark(library, ferry, 0, 3, note="Kept.")
    before = state(library)
    library.do(DeleteArticles((ferry,)))
    step = library.undo_step()
    other = put(library, "Another")
    library.do(RestoreDeleted(step.id))
    assert {row.id for row in library.articles()} == {ferry, other}
    assert library.article(ferry).record == before[0][ferry]
    assert {m.id for m in library.annotations(ferry)} == {made, loved}
    assert (library.undo_step().name, library.undo_step().subject) == (
        "restore-deleted",
        "The ferry",
    )
    with pytest.raises(UserError, match="Nothing that this step deleted is missing"):
        library.do(RestoreDeleted(step.id))
    library.undo()
    assert [row.id for row in library.articles()] == [other]


def test_deleted_marks_come_back_on_the_text_there_is_now_with_tags_that_are_gone(library):
    ferry = put(library)
    text = library.article(ferry).article.text
    at = text.index("that club of dinosaurs")
    made = mark(library, ferry, at, at + 22, tags=("Hearsay", "persuasion23/doubt"))
    library.do(DeleteAnnotations((made,)))
    step = library.undo_step()
    library.do(DeleteTag("my/hearsay"))
    revision = library.article(ferry).record.revision_id
    library.do(CorrectText(ferry, revision, 0, 1, "The old ferry"))
    library.do(RestoreDeleted(step.id))
    (mark_now,) = library.annotations(ferry)
    assert (mark_now.start, mark_now.anchor.exact) == (at + 4, "that club of dinosaurs")
    assert mark_now.tags == ("my/hearsay", "persuasion23/doubt")
    assert [t.name for s in library.tag_sets() for t in s.tags if t.id == "my/hearsay"] == [
        "Hearsay"
    ]
    assert mark_now.revision_id == library.article(ferry).record.revision_id
    library.do(DeleteArticles((ferry,)))
    with pytest.raises(UserError, match="not in the library any more"):
        library.do(RestoreDeleted(step.id))


def test_a_restore_point_marks_a_place_and_changes_nothing(library):
    assert library.history.set_point() is None
    ferry = put(library)
    mark(library, ferry)
    library.undo()
    point = library.history.set_point()
    assert library.redo_step() is not None
    library.history.name_point(point.step_id, " Before\nlunch ")
    assert library.history.set_point().name == "Before lunch"  # set again, it keeps its name
    assert [row.point and row.point.name for row in library.history.rows()] == [
        None,
        "Before lunch",
    ]
    with Library.open(library.path) as again:
        assert again.history.rows() == library.history.rows()
    with pytest.raises(UserError, match="not in the history"):
        library.history.name_point(point.step_id + 7, "x")


def test_joined_steps_are_one_up_to_a_restore_point_and_have_one_name(library):
    ids = []
    for number in range(5):
        put(library, f"Article {number}")
        ids.append(library.undo_step().id)
        if number == 1:
            point = library.history.set_point()
    library.history.join(ids)
    rows = library.history.rows()
    told = [(row.step.name, row.step.subject, row.author, row.point) for row in rows]
    assert told == [
        ("take-in-files", "Article 2", "reader", None),
        ("take-in-files", "Article 0", "reader", point),
    ]
    library.history.go_to(point.step_id)
    assert len(library.articles()) == 2
    with library._store.reading() as transaction:
        facts = transaction._connection.exec_driver_sql(
            "SELECT count(*) FROM fact WHERE key LIKE 'step-author/%'"
        ).scalar()
    assert facts == 2


@pytest.mark.parametrize("column", ["at", "subject", "edits"])
def test_a_step_that_something_else_changed_is_found(library, column):
    for title in ("One", "Two", "Three"):
        put(library, title)
    library.undo()
    library.history.join([step.step.id for step in library.history.rows()])
    assert library.check() == []
    with closing(sqlite3.connect(library.path)) as raw:
        raw.execute(f"UPDATE step SET {column} = replace({column}, '2', '1') || ' ' WHERE id = 2")
        raw.commit()
    (finding,) = library.check()
    assert (finding.kind, finding.what) == (
        "sum",
        "Step 2 of the history is not as it was written",
    )


def test_points_and_names_go_with_their_steps(library, monkeypatch):
    ferry = put(library)
    library.history.set_point()
    mark(library, ferry)
    kept = library.history.set_point()
    monkeypatch.setattr(limits, "HISTORY_STEPS", 1)
    with Library.open(library.path) as again:
        assert [row.point for row in again.history.rows()] == [kept]
        with again._store.reading() as transaction:
            facts = transaction._connection.exec_driver_sql(
                "SELECT count(*) FROM fact WHERE key LIKE 'step-%' OR key LIKE 'restore-%'"
            ).scalar()
    assert facts == 3
