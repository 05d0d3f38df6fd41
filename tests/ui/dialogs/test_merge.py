"""Work of others in the window: the look before, the merge, the report, conflicts settled."""

import json
import zipfile

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton

from postil.annotated_markdown import write as write_annotated
from postil.library import ChangeAnnotation
from postil.library.handing_on import handed_on
from postil.ui.dialogs.merge import MergeDialog
from postil.ui.dialogs.merge_report import MergeReport
from ui.filling import drag_place, mark, put, write

KEY = Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
WORDS = "For years the council, that club of dinosaurs, has told us nothing can be done."


@pytest.fixture
def article(window, library):
    made = put(library, "The ferry", WORDS)
    mine = mark(library, made, 10, 19)
    library.do(ChangeAnnotation(mine, note="Mine."))
    window.desk.open_article(made)
    return made


@pytest.fixture
def files(library, article, tmp_path):
    """Return files of three people: a mark of theirs, another note on mine, and half a file."""
    text = write_annotated(handed_on(library, article))
    (mine,) = library.annotations(article)
    lone = {"start": 14, "end": 23, "quote": mine.anchor.exact, "note": "Why?"}
    folder = tmp_path / "returned"
    folder.mkdir()
    return [
        write(folder / "ana.jsonl", json.dumps(lone)),
        write(folder / "ben.md", text.replace("Mine.", "Theirs.")),
        write(folder / "half.md", text[: len(text) // 2]),
    ]


@pytest.fixture
def merge(window, answers, qtbot):
    """Return a function that does something in the dialog, and then merges or leaves."""

    def run(begin, act, *, agree=True):
        def in_dialog(dialog):
            dialog.show()
            qtbot.waitUntil(dialog.merge_button.isEnabled)
            act(dialog)
            qtbot.waitUntil(dialog.merge_button.isEnabled)
            qtbot.keyClick(dialog, Qt.Key.Key_Return if agree else Qt.Key.Key_Escape)
            dialog.hide()
            return dialog.result() == MergeDialog.DialogCode.Accepted

        answers.will(in_dialog)
        begin()
        qtbot.waitUntil(lambda: not answers.ready and not window.tasks.is_busy)
        return next(iter(window.findChildren(MergeReport)), None)

    return run


def cells(dialog):
    """Return what stands in the lines of the files."""
    tree = dialog.tree
    return {
        tree.topLevelItem(row).text(0): [tree.topLevelItem(row).text(n) for n in range(1, 7)]
        for row in range(tree.topLevelItemCount())
    }


def line(dialog, name):
    (found,) = dialog.tree.findItems(name, Qt.MatchFlag.MatchExactly)
    return found


def test_files_are_looked_at_merged_in_one_step_and_reported(
    window, library, article, files, merge, answers, qtbot
):
    before = library.annotations(article)
    shown = []

    def begin():
        answers.ready.insert(0, files)
        qtbot.keyClick(window, *KEY)

    def act(dialog):
        shown.append(cells(dialog))
        dialog.tree.setCurrentItem(line(dialog, "ana.jsonl"))
        assert dialog.alias.text() == "ana"
        dialog.alias.setText("Ana B.")
        qtbot.keyClick(dialog.alias, Qt.Key.Key_Return)  # which does not merge at once
        assert dialog.isVisible()
        dialog.tree.expandItem(line(dialog, "ben.md"))
        assert "Theirs." in line(dialog, "ben.md").child(0).text(0)

    report = merge(begin, act)
    assert shown[0]["ana.jsonl"][1:] == ["1", "–", "–", "–", "–"]
    assert shown[0]["ben.md"][1:] == ["–", "–", "–", "1", "–"]
    assert "cut off" in shown[0]["half.md"][0]
    notes = {one.note: one.author for one in library.annotations(article)}
    assert notes == {"Mine.": "reader", "Theirs.": "reader", "Why?": "Ana B."}
    assert "1 conflict · 1 refused" in window.notices.toast.text()
    qtbot.mouseClick(report.copy_button, Qt.MouseButton.LeftButton)
    assert "ben.md: The ferry (same text)" in QGuiApplication.clipboard().text()
    report.tree.setCurrentItem(line(report, "ben.md").child(0))
    qtbot.keyClick(report.tree, Qt.Key.Key_Return)
    assert window.desk.chosen_mark().note == "Theirs."
    report.close()
    library.undo()
    assert library.annotations(article) == before


def test_files_are_left_out_and_go_to_a_chosen_article(
    window, library, article, files, merge, qtbot
):
    other = put(library, "Other", "Quite other words.")
    shown = []

    def act(dialog):
        line(dialog, "ben.md").setCheckState(0, Qt.CheckState.Unchecked)
        qtbot.waitUntil(dialog.merge_button.isEnabled)
        dialog.tree.setCurrentItem(line(dialog, "ana.jsonl"))
        row = dialog.article.findData(other)
        dialog.article.setCurrentIndex(row)
        dialog.article.activated.emit(row)
        qtbot.waitUntil(dialog.merge_button.isEnabled)
        shown.append(cells(dialog)["ana.jsonl"])

    report = merge(lambda: window.files.work_given.emit(files[:2]), act)
    report.close()
    assert shown == [["Other (chosen)", "1", "–", "–", "–", "1"]]
    assert len(library.annotations(article)) == 1
    assert [one.note for one in library.loose_marks(other)] == ["Why?"]


def test_files_of_one_name_read_one_after_the_other_are_by_two_people(
    window, library, article, files, merge, tmp_path, qtbot
):
    other = write(tmp_path / "ana.jsonl", files[0].read_text() + "\n")

    def act(dialog):
        dialog.read([other])
        qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 2)

    merge(lambda: window.files.work_given.emit(files[:1]), act).close()
    made = {one.author for one in library.annotations(article) if one.note == "Why?"}
    assert made == {"ana", "ana (2)"}


@pytest.mark.parametrize("kind", ["files", "folder", "archive"])
def test_work_dropped_on_the_window_is_looked_at_first(
    window, library, article, files, merge, tmp_path, kind
):
    dropped = [files[1], write(tmp_path / "ben2.md", files[1].read_text() + "\n")]
    if kind == "archive":
        with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
            archive.write(files[1], "ben/work.md")
            archive.write(files[2], "carl/work.md")
        dropped = [tmp_path / "class.zip"]
    if kind == "folder":
        files[0].unlink()
        dropped = [files[1].parent]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in dropped])
    shown = []

    def begin():
        place, left = drag_place(50, 50), Qt.MouseButton.LeftButton
        for event in (QDragEnterEvent, QDropEvent):
            copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
            made = event(place, copy, mime, left, none)
            (window.dragEnterEvent if event is QDragEnterEvent else window.dropEvent)(made)

    assert merge(begin, lambda dialog: shown.append(list(cells(dialog))), agree=False) is None
    names = {
        "files": ["ben.md", "ben2.md"],
        "folder": ["ben.md", "half.md"],
        "archive": ["class.zip/ben/work.md"],
    }[kind]
    assert shown[0][: len(names)] == names
    assert len(library.annotations(article)) == 1


@pytest.mark.parametrize(
    ("button", "notes"),
    [("mine", ["Mine."]), ("theirs", ["Theirs."]), ("both", ["Mine.", "Theirs."])],
)
def test_a_conflict_is_settled_in_the_article_panel(
    window, library, article, files, merge, qtbot, button, notes
):
    merge(lambda: window.files.work_given.emit(files[1:2]), lambda _dialog: None).close()
    window.sidebar.show_article()
    found = lambda: window.sidebar.findChild(QPushButton, f"conflict_{button}")  # noqa: E731
    qtbot.waitUntil(lambda: found() is not None)
    qtbot.mouseClick(found(), Qt.MouseButton.LeftButton)
    assert sorted(one.note for one in library.annotations(article)) == notes
    conflicts = window.sidebar.article._conflicts
    qtbot.waitUntil(lambda: not conflicts.isVisible())
    library.undo()
    assert len(library.annotations(article)) == 2
    qtbot.waitUntil(conflicts.isVisible)
