"""What a tag means, and ways to its marks."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from postil.ui.desk import Desk


class TagPanel(QScrollArea):
    """What a tag means.

    Args:
        desk: has tags and marks.
        parent: owns this.
    """

    tag_wanted = Signal(str)  # show the marks with this tag

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codebook_scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._desk = desk
        self.tag_id = ""
        inside = QWidget(self)
        inside.setObjectName("codebook_panel")
        self._column = QVBoxLayout(inside)
        self._heading = QLabel(inside, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        bold = self._heading.font()
        bold.setBold(True)
        self._heading.setFont(bold)
        self._text = QLabel(inside, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._text.setObjectName("tag_meaning")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._marks = QPushButton(inside)
        self._marks.setObjectName("show_tagged")
        self._marks.clicked.connect(lambda: self.tag_wanted.emit(self.tag_id))
        for widget in (self._heading, self._text):
            self._column.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self._marks)
        self._only = QPushButton(self.tr("Only these"), inside)
        self._only.setCheckable(True)
        self._only.setObjectName("isolate_tag")
        self._only.setToolTip(self.tr("Fade all other marks in the article"))
        self._only.clicked.connect(self._isolate)
        line.addWidget(self._only)
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.show_tag("", 0)

    def show_tag(self, tag_id: str, count: int) -> None:
        """Show what a tag means, and how many marks of the article have it."""
        self.tag_id = tag_id
        tag = self._desk.tags.get(tag_id)
        self._marks.setVisible(tag is not None and count > 0)
        self._only.setVisible(tag is not None and count > 0)
        self.show_isolated()
        self._marks.setText(
            self.tr("Show 1 mark")
            if count == 1
            else self.tr("Show {0} marks").replace("{0}", f"{count:,}")
        )
        if tag is None:
            self._heading.clear()
            self._text.setText(escape(self.tr("Choose a tag to see what it means.")))
            return
        self._heading.setText(f"{tag.code}  {tag.name}")
        known = [self._desk.tags.get(other) for other in tag.confused_with]
        confused = "<br>".join(
            f"{escape(other.code)} {escape(other.name)}" for other in known if other
        )
        sections = (
            ("", escape(tag.definition)),
            (self.tr("Ask"), escape(tag.question)),
            (self.tr("Example"), f"<i>{escape(tag.example)}</i>" if tag.example else ""),
            (self.tr("Often confused with"), confused),
        )
        soft = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        paragraphs = []
        for label, words in sections:
            above = f'<span style="color:{soft}">{escape(label)}</span><br>' if label else ""
            paragraphs.append(f"<p>{above}{words}</p>" if words else "")
        self._text.setText("".join(paragraphs))

    def show_isolated(self) -> None:
        """Let the button say whether the marks of this tag stand out."""
        self._only.setChecked(self._desk.showing.isolated == frozenset((self.tag_id,)))

    def _isolate(self) -> None:
        self._desk.isolate((self.tag_id,), self._desk.tags[self.tag_id].name)
        self.show_isolated()
