"""Rows follow the library one by one, in reading order, and obey the filter."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from postil.domain.annotation import Status, Voice, reading_order
from postil.library import ChangeAnnotation, DeleteAnnotations, MoveAnnotation
from postil.ui.sidebar.marks_model import MarkFilter, MarksModel, fold


@pytest.fixture
def model(desk):
    model = MarksModel(desk)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    yield model
    del tester


def ids(model):
    return [model.annotation(row).id for row in range(model.rowCount())]


def test_follows_every_change(model, desk, library, article_id, mark):
    """Whatever is done and undone, the rows are the library's marks in reading order."""
    chance = random.Random(5)
    text = desk.opened.article.text
    from postil.library import AddAnnotation

    for _ in range(60):
        known = ids(model)
        start = chance.randrange(len(text) - 12)
        end = start + chance.randrange(2, 12)
        kind = chance.choice(("add", "add", "move", "delete", "note", "undo"))
        if text[start:end].strip() == "":
            continue
        if kind == "add":
            library.do(AddAnnotation(article_id, start, end))
        elif kind == "undo" and library.undo_step().name != "add-article":
            library.undo()
        elif known and kind == "move":
            library.do(MoveAnnotation(chance.choice(known), start, end))
        elif known and kind == "delete":
            library.do(DeleteAnnotations((chance.choice(known),)))
        elif known:
            library.do(ChangeAnnotation(chance.choice(known), note=f"note {start}"))
        marks = library.placed_marks(article_id)
        assert [model.annotation(row) for row in range(model.rowCount())] == marks
        assert marks == sorted(marks, key=reading_order)
        assert [model.row_of(one.id) for one in marks] == list(range(len(marks)))


def test_one_change_is_told_as_one_row(model, mark, qtbot):
    mark("Most observers")
    with qtbot.waitSignal(model.rowsInserted) as told, qtbot.assertNotEmitted(model.modelReset):
        mark("the council")
    assert told.args[1:] == [0, 0]


def test_many_changes_at_once_are_a_reset(model, desk, library, article_id, qtbot):
    from postil.library import AddAnnotations

    with qtbot.waitSignal(model.modelReset):
        library.do(
            AddAnnotations(
                article_id, tuple((i, i + 3) for i in range(12, 60) for _ in range(5)), ()
            )
        )
    assert model.rowCount() == model.total == 48 * 5


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (MarkFilter(text="DINOSAURS"), ["a"]),
        (MarkFilter(text="burgermeister"), ["c"]),
        (MarkFilter(text="Bu\u0308rgermeister"), ["c"]),
        (MarkFilter(text="loaded"), ["b", "c"]),
        (MarkFilter(text="LL plot"), ["b"]),
        (MarkFilter(text="judging"), ["a"]),
        (MarkFilter(text="nowhere"), []),
        (MarkFilter(status=Status.TO_CHECK), ["b"]),
        (MarkFilter(text="  "), ["a", "b", "c"]),
        (MarkFilter(author="somebody else"), []),
        (MarkFilter(author="reader", status=Status.UNSAID), ["a", "c"]),
    ],
)
def test_filters(model, mark, wanted, expected):
    names = {
        mark("that club of dinosaurs", "NC", note="The label does the *judging*."): "a",
        mark("it was a plot", "LL", status=Status.TO_CHECK): "b",
        mark("Bürgermeister", "LL", voice=Voice.AUTHOR): "c",
    }
    model.set_filter(wanted)
    assert [names[i] for i in ids(model)] == expected


def test_filters_by_tag(model, mark, desk):
    first = mark("the council", "LL")
    mark("Most observers", "NC")
    model.set_filter(MarkFilter(tag=desk.marks.get(first).tags[0]))
    assert ids(model) == [first]
    assert (model.rowCount(), model.total) == (1, 2)


def test_new_marks_pass_the_filter_and_shown_ones_stay(model, mark, library):
    model.set_filter(MarkFilter(text="plot"))
    mark("the council")
    shown = mark("it was a plot")
    assert ids(model) == [shown]
    library.do(ChangeAnnotation(shown, note="Now about something else."))
    assert ids(model) == [shown]


def test_text_filter_sees_changed_notes_and_renamed_tags(model, mark, library):
    one = mark("the council")
    model.set_filter(MarkFilter(text="fresh"))
    assert ids(model) == []
    library.do(ChangeAnnotation(one, note="A fresh thought"))
    model.set_filter(MarkFilter())
    model.set_filter(MarkFilter(text="fresh"))
    assert ids(model) == [one]


def test_says_everything_to_screen_readers(model, mark):
    mark("that club of dinosaurs", "NC", note="Judged **first**.", voice=Voice.QUOTED)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    for part in ("NC Name calling", "paragraph 1", "“that club of dinosaurs”", "Judged", "quoted"):
        assert part in spoken


def test_headings_have_no_number(model, mark, desk):
    title, first = mark("The ferry"), mark("For years")
    assert model.place(desk.marks.get(title)) == "heading"
    assert model.place(desk.marks.get(first)) == "¶1"


def test_folding():
    assert fold("ÉCOLE Straße") == "ecole strasse"
    assert fold("İstanbul ﬁne") == fold("istanbul fine")


def test_warming_changes_nothing(model, mark, qtbot):
    mark("the council"), mark("it was a plot")
    model.warm()
    qtbot.waitUntil(lambda: not model._warming.isActive())
    model.set_filter(MarkFilter(text="plot"))
    assert model.rowCount() == 1
