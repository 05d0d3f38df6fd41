"""Everybody can use it: every control has a name, and the keyboard reaches it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from postil.importers.whole import Chapter, Whole
from ui.filling import mark

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def nameless(top):
    """Return the controls in a window that a screen reader has no name for."""
    found = []
    for widget in top.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


@pytest.fixture
def full(window, library, ferry):
    made = mark(library, ferry, 4, 9, "A tag of my own")
    window.desk.open_article(ferry)
    window.desk.choose(made)
    window.desk.edit_wanted.emit(made)
    window.banner.tell("Something to know")
    window.notices.say("Done", "Undo")
    return window


def test_every_control_of_the_window_has_a_name(full):
    for show in (full.sidebar.show_codebook, full.sidebar.show_article, full.sidebar.show_marks):
        show()
        assert nameless(full) == []


def test_the_walk_sees_a_control_without_a_name(full):
    button = QLineEdit(full)
    assert nameless(full) == ["QLineEdit ''"]
    button.setParent(None)
    button.deleteLater()


def test_every_control_of_the_dialogs_has_a_name(qtbot, window, library, ferry, settings, answers):
    from postil.library.handing_on import handed_on
    from postil.library.practising import Checked, Key, Outcome, Practice
    from postil.library.recovery import Recovery
    from postil.ui.dialogs.backups import BackupsDialog
    from postil.ui.dialogs.chapters import ChaptersDialog
    from postil.ui.dialogs.damaged import DamagedDialog
    from postil.ui.dialogs.dates_between import DatesBetween
    from postil.ui.dialogs.describe_articles import DescribeArticles
    from postil.ui.dialogs.export import ExportDialog
    from postil.ui.dialogs.help import HelpDialog
    from postil.ui.dialogs.lesson import LessonDialog
    from postil.ui.dialogs.mistake import MistakeDialog
    from postil.ui.dialogs.page_preview import PagePreview
    from postil.ui.dialogs.practice import PracticeDialog
    from postil.ui.dialogs.printing import PrintPreview
    from postil.ui.dialogs.settings import SettingsDialog
    from postil.ui.tasks import Tasks

    tasks = Tasks()
    article = handed_on(library, ferry)
    blocks = article.article.blocks
    practice = Practice("a.md", (Checked(Outcome.MISSED, 0, 3),))
    whole = Whole(
        article.article, (True,) * len(blocks), chapters=(Chapter("One", 0, len(blocks)),)
    )
    dialogs = [
        ExportDialog(library, [ferry], answers, tasks, settings),
        LessonDialog(article, answers, tasks, settings),
        PracticeDialog(Key(article.article, ()), [practice], []),
        PrintPreview([article], answers, settings),
        HelpDialog("keys", window.actions_.keymap),
        MistakeDialog("report"),
        PagePreview(whole, whole.kept, article.article.metadata, may_stop=True),
        ChaptersDialog("A book", whole),
        DatesBetween("2025", ""),
        DescribeArticles(library, [row.id for row in library.articles()]),
        SettingsDialog(window.actions_, settings, library),
        BackupsDialog(library.safekeeping.backups, (), tasks),
        DamagedDialog(library.path, Recovery(library.path)),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert nameless(dialog) == []
        assert dialog.accessibleName()
        dialog.close()
    tasks.close()


def test_parts_have_the_names_tests_and_aids_look_for(full):
    names = {
        "shelf",
        "shelfFilter",
        "shelfList",
        "reader",
        "sidebar",
        "status",
        "banner",
        "toast",
        "firstSteps",
    }
    found = {widget.objectName() for widget in full.findChildren(QWidget)}
    assert names <= found


def test_tab_reaches_shelf_reader_and_sidebar_and_comes_back(full, qtbot):
    full.shelf.filter.setFocus()
    reached = []
    for _ in range(60):
        qtbot.keyClick(full.focusWidget(), Qt.Key.Key_Tab)
        reached.append(full.focusWidget())
        if full.focusWidget() is full.shelf.filter:
            break
    assert reached[-1] is full.shelf.filter
    for part in (full.shelf, full.reader, full.sidebar):
        assert any(part.isAncestorOf(widget) for widget in reached), part.objectName()


def test_actions_say_what_they_do(full):
    from postil.ui.action_table import TABLE

    for spec in TABLE:
        action = full.actions_[spec.id]
        assert action.statusTip()
        assert action.toolTip().startswith(action.statusTip())


def test_every_control_of_the_codebook_dialogs_has_a_name(window, qtbot):
    from postil.domain.tags import MY_GROUP, MY_TAGS
    from postil.ui.dialogs.choose_tag import ChooseTag
    from postil.ui.dialogs.group import GroupDialog
    from postil.ui.dialogs.tag import TagDialog, TagPlan
    from postil.ui.dialogs.tag_uses import TagUses

    desk = window.desk
    tag = next(iter(desk.tags.values()))
    dialogs = [
        TagDialog(desk, window.prompts, TagPlan(MY_TAGS, MY_GROUP)),
        GroupDialog(desk, MY_TAGS, None),
        ChooseTag(desk, "Merge", "Into which?", MY_TAGS, (), "Merge", "None"),
        TagUses(desk, tag),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        assert dialog.accessibleName()
        assert nameless(dialog) == []
