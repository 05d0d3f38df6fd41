"""The dialog that makes or changes a tag; it says what is wrong while one types."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.codebooks import near_duplicates, new_code
from postil.domain.tags import LineStyle, Tag
from postil.library import AddTag, ChangeTag, Command
from postil.ui.desk import Desk
from postil.ui.dialogs.choose_tag import ChooseTag
from postil.ui.line_edit import LineEdit
from postil.ui.prompts import Prompts

_PAUSE_MS = 120  # after a key, before names are compared
_LINES = 3  # shown of a definition


@dataclass(frozen=True)
class TagPlan:
    """Where a tag is, or is to be."""

    codebook_id: str
    group_id: str
    tag: Tag | None = None  # None for a new one


class TagDialog(QDialog):
    """Asks for all that is said of a tag.

    Args:
        desk: has the other tags.
        prompts: shows the list of tags to choose from.
        plan: which tag, or where a new one goes.
        parent: the window.
    """

    def __init__(
        self, desk: Desk, prompts: Prompts, plan: TagPlan, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._prompts, self._plan = desk, prompts, plan
        self.setObjectName("tagDialog")
        title = self.tr("Edit Tag") if plan.tag else self.tr("New Tag")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(520, 560)
        self.name, self.code = LineEdit(), LineEdit()
        self.line = QComboBox()
        self.definition, self.question, self.example = (QPlainTextEdit() for _ in range(3))
        self.confused = QListWidget()
        self._add, self._remove = QPushButton(self.tr("&Add…")), QPushButton(self.tr("&Remove"))
        self._wrong, self._near = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._fill()
        self._soon.timeout.connect(self.look)
        for field in (self.name, self.code):
            field.textChanged.connect(self._look_soon)
        for prose in (self.definition, self.question, self.example):
            prose.textChanged.connect(self._look_soon)
        self._add.clicked.connect(self._add_confused)
        self._remove.clicked.connect(lambda: self.confused.takeItem(self.confused.currentRow()))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    @property
    def command(self) -> Command:
        """What makes or changes the tag as it stands in the fields."""
        said: dict[str, Any] = {
            "name": self.name.text(),
            "code": self.code.text(),
            "line_style": LineStyle(self.line.currentData()),
            "definition": self.definition.toPlainText(),
            "example": self.example.toPlainText(),
            "question": self.question.toPlainText(),
            "confused_with": tuple(
                self.confused.item(row).data(Qt.ItemDataRole.UserRole)
                for row in range(self.confused.count())
            ),
        }
        tag = self._plan.tag
        if tag is None:
            return AddTag(self._plan.codebook_id, self._plan.group_id, **said)
        return ChangeTag(tag.id, **said)

    @property
    def warning(self) -> str:
        """What is said of the name and the code just now."""
        return "\n".join(filter(None, (self._wrong.text(), self._near.text())))

    def look(self) -> None:
        """Say whether the library would take this, and which names are nearly the same."""
        name, tag = self.name.text(), self._plan.tag
        others = [t for t in self._desk.tags.values() if tag is None or t.id != tag.id]
        here = [t for t in others if t.codebook_id == self._plan.codebook_id]
        if name.strip():
            self.code.setPlaceholderText(new_code(name, {t.code for t in here}))
        objection = self._desk.library.objection(self.command)
        is_begun = bool(name.strip() or self.code.text())
        self._wrong.setText(str(objection) if objection and is_begun else "")
        near = near_duplicates(name, others)[:3] if name.strip() else []
        if tag is not None and name == tag.name:
            near = []  # it has been so before
        names = ", ".join(f"{t.code} “{t.name}”" for t in near)
        self._near.setText(self.tr("There is one much like it: {0}").format(names) if near else "")
        for label in (self._wrong, self._near):
            label.setVisible(bool(label.text()))
        self.save.setEnabled(objection is None)

    def accept(self) -> None:
        """Close, unless the library would refuse this."""
        self.look()
        if self.save.isEnabled():
            super().accept()

    def done(self, result: int) -> None:
        """Close and look no more."""
        self._soon.stop()
        super().done(result)

    def _look_soon(self) -> None:
        self._soon.start()

    def _lay_out(self) -> None:
        for style, word in (
            (LineStyle.SOLID, self.tr("solid")),
            (LineStyle.DASH, self.tr("dashed")),
            (LineStyle.DOT, self.tr("dotted")),
            (LineStyle.DASHDOT, self.tr("dashes and dots")),
            (LineStyle.WAVE, self.tr("wavy")),
        ):
            self.line.addItem(word, style)
        self.line.view().setAccessibleName(self.tr("Underline"))
        self.code.setMaxLength(8)  # more than a code may have, so that it is told and not cut
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, str, QWidget], ...] = (
            ("tagName", self.tr("&Name"), self.name),
            ("tagCode", self.tr("&Code"), self.code),
            ("tagLine", self.tr("Un&derline"), self.line),
            ("tagDefinition", self.tr("De&finition"), self.definition),
            ("tagQuestion", self.tr("Telling &question"), self.question),
            ("tagExample", self.tr("&Example"), self.example),
            ("tagConfused", self.tr("Often confused &with"), self.confused),
        )
        for object_name, label, widget in rows:
            widget.setObjectName(object_name)
            widget.setAccessibleName(label.replace("&", ""))
            form.addRow(label, widget)
            if isinstance(widget, QPlainTextEdit):
                widget.setTabChangesFocus(True)
                widget.setFixedHeight(widget.fontMetrics().lineSpacing() * _LINES + 18)
        self.confused.setMaximumHeight(self.confused.fontMetrics().lineSpacing() * _LINES + 18)
        beside = QHBoxLayout()
        for button in (self._add, self._remove):
            button.setAutoDefault(False)
            beside.addWidget(button)
        beside.addStretch(1)
        form.addRow("", beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addLayout(form)
        for label_ in (self._wrong, self._near):
            label_.setTextFormat(Qt.TextFormat.PlainText)
            label_.hide()
            column.addWidget(label_)
        self._wrong.setObjectName("tagWrong")
        self._near.setObjectName("tagNear")
        column.addStretch(1)
        column.addWidget(self._buttons)

    def _fill(self) -> None:
        tag = self._plan.tag
        if tag is None:
            self.save.setEnabled(False)
            return
        self.name.setText(tag.name)
        self.code.setText(tag.code)
        self.line.setCurrentIndex(self.line.findData(tag.line_style))
        self.definition.setPlainText(tag.definition)
        self.question.setPlainText(tag.question)
        self.example.setPlainText(tag.example)
        for other in tag.confused_with:
            self._list(other)

    def _add_confused(self) -> None:
        listed = {
            self.confused.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(self.confused.count())
        }
        if self._plan.tag is not None:
            listed.add(self._plan.tag.id)
        dialog = ChooseTag(
            self._desk,
            self.tr("Often Confused With"),
            self.tr("Which tag is it often confused with?"),
            self._plan.codebook_id,
            listed,
            self.tr("Add"),
            parent=self,
        )
        if self._prompts.show(dialog):
            self._list(dialog.tag_id)
        dialog.deleteLater()

    def _list(self, tag_id: str) -> None:
        tag = self._desk.tags.get(tag_id)
        row = QListWidgetItem(f"{tag.code}  {tag.name}" if tag else tag_id, self.confused)
        row.setData(Qt.ItemDataRole.UserRole, tag_id)
