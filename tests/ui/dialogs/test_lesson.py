"""The lesson pack in the window: what is chosen, what it makes, where it goes."""

import zipfile

import pytest
from PySide6.QtCore import Qt

from postil.domain.errors import UserError
from postil.exporters import Copy, Sheet
from ui.filling import mark, put


@pytest.fixture
def pack(window, library, answers, qtbot):
    """Return a function that opens the dialog on an article and does something in it."""
    made = put(library, "The ferry: promised?", "For years the council, that club, said no.")
    mark(library, made, 5, 10, "Slogan of my own")
    window.desk.open_article(made)

    def run(act):
        def in_dialog(dialog):
            dialog.show()
            qtbot.waitUntil(dialog.zip_button.isEnabled)
            act(dialog)
            return dialog.result() == dialog.DialogCode.Accepted

        answers.will(in_dialog)
        window.actions_["lesson-pack"].trigger()
        assert answers.ready == []

    return run


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_lesson_is_chosen_seen_and_packed(window, pack, answers, settings, tmp_path, qtbot):
    def act(dialog):
        qtbot.keyClick(dialog.formats["pdf"], Qt.Key.Key_Space)
        qtbot.keyClick(dialog.formats["html"], Qt.Key.Key_Space)
        qtbot.keyClick(dialog.parts[Sheet.RUBRIC], Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: "for students/student-copy.md" in dialog.files.toPlainText())
        qtbot.waitUntil(lambda: "pdf" not in dialog.files.toPlainText())
        assert dialog.remarks.text() == "There is no question sheet: the tags have no questions."
        assert dialog.tags.item(0).text().startswith("Slogan of my own (")
        other = next(i for i in range(1, 99) if "doubt" in dialog.tags.item(i).text().lower())
        dialog.tags.setCurrentRow(other)
        qtbot.keyClick(dialog.tags, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: "for students/questions.md" in dialog.files.toPlainText())
        assert not dialog.remarks.isVisible()
        answers.will(None)
        press(qtbot, dialog.zip_button)
        answers.will(tmp_path / "lesson")
        press(qtbot, dialog.zip_button)

    pack(act)
    assert answers.asked[-1][2].name == "The ferry promised - lesson.zip"
    with zipfile.ZipFile(tmp_path / "lesson.zip") as archive:
        assert "Slogan" not in archive.read("for students/student-copy.md").decode()
        assert "Slogan" in archive.read("for the teacher/key.md").decode()
        assert "for the teacher/rubric.md" not in archive.namelist()
    assert window.notices.toast.text() == "Written: lesson.zip"
    assert settings.get("lesson/rubric", True) is False


def test_a_lesson_is_laid_out_in_a_new_folder_or_refused(pack, answers, settings, tmp_path, qtbot):
    settings.set("lesson/pdf", False)
    taken = tmp_path / "The ferry promised - lesson"
    taken.mkdir()

    def act(dialog):
        answers.will(None)
        press(qtbot, dialog.folder_button)
        answers.will(tmp_path)
        press(qtbot, dialog.folder_button)
        assert "exists already" in dialog.remarks.text()
        taken.rmdir()
        answers.will(tmp_path)
        press(qtbot, dialog.folder_button)

    pack(act)
    assert (taken / "for the teacher" / "key.md").exists()


def test_nothing_chosen_writes_nothing(pack, qtbot):
    def act(dialog):
        for switch in dialog.formats.values():
            switch.click()
        qtbot.waitUntil(lambda: dialog.remarks.text() == "Nothing is chosen.")
        assert not dialog.zip_button.isEnabled()
        dialog.parts[Copy.GUIDED].click()
        assert not dialog.guide.isEnabled()
        dialog.reject()

    pack(act)


def test_an_article_that_went_meanwhile_is_told(window, ferry, monkeypatch):
    def gone(*_args, **_kwargs):
        raise UserError("This article is not in the library any more", "Choose another one.")

    window.desk.open_article(ferry)
    monkeypatch.setattr("postil.library.handing_on.handed_on", gone)
    window.actions_["lesson-pack"].trigger()
    assert "not in the library" in window.banner.text()
    window.banner.hide()
