"""The panel for how the article is set: letters, size, height and length of lines, paper.

Every change shows on the page at once and is kept; the button at the bottom takes all of them
back. The page stays in use while the panel is open.
"""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from postil.page.faces import DISTINCT, SANS, SERIF
from postil.page.style import PageStyle
from postil.settings import Settings
from postil.ui.faces import chosen_family
from postil.ui.theme import NAMES, SYSTEM

_OWN = "own"  # a font by its name


class ReadingLook(QDialog):
    """Changes the settings of the page, live.

    Args:
        settings: where they are kept.
        theme: which paper is chosen.
        parent: the window.
    """

    changed = Signal()  # the page is to be set anew
    theme_chosen = Signal(str)  # name of a theme, or "system"

    def __init__(self, settings: Settings, theme: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readingLook")
        self.setWindowTitle(self.tr("Reading Look"))
        self.setAccessibleName(self.tr("Reading look"))
        self._settings = settings
        self._form = QFormLayout()
        self.face = QComboBox()
        self.font_ = QFontComboBox()
        self.size_ = QSpinBox()
        self.line = QDoubleSpinBox()
        self.measure = QSpinBox()
        self.paper = QComboBox()
        self._lay_out()
        self._show()
        self.show_theme(theme)
        self.face.activated.connect(self._take_face)
        self.font_.currentFontChanged.connect(self._take_face)
        self.size_.valueChanged.connect(lambda value: self._keep("size", float(value)))
        self.line.valueChanged.connect(lambda value: self._keep("line-height", round(value, 2)))
        self.measure.valueChanged.connect(lambda value: self._keep("measure", value))
        self.paper.activated.connect(lambda: self.theme_chosen.emit(self.paper.currentData()))

    def show_theme(self, name: str) -> None:
        """Let the list of papers say which theme is chosen."""
        self.paper.setCurrentIndex(self.paper.findData(name if name in NAMES else SYSTEM))

    def _lay_out(self) -> None:
        kinds = (
            (self.tr("Serif"), SERIF),
            (self.tr("Sans serif"), SANS),
            (self.tr("Easy to tell apart"), DISTINCT),
            (self.tr("Another font"), _OWN),
        )
        papers = (self.tr("As the desktop"), self.tr("Light"), self.tr("Sepia"), self.tr("Dark"))
        _fill(self.face, kinds)
        _fill(self.paper, zip(papers, (SYSTEM, *NAMES), strict=True))
        _limit(self.size_, 8, 32, self.tr(" pt"))
        _limit(self.measure, 40, 100, self.tr(" characters"))
        _limit(self.line, 1.2, 2.4)
        self.line.setSingleStep(0.1)
        self.line.setDecimals(2)
        rows: tuple[tuple[str, str, QWidget], ...] = (
            ("face", self.tr("&Letters"), self.face),
            ("font", self.tr("&Font"), self.font_),
            ("size", self.tr("&Size"), self.size_),
            ("line", self.tr("Line &height"), self.line),
            ("measure", self.tr("&Width of lines"), self.measure),
            ("paper", self.tr("&Paper"), self.paper),
        )
        for name, label, widget in rows:
            widget.setObjectName(name)
            widget.setAccessibleName(label.replace("&", ""))
            self._form.addRow(label, widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())  # words will do
        buttons.rejected.connect(self.reject)
        self.reset = QPushButton(self.tr("&Back to Normal"))
        self.reset.setObjectName("reset")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        buttons.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(buttons)

    def _show(self) -> None:
        """Show what is kept, telling nobody."""
        own = self._settings.get("reader/family", "")
        kind = _OWN if own else self._settings.get("reader/face", SERIF)
        normal = PageStyle()
        boxes = (self.size_, self.line, self.measure, self.font_)
        for box in boxes:
            box.blockSignals(True)
        self.size_.setValue(round(self._settings.get("reader/size", normal.size)))
        self.line.setValue(self._settings.get("reader/line-height", normal.line_height))
        self.measure.setValue(self._settings.get("reader/measure", normal.measure))
        self.font_.setCurrentFont(QFont(chosen_family(self._settings)))
        for box in boxes:
            box.blockSignals(False)
        self.face.setCurrentIndex(max(self.face.findData(kind), 0))
        self._form.setRowVisible(self.font_, kind == _OWN)

    def _take_face(self) -> None:
        kind = self.face.currentData()
        self._form.setRowVisible(self.font_, kind == _OWN)
        if kind == _OWN:
            family = self.font_.currentFont().family()
            self._settings.set("reader/family", family)
        else:
            self._settings.update({"reader/family": "", "reader/face": kind})
        self.changed.emit()

    def _keep(self, name: str, value: float) -> None:
        self._settings.set(f"reader/{name}", value)
        self.changed.emit()

    def _reset(self) -> None:
        """Set the page as it was when the program was new; the paper stays."""
        normal = PageStyle()
        self._settings.update(
            {
                "reader/family": "",
                "reader/face": SERIF,
                "reader/size": normal.size,
                "reader/line-height": normal.line_height,
                "reader/measure": normal.measure,
            }
        )
        self._show()
        self.changed.emit()


def _fill(box: QComboBox, entries: Iterable[tuple[str, str]]) -> None:
    for text, value in entries:
        box.addItem(text, value)


def _limit(box: QSpinBox | QDoubleSpinBox, least: float, most: float, suffix: str = "") -> None:
    if isinstance(box, QSpinBox):
        box.setRange(round(least), round(most))
    else:
        box.setRange(least, most)
    box.setSuffix(suffix)
    box.setKeyboardTracking(False)  # 1 on the way to 12 is not a size
