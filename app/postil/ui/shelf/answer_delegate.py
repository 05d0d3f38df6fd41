"""How a row of the answers is drawn: an article's title, or words with what stands around them.

What was looked for is bold; where it stands is said in words before it.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtGui import QTextOption as Option
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from postil.domain.found import Hit
from postil.page.offsets import OffsetMap
from postil.ui.row_painting import paint_ground, paint_line, small_font, strong_font
from postil.ui.shelf.answers import ANSWER, Answer, Answers
from postil.ui.theme import Theme

_MARGIN = 9  # pixels between the row's ground and its words
_INDENT = 10  # pixels more before a hit
_PAD = 4  # pixels above and below
_ABOVE = 6  # pixels more above an article
_LEAST_WIDTH = 40  # pixels
_LINES = 3  # of a hit, the words before it included


class AnswerDelegate(QStyledItemDelegate):
    """Draws one answer.

    Args:
        model: has the words.
        theme: its colours.
        parent: owns the delegate.
    """

    def __init__(self, model: Answers, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row: two lines for an article, `_LINES` at most for a hit."""
        answer: Answer = index.data(ANSWER)
        small = QFontMetrics(small_font(option.font)).height()
        if answer.hit is None:
            return QSize(
                80, QFontMetrics(strong_font(option.font)).height() + small + _ABOVE + 3 * _PAD
            )
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        layout = self._laid(answer.hit, option, width)
        return QSize(80, min(layout.lineCount(), _LINES) * small + 2 * _PAD)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        answer: Answer = index.data(ANSWER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme, QRectF(option.rect))
        if answer.hit is None:
            self._paint_article(painter, option, answer)
        else:
            self._paint_hit(painter, option, answer.hit)
        painter.restore()

    def _paint_article(
        self, painter: QPainter, option: QStyleOptionViewItem, answer: Answer
    ) -> None:
        rect = option.rect.adjusted(_MARGIN, _PAD + _ABOVE, -_MARGIN, 0)
        for font, colour, words in (
            (strong_font(option.font), "text", self._model.title(answer.row)),
            (small_font(option.font), "text_soft", self._model.details(answer.row)),
        ):
            height = QFontMetrics(font).height()
            line = QRect(rect.left(), rect.top(), rect.width(), height)
            paint_line(painter, self.theme, line, font, colour, words)
            rect.setTop(rect.top() + height + _PAD // 2)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        layout = self._laid(hit, option, option.rect.width())
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = option.rect.left() + _MARGIN + (0 if is_mirrored else _INDENT)
        painter.setPen(self.theme.colour("text"))
        for number in range(min(layout.lineCount(), _LINES)):
            layout.lineAt(number).draw(painter, QPointF(left, option.rect.top() + _PAD))

    def _laid(self, hit: Hit, option: QStyleOptionViewItem, width: int) -> QTextLayout:
        """Return the words of a hit broken into lines, what does not fit left out."""
        room = max(_LEAST_WIDTH, width - 2 * _MARGIN - _INDENT)
        layout = self._broken(hit.words, hit, option, room)
        if layout.lineCount() > _LINES:
            last = layout.lineAt(_LINES - 1)
            head = len(self._head(hit))
            end = OffsetMap(hit.words).to_code_point(last.textStart() + last.textLength() - head)
            kept = hit.words[:end].rstrip().rpartition(" ")[0] or hit.words[: max(end - 1, 0)]
            layout = self._broken(kept + "…", hit, option, room)
        return layout

    def _head(self, hit: Hit) -> str:
        return f"{self._model.kind(hit)}  "

    def _broken(self, words: str, hit: Hit, option: QStyleOptionViewItem, room: int) -> QTextLayout:
        font = small_font(option.font)
        head = self._head(hit)
        layout = QTextLayout(head + words, font)
        wrapping = Option()
        wrapping.setWrapMode(Option.WrapMode.WrapAtWordBoundaryOrAnywhere)
        wrapping.setTextDirection(option.direction)
        layout.setTextOption(wrapping)
        layout.setFormats(self._formats(head, words, hit.matches))
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, top))
            top += QFontMetrics(font).height()
        layout.endLayout()
        return layout

    def _formats(
        self, head: str, words: str, matches: Sequence[tuple[int, int]]
    ) -> list[QTextLayout.FormatRange]:
        """Return what makes the kind soft and the matches strong."""
        to_qt = OffsetMap(words).to_qt
        soft, strong = QTextCharFormat(), QTextCharFormat()
        soft.setForeground(self.theme.colour("text_soft"))
        strong.setFontWeight(QFont.Weight.Bold)
        start = len(head)  # no translation needs letters of two units here
        places = [(0, start, soft)]
        end = len(words)
        places += [
            (start + to_qt(a), start + to_qt(min(b, end)), strong) for a, b in matches if a < end
        ]
        ranges = []
        for first, last, form in places:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = first, last - first, form
            ranges.append(one)
        return ranges
