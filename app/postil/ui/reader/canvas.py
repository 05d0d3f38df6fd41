"""The page on the screen: marks, selection, words and handles painted over each other.

Which place of the text is where, and what a click means, is decided by the classes on top
of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from postil.domain.article import Article
from postil.page.frame import Frame
from postil.page.layers import Layers
from postil.page.marks import MarkIndex
from postil.page.painter import MarkPainter, colour
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.ui.reader.laid_page import LaidPage
from postil.ui.reader.look import Looks

_HANDLE = 4.5  # radius of a handle, pixels
_FEW = 64  # changes looked at one by one; more of them, and all is worked out again


class Canvas(LaidPage):
    """Shows an article and its marks.

    Args:
        looks: tells how marks look.
        parent: owns the view.
    """

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        self._active = self._hovered = ""
        self._preview: tuple[int, int] | None = None
        self._moves_start = False
        self._shows_caret = False
        self._showing = Showing()
        self._hits: Sequence[tuple[int, int]] = ()
        self._current_hit = (0, 0)
        super().__init__(looks, parent)

    # What is shown

    def show_article(
        self, article: Article | None, marks: MarkIndex, head: tuple[str, str] = ("", "")
    ) -> None:
        """Show another article, or none, with no mark active; see `LaidPage`."""
        self._active = self._hovered = ""
        self._preview = None
        super().show_article(article, marks, head)

    def take_marks(self, marks: MarkIndex) -> None:
        """Show other marks in the same article; place and selection stay."""
        if self.article is not None:
            self._layers = Layers(self.article, marks)
            self._paint_anew()

    def forget_marks(self, ranges: list[tuple[int, int]]) -> None:
        """Paint anew what is to be seen of ranges (code points) in which marks have changed."""
        if self._layers is None:
            return
        if len(ranges) > _FEW:
            self._layers.forget_all()
            self._paint_anew()
            return
        for place in ranges:
            self._layers.forget(*place)
        if any(self._is_shown(*place) for place in ranges):
            self._paint_anew()

    def forget_looks(self) -> None:
        """Paint all marks anew: their tags have changed."""
        self._paint_anew()

    def set_showing(self, showing: Showing) -> None:
        """Show other marks, or show them otherwise."""
        self._showing = self._margin.showing = showing
        self._paint_anew()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Show what a search found: ranges of code points, in order, none over another."""
        self._hits = hits
        self.viewport().update()

    def set_current_hit(self, start: int, end: int) -> None:
        """Outline one of the hits; an empty range outlines none."""
        self._current_hit = (start, end)
        self.viewport().update()

    def set_active(self, annotation_id: str) -> None:
        """Outline this mark and give it handles; an empty id outlines none."""
        self._touch(self._active)
        self._active = annotation_id
        self._moves_start = False
        self._touch(annotation_id)

    def set_hovered(self, annotation_id: str) -> None:
        """Light this mark up; an empty id lights none."""
        self._touch(self._hovered)
        self._hovered = annotation_id
        self._touch(annotation_id)

    def set_preview(self, place: tuple[int, int] | None) -> None:
        """Show the active mark as if it had this range of code points; None ends it."""
        if place != self._preview:
            self._preview = place
            self._paint_anew()

    def set_moving_end(self, *, start: bool) -> None:
        """Fill the handle of the end that keys move."""
        self._moves_start = start
        self.viewport().update()

    def set_caret_shown(self, *, shown: bool) -> None:
        """Show the caret or hide it."""
        self._shows_caret = shown
        self.viewport().update()

    @property
    def preview(self) -> tuple[int, int] | None:
        """The range the active mark is shown with while an end of it is dragged."""
        return self._preview

    @property
    def moves_start(self) -> bool:
        """Whether keys move the start of the active mark, and not its end."""
        return self._moves_start

    @property
    def shows_caret(self) -> bool:
        """Whether the caret is on."""
        return self._shows_caret

    def _compose(self, top: float, bottom: float) -> Frame:
        frame = super()._compose(top, bottom)
        if self._showing.is_hidden:
            frame.marks.clear()
        if self._preview:
            start, end = map(self.offsets.to_qt, self._preview)
            frame.replace(self._active, start, end)
        self._margin.arrange(frame, self._lanes_left, self.viewport().width())
        return frame

    def _take_style(self, style: PageStyle) -> None:
        super()._take_style(style)
        self._painter = MarkPainter(style, self._looks)
        self._margin.showing = self._showing

    def _on_scrolled(self) -> None:
        hangs_in = any(
            bar.area.top() < self.verticalScrollBar().value() for bar in self._margin.bars
        )
        super()._on_scrolled()
        if hangs_in:  # the code of a bar that begins above stays at the top: it moves on its bar
            left = round(self._column.right)
            self.viewport().update(
                left, 0, self.viewport().width() - left, self.viewport().height()
            )

    def _touch(self, annotation_id: str) -> None:
        """Have the lines of a mark painted anew."""
        pieces = self.frame_now().pieces_of(annotation_id) if annotation_id else []
        if pieces:
            top = int(min(piece.top for piece in pieces) - 12) - self.verticalScrollBar().value()
            bottom = (
                int(max(piece.bottom for piece in pieces) + 14) - self.verticalScrollBar().value()
            )
            self.viewport().update(QRect(0, top, self.viewport().width(), bottom - top))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, marks, selection, words and handles, in this order."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour(self._style.paper))
        if self.article is None or self._furniture is None:
            painter.setPen(colour(self._style.ink_soft))
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No article is open")
            )
            return
        scroll = self.verticalScrollBar().value()
        frame = self.frame_now()
        painter.translate(0, -scroll)
        self._furniture.paint(painter, frame, self._column, self.metrics.line * 1.4)
        cursor = self.textCursor()
        chosen = (cursor.selectionStart(), cursor.selectionEnd())
        self._painter.paint(
            painter,
            frame,
            frame.pieces(*chosen),
            active=self._active,
            hovered=self._hovered,
            showing=self._showing,
        )
        self._paint_hits(painter, frame)
        self._margin.paint(painter, scroll, self._active, self._hovered)
        self._paint_words(painter, QRectF(event.rect()).translated(0, scroll), frame, chosen)
        self._paint_handles(painter)

    def _hits_in(self, frame: Frame) -> list[tuple[int, int]]:
        """Return the hits on the lines of a frame, in Qt's positions."""
        if not self._hits or not frame.lines:
            return []
        first = self.offsets.to_code_point(frame.lines[0].start)
        last = self.offsets.to_code_point(frame.lines[-1].end)
        begin = bisect_right(self._hits, first, key=itemgetter(1))
        end = bisect_left(self._hits, last, key=itemgetter(0))
        to_qt = self.offsets.to_qt
        return [(to_qt(start), to_qt(stop)) for start, stop in self._hits[begin:end]]

    def _paint_hits(self, painter: QPainter, frame: Frame) -> None:
        """Paint what a search found, over marks: a search is what one looks at now."""
        current = tuple(map(self.offsets.to_qt, self._current_hit))
        for hit in self._hits_in(frame):
            is_current = hit == current
            painter.setPen(QPen(colour(self._style.accent), 2) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._style.hit))
            for piece in frame.pieces(*hit):
                area = QRectF(
                    piece.left, piece.top, piece.right - piece.left, piece.bottom - piece.top
                )
                painter.drawRoundedRect(area, 2, 2)

    def _paint_words(
        self, painter: QPainter, clip: QRectF, frame: Frame, chosen: tuple[int, int]
    ) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = clip
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, colour(self._style.ink))  # of the caret
        context.palette = palette
        # Kept in a local list as well: Qt does not keep Python's objects alive.
        selections = [
            self._mark_ink(*place)
            for place in frame.covered(chosen, self._showing.tints, self._hits_in(frame))
        ]
        context.selections = selections
        if self._shows_caret and self.hasFocus():
            context.cursorPosition = self.textCursor().position()
        painter.setClipRect(clip)
        self.document().documentLayout().draw(painter, context)

    def _mark_ink(self, start: int, end: int) -> QAbstractTextDocumentLayout.Selection:
        """Return what has the letters of a range painted in the ink of marks."""
        letters = QTextCharFormat()
        letters.setForeground(colour(self._style.mark_ink))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection = QAbstractTextDocumentLayout.Selection()
        selection.cursor = cursor
        selection.format = letters
        return selection

    def _handles(self) -> dict[str, QPointF]:
        """Return the places of the active mark's handles that are to be seen, on the page."""
        return self.frame_now().edges_of(self._active) if self._active else {}

    def _paint_handles(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        moving = "start" if self._moves_start else "end"
        for name, place in self._handles().items():
            is_moving = name == moving
            painter.setPen(QPen(colour(self._style.accent), 2))
            painter.setBrush(colour(self._style.accent if is_moving else self._style.paper))
            painter.drawEllipse(place, _HANDLE, _HANDLE)
