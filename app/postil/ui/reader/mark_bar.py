"""The bar that opens beside a selection: recent tags, and what else can be done with it.

The keys written on it work in the reader, which keeps the focus; the bar is for the mouse and
for learning them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from postil.domain.tags import Tag
from postil.page.painter import colour
from postil.page.style import PageStyle

_APART = 8  # pixels between the bar and the selection
_EDGE = 6  # pixels between the bar and the edge of the reader


class Chip(QAbstractButton):
    """A tag as a button: digit, letter code, the group's colour.

    Args:
        digit: the key that does the same.
        tag: whose code is shown.
        fill: colour of its group.
        parent: owns the chip.
    """

    def __init__(self, digit: int, tag: Tag, fill: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.tag_id = tag.id
        self._digit = str(digit)
        self._code = tag.code
        self._fill = fill
        self.setObjectName(f"tag_chip_{digit}")
        self.setAccessibleName(tag.name)
        self.setAccessibleDescription(tag.definition)
        self.setToolTip(f"<b>{_escaped(tag.name)}</b><br>{_escaped(tag.definition)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return room for digit and code."""
        metrics = QFontMetrics(self._bold())
        width = metrics.horizontalAdvance(f"{self._digit}{self._code}") + 19
        return QSize(width, metrics.height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        fill = colour(self._fill)
        is_lit = self.underMouse() or self.hasFocus()
        painter.setBrush(fill.lighter(106) if is_lit else fill)
        painter.setPen(QColor("#111111") if is_lit else Qt.PenStyle.NoPen)
        area = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(QColor("#111111"))
        digit_font = QFont(self.font())
        digit_font.setPointSizeF(digit_font.pointSizeF() * 0.82)
        painter.setFont(digit_font)
        side = QFontMetrics(digit_font).horizontalAdvance(self._digit) + 6
        left = QRect(area.left() + 5, area.top(), side, area.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, self._digit)
        painter.setFont(self._bold())
        rest = area.adjusted(5 + side, 0, -5, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._code)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font


class MarkBar(QFrame):
    """The bar itself.

    Args:
        parent: the reader; the bar lies over it.
    """

    tag_picked = Signal(str, bool)  # tag id; whether for a mark of its own, as Shift asks for
    tag_wanted = Signal()
    note_wanted = Signal()
    plain_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mark_bar")
        self.setAccessibleName(self.tr("Mark the selection"))
        self._chips: list[Chip] = []
        self._keys: tuple[str, ...] = ()  # of the buttons
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 6, 8, 6)
        self._row.setSpacing(5)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetFixedSize)
        self._buttons: list[QPushButton] = []
        for name, text, wanted in (
            ("bar_tag", self.tr("Tag…"), self.tag_wanted),
            ("bar_note", self.tr("Note"), self.note_wanted),
            ("bar_plain", self.tr("Plain mark"), self.plain_wanted),
        ):
            button = QPushButton(self)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(wanted)
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show_keys("T", "N", "H")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 46))
        self.setGraphicsEffect(shadow)
        self.hide()

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page."""
        self.setStyleSheet(
            f"#mark_bar {{ background: {style.paper}; border: 1px solid {style.rule};"
            " border-radius: 8px }"
            f"#mark_bar QPushButton {{ background: {style.paper}; color: {style.ink};"
            f" border: 1px solid {style.rule}; border-radius: 4px; padding: 3px 8px }}"
            f"#mark_bar QPushButton:hover, #mark_bar QPushButton:focus"
            f" {{ border-color: {style.accent} }}"
        )

    def show_keys(self, *keys: str) -> None:
        """Show which keys tag, write a note and mark without a tag; an empty one is not shown."""
        self._keys = keys
        self._write(short=False)

    def _write(self, *, short: bool) -> None:
        """Write keys and words on the buttons, or the keys alone."""
        for button, key in zip(self._buttons, self._keys, strict=True):
            words = button.accessibleName()
            button.setText(key if short and key else f"{key}  {words}".strip())
            button.setToolTip(f"{words} ({key})" if key else words)

    def offer(self, tags: list[tuple[Tag, str]], room: int) -> None:
        """Show these tags under the digits 1 to 9.

        Args:
            tags: with the colour of their groups, the first under 1.
            room: width of the reader in pixels; what has no place is left to its digit.
        """
        while self._chips:
            self._drop(self._chips.pop())
        self._write(short=False)
        self._row.activate()
        width = self._row.sizeHint().width() + 2 * _EDGE
        if width > room:  # large letters in a small window: the keys alone
            self._write(short=True)
        for digit, (tag, fill) in enumerate(tags, start=1):
            chip = Chip(digit, tag, fill, self)
            width += chip.sizeHint().width() + self._row.spacing()
            if width > room:
                self._drop(chip)
                break
            chip.clicked.connect(self._pick)
            self._row.insertWidget(digit - 1, chip)
            chip.show()  # at once: the layout would do it later, and has no size for it till then
            self._chips.append(chip)
        self._row.activate()
        self.adjustSize()

    def _drop(self, chip: Chip) -> None:
        self._row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _pick(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            modifiers = QGuiApplication.keyboardModifiers()
            own = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self.tag_picked.emit(chip.tag_id, own)


def place_clear_of(areas: Sequence[QRect], size: QSize, room: QRect) -> QRect | None:
    """Return where something of a size stands near areas without covering any of them.

    Args:
        areas: what must be seen, such as the lines of a selection; at least one.
        size: of what is to be placed.
        room: where it may stand.

    Below all of them, else above, else at a side, else beside one line; None if there is no
    place.
    """
    room = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    around = QRegion()
    for area in areas:
        around += area
    whole, width, height = around.boundingRect(), size.width(), size.height()
    x = whole.center().x() - width // 2
    x = max(min(x, room.right() - width), room.left())
    places = [
        QRect(x, whole.bottom() + _APART, width, height),
        QRect(x, whole.top() - _APART - height, width, height),
        QRect(whole.right() + _APART, room.top(), width, height),
        QRect(whole.left() - _APART - width, room.top(), width, height),
    ]
    for area in (*reversed(areas), *areas):
        y = area.center().y() - height // 2
        y = max(min(y, room.bottom() - height), room.top())
        places.append(QRect(area.right() + _APART, y, width, height))
        places.append(QRect(area.left() - _APART - width, y, width, height))
    free = (place for place in places if room.contains(place) and not around.intersects(place))
    return next(free, None)


def place_beside(area: QRect, size: QSize, room: QRect) -> QRect:
    """Return where something of a size stands beside an area, at best without covering it.

    Args:
        area: the rectangle round a selection.
        size: of what is to be placed.
        room: where it may stand.

    When the area leaves no room, at the bottom of the room.
    """
    if place := place_clear_of([area], size, room):
        return place
    x = area.center().x() - size.width() // 2
    x = max(min(x, room.right() - _EDGE - size.width()), room.left() + _EDGE)
    return QRect(x, room.bottom() - _EDGE - size.height(), size.width(), size.height())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
