"""The page on the screen: the document in a centred column, with marks painted under it.

Lays out and paints; which place of the text is where, and what a click means, is decided by
the classes on top of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from postil.domain.article import Article
from postil.page.document import build_document, wrap_mode
from postil.page.frame import Frame, compose
from postil.page.furniture import Column, Furniture
from postil.page.layers import Layers
from postil.page.margin import Margin
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.painter import MarkPainter, colour
from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.ui.reader.look import Looks

_HANDLE = 4.5  # radius of a handle, pixels
_FEW = 64  # changes looked at one by one; more of them, and all is worked out again


class Canvas(QTextEdit):
    """Shows an article and its marks; read-only.

    Args:
        looks: tells how marks look.
        parent: owns the view.
    """

    moved = Signal()  # scrolled, or laid out anew

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self.article: Article | None = None
        self.offsets = OffsetMap("")
        self.metrics = Metrics.of(PageStyle())
        self._looks = looks
        self._layers: Layers | None = None
        self._head = ("", "")
        self._furniture: Furniture | None = None
        self._built: QTextDocument | None = None
        self._frame: Frame | None = None
        self._column = Column(0, 0)
        self._active = self._hovered = ""
        self._preview: tuple[int, int] | None = None
        self._moves_start = False
        self._shows_caret = False
        self.setObjectName("page")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.setAcceptDrops(False)  # files dropped are the window's
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: coming and going it would change the width and lay all out twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # The width is told only when it changes: other resizing lays nothing out.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.viewport().setObjectName("paper")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._take_style(PageStyle())

    # What is shown

    def set_style(self, style: PageStyle) -> None:
        """Take another look; the place in the text stays."""
        if style == self._style:
            return
        with self._place_kept():
            self._take_style(style)
            if self.article is not None:
                self._furniture = Furniture(self.article, *self._head, style)
                cursor = self.textCursor()
                anchor, position = cursor.anchor(), cursor.position()
                self._set_document(self.article)
                cursor = QTextCursor(self.document())
                cursor.setPosition(anchor)
                cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
        self.viewport().update()

    def show_article(
        self, article: Article | None, marks: MarkIndex, head: tuple[str, str] = ("", "")
    ) -> None:
        """Show another article, or none.

        Args:
            article: what to show.
            marks: its marks; changes in it are told by `forget_marks`.
            head: title and byline, painted above or under the text's own title.
        """
        self.article = article
        self._head = head
        self._active = self._hovered = ""
        self._preview = None
        self._margin.forget()
        self._layers = Layers(article, marks) if article else None
        self._furniture = Furniture(article, *head, self._style) if article else None
        self.offsets = OffsetMap(article.text if article else "")
        self._set_document(article)
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def set_head(self, head: tuple[str, str]) -> None:
        """Change title and byline of the article that lies open."""
        self._head = head
        if self.article is not None:
            self._furniture = Furniture(self.article, *head, self._style)
            with self._place_kept():
                self._lay_out()
            self.viewport().update()

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

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place in the text over a change of width."""
        with self._place_kept():
            super().resizeEvent(event)
            self._lay_out()
        self._forget_frame()
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the page's own font: Qt would give the document the window's."""
        if event.type() not in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            super().changeEvent(event)

    def frame_now(self) -> Frame:
        """Return what is on the screen, worked out when it is first asked for."""
        if self._frame is None:
            top = self.verticalScrollBar().value()
            self._frame = self._compose(top, top + self.viewport().height())
        return self._frame

    def _compose(self, top: float, bottom: float) -> Frame:
        if self._layers is None:
            return Frame(top, bottom)
        over = self.metrics.line  # above and below, so that scrolling finds whole lines
        frame = compose(
            self.document(), self.offsets, self._layers, self.metrics, top - over, bottom + over
        )
        if self._preview:
            start, end = map(self.offsets.to_qt, self._preview)
            frame.replace(self._active, start, end)
        self._margin.arrange(frame, self._column.right + self.metrics.em, self.viewport().width())
        return frame

    def _take_style(self, style: PageStyle) -> None:
        self._style = style
        self.metrics = Metrics.of(style)
        self._painter = MarkPainter(style, self._looks)
        self._margin = Margin(style, self._looks)
        self.setStyleSheet(f"#page, #paper {{ background: {style.paper}; border: none }}")

    def _set_document(self, article: Article | None) -> None:
        if article is None:
            document = QTextDocument(self)
        else:
            document = build_document(article, self._style, self)
            self.setWordWrapMode(wrap_mode(article))
        self._lay_out(document)
        self.setDocument(document)
        document.documentLayout().documentSizeChanged.connect(self._forget_frame)
        if self._built is not None:  # Qt deletes only the document it made itself
            self._built.deleteLater()
        self._built = document
        self._forget_frame()

    def _lay_out(self, document: QTextDocument | None = None) -> None:
        """Centre the column; text is laid out again only if its width or the head changed."""
        target = document or self.document()
        metrics = self.metrics
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        left, right = self._gutters(room)
        column = max(min(metrics.column, room - left - right), round(metrics.em * 4))
        outside = max((room - column) // 2 - left, 0)
        width = left + column + right
        outside = max(min(outside, room - width), 0)
        head = self._furniture.head_height(column) if self._furniture else 0
        wanted = (left, round(metrics.line * 1.4) + head, right, metrics.line * 5)
        frame = target.rootFrame().frameFormat()
        margins = (frame.leftMargin(), frame.topMargin(), frame.rightMargin(), frame.bottomMargin())
        if margins != wanted:
            frame.setLeftMargin(wanted[0])
            frame.setTopMargin(wanted[1])
            frame.setRightMargin(wanted[2])
            frame.setBottomMargin(wanted[3])
            target.rootFrame().setFrameFormat(frame)
        self._column = Column(left, left + column)
        self.setViewportMargins(outside, 0, max(room - width - outside, 0), 0)
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        self._forget_frame()

    def _gutters(self, room: int) -> tuple[int, int]:
        """Return the widths left and right of the text that numbers and bars take."""
        em = self.metrics.em
        spare = room - self.metrics.column
        left = round(em * 2.6 if spare > em * 6 else em * 2)
        return left, round(em) + self._margin.width(spare - left - em)

    @contextmanager
    def _place_kept(self) -> Iterator[None]:
        """Keep the topmost line where it is while the layout changes."""
        bar = self.verticalScrollBar()
        before = self._top_line()
        yield
        self._forget_frame()
        bar.setValue(0 if before is None else round(self._line_top(before[0]) - before[1]))

    def _top_line(self) -> tuple[int, float] | None:
        """Return Qt's position of the topmost line and how far below the edge it begins."""
        scroll = self.verticalScrollBar().value()
        if self.article is None or scroll == 0:
            return None
        lines = self.frame_now().lines
        line = next((line for line in lines if line.top >= scroll - 1), None)
        return None if line is None else (line.start, self._line_top(line.start) - scroll)

    def _line_top(self, position: int) -> float:
        """Return the top of the line of one of Qt's positions; lays the text out up to it."""
        block = self.document().findBlock(position)
        area = self.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        return area.top() + (line.y() if line.isValid() else 0)

    def _is_shown(self, start: int, end: int) -> bool:
        lines = self.frame_now().lines
        if not lines:
            return False
        to_qt = self.offsets.to_qt
        return to_qt(start) <= lines[-1].end and to_qt(end) >= lines[0].start

    def _paint_anew(self) -> None:
        self._forget_frame()
        self.viewport().update()

    def _forget_frame(self) -> None:
        self._frame = None

    def _on_scrolled(self) -> None:
        hangs_in = any(
            bar.area.top() < self.verticalScrollBar().value() for bar in self._margin.bars
        )
        self._forget_frame()
        if hangs_in:  # the code of a bar that begins above stays at the top: it moves on its bar
            left = round(self._column.right)
            self.viewport().update(
                left, 0, self.viewport().width() - left, self.viewport().height()
            )
        self.moved.emit()

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
            painter, frame, frame.pieces(*chosen), active=self._active, hovered=self._hovered
        )
        self._margin.paint(painter, scroll, self._active, self._hovered)
        self._paint_words(painter, QRectF(event.rect()).translated(0, scroll), frame, chosen)
        self._paint_handles(painter)

    def _paint_words(
        self, painter: QPainter, clip: QRectF, frame: Frame, chosen: tuple[int, int]
    ) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = clip
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, colour(self._style.ink))  # of the caret
        context.palette = palette
        # Kept in a local list as well: Qt does not keep Python's objects alive.
        selections = [self._mark_ink(*place) for place in frame.covered(chosen)]
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
