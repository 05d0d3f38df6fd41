"""The article on paper: the words, marks and bars that the window paints, page by page."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QFont, QPainter

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation
from postil.page.document import build_document, wrap_mode
from postil.page.frame import Frame, compose
from postil.page.furniture import Column, Furniture
from postil.page.layers import Layers
from postil.page.margin import Margin
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.painter import MarkLook, MarkPainter
from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.printing.flow import DocumentFlow, paint_words


class ArticleFlow(DocumentFlow):
    """The article, its marks painted under the words and the bars beside them.

    Args:
        handed_on: article and marks.
        style: the look of the page.
        look: tells how a mark looks.
        byline: what stands under the title.
        column: where the text stands, in pixels of the flow.
        lanes: where the bars stand, likewise; equal edges mean none.
        widest: the longest code of a bar.
        numbers: whether paragraphs have theirs.
    """

    def __init__(
        self,
        handed_on: HandedOn,
        style: PageStyle,
        look: Callable[[Annotation], MarkLook],
        byline: str,
        column: Column,
        lanes: Column,
        widest: str,
        *,
        numbers: bool,
    ) -> None:
        article = handed_on.article
        self._style = style
        self._metrics = Metrics.of(style)
        self._offsets = OffsetMap(article.text)
        self._layers = Layers(article, MarkIndex(handed_on.annotations))
        self._painter = MarkPainter(style, look)
        self._margin = Margin(style, look, widest)
        self._column, self._lanes = column, lanes
        title = article.metadata.title
        self._furniture = Furniture(article, title, byline, style, numbers=numbers)
        self._head = self._furniture.head_height(column.right - column.left)
        document = build_document(article, style)
        font = QFont(document.defaultFont())
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        document.setDefaultFont(font)
        document.setUseDesignMetrics(True)
        option = document.defaultTextOption()
        option.setWrapMode(wrap_mode(article))
        document.setDefaultTextOption(option)
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(column.left)
        frame.setTopMargin(self._head)
        document.rootFrame().setFrameFormat(frame)
        document.setTextWidth(column.right)
        super().__init__(document)
        # The head is painted above the words, and belongs to the first line.
        self.lines[0] = replace(self.lines[0], top=self.lines[0].top - self._head)

    def height_at(self, position: int) -> float:
        """Return the height of the line that holds a code point of the article."""
        place = self._offsets.to_qt(position)
        block = self.document.findBlock(place)
        line = block.layout().lineForTextPosition(place - block.position())
        return self.document.documentLayout().blockBoundingRect(block).top() + line.y()

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint lines with all that belongs to them."""
        top, bottom = self.lines[first].top, self.lines[last - 1].bottom
        frame = self._frame(top, bottom)
        painter.save()
        painter.translate(0, -top)
        self._painter.paint(painter, frame)
        self._furniture.paint(painter, frame, self._column, top if first == 0 else None)
        paint_words(painter, self.document, top + (self._head if first == 0 else 0), bottom)
        if self._lanes.right > self._lanes.left:
            self._margin.arrange(frame, self._lanes.left, self._lanes.right)
            self._margin.paint(painter, top, "", "")
        painter.restore()

    def _frame(self, top: float, bottom: float) -> Frame:
        """Return what stands between two heights, without the lines that only touch them."""
        frame = compose(self.document, self._offsets, self._layers, self._metrics, top, bottom)
        kept = Frame(top, bottom)
        kept.lines = [line for line in frame.lines if top < line.baseline < bottom]
        for shown in frame.marks:
            pieces = tuple(p for p in shown.pieces if top < p.baseline < bottom)
            if pieces:
                ends = shown.ends and pieces[-1] == shown.pieces[-1]
                kept.marks.append(replace(shown, pieces=pieces, ends=ends))
        return kept
