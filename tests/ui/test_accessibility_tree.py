"""What assistive tools see: the whole tree of the window and its dialogs, each control named."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.filling import mark

Role = QAccessible.Role
CONTROLS = {
    Role.Button,
    Role.ButtonDropDown,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Graphic,
    Role.Link,
    Role.List,
    Role.MenuItem,
    Role.PageTab,
    Role.PageTabList,
    Role.ProgressBar,
    Role.RadioButton,
    Role.Slider,
    Role.SpinBox,
    Role.Table,
    Role.Tree,
}
DEEPEST = 40


def walk(interface, path=()):
    """Yield (path, interface) of everything that is to be seen."""
    assert len(path) < DEEPEST, path
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield path, interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            step = f"{child.role().name} {child.object().objectName() if child.object() else at}"
            yield from walk(child, (*path, step))


def nameless(widget):
    top = QAccessible.queryAccessibleInterface(widget)
    return [
        " > ".join(path)
        for path, interface in walk(top)
        if interface.role() in CONTROLS
        and not interface.text(QAccessible.Text.Name).strip()
        and not _is_empty_separator(interface)
        and not _is_inner_part(path)
    ]


def _is_empty_separator(interface):
    return interface.role() is Role.MenuItem and interface.state().disabled


def _is_inner_part(path):
    """Parts Qt makes inside controls that have a name: editors of boxes, tops of scroll areas."""
    return bool(path) and path[-1].split(" ")[-1].startswith("qt_")


@pytest.fixture
def full(window, library, ferry):
    made = mark(library, ferry, 4, 9, "A tag of my own")
    window.desk.open_article(ferry)
    window.desk.choose(made)
    window.desk.isolate(window.desk.chosen_mark().tags, "A tag of my own")
    window.desk.edit_wanted.emit(made)
    window.banner.tell("Something to know")
    window.notices.say("Done", "Undo")
    return window


def roles(widget):
    return {interface.role() for _, interface in walk(QAccessible.queryAccessibleInterface(widget))}


def test_every_control_in_the_tree_of_the_window_has_a_name(full):
    for show in (full.sidebar.show_codebook, full.sidebar.show_article, full.sidebar.show_marks):
        show()
        assert nameless(full) == []
    assert {Role.Button, Role.EditableText, Role.List, Role.MenuItem} <= roles(full)


def test_every_control_of_the_reader_has_a_name(full, qtbot):
    reader = full.reader
    reader.select(12, 20)
    assert reader.mark_bar.isVisible()
    assert nameless(reader) == []
    reader.marking.ask_tag()
    assert nameless(reader) == []
    names = {
        interface.text(QAccessible.Text.Name)
        for _, interface in walk(QAccessible.queryAccessibleInterface(reader))
    }
    assert {"Tag", "Tags", "What the tag means", "Map of the marks"} <= names


def test_every_control_of_the_find_bar_and_its_tag_field_has_a_name(full):
    bar = full.reader.find_bar
    bar.open()
    bar.field.setText("council")
    assert nameless(full) == []
    bar.ask_tag()
    assert nameless(full) == []
    names = {
        interface.text(QAccessible.Text.Name)
        for _, interface in walk(QAccessible.queryAccessibleInterface(full.reader))
    }
    assert {"Find in the article", "Next hit", "Whole words only", "Give all hits a tag"} <= names
    bar.leave()


def context_menu(widget, point):
    """Open the menu of a widget at a point and return it."""
    QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=point)
    place = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, widget.mapToGlobal(point))
    QApplication.sendEvent(widget, place)
    return QApplication.activePopupWidget()


def test_every_entry_of_the_context_menus_has_a_name(full, library, ferry):
    mark(library, ferry, 4, 9, "Another tag")
    reader = full.reader
    menus = [context_menu(reader.page.viewport(), reader.page.area_of(5, 6).center())]
    marks = full.sidebar.marks.list
    shelf = full.shelf.list
    for view in (shelf, marks):
        first = view.visualRect(view.model().index(0, 0)).center()
        if (menu := context_menu(view.viewport(), first)) is not None:
            menus.append(menu)
    assert len([menu for menu in menus if menu]) >= 2
    for menu in menus:
        assert menu.accessibleName()
        assert nameless(menu) == [], menu.objectName()
        menu.close()


def test_the_parts_that_come_and_go_have_names_of_their_own(full):
    reader = full.reader
    reader.select(12, 20)
    assert reader.mark_bar.accessibleName() == "Mark the selection"
    reader.marking.ask_tag()
    assert reader.tag_field.accessibleName() == "Choose a tag"
    for part in (full.notices.toast, full.banner, reader.find_bar, reader.echo):
        assert part.accessibleName()


def test_what_stands_alone_is_said_of_itself(full):
    """Widgets that take the focus say what they are, not only controls with a role of their own."""
    silent = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in full.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert silent == []


def test_every_entry_of_the_menus_has_a_name(full):
    for menu in full.actions_.menus.values():
        menu.popup(full.mapToGlobal(full.rect().center()))
        assert nameless(menu) == [], menu.objectName()
        menu.close()


def test_every_control_of_every_dialog_has_a_name(full, answers, qtbot):
    """Open all that the actions open, as a person would."""
    seen = []

    def look(dialog):
        dialog.show()
        seen.append((type(dialog).__name__, nameless(dialog), dialog.accessibleName()))
        dialog.close()
        return 0

    for action in ("export", "help", "shortcuts", "about"):
        answers.ready = [look]
        full.actions_[action].trigger()
        answers.ready = []
    assert [(kind, found) for kind, found, _ in seen if found] == []
    assert all(name for _, _, name in seen), seen
    assert len(seen) >= 3


def test_the_walk_sees_a_control_without_a_name(full):
    from PySide6.QtWidgets import QToolButton

    button = QToolButton(full)
    button.setGeometry(0, 0, 20, 20)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.show()
    [path] = nameless(full)
    assert path.startswith("Button")
    button.setParent(None)
    button.deleteLater()
