"""How a row of all marks is drawn: tags and quotation, its note in one line, where it is from."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from postil.domain.overview import MarkGroup, MarkRow
from postil.domain.plain_note import note_in_one_line
from postil.ui.desk import Desk
from postil.ui.overview.model import GROUP, MARK, AllMarks
from postil.ui.overview.wording import about
from postil.ui.row_painting import paint_ground, paint_line, small_font, strong_font
from postil.ui.sidebar.wording import quoted
from postil.ui.theme import Theme

_MARGIN = 12  # pixels left and right of the words
_PAD = 6  # pixels above and below
_GAP = 2  # pixels between lines
_CHIP = 5  # pixels around a code, and between it and what follows
_SHOWN_TAGS = 4  # more are only counted
_INK = "#111111"  # on a group's colour, in every theme
_NEUTRAL = "#DDDDDD"

_Index = QModelIndex | QPersistentModelIndex


class MarkDelegate(QStyledItemDelegate):
    """Draws one heading or one mark; all rows have the same height.

    Args:
        model: has the words.
        desk: has tags and their colours.
        theme: its colours.
        parent: owns the delegate.
    """

    def __init__(self, model: AllMarks, desk: Desk, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._desk = desk
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of three lines."""
        lines = QFontMetrics(option.font).height() + 2 * _GAP + 2
        lines += 2 * QFontMetrics(small_font(option.font)).height()
        return QSize(80, lines + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        paint_ground(painter, option, self.theme, ground)
        inside = option.rect.adjusted(_MARGIN, _PAD, -_MARGIN, -_PAD)
        group: MarkGroup | None = index.data(GROUP)
        row: MarkRow | None = None if group else index.data(MARK)
        if group is not None:
            self._paint_heading(painter, option, inside, group)
        elif row is not None:
            self._paint_mark(painter, option, inside, row)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, group: MarkGroup
    ) -> None:
        """Draw the heading at the foot of its row, over a rule."""
        sign = "▸" if group.key in self._model.folded else "▾"
        font = strong_font(option.font)
        height = QFontMetrics(font).height()
        line = QRect(rect.left(), rect.bottom() - height - 2, rect.width(), height)
        paint_line(painter, self.theme, line, font, "text", f"{sign}  {self._model.heading(group)}")
        painter.setPen(self.theme.colour("field_border"))
        painter.drawLine(rect.left(), rect.bottom() + 1, rect.right(), rect.bottom() + 1)

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: MarkRow
    ) -> None:
        small = small_font(option.font)
        height = QFontMetrics(option.font).height() + 2
        line = QRect(rect.left(), rect.top(), rect.width(), height)
        rest = self._paint_tags(painter, option, line, row)
        paint_line(painter, self.theme, rest, option.font, "text", quoted(row.quotation))
        top = line.bottom() + 1 + _GAP
        for colour, text in (("text", note_in_one_line(row.note)), ("text_soft", about(row))):
            if text:
                below = QRect(rect.left(), top, rect.width(), QFontMetrics(small).height())
                paint_line(painter, self.theme, below, small, colour, text)
                top = below.bottom() + 1 + _GAP

    def _paint_tags(
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, row: MarkRow
    ) -> QRect:
        """Draw the codes of the tags; return what is left of the line."""
        font = strong_font(small_font(option.font))
        metrics = QFontMetrics(font)
        chips = [self._chip(tag_id) for tag_id in row.tags[:_SHOWN_TAGS]]
        if len(row.tags) > _SHOWN_TAGS:
            chips.append((f"+{len(row.tags) - _SHOWN_TAGS}", _NEUTRAL))
        rest = QRect(line)
        for code, colour in chips:
            width = metrics.horizontalAdvance(code) + 2 * _CHIP
            if option.direction == Qt.LayoutDirection.RightToLeft:
                left = rest.right() - width + 1
                rest.setRight(left - _CHIP)
            else:
                left = rest.left()
                rest.setLeft(left + width + _CHIP)
            box = QRectF(left, line.top(), width, line.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, 3, 3)
            painter.setFont(font)
            painter.setPen(QColor(_INK))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, code)
        return rest

    def _chip(self, tag_id: str) -> tuple[str, str]:
        """Return the code of a tag and its colour."""
        tag = self._desk.tags.get(tag_id)
        if tag is None:
            return "?", _NEUTRAL
        group = self._desk.groups.get((tag.codebook_id, tag.group_id))
        return tag.code, group.colour if group else _NEUTRAL
