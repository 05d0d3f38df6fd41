"""The document in a centred column: laid out only when it must be, its place kept.

What is painted, and what a click means, is decided by the classes on top of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from postil.domain.article import Article
from postil.page.document import build_document, wrap_mode
from postil.page.frame import Frame, compose
from postil.page.furniture import Column, Furniture
from postil.page.layers import Layers
from postil.page.margin import Margin
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.ui.reader.look import Looks

_FEW_LETTERS = 22  # em of room below which the text gets all it can


class LaidPage(QTextEdit):
    """Lays out an article; read-only.

    Args:
        looks: tells how marks look.
        parent: owns the page.
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
        self._lanes_left = 0  # where the bars in the margin begin
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
            marks: its marks.
            head: title and byline, painted above or under the text's own title.
        """
        self.article = article
        self._head = head
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

    def room_below(self) -> int:
        """Return how much paper there is after the last line, pixels."""
        return self.metrics.line * 5

    def frame_now(self) -> Frame:
        """Return what is on the screen, worked out when it is first asked for."""
        if self._frame is None:
            top = self.verticalScrollBar().value()
            self._frame = self._compose(top, top + self.viewport().height())
        return self._frame

    def _compose(self, top: float, bottom: float) -> Frame:
        """Return the frame between two heights."""
        if self._layers is None:
            return Frame(top, bottom)
        over = self.metrics.line  # above and below, so that scrolling finds whole lines
        return compose(
            self.document(), self.offsets, self._layers, self.metrics, top - over, bottom + over
        )

    def _take_style(self, style: PageStyle) -> None:
        self._style = style
        self.metrics = Metrics.of(style)
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
        left, apart, lanes = self._gutters(room)
        right = apart + lanes
        column = max(min(metrics.column, room - left - right), round(metrics.em * 4))
        outside = max((room - column) // 2 - left, 0)
        width = left + column + right
        outside = max(min(outside, room - width), 0)
        head = self._furniture.head_height(column) if self._furniture else 0
        wanted = (left, round(metrics.line * 1.4) + head, right, self.room_below())
        frame = target.rootFrame().frameFormat()
        margins = (frame.leftMargin(), frame.topMargin(), frame.rightMargin(), frame.bottomMargin())
        if margins != wanted:
            frame.setLeftMargin(wanted[0])
            frame.setTopMargin(wanted[1])
            frame.setRightMargin(wanted[2])
            frame.setBottomMargin(wanted[3])
            target.rootFrame().setFrameFormat(frame)
        self._column = Column(left, left + column)
        self._lanes_left = left + column + apart
        self.setViewportMargins(outside, 0, max(room - width - outside, 0), 0)
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        self._forget_frame()

    def _gutters(self, room: int) -> tuple[int, int, int]:
        """Return the widths that numbers, the gap right of the text, and bars take.

        Where letters are so large that few stand on a line, gutters are small.
        """
        em = self.metrics.em
        spare = room - self.metrics.column
        if room < em * _FEW_LETTERS:
            return round(em * 1.4), round(em * 0.5), self._margin.width(0)
        left = round(em * 2.6 if spare > em * 6 else em * 1.9)
        apart = round(em if spare > em * 6 else em * 0.7)
        return left, apart, self._margin.width(spare - left - apart)

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
        """Return the top of the line of one of Qt's positions; lays the text out up to it.

        A place that an older, longer text had is the end of this one.
        """
        position = min(position, self.document().characterCount() - 1)
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
        self._forget_frame()
        self.moved.emit()
