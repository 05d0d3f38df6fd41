"""The real prompts: what they hand to Qt's dialogs and what they make of the answers."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)

from postil.ui.prompts import Prompts


@pytest.fixture
def prompts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Prompts(window)
    made.window_ = window
    return made


def answer_with(monkeypatch, owner, name, answer):
    asked = []

    def ask(*args, **kwargs):
        asked.append((args, kwargs))
        return answer

    monkeypatch.setattr(owner, name, ask)
    return asked


def test_files(prompts, monkeypatch):
    asked = answer_with(monkeypatch, QFileDialog, "getOpenFileNames", (["/a/b.txt"], ""))
    assert prompts.open_files("Open", Path("/a"), "*") == [Path("/a/b.txt")]
    assert asked[0][0][2] == str(Path("/a"))
    answer_with(monkeypatch, QFileDialog, "getOpenFileNames", ([], ""))
    assert prompts.open_files("Open", Path("/a"), "*") == []


@pytest.mark.parametrize(("name", "path"), [("/a/b.md", Path("/a/b.md")), ("", None)])
def test_where_to_write(prompts, monkeypatch, name, path):
    answer_with(monkeypatch, QFileDialog, "getSaveFileName", (name, ""))
    assert prompts.save_file("Export", Path("/a/b.md"), "*") == path
    answer_with(monkeypatch, QFileDialog, "getExistingDirectory", name)
    assert prompts.folder("Export", Path("/a")) == path


def answer_soon(words, *, agree):
    """Answer the question that is asked next, as long as its title and name are seen whole."""

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        assert dialog.width() > 2 * dialog.fontMetrics().horizontalAdvance(dialog.windowTitle())
        dialog.setTextValue(words)
        dialog.done(agree)

    QTimer.singleShot(0, answer)


TITLE = "New collection of articles"


@pytest.mark.parametrize(("agree", "text"), [(True, "New"), (False, None)])
def test_a_line_of_text(prompts, agree, text):
    answer_soon("New", agree=agree)
    assert prompts.text(TITLE, "Title", "Old") == text


@pytest.mark.parametrize(("agree", "index"), [(True, 1), (False, None)])
def test_one_of_several(prompts, agree, index):
    answer_soon("b", agree=agree)
    assert prompts.choose(TITLE, "Read as", ["a", "b"], 0) == index


@pytest.mark.parametrize(("button", "agreed"), [("Quit", True), ("Cancel", False)])
def test_yes_or_no_by_the_word_on_the_button(prompts, button, agreed):
    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        for found in box.findChildren(QPushButton):
            if found.text().replace("&", "") == button:
                found.click()

    QTimer.singleShot(0, press)
    assert prompts.confirm("Changes wait", "Quit and lose them?", "Quit") is agreed
    for box in prompts.window_.findChildren(QMessageBox):
        box.deleteLater()


@pytest.mark.parametrize("accepted", [True, False])
def test_a_dialog_of_ours(prompts, accepted):
    dialog = QDialog(prompts.window_)
    QTimer.singleShot(0, dialog.accept if accepted else dialog.reject)
    assert prompts.show(dialog) is accepted


def test_what_ends_the_program(prompts, monkeypatch):
    said = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: said.extend((box.windowTitle(), box.text(), box.icon()))
    )
    prompts.tell("The library cannot be opened", "It is damaged.")
    critical = QMessageBox.Icon.Critical
    assert said == ["The library cannot be opened", "It is damaged.", critical]


def test_a_dialog_is_no_larger_than_the_screen(prompts):
    dialog = QDialog(prompts.window_)
    dialog.resize(9000, 9000)
    QTimer.singleShot(0, dialog, dialog.accept)
    assert prompts.show(dialog)
    room = prompts.window_.screen().availableSize()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
