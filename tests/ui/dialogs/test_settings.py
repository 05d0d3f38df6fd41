"""Settings: what is chosen holds at once and is kept; keys are pressed, not typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog

from postil.ui.action_table import TABLE
from postil.ui.dialogs.settings import SettingsDialog
from postil.ui.note_templates import NoteTemplate, own_templates
from postil.ui.session import RESTORE_ARTICLE
from ui.filling import mark

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dialog(window, settings, library, qtbot):
    made = SettingsDialog(window.actions_, settings, library)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def general(dialog):
    return dialog.pages.widget(0).widget()


class Keys:
    """Chooses an action on the keys page and presses keys in its field."""

    def __init__(self, dialog, qtbot):
        self.page = dialog.pages.widget(1).widget()
        dialog.pages.setCurrentIndex(1)
        self.qtbot = qtbot

    def choose(self, action_id):
        ids = [spec.id for spec in TABLE]
        self.page.list.table.selectRow(ids.index(action_id))

    def press(self, key, modifiers=NONE):
        self.page.field.setFocus()
        self.qtbot.keyClick(self.page.field, key, modifiers)

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def keys(dialog, qtbot):
    return Keys(dialog, qtbot)


@pytest.mark.parametrize("platform_key", [True, False])
def test_its_key_and_its_menu_entry_open_it(window, answers, qtbot, platform_key):
    seen = []
    answers.will(lambda dialog: seen.append(type(dialog)))
    if platform_key:
        qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    else:
        window.actions_["settings"].trigger()
    assert seen == [SettingsDialog]


def test_the_alias_goes_on_marks_from_now_on(general, library, ferry, settings, qtbot):
    before = mark(library, ferry, 0, 3)
    general.alias.setFocus()
    qtbot.keyClicks(general.alias, "  Ada  L ")
    qtbot.keyClick(general.alias, Qt.Key.Key_Return)
    after = mark(library, ferry, 4, 9)
    authors = {one.id: one.author for one in library.annotations(ferry)}
    assert authors == {before: "reader", after: "Ada L"}
    assert settings.get("author", "") == "Ada L"


def test_an_alias_is_taken_however_the_dialog_is_left(dialog, general, library, qtbot):
    general.alias.setFocus()
    qtbot.keyClicks(general.alias, "Ada")
    qtbot.keyClick(general.alias, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert library.author == "Ada"


def test_the_alias_is_never_the_name_the_system_knows(general, monkeypatch):
    monkeypatch.setenv("USER", "system-name")
    monkeypatch.setenv("LOGNAME", "system-name")
    assert general.alias.text() == ""


def test_a_theme_holds_at_once(general, window, qtbot):
    general.theme.setFocus()
    qtbot.keyClick(general.theme, Qt.Key.Key_End)
    assert window.appearance.theme.name == "dark"
    assert window.actions_["theme-dark"].isChecked()
    window.actions_["theme-system"].trigger()


def test_what_a_start_takes_up_is_kept(general, settings, qtbot):
    switch = general.findChild(QCheckBox, RESTORE_ARTICLE.replace("/", "-"))
    assert switch.isChecked()
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert settings.get(RESTORE_ARTICLE, True) is False


def test_free_keys_are_taken(keys, window):
    keys.choose("export")
    keys.press(Qt.Key.Key_J, CONTROL)
    assert keys.page.told.text() == "Ctrl+J is free for “Export…” (Share)"
    keys.click(keys.page.set)
    assert window.actions_["export"].shortcut().toString() == "Ctrl+J"
    assert keys.page.list.table.model().index(keys.page.list.table.currentIndex().row(), 1).data()


def test_keys_of_another_action_are_told_at_once_and_taken_by_choice(keys, window):
    keys.choose("export")
    keys.press(Qt.Key.Key_F, CONTROL)
    assert "Ctrl+F belongs to “Find in Article” (Edit)" in keys.page.told.text()
    assert window.actions_["find"].shortcut().toString() == "Ctrl+F"  # not before the choice
    keys.press(Qt.Key.Key_J, CONTROL)
    assert "free" in keys.page.told.text()
    keys.press(Qt.Key.Key_F, CONTROL)
    assert keys.page.set.text() == "&Take Them from There"
    keys.click(keys.page.set)
    assert window.actions_["export"].shortcut().toString() == "Ctrl+F"
    assert "Ctrl+F" not in [k.toString() for k in window.actions_["find"].shortcuts()]


def test_letters_of_the_reader_are_free_on_the_shelf(keys):
    keys.choose("delete-article")
    keys.press(Qt.Key.Key_H)
    assert keys.page.told.text().startswith("H is free")
    keys.choose("mark-note")
    keys.press(Qt.Key.Key_H)
    assert keys.page.told.text().startswith("H belongs to “Mark” (Mark)")


def test_keys_can_be_added_taken_away_and_reset(keys, window):
    def shown():
        return [key.toString() for key in window.actions_["export"].shortcuts()]

    keys.choose("export")
    keys.press(Qt.Key.Key_J, CONTROL)
    keys.click(keys.page.add)
    assert shown() == ["Ctrl+E", "Ctrl+J"]
    keys.click(keys.page.none)
    assert shown() == []
    keys.click(keys.page.reset)
    assert shown() == ["Ctrl+E"]
    assert not keys.page.reset.isEnabled()


def test_a_reset_that_cannot_have_all_its_keys_says_so(keys, window):
    keys.choose("export")
    keys.press(Qt.Key.Key_F, CONTROL)
    keys.click(keys.page.set)
    keys.choose("find")
    keys.click(keys.page.reset)
    assert "stay where they were taken to" in keys.page.told.text()
    keys.click(keys.page.reset_all)
    assert window.actions_["find"].shortcut().toString() == "Ctrl+F"
    assert window.actions_["export"].shortcut().toString() == "Ctrl+E"


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_Question, CONTROL | SHIFT, "Ctrl+?"),
        (Qt.Key.Key_H, SHIFT, "Shift+H"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier, "1"),
        (Qt.Key.Key_F11, SHIFT, "Shift+F11"),
        (Qt.Key.Key_Return, CONTROL, "Ctrl+Return"),
        (Qt.Key.Key_Backspace, NONE, "Backspace"),
    ],
)
def test_keys_are_written_as_they_are_pressed(keys, key, modifiers, text):
    keys.choose("export")
    keys.press(key, modifiers)
    assert keys.page.field.text() == text


@pytest.mark.parametrize("key", [Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt])
def test_a_modifier_alone_is_no_key(keys, key):
    keys.choose("export")
    keys.press(key)
    assert keys.page.field.text() == ""
    assert not keys.page.set.isEnabled()


def test_nobody_is_caught_in_the_field(keys, dialog):
    keys.choose("export")
    keys.press(Qt.Key.Key_J, CONTROL)
    keys.press(Qt.Key.Key_Tab)
    assert dialog.focusWidget() is keys.page.set
    keys.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_all_is_done_by_keys_alone(keys, window, dialog, qtbot):
    search = keys.page.list.search
    search.setFocus()
    qtbot.keyClicks(search, "annotated markdown")
    qtbot.keyClick(search, Qt.Key.Key_Tab)
    table = keys.page.list.table
    assert dialog.focusWidget() is table
    qtbot.keyClick(table, Qt.Key.Key_End, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    assert keys.page.list.current() == "copy-markdown"
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is keys.page.field
    qtbot.keyClick(keys.page.field, Qt.Key.Key_J, CONTROL)
    qtbot.keyClick(keys.page.field, Qt.Key.Key_Tab)
    qtbot.keyClick(keys.page.set, Qt.Key.Key_Space)
    assert window.actions_["copy-markdown"].shortcut().toString() == "Ctrl+J"


def test_templates_are_made_changed_deleted_and_brought_back(dialog, settings, qtbot):
    page = dialog.pages.widget(2).widget()
    dialog.pages.setCurrentIndex(2)
    assert not page.note.isEnabled()
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.name, "Sums")
    page.note.selectAll()
    qtbot.keyClicks(page.note, "- **Sum:** ")
    assert own_templates(settings) == [NoteTemplate("Sums", "- **Sum:** ")]
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    page.list.setCurrentRow(0)
    assert page.note.toPlainText() == "- **Sum:** "
    qtbot.mouseClick(page.delete, Qt.MouseButton.LeftButton)
    assert [one.name for one in own_templates(settings)] == ["New template"]
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert [one.name for one in own_templates(settings)] == ["Sums", "New template"]
    assert page.list.currentItem().text() == "Sums"
