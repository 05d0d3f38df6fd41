"""Marks in conflict after a merge: what stands here, what came, and which of them stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.library import Keep, SettleConflicts, rival_of
from postil.ui.desk import Desk
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.loose_marks import shortened
from postil.ui.sidebar.wording import quoted

_SHOWN = 50  # cards; more are only counted


class Conflicts(QWidget):
    """A card for each conflict of the open article, and one for all of them.

    Args:
        desk: has the article and its marks.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflicts")
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def renew(self) -> None:
        """Show the conflicts there are now."""
        while (item := self._column.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        marks = self._desk.marks
        pairs = [
            (rival, mark) for mark in marks if (rival := marks.get(rival_of(mark))) is not None
        ]
        for mine, theirs in pairs[:_SHOWN]:
            self._column.addWidget(self._card(mine, theirs))
        if len(pairs) > 1:
            all_ = QFrame(self)
            all_.setObjectName("conflict")
            column = QVBoxLayout(all_)
            text = self.tr("All {0} conflicts").replace("{0}", f"{len(pairs):,}")
            column.addWidget(QLabel(text, all_))
            column.addLayout(self._buttons(all_, tuple(theirs.id for _, theirs in pairs), text))
            self._column.addWidget(all_)
        self.setVisible(bool(pairs))

    def _card(self, mine: Annotation, theirs: Annotation) -> QFrame:
        card = QFrame(self)
        card.setObjectName("conflict")
        column = QVBoxLayout(card)
        here = self._line(self.tr("Here"), mine)
        came = self._line(self.tr("Came"), theirs)
        for text in (here, came):
            label = QLabel(text, card, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            column.addWidget(label)
        buttons = self._buttons(card, (theirs.id,), f"{here}. {came}")
        show = QPushButton(self.tr("Show"), card)
        show.setObjectName("conflict_show")
        show.clicked.connect(lambda: self._show_mark(theirs))
        buttons.addWidget(show)
        column.addLayout(buttons)
        card.setAccessibleName(f"{here}. {came}")
        return card

    def _line(self, which: str, mark: Annotation) -> str:
        names = [self._desk.tags[i].name for i in mark.tags if i in self._desk.tags]
        heading = " · ".join(filter(None, [which, mark.author, *names]))
        return "\n".join(filter(None, [heading, quoted(shortened(mark.anchor.exact)), mark.note]))

    def _buttons(self, card: QWidget, ids: Sequence[str], about: str) -> FlowLayout:
        buttons = FlowLayout()
        for keep, text in (
            (Keep.MINE, self.tr("Keep Mine")),
            (Keep.THEIRS, self.tr("Keep Theirs")),
            (Keep.BOTH, self.tr("Keep Both")),
        ):
            button = QPushButton(text, card)
            button.setObjectName(f"conflict_{keep}")
            button.setAccessibleDescription(about)
            command = SettleConflicts(tuple(ids), keep)
            button.clicked.connect(lambda _checked=False, c=command: self._desk.do(c))
            buttons.addWidget(button)
        return buttons

    def _show_mark(self, mark: Annotation) -> None:
        self._desk.choose(mark.id)
        self._desk.place_wanted.emit(mark.start, mark.end)
