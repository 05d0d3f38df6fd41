"""The card of the first start: five things to try, until it is closed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.ui.actions import key_names
from postil.ui.keymap import Keymap

_LINES_AT_LEAST = 3  # of the steps that stay in view where there is little room


class _Steps(QScrollArea):
    """The lines of the card: as high as they are, or scrolled where there is less room."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("firstStepsLines")
        self.setAccessibleName(self.tr("First steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Return the height all lines need at this width."""
        inside = self.widget()
        assert inside is not None
        width = self.viewport().width()
        return QSize(inside.sizeHint().width(), inside.heightForWidth(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        """Return the least height, from which on it scrolls."""
        return QSize(0, _LINES_AT_LEAST * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class FirstSteps(QFrame):
    """Five things to try.

    Args:
        close_icon: on the button that closes the card.
        keymap: which keys the actions have.
    """

    dismissed = Signal()

    def __init__(self, close_icon: QIcon, keymap: Keymap) -> None:
        super().__init__()
        self.setObjectName("firstSteps")
        self.setAccessibleName(self.tr("First steps"))
        heading = QLabel(self.tr("Five things to try"))
        heading.setObjectName("heading")
        self.close_button = QToolButton()
        self.close_button.setObjectName("firstStepsClose")
        self.close_button.setIcon(close_icon)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setAccessibleName(self.tr("Close the first steps"))
        self.close_button.setToolTip(self.tr("Close; Help ▸ First Steps brings it back"))
        self.close_button.clicked.connect(self._dismiss)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 10)
        layout.setSpacing(5)
        layout.addLayout(top)
        inside = QWidget()
        steps = QGridLayout(inside)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setHorizontalSpacing(7)
        steps.setVerticalSpacing(5)
        steps.setColumnStretch(1, 1)
        self._lines: list[QLabel] = []
        for number in range(1, len(self._steps()) + 1):
            line = QLabel()
            self._lines.append(line)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            figure = QLabel(f"{number}.")
            figure.setObjectName("soft")
            steps.addWidget(figure, number, 0, Qt.AlignmentFlag.AlignTop)
            steps.addWidget(line, number, 1)
        layout.addWidget(_Steps(inside))
        self._keymap = keymap
        keymap.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        """Tell the steps, with the keys that hold."""
        names = key_names(self._keymap)
        for line, step in zip(self._lines, self._steps(), strict=True):
            line.setText(step.format_map(names))

    def _steps(self) -> tuple[str, ...]:
        return (
            self.tr("Select a few words and press a digit: that tags them."),
            self.tr("Click a mark, press {mark-note}, and say what it does."),
            self.tr("Select words and press {mark-tag} to choose among all tags."),
            self.tr("Press {undo}: every step can be taken back, even tomorrow."),
            self.tr("Press {export} to hand the article on as one file."),
        )

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
