"""What stands on the page besides words and marks: numbers, list markers, rules, title block.

None of it is in the document's text; it is painted beside the lines of a frame.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from postil.domain.article import Article, BlockKind
from postil.domain.direction import runs_leftwards
from postil.page.document import has_title_block, heading_size
from postil.page.frame import Frame, PageLine
from postil.page.numbers import paragraph_numbers
from postil.page.painter import colour
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_BULLETS = "•◦▪"  # by depth
_LEAST_BYLINE = 8.0  # points; a longer byline is cut


@dataclass(frozen=True, slots=True)
class Column:
    """Left and right edge of the text, in pixels of the document."""

    left: float
    right: float


class Furniture:
    """Paints what stands beside the words of one article.

    Args:
        article: what lies open.
        title: stands above the text if the text does not begin with a title.
        byline: author, outlet, date and reading time as one line.
        style: the look of the page.
        numbers: whether paragraphs have theirs.
    """

    def __init__(
        self, article: Article, title: str, byline: str, style: PageStyle, *, numbers: bool = True
    ) -> None:
        self._article = article
        self._numbers = paragraph_numbers(article) if numbers else (None,) * len(article.blocks)
        self._style = style
        self._metrics = Metrics.of(style)
        self._has_title_block = has_title_block(article)
        self._title = "" if self._has_title_block else title
        self._byline = byline
        self._title_font = QFont(self._metrics.font)
        _, factor = heading_size(1, self._metrics)
        self._title_font.setPointSizeF(self._metrics.font.pointSizeF() * factor)
        self._title_font.setBold(True)
        self._title_heights: dict[float, int] = {}  # by the width of the column
        self._number_font = QFont(self._metrics.small)
        self._number_font.setPointSizeF(self._number_font.pointSizeF() * 0.9)
        self._leftwards: dict[int, bool] = {}  # by the number of the block
        self._side = Qt.AlignmentFlag.AlignLeft  # where title and byline begin
        if runs_leftwards(self._title) if self._title else self._is_read_leftwards(0):
            self._side = Qt.AlignmentFlag.AlignRight

    def head_height(self, width: float) -> int:
        """Return the height of what is painted above the text, in pixels."""
        if self._has_title_block:
            return 0
        height = self._metrics.byline + self._metrics.gap
        return round(height) + (self._title_height(width) if self._title else 0)

    def paint(self, painter: QPainter, frame: Frame, column: Column, top: float | None) -> None:
        """Paint it.

        Args:
            painter: translated to the document's coordinates.
            frame: what is to be seen.
            column: where the text stands.
            top: where the head begins; None where it is not to be seen.
        """
        if not self._has_title_block and top is not None:
            self._paint_head(painter, column, top)
        for index, line in enumerate(frame.lines):
            block = self._article.blocks[line.block]
            if line.start == line.block_start:
                self._paint_number(painter, line, column)
                if block.kind is BlockKind.ITEM:
                    self._paint_marker(painter, line)
            if block.kind is BlockKind.QUOTATION:
                self._paint_bar(painter, line, column)
            is_last = index + 1 == len(frame.lines) or frame.lines[index + 1].block != line.block
            if is_last and not line.is_broken:
                if block.kind is BlockKind.ROW:
                    self._paint_rule(painter, line, column)
                elif line.block == 0 and self._has_title_block:
                    self._paint_byline(painter, column, line.bottom + self._metrics.gap * 0.15)

    def _is_read_leftwards(self, block: int) -> bool:
        if block not in self._leftwards:
            place = self._article.blocks[block]
            self._leftwards[block] = runs_leftwards(self._article.text, place.start, place.end)
        return self._leftwards[block]

    def _paint_head(self, painter: QPainter, column: Column, top: float) -> None:
        if self._title:
            painter.setFont(self._title_font)
            painter.setPen(colour(self._style.ink))
            height = self._title_height(column.right - column.left)
            area = QRectF(column.left, top, column.right - column.left, height)
            painter.drawText(area, Qt.TextFlag.TextWordWrap | self._side, self._title)
            top += height
        self._paint_byline(painter, column, top)

    def _title_height(self, width: float) -> int:
        if width not in self._title_heights:
            area = QFontMetricsF(self._title_font).boundingRect(
                QRectF(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, self._title
            )
            self._title_heights[width] = round(area.height())
        return self._title_heights[width]

    def _paint_byline(self, painter: QPainter, column: Column, top: float) -> None:
        """Paint the byline in one line, in smaller letters where the column is narrow."""
        width = column.right - column.left
        font = QFont(self._metrics.small)
        # Letters are set on whole pixels: half their size is not always half as wide.
        while (
            QFontMetricsF(font).horizontalAdvance(self._byline) > width
            and font.pointSizeF() > _LEAST_BYLINE
        ):
            font.setPointSizeF(max(font.pointSizeF() - 0.5, _LEAST_BYLINE))
        painter.setFont(font)
        painter.setPen(colour(self._style.ink_soft))
        words = QFontMetricsF(font).elidedText(self._byline, Qt.TextElideMode.ElideRight, width)
        area = QRectF(column.left, top, width, self._metrics.byline)
        painter.drawText(area, self._side | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_number(self, painter: QPainter, line: PageLine, column: Column) -> None:
        number = self._numbers[line.block]
        if number is None:
            return
        painter.setFont(self._number_font)
        painter.setPen(colour(self._style.ink_soft))
        apart = min(self._metrics.em * 0.9, column.left * 0.3)
        width = painter.fontMetrics().horizontalAdvance(str(number))
        painter.drawText(QPointF(column.left - apart - width, line.baseline), str(number))

    def _paint_marker(self, painter: QPainter, line: PageLine) -> None:
        block = self._article.blocks[line.block]
        bullet = _BULLETS[(block.level - 1) % len(_BULLETS)]
        marker = bullet if block.number is None else f"{block.number}."
        painter.setFont(self._metrics.font)
        painter.setPen(colour(self._style.ink_soft))
        apart = self._metrics.em * 0.45
        text = line.text_line.rect()
        if self._is_read_leftwards(line.block):
            x = line.x + text.right() + apart
        else:
            x = line.x + text.left() - apart - painter.fontMetrics().horizontalAdvance(marker)
        painter.drawText(QPointF(x, line.baseline), marker)

    def _paint_bar(self, painter: QPainter, line: PageLine, column: Column) -> None:
        apart = self._metrics.em * 0.5
        x = column.right - apart - 2 if self._is_read_leftwards(line.block) else column.left + apart
        area = QRectF(x, line.baseline, 2, self._metrics.line)
        area.moveBottom(line.bottom + (self._metrics.line - (line.bottom - line.top)) / 2)
        painter.fillRect(area, colour(self._style.rule))

    def _paint_rule(self, painter: QPainter, line: PageLine, column: Column) -> None:
        painter.setPen(QPen(colour(self._style.rule), 1))
        height = round(line.bottom + self._metrics.gap * 0.35) + 0.5
        painter.drawLine(int(column.left), int(height), int(column.right), int(height))
