"""What stands in place of the page while the library is empty: the ways to bring something in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.domain.history import ArticleRecord, Changes
from postil.ui.desk import Desk
from postil.ui.sidebar.card_look import scaled

_WIDEST = 46  # average letters
_HEADING = 1.3  # of the font of the window
_MARGIN = 12  # pixels


class Invitation(QFrame):
    """Lies over the page while there is no article at all.

    Args:
        desk: tells whether there is one.
        ways_in: actions that bring articles in, offered with their keys.
        sample: brings the sample back.
        over: the part it covers.
    """

    def __init__(
        self,
        desk: Desk,
        ways_in: Sequence[QAction],
        sample: Callable[[], object],
        over: QWidget,
    ) -> None:
        super().__init__(over)
        self.setObjectName("invitation")
        self.setAccessibleName(self.tr("The library is empty"))
        self._desk = desk
        self._over = over
        heading = QLabel(self.tr("There is no article here yet"))
        heading.setObjectName("invitationHeading")
        heading.setFont(scaled(self.font(), _HEADING))
        heading.setWordWrap(True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text = QLabel(
            self.tr(
                "Drop a file, a folder or some text on this window, copy an article"
                " and paste it here, or begin with the sample."
            )
        )
        text.setObjectName("soft")
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._inside = QWidget(self)
        column = QVBoxLayout(self._inside)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(text)
        self._buttons: list[tuple[QPushButton, QAction]] = []
        for action in ways_in:
            button = QPushButton()
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            self._buttons.append((button, action))
            column.addWidget(button)
        self.sample = QPushButton(self.tr("Open the Sample"))
        self.sample.clicked.connect(sample)
        column.addWidget(self.sample)
        column.setContentsMargins(0, 0, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.addStretch(2)
        row = QHBoxLayout()  # and not an alignment: words in lines would lose their last one
        row.addStretch(1)
        row.addWidget(self._inside)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)
        over.installEventFilter(self)
        desk.library_changed.connect(self._follow)
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Cover the part below whatever size it has."""
        if event.type() is QEvent.Type.Resize:
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())
        widest = self.fontMetrics().averageCharWidth() * _WIDEST
        width = max(min(widest, self.width() - 2 * _MARGIN), 1)
        self._inside.setFixedWidth(width)
        for button, action in self._buttons:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            whole = f"{action.text()}   {keys}".strip()
            fits = button.fontMetrics().horizontalAdvance(whole) + 4 * _MARGIN <= width
            button.setText(whole if fits else action.text())

    def _follow(self, changes: Changes) -> None:
        """Go when an article came, without asking for all that are there; else look."""
        if any(e.before is None and isinstance(e.after, ArticleRecord) for e in changes.edits):
            self.hide()
        elif changes.touches(ArticleRecord):
            self.look()

    def look(self) -> None:
        """Show itself if there is no article."""
        is_empty = self._desk.opened is None and self._desk.library.is_empty()
        if is_empty and self.isHidden():
            for button, action in self._buttons:
                button.setAccessibleName(action.text().replace("&", ""))
                button.setToolTip(action.toolTip())
            self._cover()
            self.raise_()
        self.setVisible(is_empty)
