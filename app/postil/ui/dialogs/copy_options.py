"""What a person chooses about a copy of an article, in the export and before printing."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from postil.exporters import ExportOptions, NotesPlace, Paper
from postil.settings import Settings


class CopyOptions(QWidget):
    """Switches and choices; all of them are kept in the settings.

    Args:
        settings: where they are kept.
        parent: owns the widget.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.numbers = self._switch("numbers", self.tr("Paragraph &numbers"))
        self.legend = self._switch("legend", self.tr("&Legend of the tags used"))
        self.room = self._switch("room", self.tr("&Room to write"))
        self.neutral = self._switch("neutral", self.tr("One &tint, no labels"))
        self.neutral.setToolTip(
            self.tr("All marks look alike: no tags, codes, notes or names are in the copy")
        )
        self.notes = self._choice(
            "notes",
            self.tr("Notes"),
            {
                NotesPlace.MARGIN: self.tr("Notes in the margin"),
                NotesPlace.END: self.tr("Notes at the end"),
            },
        )
        self.paper = self._choice(
            "paper", self.tr("Paper"), {Paper.A4: self.tr("A4"), Paper.LETTER: self.tr("Letter")}
        )
        switches, choices = QHBoxLayout(), QHBoxLayout()
        for switch in (self.numbers, self.legend, self.room, self.neutral):
            switches.addWidget(switch)
        self._pages = QLabel(self.tr("&Pages"))
        self._pages.setBuddy(self.notes)
        for part in (self._pages, self.notes, self.paper):
            choices.addWidget(part)
        for row in (switches, choices):
            row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(switches)
        layout.addLayout(choices)

    def offer(self, takes: Collection[str]) -> None:
        """Offer only the options that make a difference.

        Args:
            takes: their names, as `Exporter.takes` has them.
        """
        for name in ("numbers", "legend", "room", "neutral"):
            getattr(self, name).setEnabled(name in takes)
        for part, name in ((self.notes, "notes"), (self.paper, "paper"), (self._pages, "notes")):
            part.setVisible(name in takes)

    def value(self) -> ExportOptions:
        """Return what is chosen; where labels are left out only in formats that can do it."""
        return ExportOptions(
            numbers=self.numbers.isChecked(),
            legend=self.legend.isChecked(),
            room=self.room.isChecked(),
            neutral=self.neutral.isChecked(),
            paper=Paper(self.paper.currentData()),
            notes=NotesPlace(self.notes.currentData()),
        )

    def _switch(self, name: str, text: str) -> QCheckBox:
        key = f"export/{name}"
        switch = QCheckBox(text)
        switch.setObjectName(f"export-{name}")
        switch.setAccessibleName(text.replace("&", ""))
        switch.setChecked(self._settings.get(key, False))
        switch.toggled.connect(lambda on: self._settings.set(key, on))
        switch.toggled.connect(self.changed)
        return switch

    def _choice(self, name: str, text: str, choices: dict[str, str]) -> QComboBox:
        key = f"export/{name}"
        box = QComboBox()
        box.setObjectName(f"export-{name}")
        box.setAccessibleName(text)
        box.view().setAccessibleName(text)
        for value, words in choices.items():
            box.addItem(words, str(value))
        box.setCurrentIndex(max(box.findData(self._settings.get(key, "")), 0))
        box.currentIndexChanged.connect(lambda _: self._settings.set(key, box.currentData()))
        box.currentIndexChanged.connect(self.changed)
        return box
