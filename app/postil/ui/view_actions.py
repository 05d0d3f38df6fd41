"""How things look: size of the letters, theme, full screen, which parts are shown."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QMainWindow, QPinchGesture, QWidget

from postil.settings import Settings
from postil.ui.actions import Actions
from postil.ui.panels import READER, SHELF, SIDEBAR, Panels
from postil.ui.theme import NAMES, SYSTEM, Appearance

if TYPE_CHECKING:
    from postil.ui.dialogs.reading_look import ReadingLook

ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_NOTCH = 120  # of a wheel, in eighths of a degree
_PINCH_STEP = 1.1  # how far two fingers go for one step of the size
_KEEP_MS = 600  # after the last step of a wheel the size is kept


class ViewActions(QObject):
    """Changes the look and keeps it.

    Args:
        window: what becomes full screen.
        panels: the parts.
        actions: whose switches follow.
        appearance: the theme.
        settings: keeps all of it.
        restyle: called when the page's look changed.
        enter_toast: gives the focus to what a toast offers, if it does; asked before the parts.
    """

    def __init__(
        self,
        window: QMainWindow,
        panels: Panels,
        actions: Actions,
        appearance: Appearance,
        settings: Settings,
        restyle: Callable[[], None],
        enter_toast: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panels = panels
        self._actions = actions
        self._appearance = appearance
        self._settings = settings
        self._restyle = restyle
        self._enter_toast = enter_toast
        self.zoom = settings.get("reader/zoom", 1.0)
        self._look: ReadingLook | None = None
        self._wheel = 0
        self._pinched = 1.0
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_MS)
        self._keep.timeout.connect(self.keep)
        panels.sides_changed.connect(self.show_state)
        self.show_state()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        themes = {
            f"theme-{name}": lambda name=name: self._choose_theme(name) for name in (SYSTEM, *NAMES)
        }
        return themes | {
            "zoom-in": self.zoom_in,
            "zoom-out": self.zoom_out,
            "zoom-reset": lambda: self.set_zoom(1.0),
            "reading-look": self._reading_look,
            "show-shelf": lambda: self._toggle(SHELF),
            "show-sidebar": lambda: self._toggle(SIDEBAR),
            "full-screen": self._full_screen,
            "next-part": self._next_part,
        }

    def zoom_in(self) -> None:
        """Turn to the next larger size."""
        self.set_zoom(ZOOMS[min(bisect_right(ZOOMS, self.zoom), len(ZOOMS) - 1)])

    def zoom_out(self) -> None:
        """Turn to the next smaller size."""
        self.set_zoom(ZOOMS[max(bisect_left(ZOOMS, self.zoom) - 1, 0)])

    def set_zoom(self, zoom: float) -> None:
        """Set the size of the letters; 1.0 is 100 %."""
        if zoom != self.zoom:
            self.zoom = zoom
            self._restyle()
            self._keep.start()

    def keep(self) -> None:
        """Keep the size between runs."""
        self._keep.stop()
        self._settings.set("reader/zoom", self.zoom)

    def watch_gestures(self, widget: QWidget) -> None:
        """Let Ctrl and the wheel, and two fingers drawn apart, over this widget change the size."""
        widget.installEventFilter(self)
        widget.grabGesture(Qt.GestureType.PinchGesture)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Ctrl and the wheel, and pinching, and leave everything else alone."""
        if isinstance(event, QNativeGestureEvent):  # of a touchpad
            if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._pinch(1 + event.value())
            return True
        if isinstance(event, QGestureEvent):  # of a touch screen
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            event.accept(pinch)
            if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
                self._pinch(pinch.scaleFactor())
            return True
        if (
            isinstance(event, QWheelEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._wheel += event.angleDelta().y()
            while abs(self._wheel) >= _NOTCH:
                larger = self._wheel > 0
                self._wheel -= _NOTCH if larger else -_NOTCH
                (self.zoom_in if larger else self.zoom_out)()
            return True
        return False

    def _pinch(self, factor: float) -> None:
        """Follow two fingers; the page is set anew at whole steps only, as that takes time."""
        self._pinched *= max(factor, 0.1)
        while self._pinched >= _PINCH_STEP or self._pinched <= 1 / _PINCH_STEP:
            larger = self._pinched > 1
            self._pinched *= 1 / _PINCH_STEP if larger else _PINCH_STEP
            (self.zoom_in if larger else self.zoom_out)()

    def show_state(self) -> None:
        """Let the switches in the menu say what is."""
        self._actions["show-shelf"].setChecked(self._panels.is_shown(SHELF))
        self._actions["show-sidebar"].setChecked(self._panels.is_shown(SIDEBAR))
        self._actions["full-screen"].setChecked(self._window.isFullScreen())
        choice = self._appearance.choice if self._appearance.choice in NAMES else SYSTEM
        self._actions[f"theme-{choice}"].setChecked(True)
        if self._look is not None:
            self._look.show_theme(choice)

    def _choose_theme(self, name: str) -> None:
        self._appearance.choose(name)
        self.show_state()

    def _reading_look(self) -> None:
        """Open the panel for the look of the page, where it hides least of it."""
        from postil.ui.dialogs.reading_look import ReadingLook  # when it is first wanted

        if self._look is None:
            self._look = ReadingLook(self._settings, self._appearance.choice, self._window)
            self._look.changed.connect(self._restyle)
            self._look.theme_chosen.connect(self._choose_theme)
            self._look.adjustSize()
            corner = self._panels.mapToGlobal(self._panels.rect().topRight())
            self._look.move(corner - self._look.rect().topRight())
        self._look.show()
        self._look.raise_()
        self._look.activateWindow()

    def _toggle(self, side: int) -> None:
        self._panels.want(side, shown=not self._panels.is_shown(side))
        self.show_state()

    def _full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.show_state()

    def _next_part(self) -> None:
        """Give the focus to the next part that is shown; a toast with an offer comes first."""
        if self._enter_toast():
            return
        focus = self._window.focusWidget()
        shown = [side for side in (SHELF, READER, SIDEBAR) if self._panels.is_shown(side)]
        here = next(
            (
                number
                for number, side in enumerate(shown)
                if focus and self._panels.part(side).isAncestorOf(focus)
            ),
            -1,
        )
        part = self._panels.part(shown[(here + 1) % len(shown)])
        target: QWidget = part.focusProxy() or part
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            target = _first_focusable(part)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first_focusable(part: QWidget) -> QWidget:
    """Return the first widget in a part that takes the focus, lists and texts before the rest."""
    takers = [
        widget
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(part)
    ]
    return takers[0] if takers else part
