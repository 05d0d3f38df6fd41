"""The actions of a window, made from the table, and the menus they stand in.

What an action does is bound by the part that does it; an action nobody binds is a mistake
the tests find.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from postil.ui.action_table import MENUS, TABLE, WINDOW, Spec
from postil.ui.icons import icon
from postil.ui.keymap import Keymap
from postil.ui.theme import Theme
from postil.ui.tips import as_tip

_ROLES = {  # what macOS has a menu of its own for
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
}


def words(text: str) -> str:
    """Return a text of the table in the person's language."""
    return QCoreApplication.translate("actions", text)


def plain(text: str) -> str:
    """Return the text of an action without the mark of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def menu_path(spec: Spec) -> str:
    """Return the menus an action stands in, such as "View ▸ Theme"."""
    parts = spec.menu.split("/")
    titles = (MENUS["/".join(parts[: depth + 1])] for depth in range(len(parts)))
    return " ▸ ".join(plain(words(title)) for title in titles)


def key_names(keymap: Keymap) -> dict[str, str]:
    """Return each action's key by its id; one without keys is named by its place in the menus."""
    return {
        spec.id: keymap.text(spec.id) or f"{menu_path(spec)} ▸ {plain(words(spec.text))}"
        for spec in TABLE
    }


class Actions(QObject):
    """The actions of one window.

    Args:
        window: owns them and is where the keys of window-wide ones hold.
        theme: colours of the icons.
        keymap: which keys they have.
    """

    refused = Signal()  # the keys of an action that may do nothing now

    def __init__(self, window: QWidget, theme: Theme, keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self.keymap = keymap
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._handled: set[str] = set()
        # Actions of a group that is off stay off, whatever else speaks for them.
        self._changing = QActionGroup(window)
        self._changing.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._refusals: dict[str, QAction] = {}  # by place, with the keys of what is off
        self._why = ""  # nothing may be changed; empty when it may
        self.menus: dict[str, QMenu] = {}
        for spec in TABLE:
            self._actions[spec.id] = self._make(spec)
        window.addAction(self._refusal(WINDOW))
        self._set_keys()
        keymap.changed.connect(self._set_keys)
        self._colour = QColor()  # of the icons
        self.set_theme(theme)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def bind(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do when they are triggered.

        Args:
            handlers: function without arguments by action id.

        Raises:
            KeyError: there is no such action.
        """
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(lambda _on=False, do=handler: do())
            self._handled.add(action_id)

    def forbid_changes(self, why: str) -> None:
        """Grey what changes the library, and say why; no words allow it."""
        self._why = why
        self._changing.setEnabled(not why)
        for menu in self.menus.values():  # grey entries are passed over and have no status tip
            menu.setToolTipsVisible(bool(why))
        self._set_keys()

    def unbound(self) -> set[str]:
        """Return the ids of actions that do nothing yet."""
        return set(self._actions) - self._handled

    def place(self, where: str, widget: QWidget) -> None:
        """Let the keys of one place hold while `widget` or a part of it has the focus."""
        for spec in TABLE:
            if spec.where == where:
                widget.addAction(self._actions[spec.id])
        widget.addAction(self._refusal(where))

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for menu_id, title in MENUS.items():
            outer = menu_id.rpartition("/")[0]
            menu = QMenu(words(title), self._window)
            menu.setObjectName(f"menu-{menu_id}")
            self.menus[menu_id] = menu
            if not outer:
                bar.addMenu(menu)
        for spec in TABLE:
            menu = self.menus[spec.menu]
            around = self.menus.get(spec.menu.rpartition("/")[0])
            if around is not None and menu.isEmpty():  # it stands where its first action does
                around.addMenu(menu)
            if spec.rule:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme's colour."""
        if theme.icon_colour == self._colour:
            return
        self._colour = theme.icon_colour
        for spec in TABLE:
            if spec.icon:
                self._actions[spec.id].setIcon(icon(spec.icon, theme.icon_colour))

    def _set_keys(self) -> None:
        """Give the actions the keys of the keymap, and tell of them in the tips."""
        for spec in TABLE:
            action = self._actions[spec.id]
            action.setShortcuts(self.keymap.keys(spec.id))
            keys = self.keymap.text(spec.id)
            tip = words(spec.tip)
            if self._why and spec.changes:
                tip = self.tr("{0} — not now: {1}").format(tip, self._why)
            action.setStatusTip(tip)
            action.setWhatsThis(as_tip(tip))
            action.setToolTip(as_tip(f"{tip} ({keys})" if keys else tip))
        for where, refusal in self._refusals.items():
            off = [s.id for s in TABLE if s.where == where and s.changes and self._why]
            refusal.setShortcuts([key for one in off for key in self.keymap.keys(one)])

    def _refusal(self, where: str) -> QAction:
        """Return what has the keys of a place that may do nothing, so that they say why."""
        action = self._refusals.get(where)
        if action is None:
            action = self._refusals[where] = QAction(self._window)
            action.triggered.connect(self.refused)
            if where != WINDOW:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _make(self, spec: Spec) -> QAction:
        action = QAction(words(spec.text), self._window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.is_switch or bool(spec.group))
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self._window))
            group.addAction(action)
        elif spec.changes:
            self._changing.addAction(action)
        if spec.id in _ROLES:
            action.setMenuRole(_ROLES[spec.id])
        if spec.where == WINDOW:
            self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action
