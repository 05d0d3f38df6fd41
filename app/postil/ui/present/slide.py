"""The page as a class sees it: that of the reader, without handles, and scrolled calmly."""

from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from postil.page.style import PageStyle
from postil.ui.reader.look import Looks
from postil.ui.reader.page_view import PageView

_GLIDE_MS = 420
_PLACE = 0.28  # of the height: where the line of a mark is brought
_CALM = (0.12, 0.42)  # of the height: a line that stands here is left where it is
_BELOW = 0.75  # of the height: paper after the last line, so that it too can stand high up


class Slide(PageView):
    """Shows an article in large letters.

    Args:
        looks: tells how marks look.
        parent: the window.
    """

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        self._glide: QPropertyAnimation | None = None
        super().__init__(looks, parent)
        self.setObjectName("slide")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)

    def room_below(self) -> int:
        """Return how much paper there is after the last line, pixels."""
        return max(super().room_below(), round(self.height() * _BELOW))

    def column(self) -> tuple[int, int]:
        """Return left and width of the text, pixels of the window."""
        left, right = round(self._column.left), round(self._column.right)
        return self.x() + self.viewport().x() + left, right - left

    def bring(self, position: int, *, calmly: bool) -> None:
        """Scroll so that the line of a code point stands in the upper middle.

        Args:
            position: code point.
            calmly: glide there; else jump.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self._line_top(self.offsets.to_qt(position))
        assert self._glide is not None
        self._glide.stop()
        least, most = (share * height for share in _CALM)
        if least <= top - bar.value() <= most:
            return
        goal = min(max(round(top - height * _PLACE), 0), bar.maximum())
        self.go(goal, calmly=calmly)

    def go(self, goal: int, *, calmly: bool) -> None:
        """Scroll to a height of the page, pixels."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        assert self._glide is not None
        self._glide.stop()
        if not calmly:
            bar.setValue(goal)
            return
        if abs(goal - bar.value()) > 2 * height:  # pages that fly past are not calm
            bar.setValue(goal + (height // 2 if goal < bar.value() else -height // 2))
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(goal)
        self._glide.start()

    def stop(self) -> None:
        """End a scrolling that is under way."""
        assert self._glide is not None
        self._glide.stop()

    def set_style(self, style: PageStyle) -> None:
        """Take another look; the place in the text stays."""
        self.stop()
        super().set_style(style)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select nothing: a click is for the presenter."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave it to the presenter."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Leave it to the presenter."""
        event.ignore()

    def _handles(self) -> dict[str, QPointF]:
        return {}  # nothing is moved here
