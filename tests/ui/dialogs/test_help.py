"""Help: every action on one page with its keys, found by words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from postil.ui.action_table import TABLE
from postil.ui.dialogs.help import HelpDialog
from postil.ui.keymap import Keymap


def rows(dialog):
    model = dialog.table.model()
    return [
        tuple(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
        if not dialog.table.isRowHidden(row)
    ]


@pytest.fixture
def keymap(qapp, settings):
    return Keymap(TABLE, settings)


@pytest.fixture
def dialog(qtbot, keymap):
    made = HelpDialog("keys", keymap)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_action_is_listed_with_its_keys(dialog):
    listed = rows(dialog)
    assert len(listed) == len(TABLE)
    assert ("Share ▸ Export…", "Ctrl+E") in {row[:2] for row in listed}


def test_words_and_keys_find_actions(dialog, qtbot):
    search = dialog.findChild(QLineEdit, "keysFilter")
    qtbot.keyClicks(search, "full screen")
    assert [row[0] for row in rows(dialog)] == ["View ▸ Full Screen"]
    search.clear()
    qtbot.keyClicks(search, "F11")
    assert [row[0] for row in rows(dialog)] == ["View ▸ Full Screen"]


@pytest.mark.parametrize(("page", "number"), [("how", 0), ("keys", 1), ("about", 2)])
def test_it_begins_with_the_page_asked_for(qtbot, keymap, page, number):
    dialog = HelpDialog(page, keymap)
    qtbot.addWidget(dialog)
    assert dialog.pages.currentIndex() == number


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier, 1),
    ],
)
def test_keys_open_it(window, answers, qtbot, key, modifier, page):
    seen = []
    answers.will(lambda dialog: seen.append(dialog.pages.currentIndex()))
    qtbot.keyClick(window, key, modifier)
    assert seen == [page]


def test_about_names_version_and_licence(window, answers):
    import postil

    texts = []

    def look(dialog):
        label = dialog.pages.widget(2).widget()
        texts.append(label.text())

    answers.will(look)
    window.actions_["about"].trigger()
    assert postil.__version__ in texts[0]
    assert "MIT" in texts[0]


def test_the_sheet_and_the_sentences_tell_the_keys_that_hold(qtbot, keymap):
    from PySide6.QtGui import QKeySequence

    keymap.give("export", [QKeySequence("Ctrl+J"), QKeySequence("F12")])
    keymap.give("mark-note", [QKeySequence("Z")])
    keymap.give("other-mark", [])
    dialog = HelpDialog("keys", keymap)
    qtbot.addWidget(dialog)
    dialog.show()
    assert ("Share ▸ Export…", "Ctrl+J, F12") in {row[:2] for row in rows(dialog)}
    how = dialog.pages.widget(0).widget().text()
    assert "Z begins a note" in how
    assert "Mark ▸ Other Mark Here" in how
    assert "{" not in how
    assert dialog.focusWidget().objectName() == "keysFilter"
