"""Checks to make: the marks of the article whose check is still open; a click goes there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation, Status
from postil.ui.desk import Desk
from postil.ui.sidebar.loose_marks import shortened
from postil.ui.sidebar.wording import quoted, status_word
from postil.ui.tips import as_tip

OPEN_CHECKS = frozenset({Status.TO_CHECK, Status.OPEN})
_SHOWN = 50  # more are only counted
_PAD = 8  # pixels left and right of the words


class CheckLine(QPushButton):
    """A button of one line, with as many of its words as there is room for.

    Args:
        words: all of them; a tip and screen readers have them too.
        parent: owns this.
    """

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("check")
        self._words = words
        self.setToolTip(as_tip(words))
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as fit."""
        room = self.width() - 2 * self.fontMetrics().averageCharWidth() - 2 * _PAD
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        super().resizeEvent(event)


class Checks(QWidget):
    """One line for each check.

    Args:
        desk: has the marks.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checks")
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def renew(self) -> None:
        """Show the checks there are now."""
        while (item := self._column.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        marks = [mark for mark in self._desk.marks if mark.status in OPEN_CHECKS]
        for mark in marks[:_SHOWN]:
            self._column.addWidget(self._line(mark))
        if len(marks) > _SHOWN:
            more = self.tr("… and {0} more").replace("{0}", f"{len(marks) - _SHOWN:,}")
            self._column.addWidget(QLabel(more, self))
        self.setVisible(bool(marks))

    def _line(self, mark: Annotation) -> QWidget:
        """Return the words of a mark as a button that goes there."""
        words = quoted(shortened(mark.anchor.exact))
        line = CheckLine(f"{status_word(mark.status)}: {words}", self)
        line.clicked.connect(lambda _on=False, one=mark: self._go_to(one))
        return line

    def _go_to(self, mark: Annotation) -> None:
        self._desk.choose(mark.id)
        self._desk.place_wanted.emit(mark.start, mark.end)
