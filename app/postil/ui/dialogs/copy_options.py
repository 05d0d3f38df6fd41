"""What a person chooses about a copy of an article, in the export and before printing."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from postil.exporters import Copy, ExportOptions, Guide, NotesPlace, Paper
from postil.exporters.copies import DECIDED, left_open
from postil.settings import Settings
from postil.ui.sidebar.flow_layout import FlowLayout


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
        self._takes: Collection[str] = ()
        self._add_copies()
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
        self._pages = QLabel(self.tr("&Pages"))
        self._pages.setBuddy(self.notes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(_row(self._copy_label, self.copy, self.guide))
        layout.addWidget(self.holds)
        layout.addLayout(_row(self.numbers, self.legend, self.room, self.neutral))
        layout.addLayout(_row(self._pages, self.notes, self.paper))

    def offer(self, takes: Collection[str]) -> None:
        """Offer only the options that make a difference.

        Args:
            takes: their names, as `Exporter.takes` has them.
        """
        self._takes = takes
        copy = self.chosen_copy()
        offered = left_open(self.value()) & frozenset(takes)
        for name in DECIDED:
            getattr(self, name).setEnabled(name in offered)
        for part, name in ((self.notes, "notes"), (self.paper, "paper"), (self._pages, "notes")):
            part.setVisible(name in takes)
        for part in (self._copy_label, self.copy, self.holds):
            part.setVisible("copy" in takes)
        self.guide.setVisible(copy is Copy.GUIDED)
        self.holds.setText(self._what_it_holds(copy))

    def chosen_copy(self) -> Copy:
        """Return the copy that is made; everything in formats that know no other."""
        return Copy(self.copy.currentData()) if "copy" in self._takes else Copy.WHOLE

    def value(self) -> ExportOptions:
        """Return what is chosen; where labels are left out only in formats that can do it."""
        return ExportOptions(
            numbers=self.numbers.isChecked(),
            legend=self.legend.isChecked(),
            room=self.room.isChecked(),
            neutral=self.neutral.isChecked(),
            copy=self.chosen_copy(),
            guide=Guide(self.guide.currentData()),
            paper=Paper(self.paper.currentData()),
            notes=NotesPlace(self.notes.currentData()),
        )

    def _add_copies(self) -> None:
        self.copy = self._choice(
            "copy",
            self.tr("Contents"),
            {
                Copy.WHOLE: self.tr("Everything"),
                Copy.STUDENT: self.tr("Student copy"),
                Copy.GUIDED: self.tr("Guided copy"),
                Copy.PRACTICE: self.tr("Practice copy"),
                Copy.KEY: self.tr("Key"),
                Copy.QUOTATIONS: self.tr("Quotations only"),
            },
        )
        self.guide = self._choice("guide", self.tr("What it shows"), guides(self))
        self._copy_label = QLabel(self.tr("C&ontents"))
        self._copy_label.setBuddy(self.copy)
        self.holds = QLabel()
        self.holds.setObjectName("soft")
        self.holds.setAccessibleName(self.tr("What the copy holds"))
        self.holds.setTextFormat(Qt.TextFormat.PlainText)
        self.holds.setWordWrap(True)

    def _what_it_holds(self, copy: Copy) -> str:
        match copy:
            case Copy.STUDENT:
                return self.tr("The numbered article with room to write. Nothing of your work.")
            case Copy.GUIDED:
                return self._what_guides()
            case Copy.PRACTICE:
                return self.tr(
                    "A student copy with a practice id, which the key has too. Nothing of your"
                    " work is hidden in it."
                )
            case Copy.KEY:
                return self.tr(
                    "Numbers, all marks with their notes as reasons, your answers, and a legend."
                )
            case Copy.QUOTATIONS:
                return self.tr(
                    "The marked words with paragraph and notes, for articles that may not be"
                    " handed on whole."
                )
        return self.tr("The article with all marks, tags, notes and names of annotators.")

    def _what_guides(self) -> str:
        match self.guide.currentData():
            case Guide.PASSAGES:
                return self.tr("A student copy with your passages in one tint, without labels.")
            case Guide.QUESTIONS:
                return self.tr("A student copy with the questions of your tags, without marks.")
        return self.tr("A student copy with your passages in one tint and your tags’ questions.")

    def _switch(self, name: str, text: str) -> QCheckBox:
        key = f"export/{name}"
        switch = QCheckBox(text)
        switch.setObjectName(f"export-{name}")
        switch.setAccessibleName(text.replace("&", ""))
        switch.setChecked(self._settings.get(key, False))
        switch.toggled.connect(lambda on: self._settings.set(key, on))
        switch.toggled.connect(self._chose)
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
        box.currentIndexChanged.connect(self._chose)
        return box

    def _chose(self) -> None:
        self.offer(self._takes)
        self.changed.emit()


def guides(asking: QWidget) -> dict[str, str]:
    """Return what a guided copy may show, in words."""
    return {
        Guide.PASSAGES: asking.tr("Passages"),
        Guide.QUESTIONS: asking.tr("Questions"),
        Guide.BOTH: asking.tr("Passages and questions"),
    }


def _row(*parts: QWidget) -> FlowLayout:
    """Return parts side by side; in large letters they go on in the next line."""
    row = FlowLayout(spacing=8)
    for part in parts:
        row.addWidget(part)
    return row
