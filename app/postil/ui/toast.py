"""Two calm places to be told something: the toast for what was done, the banner for what failed.

A toast goes by itself and may offer to take the thing back; a banner stays until it is
closed or its reason is gone. Both are announced to screen readers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QHideEvent,
    QIcon,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from postil.domain.errors import UserError
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.tips import as_tip

_SHOWN_MS = 4_000
_SHOWN_WITH_BUTTON_MS = 10_000
_GAP = 18  # pixels between the toast and the edges
_LETTERS = 70  # of average width in a line of the toast
_LINES = 5  # of the toast; what is longer is cut, and whole in its tip
_LEAST_LETTERS = 30  # of average width in a line of the banner, with buttons beside it


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that appears without taking the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Toast(QFrame):
    """A short sentence over the lower edge of a widget, perhaps with one button.

    Args:
        over: the widget it floats over.
    """

    left = Signal()  # it goes, and the keys with it: somebody else must take them

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self.setAccessibleName(self.tr("Message"))
        self._over = over
        self._text = QLabel()
        self._said = ""
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAccessibleName(self.tr("Message text"))
        self._button = QPushButton()
        self._button.clicked.connect(self._pressed)
        self._button.installEventFilter(self)
        self._before: QWidget | None = None  # had the focus
        self._act: Callable[[], object] = lambda: None
        self._is_way_back = False
        self._row = QHBoxLayout(self)
        self._row.setSpacing(14)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        over.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        is_way_back: bool = False,
    ) -> None:
        """Show a sentence for some seconds.

        Args:
            text: the sentence.
            button: the word on the button, or empty for none.
            act: what the button does.
            is_way_back: it takes back what the history knows nothing of.
        """
        self._text.setToolTip(as_tip(text))
        self._said = text
        self._act = act or (lambda: None)
        self._is_way_back = is_way_back
        self._button.setText(button)
        self._button.setAccessibleName(f"{button}: {text}")
        self._button.setVisible(bool(button))
        self._row.setContentsMargins(16, 9, 10 if button else 16, 9)
        self._set_text(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._stay(_SHOWN_WITH_BUTTON_MS if button else _SHOWN_MS)
        announce(self, f"{text}. {button}" if button else text)

    def _set_text(self, text: str) -> None:
        """Show a sentence in as many lines as it needs beside the button, within bounds."""
        metrics = self._text.fontMetrics()
        edges = self._row.contentsMargins()
        room = self._over.width() - 2 * _GAP - edges.left() - edges.right()
        if self._button.text():
            room -= self._button.sizeHint().width() + self._row.spacing()
        room = max(min(room, _LETTERS * metrics.averageCharWidth()), 160)
        self._text.setText(text)
        if self._text.heightForWidth(room) > _LINES * metrics.lineSpacing():
            # A word that goes to the next line leaves some of its line empty.
            most = room * (_LINES - 1)
            self._text.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, most))
        width = min(metrics.horizontalAdvance(text) + 2, room)
        self._text.setFixedSize(width, self._text.heightForWidth(width))

    def withdraw_button(self) -> None:
        """Hide a toast that offers something: what it offered is no longer that."""
        if self._button.isVisibleTo(self):
            self.hide()

    def take_back(self) -> bool:
        """Take back what it says, if only it can; return whether it did."""
        is_offered = self._is_way_back and not self.isHidden()
        if is_offered:
            self._pressed()
        return is_offered

    def take_focus(self) -> bool:
        """Give the focus to the button; answer False if there is none or it has it already."""
        if not self._button.isVisible() or self._button.hasFocus():
            return False
        self._before = self.window().focusWidget()
        self._button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def text(self) -> str:
        """Return the whole sentence last said."""
        return self._said

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the widget below changes size, and while the button is used."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._place()
        elif watched is self._button and event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif watched is self._button and event.type() is QEvent.Type.FocusOut:
            self._stay(_SHOWN_MS)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer rests on it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go soon after the pointer has left."""
        super().leaveEvent(event)
        self._stay(_SHOWN_MS)

    def hide(self) -> None:
        """Go; if the keys were here, whoever had them before has them again."""
        had_focus = self._button.hasFocus()
        before, self._before = self._before, None
        super().hide()
        if had_focus and before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer running."""
        self._timer.stop()
        super().hideEvent(event)

    def _place(self) -> None:
        x = (self._over.width() - self.width()) // 2
        self.move(max(x, 0), self._over.height() - self.height() - _GAP)

    def _stay(self, milliseconds: int) -> None:
        """Go after this time, unless the pointer rests on it or the keyboard is in it."""
        if self.isVisible() and not self.underMouse() and not self._button.hasFocus():
            self._timer.start(milliseconds)

    def _pressed(self) -> None:
        self.hide()
        self._act()


class Because(StrEnum):
    """Why a banner stands there; whoever sees the reason end takes it away."""

    OTHER = ""  # it stays until it is closed, or something else is told
    WAITING = "waiting"  # changes wait for the library
    LOCKED = "locked"  # a draft could not be written yet
    UNREADABLE = "unreadable"  # the library could not be looked at
    REFUSED = "refused"  # a change was refused; the next one that is not ends it
    NO_BACKUP = "no-backup"  # a backup could not be made; the next one that is ends it
    TAKEN_IN = "taken-in"  # remarks on what was taken in or refused


class Banner(QFrame):
    """A line at the top that stays: what failed and what to do about it.

    Args:
        close_icon: on the button that closes it.
        name: by which its look and others find it.
    """

    left = Signal()  # it goes, and the keys with it: somebody else must take them
    closed = Signal()  # the person closed it

    def __init__(self, close_icon: QIcon, name: str = "banner") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Notice"))
        self._reason = Because.OTHER
        self._text = QLabel()
        self._text.setObjectName("bannerText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAccessibleName(self.tr("Notice text"))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button = QToolButton()
        self.close_button.setObjectName("bannerClose")
        self.close_button.setIcon(close_icon)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.clicked.connect(self._close)
        self._buttons: list[QPushButton] = []
        self._is_below = False  # they are under the text
        self._beside = QHBoxLayout()
        self._beside.addWidget(self._text, 1)
        self._below = FlowLayout()
        column = QVBoxLayout()
        column.addLayout(self._beside)
        column.addLayout(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.addLayout(column, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the buttons where they leave room for words."""
        super().resizeEvent(event)
        self._place_buttons()

    def hide(self) -> None:
        """Go; if the keys were here, Qt would give them to whatever comes next."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus) and focus.hasFocus()
        super().hide()
        if had_focus:
            self.left.emit()

    def tell(
        self,
        text: str,
        *,
        grave: bool = False,
        reason: Because = Because.OTHER,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Show a sentence until it is closed.

        Args:
            text: the sentence.
            grave: something failed, rather than something to know.
            reason: by which `clear` can take it away.
            actions: words on buttons, and what these do.
        """
        self._reason = reason
        self._put_buttons(actions)
        self._text.setText(text)
        self.setProperty("grave", "true" if grave else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        announce(self, text)

    def _put_buttons(self, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        had_focus = any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for word, act in actions:
            button = QPushButton(word)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            self._buttons.append(button)
        self._place_buttons(anew=True)
        if had_focus:
            (self._buttons[0] if self._buttons else self.close_button).setFocus()

    def _place_buttons(self, *, anew: bool = False) -> None:
        """Put the buttons beside the text, or below it where that would be a narrow column."""
        spacing = self._beside.spacing()
        taken = sum(button.sizeHint().width() + spacing for button in self._buttons)
        room = self.width() - 22 - self.close_button.sizeHint().width() - spacing - taken
        is_below = room < _LEAST_LETTERS * self._text.fontMetrics().averageCharWidth()
        if is_below == self._is_below and not anew:
            return
        self._is_below = is_below
        for button in self._buttons:
            self._beside.removeWidget(button)
            self._below.removeWidget(button)
            if is_below:
                self._below.addWidget(button)
            else:
                self._beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def fail(self, error: UserError) -> None:
        """Show an expected failure in its own words."""
        self.tell(str(error), grave=True)

    def clear(self, reason: Because) -> None:
        """Hide what was told for this reason, and nothing else."""
        if self._reason == reason:
            self.hide()

    def text(self) -> str:
        """Return the sentence shown last."""
        return self._text.text()


@dataclass(frozen=True)
class Notices:
    """Where to tell people things."""

    toast: Toast
    banner: Banner

    def say(
        self,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        is_way_back: bool = False,
    ) -> None:
        """Tell what was done; see `Toast.say`."""
        self.toast.say(text, button, act, is_way_back=is_way_back)

    def fail(self, error: UserError) -> None:
        """Tell what could not be done."""
        self.banner.fail(error)
