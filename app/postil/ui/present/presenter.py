"""The window of a presentation: the page over the whole screen, and what lies over it.

It reads the desk when it opens and changes nothing; settings keep the size of its letters and
whether definitions are shown.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QStyle, QWidget

from postil.domain.annotation import Annotation
from postil.page.marks import MarkIndex
from postil.settings import Settings
from postil.ui.desk import Desk
from postil.ui.present.keys import step_of
from postil.ui.present.note_sheet import NoteSheet
from postil.ui.present.panel import Panel, keys_page
from postil.ui.present.resting_pointer import RestingPointer
from postil.ui.present.size import Size
from postil.ui.present.slide import Slide
from postil.ui.present.unveiling import Unveiling
from postil.ui.reader.echo import announce
from postil.ui.reader.head import head_of
from postil.ui.reader.look import Looks
from postil.ui.reader.mark_menu import names
from postil.ui.sidebar.card_look import card_look, scaled
from postil.ui.sidebar.wording import quoted
from postil.ui.theme import Appearance

_DEFINED = "present/definitions"
_JUMPS = "present/jumps"
_NOTE_SHARE = 0.5  # of the height: the most a note takes, so that its mark stays in view
_NOTE_SIZE = 0.85  # of the letters of the page
_SMALL = 1.3  # times the letters of the window: the card of keys, and the counter at least
_COUNTER = 0.45  # of the letters of the page
_BESIDE = 7.5  # em: the room for numbers and bars beside the words
_DIGITS = 6  # of a number that is typed
_CARD = 110  # letters: width of the card of keys


class Presenter(QWidget):
    """Shows the open article and reveals its marks.

    Args:
        desk: an article lies open on it.
        appearance: the theme.
        settings: keeps the size.
        window: the window this came from.
    """

    said = Signal(str)  # what a screen reader is told

    def __init__(
        self, desk: Desk, appearance: Appearance, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window, Qt.WindowType.Window)
        opened = desk.opened
        assert opened is not None
        self._desk = desk
        self._appearance = appearance
        self._settings = settings
        self._only = desk.showing.name if desk.showing.isolated else ""
        self.unveiling = Unveiling([mark for mark in desk.marks if not desk.showing.fades(mark)])
        self._index = MarkIndex()
        self._typed = ""
        self._size = Size(settings)
        head = head_of(opened.record.metadata, len(opened.article.text))
        self.setObjectName("presenter")
        self.setWindowTitle(self.tr("Presentation: {}").format(head[0]))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = Slide(Looks(desk), self)
        self.page.setAccessibleName(head[0] or self.tr("Article"))
        self.page.take_key = self._take
        self.note = NoteSheet(desk, self)
        self.counter = QLabel(self)
        self.counter.setObjectName("presentCounter")
        self.counter.setTextFormat(Qt.TextFormat.PlainText)
        self.counter.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.keys = Panel("presentKeys", self)
        self.keys.setAccessibleName(self.tr("Keys"))
        self.black = QWidget(self)
        self.black.setObjectName("presentBlack")
        self.black.setAccessibleName(self.tr("Black screen"))
        self.black.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.black.setStyleSheet("#presentBlack { background: black }")
        self.black.hide()
        over = (self, self.page.viewport(), self.note.viewport(), self.keys.viewport(), self.black)
        self.pointer = RestingPointer(over, self)
        self._steps = self._bound()
        self.setFocusProxy(self.page)
        screen = window.screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.page.show_article(opened.article, self._index, head)
        self._restyle()
        self._count()
        appearance.changed.connect(self._restyle)
        self.note.resized.connect(self._place)
        self.keys.resized.connect(self._place)

    def _bound(self) -> dict[str, Callable[[], object]]:
        """Return what the steps of the table of keys do."""
        unveiling = self.unveiling
        return {
            "forward": lambda: self.turn_to(unveiling.revealed + 1),
            "back": lambda: self.turn_to(unveiling.revealed - 1),
            "none": self._begin,
            "all": lambda: self.turn_to(unveiling.total),
            "note": self._enter,
            "down": self._down,
            "up": self._up,
            "lower": lambda: self._scroll(1),
            "higher": lambda: self._scroll(-1),
            "definitions": self._toggle_definitions,
            "black": lambda: self._show_black(shown=True),
            "larger": lambda: self._resize(lambda: self._size.larger(self._zoom())),
            "smaller": lambda: self._resize(lambda: self._size.smaller(self._zoom())),
            "normal": lambda: self._resize(self._size.suggested),
            "motion": self._toggle_motion,
            "keys": self._toggle_keys,
            "leave": self.close,
        }

    def start(self) -> None:
        """Take the whole screen."""
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._say(self.counter.text())

    def turn_to(self, revealed: int) -> None:
        """Have so many marks revealed, and bring the last of them into view."""
        before = self.unveiling.revealed
        changed = self.unveiling.turn_to(revealed)
        is_forward = self.unveiling.revealed > before
        for turned in changed:
            self._index.replace(*((None, turned) if is_forward else (turned, None)))
        self.page.forget_marks([(mark.start, mark.end) for mark in changed])
        self._show_note(shown=False)
        self._point()
        self._count()
        if mark := self.unveiling.current:
            self.note.expect(mark)
            words = f"{names(self._desk, mark)}: {quoted(mark.anchor.exact)}"
            self._say(f"{self.counter.text()}: {words}")
        else:
            self._say(self.counter.text())

    # What keys and clicks do

    def _take(self, event: QKeyEvent) -> bool:
        """Take a key; answers whether it was for the presenter."""
        step, is_escape = step_of(event), event.key() == Qt.Key.Key_Escape
        if self.black.isVisible() and (step != "leave" or is_escape):
            self._show_black(shown=False)
            return True
        if self.keys.isVisible():
            if step in {"down", "up"} and self.keys.scroll_lines(down=step == "down"):
                return True
            self.keys.hide()
            if step == "keys" or is_escape:
                return True
        if event.text().isdecimal() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._type((self._typed + event.text())[-_DIGITS:])
            return True
        if self._typed and step != "note":
            self._type("")
            if is_escape:
                return True
        if step in {"down", "up"} and self.unveiling.current is None:
            return False  # nothing to tell yet: the page scrolls
        if step:
            self._steps[step]()
        return bool(step)

    def _type(self, digits: str) -> None:
        self._typed = digits
        self._count()

    def _enter(self) -> None:
        """Go to the mark whose number was typed; without a number turn the note over."""
        number, self._typed = self._typed, ""
        if number:
            self.turn_to(int(number))
        else:
            self._show_note(shown=self.note.isHidden())

    def _down(self) -> None:
        if self.note.isHidden():
            self._show_note(shown=True)
        else:
            self.note.scroll_lines(down=True)

    def _up(self) -> None:
        if not self.note.scroll_lines(down=False):
            self._show_note(shown=False)

    def _begin(self) -> None:
        self.turn_to(0)
        self.page.go(0, calmly=self._is_calm())

    def _scroll(self, steps: int) -> None:
        self.page.go(
            self.page.verticalScrollBar().value() + steps * self.page.height() // 3,
            calmly=self._is_calm(),
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of the mark under the pointer; elsewhere hide what lies over the page."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.black.isVisible():
            self._show_black(shown=False)
            return
        place = self.page.viewport().mapFrom(self, event.position().toPoint())
        marks = self.page.marks_at(QPointF(place))
        current = self.unveiling.current
        self.keys.hide()
        if not marks:
            self._show_note(shown=False)
        elif current in marks and self.note.isVisible():  # the next one at this place
            self._pick_after(marks.index(current), marks)
        else:
            self._pick_after(-1, [current] if current in marks else marks)

    def _pick_after(self, at: int, marks: list[Annotation]) -> None:
        mark = marks[(at + 1) % len(marks)]
        self.unveiling.pick(mark)
        self.page.set_active(mark.id)
        self._show_note(shown=True)

    def _show_black(self, *, shown: bool) -> None:
        self.black.setVisible(shown)
        self.black.raise_()
        self._say(self.tr("Black screen") if shown else self.counter.text())

    def _toggle_keys(self) -> None:
        look = card_look(scaled(self.font(), _SMALL), self._appearance.theme)
        self.keys.show()
        self.keys.take(keys_page(self.tr("Keys"), look), look)
        self._say(self.keys.toPlainText())

    def _toggle_definitions(self) -> None:
        self._settings.set(_DEFINED, not self._settings.get(_DEFINED, False))
        self._show_note(shown=True)

    def _toggle_motion(self) -> None:
        jumps = not self._settings.get(_JUMPS, False)
        self._settings.set(_JUMPS, jumps)
        self._say(self.tr("The page jumps") if jumps else self.tr("The page scrolls calmly"))

    # What is to be seen

    def _show_note(self, *, shown: bool) -> None:
        mark = self.unveiling.current
        self.note.setVisible(shown and mark is not None)
        if not self.note.isHidden():
            self._fill_note()
            self._point()
            self._say(self.note.toPlainText().replace("\u00a0", " "))

    def _fill_note(self) -> None:
        if mark := self.unveiling.current:
            font = QFont(self.font())
            font.setPixelSize(round(self.page.metrics.em * _NOTE_SIZE))
            is_defined = self._settings.get(_DEFINED, False)
            look = card_look(font, self._appearance.theme)
            self.note.tell(mark, look, is_defined=is_defined)

    def _point(self) -> None:
        """Let the mark that is spoken of stand out, in the upper middle."""
        mark = self.unveiling.current
        self.page.set_active(mark.id if mark else "")
        if mark:
            self.page.bring(mark.start, calmly=self._is_calm())

    def _count(self) -> None:
        """Tell how far it has come, small and in the corner."""
        only = self.tr("Only “{}”").format(self._only) if self._only else ""
        if not self.unveiling.total:
            text = only or self.tr("This article")
            text = self.tr("No marks here: {}").format(text)
        else:
            text = f"{self.unveiling.revealed} / {self.unveiling.total}"
            parts = (f"→ {self._typed}" if self._typed else "", text, only)
            text = " · ".join(part for part in parts if part)
        self.counter.setText(text)
        self.counter.setAccessibleName(text)
        self._place()

    def _is_calm(self) -> bool:
        """Whether the page may glide: neither the person nor the desktop wants it to jump."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return not self._settings.get(_JUMPS, False) and self.style().styleHint(hint) > 0

    # Sizes and places

    def _zoom(self) -> float:
        return self._size.zoom(self._appearance.theme, self.screen().geometry().width())

    def _resize(self, turn: Callable[[], None]) -> None:
        turn()
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        style = theme.page_style(self._settings, zoom=self._zoom())
        self.page.set_style(style)
        self.setStyleSheet(f"#presenter {{ background: {style.paper} }}")
        self.counter.setStyleSheet(f"#presentCounter {{ color: {style.ink_soft} }}")
        small = scaled(self.font(), _SMALL)
        small.setPixelSize(
            max(QFontInfo(small).pixelSize(), round(self.page.metrics.em * _COUNTER))
        )
        self.counter.setFont(small)
        if not self.note.isHidden():
            self._fill_note()
        if not self.keys.isHidden():
            self._toggle_keys()
        self._point()
        self._place()

    def _place(self) -> None:
        """Put everything where it belongs."""
        room = self.rect()
        # Beside a narrow page bars stand close, so that the words stand in the middle.
        width = min(self.page.metrics.column + round(self.page.metrics.em * _BESIDE), room.width())
        self.page.setGeometry((room.width() - width) // 2, 0, width, room.height())
        self.black.setGeometry(room)
        gap = self.fontMetrics().height() // 2
        self.counter.setFixedWidth(min(self.counter.sizeHint().width(), room.width() - 2 * gap))
        self.counter.adjustSize()
        leftwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = gap if leftwards else room.width() - self.counter.width() - gap
        self.counter.move(x, room.height() - self.counter.height() - gap)
        most = room.width() - 2 * gap
        if not self.note.isHidden():
            left, width = self.page.column()
            pad = round(self.page.metrics.em)
            left = max(left - pad, gap)
            width = min(width + 2 * pad, room.width() - left - gap)
            height = min(self.note.wanted_height(width), round(room.height() * _NOTE_SHARE))
            top = self.counter.y() - gap - height
            self.note.setGeometry(left, top, width, height)
        if not self.keys.isHidden():
            width = min(most, self.fontMetrics().averageCharWidth() * _CARD)
            height = min(self.keys.wanted_height(width), room.height() - 2 * gap)
            self.keys.setGeometry(
                (room.width() - width) // 2, (room.height() - height) // 2, width, height
            )
            self.keys.raise_()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll also when the pointer is beside the page."""
        self.page.wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything where it belongs."""
        super().resizeEvent(event)
        self._place()

    def _say(self, text: str) -> None:
        announce(self.page, text)
        self.said.emit(text)

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the screen back."""
        self.pointer.show()
        self.page.stop()
        super().closeEvent(event)
        window = self.parentWidget()
        if window is not None and window.isVisible():
            window.activateWindow()
