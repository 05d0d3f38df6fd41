"""The links of a mark while it is edited: each can be followed or taken away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from postil.domain.annotation import Annotation
from postil.library import UnlinkMarks
from postil.ui.desk import Desk
from postil.ui.mark_links import LinkEnd
from postil.ui.sidebar.card_words import CardWords
from postil.ui.tips import as_tip


class LinkRows(QWidget):
    """One row a link.

    Args:
        desk: takes links away.
        words: says what a link is.
        parent: owns this.
    """

    followed = Signal(str)  # id of the mark at the other end

    def __init__(self, desk: Desk, words: CardWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("link_rows")
        self.setAccessibleName(self.tr("Links"))
        self._desk = desk
        self._words = words
        self._shown: list[tuple[str, LinkEnd]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.hide()

    def show_links(self, annotation: Annotation) -> None:
        """Show the links of a mark."""
        links = [(link.text, link.end) for link in self._words.links(annotation)]
        if links == self._shown:
            return
        self._shown = links
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (text, end) in enumerate(links):
            self._add_row(row, text, end, annotation.id)
        self.setVisible(bool(links))
        self.updateGeometry()

    def _add_row(self, row: int, text: str, end: LinkEnd, annotation_id: str) -> None:
        go = QPushButton(text.replace("&", "&&"), self)
        go.setObjectName("link_go")
        go.setToolTip(as_tip(text))
        go.setAccessibleName(self.tr("Go to: {0}").format(text))
        go.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        go.clicked.connect(partial(self.followed.emit, end.other_id))
        off = QToolButton(self)
        off.setObjectName("link_off")
        off.setText("×")
        off.setToolTip(self.tr("Take this link away"))
        off.setAccessibleName(self.tr("Take away: {0}").format(text))
        off.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        off.clicked.connect(partial(self._take_away, end, annotation_id))
        self._grid.addWidget(go, row, 0)
        self._grid.addWidget(off, row, 1)

    def _take_away(self, end: LinkEnd, annotation_id: str, *_: bool) -> None:
        pair = (end.other_id, annotation_id) if end.is_incoming else (annotation_id, end.other_id)
        self._desk.do(UnlinkMarks(pair[0], end.relation, pair[1]))
