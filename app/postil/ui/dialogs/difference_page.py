"""The words of two versions laid over each other; long stretches alike in both are left out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from postil.differences import Difference, Kind, Run
from postil.ui.counting import counted

SHOWN = 2_000  # changes; of more the number is told
_AROUND = 240  # code points shown on either side of a change
_WHOLE = 2 * _AROUND + 120  # code points alike in both that are shown whole


class DifferencePage(QTextEdit):
    """A page to read, with the place of each change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("difference_page")
        self.setAccessibleName(self.tr("The words of both versions"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._places: list[tuple[int, int]] = []  # of the changes, positions of the document

    def show_difference(self, difference: Difference) -> None:
        """Fill the page."""
        self.clear()
        self._places = []
        cursor = self.textCursor()
        cursor.beginEditBlock()
        formats = self._formats()
        is_inside, first = False, True
        for run in difference.runs:
            if run.kind is Kind.SAME:
                is_inside = False
                last = run is difference.runs[-1]
                self._add_same(cursor, difference.words(run), formats, ends=(first, last))
                if len(self._places) == SHOWN:
                    break
            else:
                start = cursor.position()
                cursor.insertText(_with_signs(difference.words(run), run), formats[run.kind])
                if is_inside:
                    start = self._places.pop()[0]
                self._places.append((start, cursor.position()))
                is_inside = True
            first = False
        cursor.endEditBlock()
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def show_passage(self, number: int) -> None:
        """Bring a change on the screen and select it."""
        start, end = self._places[number]
        cursor = self.textCursor()
        cursor.setPosition(end)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _add_same(
        self,
        cursor: QTextCursor,
        words: str,
        formats: dict[Kind | None, QTextCharFormat],
        *,
        ends: tuple[bool, bool],
    ) -> None:
        """Add words alike in both; of many only those next to changes."""
        if len(words) <= _WHOLE:
            cursor.insertText(words, formats[Kind.SAME])
            return
        head = "" if ends[0] else words[:_AROUND]
        tail = "" if ends[1] else words[-_AROUND:]
        left_out = words[len(head) : len(words) - len(tail)]
        number = len(left_out.split())
        sign = counted(number, "1 word alike in both", "%n words alike in both")
        cursor.insertText(head, formats[Kind.SAME])
        cursor.insertText(f"\n⋯ {sign} ⋯\n", formats[None])
        cursor.insertText(tail, formats[Kind.SAME])

    def _formats(self) -> dict[Kind | None, QTextCharFormat]:
        """Return how each kind of words looks in the colours of the theme."""
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.Text)
        faint = QTextCharFormat()
        faint.setForeground(palette.color(QPalette.ColorRole.PlaceholderText))
        same, deleted, inserted, away, here = (QTextCharFormat() for _ in range(5))
        for shape in (same, deleted, inserted, away, here):
            shape.setForeground(ink)
        deleted.setFontStrikeOut(True)
        deleted.setForeground(palette.color(QPalette.ColorRole.BrightText))
        inserted.setFontUnderline(True)
        inserted.setFontWeight(QFont.Weight.Bold)
        inserted.setBackground(_tint(palette.color(QPalette.ColorRole.Highlight)))
        away.setFontStrikeOut(True)
        away.setFontItalic(True)
        here.setFontItalic(True)
        here.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        here.setBackground(_tint(ink))
        return {
            None: faint,
            Kind.SAME: same,
            Kind.DELETED: deleted,
            Kind.INSERTED: inserted,
            Kind.MOVED_AWAY: away,
            Kind.MOVED_HERE: here,
        }


def _tint(colour: QColor) -> QBrush:
    colour.setAlpha(36)
    return QBrush(colour)


def _with_signs(words: str, run: Run) -> str:
    """Return words as they are shown: breaks taken out as a sign, moved words with an arrow."""
    if run.is_old:
        words = words.replace("\n", "¶")
    if run.kind is Kind.MOVED_AWAY:
        return f"{words}↷"
    return f"↶{words}" if run.kind is Kind.MOVED_HERE else words
