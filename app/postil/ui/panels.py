"""Shelf, article and marks side by side: widths are kept, a narrow window folds the sides away.

What the person wants shown is kept; what there is no room for comes back with the room. In a
window too narrow for both sides the one asked for last is shown and the other makes way.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from postil.settings import Settings

SHELF, READER, SIDEBAR = range(3)
_KEYS = {SHELF: "shelf", SIDEBAR: "sidebar"}
_WIDTHS = {SHELF: 264, SIDEBAR: 348}  # pixels, until somebody moves the edges
_LINES_WIDE = {SHELF: 13, SIDEBAR: 17}  # heights of a line; more than that with large letters
# Narrower than this many heights of a line, and the side folds away: the shelf first, because
# who marks looks at the marks.
_ROOM = {SHELF: 80, SIDEBAR: 62}
_ROOM_FOR_BOTH = 58  # heights of a line; narrower, and there is one side at a time
_MOST_OF_NARROW = 0.55  # of the width a side takes where it has no room


class Panels(QSplitter):
    """The three parts of the window.

    Args:
        settings: keeps widths and what is shown.
    """

    sides_changed = Signal()  # a side was shown or hidden

    def __init__(self, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("panels")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._settings = settings
        self._wanted = {side: settings.get(f"panels/{key}", True) for side, key in _KEYS.items()}
        self._insisted: set[int] = set()  # shown although there is little room
        self._latest = SIDEBAR  # the side asked for last
        self._had_room = dict.fromkeys(_KEYS, True)
        self._moved: dict[int, int] = {}  # widths of the sides since the person moved an edge
        for name in ("blankShelf", "blankPage", "blankSidebar"):
            blank = QWidget()
            blank.setObjectName(name)
            self.addWidget(blank)
        self._give_room()
        self._set_widths()
        self.splitterMoved.connect(self._note_widths)

    def minimumSizeHint(self) -> QSize:
        """Return the least size: that of the article alone, for the sides fold away."""
        return QSize(self.part(READER).minimumSizeHint().width(), 200)

    def furnish(self, place: int, part: QWidget) -> None:
        """Put a part in its place; the others stay as they are."""
        blank = self.part(place)
        folded = blank.isHidden()
        self.replaceWidget(place, part)
        blank.deleteLater()
        part.setVisible(not folded)
        self._give_room()
        self._fold()
        self._set_widths()

    def part(self, place: int) -> QWidget:
        """Return the widget that stands in one of the three places."""
        widget = self.widget(place)
        assert widget is not None
        return widget

    def want(self, side: int, *, shown: bool) -> None:
        """Show or hide a side because the person says so; kept between runs."""
        self._wanted[side] = shown
        self._insisted.discard(side)
        if shown:
            self._latest = side
            if not self._has_room(side):
                self._insisted.add(side)
        self._settings.set(f"panels/{_KEYS[side]}", shown)
        self._fold()

    def insist(self, side: int) -> None:
        """Show a side that is needed now, whatever room there is; not kept."""
        if not self.is_shown(side):
            self._insisted.add(side)
            self._latest = side
            self._fold()

    def is_shown(self, side: int) -> bool:
        """Whether a side is on the screen, or would be if the window were."""
        return not self.part(side).isHidden()

    def keep_widths(self) -> None:
        """Remember the widths of the sides that are shown and have room."""
        sizes = self.sizes()
        self._settings.update(
            {
                f"panels/{key}-width": sizes[side]
                for side, key in _KEYS.items()
                if sizes[side] and self._has_room(side)
            }
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold sides away, or bring them back."""
        super().resizeEvent(event)
        self._fold()

    def _has_room(self, side: int) -> bool:
        return self.width() >= _ROOM[side] * self._line()

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _fold(self) -> None:
        shown, squeezed = {}, []
        for side in _KEYS:
            room = self._has_room(side)
            if room and not self._had_room[side]:
                squeezed.append(side)
            if room != self._had_room[side]:
                self._had_room[side] = room
                self._insisted.discard(side)
            shown[side] = side in self._insisted or (self._wanted[side] and room)
        if all(shown.values()) and self.width() < _ROOM_FOR_BOTH * self._line():
            other = SHELF if self._latest == SIDEBAR else SIDEBAR
            shown[other] = False
            self._insisted.discard(other)
        changed = [side for side in _KEYS if shown[side] == self.part(side).isHidden()]
        for side in sorted(changed, key=lambda side: shown[side]):  # the one that goes first
            self._show(side, shown=shown[side])
        for side in squeezed:  # its width while it had no room is none that anybody chose
            if shown[side]:
                self._set_width(side, self._width(side))
        if changed:
            self.sides_changed.emit()

    def _give_room(self) -> None:
        """Let the article have what room is added or taken, and the sides keep their widths."""
        for place in (SHELF, READER, SIDEBAR):
            self.setStretchFactor(place, int(place == READER))

    def _show(self, side: int, *, shown: bool) -> None:
        """Show or hide a side; a focus in what is hidden goes to the article."""
        part, focus = self.part(side), self.window().focusWidget()
        if not shown and focus is not None and part.isAncestorOf(focus):
            self.part(READER).setFocus()
        part.setVisible(shown)
        if shown and not self._has_room(side):
            self._set_width(side, min(self._width(side), round(self.width() * _MOST_OF_NARROW)))

    def _set_width(self, side: int, width: int) -> None:
        """Give a side a width, at the cost of the article."""
        sizes = self.sizes()
        sizes[READER] += sizes[side] - width
        sizes[side] = width
        self.setSizes(sizes)

    def _note_widths(self) -> None:
        sizes = self.sizes()
        self._moved |= {s: sizes[s] for s in _KEYS if sizes[s] and self._has_room(s)}

    def _width(self, side: int) -> int:
        if side in self._moved:
            return self._moved[side]
        usual = max(_WIDTHS[side], _LINES_WIDE[side] * self._line())
        return self._settings.get(f"panels/{_KEYS[side]}-width", usual)

    def _set_widths(self) -> None:
        widths = {side: self._width(side) for side in _KEYS}
        rest = max(self.width() - sum(widths.values()), 300)
        self.setSizes([widths[SHELF], rest, widths[SIDEBAR]])
