"""What is known about the article: source data, counts, original, conflicts, loose marks."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.history import Changes
from postil.library import ChangeMetadata, check_metadata
from postil.ui.dates import shown_date
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit
from postil.ui.sidebar.article_notes import ArticleNotes
from postil.ui.sidebar.checks import Checks
from postil.ui.sidebar.conflicts import Conflicts
from postil.ui.sidebar.duplicates import Duplicates
from postil.ui.sidebar.loose_marks import LooseMarks
from postil.ui.sidebar.note_rendering import Render
from postil.ui.sidebar.version_list import VersionList
from postil.ui.theme import Theme

_CHECKED = ("published", "modified", "source", "language")  # fields that not every text fits
_HASH_SHOWN = 16  # digits; the tip has them all


class SourceField(LineEdit):
    """One line of source data; Escape puts back what was there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.stored = ""

    def show_value(self, value: str) -> None:
        """Show a value, unless the person is just changing it."""
        was_changed = self.text() != self.stored
        self.stored = value
        if not (self.hasFocus() and was_changed):
            self.setText(value)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back what was there on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.stored:
            self.setText(self.stored)
        else:
            super().keyPressEvent(event)


class ArticleTab(QScrollArea):
    """The article's entry.

    Args:
        desk: has the article.
        theme: has the colours.
        render: turns notes into safe HTML; called on a worker thread.
        parent: owns this.
    """

    def __init__(
        self, desk: Desk, theme: Theme, render: Render, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("article_scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk = desk
        self._is_stale = True
        self._article_id = ""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew)
        self._inside = QWidget(self)
        self._inside.setObjectName("article_form")
        self._column = QVBoxLayout(self._inside)
        margin = self.fontMetrics().lineSpacing() * 2 // 3
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._form = self._make_form()
        self._column.addLayout(self._form)
        self._wrong: dict[str, QLabel] = {}  # what is said under a field, by its name
        self.fields = self._source_fields()
        self._duplicates = Duplicates(desk, self._inside)
        self._form.addRow(self._duplicates)
        self.notes = ArticleNotes(desk, theme, render, self._inside)
        self._column.addWidget(self.notes)
        self._checks = Checks(desk, self._inside)
        self._checks_heading = self._put_under(self.tr("Checks to make"), self._checks)
        self._form = self._make_form()
        self._column.addLayout(self._form)
        self._facts = self._fact_labels()
        self._versions_heading = self._section(self.tr("Versions"))
        self._versions = VersionList(desk, self._inside)
        self._column.addWidget(self._versions)
        self._conflicts = Conflicts(desk, self._inside)
        self._conflicts_heading = self._put_under(self.tr("Conflicts"), self._conflicts)
        self._form = self._make_form()
        self._column.addLayout(self._form)
        self._loose_heading = self._section(self.tr("Without a sure place"))
        self._loose = LooseMarks(desk, self._inside)
        self._loose.focused.connect(self._scroll_to)
        self._column.addWidget(self._loose)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        desk.article_opened.connect(self._open)
        desk.article_changed.connect(self._go_stale)
        desk.marks_changed.connect(self._marks_changed)
        self._open()

    def save(self) -> None:
        """Keep what was typed into the fields of the article it was typed for."""
        self.notes.save()
        opened = self._desk.opened
        if not self._article_id:
            return
        if all(field.text() == field.stored for field in self.fields.values()):
            return
        if opened is not None and opened.id == self._article_id:
            base = opened.record.metadata
        else:
            try:
                base = self._desk.library.article(self._article_id).record.metadata
            except UserError:  # it was deleted with all that is known about it
                return
        metadata = self._checked(base, self._typed(base))
        for name, field in self.fields.items():
            if clean_line(field.text()) == getattr(metadata, name):
                field.stored = field.text()
        self._desk.do(ChangeMetadata(self._article_id, metadata))

    def _checked(self, base: Metadata, typed: Metadata) -> Metadata:
        """Return what was typed, without what is no date, address or language; that is told."""
        wrong = {}
        for name in _CHECKED:
            try:
                check_metadata(base, replace(base, **{name: getattr(typed, name)}))
            except UserError as error:
                wrong[name] = str(error)
        self._tell_wrong(wrong)
        for name in wrong:
            typed = replace(typed, **{name: getattr(base, name)})
        return typed

    def _tell_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say under each field why it was not taken, and nothing under the others."""
        for name, label in self._wrong.items():
            label.setText(wrong.get(name, ""))
            label.setVisible(name in wrong)
            self.fields[name].setAccessibleDescription(wrong.get(name, ""))

    def _typed(self, base: Metadata) -> Metadata:
        """Return `base` with what was typed into fields that were changed."""
        fields = self.fields
        now = {
            name: fields[name].text()
            if fields[name].text() != fields[name].stored
            else getattr(base, name)
            for name in fields
        }
        return replace(
            base,
            title=now["title"],
            author=now["author"],
            outlet=now["outlet"],
            published=now["published"],
            modified=now["modified"],
            source=now["source"],
            language=now["language"],
        )

    def show_loose(self) -> None:
        """Show the marks without a sure place, and give them the focus."""
        self._renew()
        self._loose.take_focus()

    def _scroll_to(self, widget: QWidget) -> None:
        # The page gets its new height with this; before, there is nowhere to scroll to.
        QCoreApplication.sendPostedEvents(self._inside, QEvent.Type.LayoutRequest.value)
        self.ensureWidgetVisible(widget)
        # What lies further in is laid out later, and moves it once more.
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget))

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the page when it is looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    # --- setting out ---

    def _source_fields(self) -> dict[str, SourceField]:
        labels = {
            "title": self.tr("Title"),
            "author": self.tr("Author"),
            "outlet": self.tr("Outlet"),
            "published": self.tr("Date"),
            "modified": self.tr("Changed"),
            "source": self.tr("Address"),
            "language": self.tr("Language"),
        }
        fields = {}
        for name, label in labels.items():
            field = SourceField(self._inside)
            field.setObjectName(f"article_{name}")
            field.setAccessibleName(label)
            field.editingFinished.connect(self.save)
            self._form.addRow(label, field)
            fields[name] = field
            if name in _CHECKED:
                wrong = QLabel(self._inside, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                wrong.setObjectName(f"article_wrong_{name}")
                wrong.hide()
                self._form.addRow(wrong)
                self._wrong[name] = wrong
        self._language_label = self._form.labelForField(fields["language"])
        return fields

    def _fact_labels(self) -> dict[str, QLabel]:
        sections = {
            self.tr("Counts"): {
                "words": self.tr("Words"),
                "paragraphs": self.tr("Paragraphs"),
                "marks": self.tr("Marks"),
                "notes": self.tr("With a note"),
            },
            self.tr("Original"): {
                "origin": self.tr("From"),
                "type": self.tr("Type"),
                "size": self.tr("Size"),
                "hash": self.tr("SHA-256"),
                "time": self.tr("Taken in"),
                "revisions": self.tr("Versions"),
            },
        }
        labels = {}
        for heading, rows in sections.items():
            self._section(heading)
            for name, text in rows.items():
                label = QLabel(self._inside, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                label.setObjectName(f"article_{name}")
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._form.addRow(text, label)
                labels[name] = label
        self._save_original = QPushButton(self.tr("Save the Original…"), self._inside)
        self._save_original.setObjectName("article_save_original")
        self._save_original.clicked.connect(lambda _on=False: self._desk.original_wanted.emit())
        self._form.addRow(self._save_original)
        return labels

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        return form

    def _section(self, text: str) -> QLabel:
        label = QLabel(text, self._inside)
        label.setObjectName("section")
        self._form.addRow(label)
        return label

    def _put_under(self, text: str, part: QWidget) -> QLabel:
        heading = QLabel(text, self._inside)
        heading.setObjectName("section")
        self._column.addWidget(heading)
        self._column.addWidget(part)
        return heading

    # --- showing ---

    def _open(self) -> None:
        self.save()
        opened = self._desk.opened
        self._article_id = opened.id if opened else ""
        self._tell_wrong({})
        for field in self.fields.values():
            field.stored = field.text()
        self._go_stale()

    def _marks_changed(self, _changes: Changes) -> None:
        self._go_stale()

    def _go_stale(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def _renew(self) -> None:
        self._is_stale = False
        opened = self._desk.opened
        self._inside.setEnabled(opened is not None)
        metadata = opened.record.metadata if opened else Metadata()
        for name, field in self.fields.items():
            field.show_value(getattr(metadata, name))
        self._show_guess(is_guessed=metadata.language_guessed)
        self._duplicates.renew()
        self.notes.renew()
        self._show_counts()
        self._show_original()
        self._versions.renew()
        self._versions_heading.setVisible(self._versions.isVisibleTo(self._inside))
        self._checks.renew()
        self._checks_heading.setVisible(self._checks.isVisibleTo(self._inside))
        self._conflicts.renew()
        self._conflicts_heading.setVisible(self._conflicts.isVisibleTo(self._inside))
        self._loose.renew()
        self._loose_heading.setVisible(self._loose.isVisibleTo(self._inside))

    def _show_guess(self, *, is_guessed: bool) -> None:
        """Say so beside the language if it was guessed; whoever writes another one says it."""
        text = self.tr("Language (guessed)") if is_guessed else self.tr("Language")
        tip = self.tr("Guessed from the words; type another one, such as en or pt-BR")
        assert isinstance(self._language_label, QLabel)
        self._language_label.setText(text)
        self.fields["language"].setAccessibleName(text)
        self.fields["language"].setToolTip(tip if is_guessed else "")

    def _show_counts(self) -> None:
        opened, number = self._desk.opened, QLocale().toString
        article = opened.article if opened else None
        notes = sum(1 for mark in self._desk.marks if mark.note)
        self._facts["words"].setText(number(len(article.text.split())) if article else "")
        self._facts["paragraphs"].setText(number(len(article.blocks)) if article else "")
        self._facts["marks"].setText(number(len(self._desk.marks)) if article else "")
        self._facts["notes"].setText(number(notes) if article else "")

    def _show_original(self) -> None:
        opened = self._desk.opened
        try:
            original = self._desk.library.original(opened.id) if opened else None
        except UserError as error:
            self._desk.failed.emit(error)
            original = None
        facts = self._facts
        self._save_original.setEnabled(original is not None)
        facts["revisions"].setText(QLocale().toString(opened.revisions) if opened else "")
        if original is None:
            for name in ("origin", "type", "size", "hash", "time"):
                facts[name].setText("–")
            return
        kind = f"{original.media_type} · {original.encoding}".removesuffix(" · ")
        facts["origin"].setText(original.origin)
        facts["type"].setText(kind)
        facts["size"].setText(QLocale().formattedDataSize(len(original.data)))
        facts["hash"].setText(f"{original.sha256[:_HASH_SHOWN]}…")
        facts["hash"].setToolTip(original.sha256)
        time = original.taken_at[11:16]
        facts["time"].setText(f"{shown_date(original.taken_at)} {time} UTC".strip())
