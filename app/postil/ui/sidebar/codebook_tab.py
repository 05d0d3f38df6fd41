"""The codebooks: which are on, their groups and tags with counts, and what each tag means."""

from collections import Counter
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.domain.history import Changes
from postil.domain.tags import Tag, TagSet
from postil.library import EnableCodebook
from postil.ui.desk import Desk
from postil.ui.sidebar.card_look import MARK_INK, CardLook, card_look
from postil.ui.theme import Theme

_CODEBOOK = Qt.ItemDataRole.UserRole
_TAG = Qt.ItemDataRole.UserRole + 1
_CODE = Qt.ItemDataRole.UserRole + 2
_COLOUR = Qt.ItemDataRole.UserRole + 3
_GROUP = Qt.ItemDataRole.UserRole + 4


class TagRowDelegate(QStyledItemDelegate):
    """Paints the code of a tag on its colour before the name."""

    def __init__(self, look: CardLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row and, for a tag, its code."""
        code = index.data(_CODE)
        if not code:
            super().paint(painter, option, index)
            return
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        name, row.text = row.text, ""
        style = row.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        metrics, unit = QFontMetrics(self.look.code), self.look.unit
        width = metrics.horizontalAdvance("MM") + 2 * unit
        chip = QRect(row.rect.left() + unit, 0, width, metrics.height())
        chip.moveTop(row.rect.center().y() - metrics.height() // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(index.data(_COLOUR)))
        painter.drawRoundedRect(chip, self.look.radius / 2, self.look.radius / 2)
        painter.setPen(QColor(MARK_INK))
        painter.setFont(self.look.code)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, code)
        painter.setPen(row.palette.color(QPalette.ColorRole.Text))
        painter.setFont(row.font)
        room = row.rect.adjusted(chip.width() + 3 * unit, 0, 0, 0)
        words = QFontMetrics(row.font).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a height that has room for the code."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), QFontMetrics(option.font).height() * 3 // 2))


class CodebookTab(QWidget):
    """All codebooks as a tree, and what the chosen tag means.

    Args:
        desk: has tags and marks.
        theme: has the colours.
        parent: owns this.
    """

    tag_wanted = Signal(str)  # show the marks with this tag

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = theme
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._counts: Counter[str] = Counter()
        self._is_stale = True
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("tags_tree")
        self.tree.setAccessibleName(self.tr("Codebooks and tags"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(QFontMetrics(self.font()).averageCharWidth() * 2)
        self._rows_look = TagRowDelegate(card_look(self.font(), theme), self.tree)
        self.tree.setItemDelegateForColumn(0, self._rows_look)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.panel = TagPanel(desk, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.setFocusProxy(self.tree)
        self.tree.currentItemChanged.connect(self._show_tag)
        self.tree.itemChanged.connect(self._enable)
        self.tree.itemActivated.connect(self._want)
        self.tree.itemClicked.connect(self._isolate)
        desk.showing_changed.connect(self.panel.show_isolated)
        self.panel.tag_wanted.connect(self.tag_wanted)
        desk.tags_changed.connect(self._go_stale)
        desk.article_opened.connect(self._go_stale)
        desk.marks_changed.connect(self._recount)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._rows_look.look = card_look(self.font(), theme)
        self.tree.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the tree when it is first looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    def _go_stale(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def _renew(self) -> None:
        """Fill the tree anew; the chosen tag stays chosen."""
        self._is_stale = False
        chosen = self.panel.tag_id
        self._counts = Counter(tag for mark in self._desk.marks for tag in mark.tags)
        self.tree.blockSignals(True)
        self.tree.clear()
        self._rows = {}
        for tag_set in self._desk.library.tag_sets():
            self._add(tag_set)
        self.tree.blockSignals(False)
        if chosen in self._rows:
            self.tree.setCurrentItem(self._rows[chosen])
        else:
            self.panel.show_tag("", 0)

    def _add(self, tag_set: TagSet) -> None:
        codebook = tag_set.codebook
        top = QTreeWidgetItem(self.tree, [codebook.name, ""])
        top.setData(0, _CODEBOOK, codebook.id)
        top.setToolTip(0, codebook.description)
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        state = Qt.CheckState.Checked if codebook.enabled else Qt.CheckState.Unchecked
        top.setCheckState(0, state)
        if not codebook.enabled:
            return
        groups = {}
        for group in tag_set.groups:
            row = groups[group.id] = QTreeWidgetItem(top, [group.name, ""])
            row.setForeground(0, self._theme.colour("text_soft"))
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            row.setData(0, _COLOUR, group.colour)
            row.setData(0, _GROUP, group.id)
        for tag in tag_set.tags:
            self._add_tag(groups.get(tag.group_id, top), tag)
        for row in groups.values():
            row.setHidden(not row.childCount())
            row.setExpanded(True)
        top.setExpanded(True)

    def _add_tag(self, parent: QTreeWidgetItem, tag: Tag) -> None:
        row = QTreeWidgetItem(parent, [tag.name, ""])
        row.setData(0, _TAG, tag.id)
        row.setData(0, _CODE, tag.code)
        row.setData(0, _COLOUR, parent.data(0, _COLOUR) or "#DDDDDD")
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{tag.code} {tag.name}")
        row.setToolTip(0, tag.definition)
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.setForeground(1, self._theme.colour("text_soft"))
        self._rows[tag.id] = row
        self._write_count(tag.id)

    def _write_count(self, tag_id: str) -> None:
        count = self._counts[tag_id]
        self._rows[tag_id].setText(1, f"{count:,}" if count else "")
        if tag_id == self.panel.tag_id:
            self.panel.show_tag(tag_id, count)

    def _recount(self, changes: Changes) -> None:
        if self._is_stale or self._desk.opened is None:
            return
        touched: set[str] = set()
        for before, after in changes.annotations(self._desk.opened.id):
            for mark, step in ((before, -1), (after, 1)):
                if mark is not None and mark.placement.is_placed:
                    touched.update(mark.tags)
                    self._counts.update(dict.fromkeys(mark.tags, step))
        for tag_id in touched & self._rows.keys():
            self._write_count(tag_id)

    def _show_tag(self, row: QTreeWidgetItem | None) -> None:
        tag_id = row.data(0, _TAG) if row else ""
        self.panel.show_tag(tag_id or "", self._counts[tag_id or ""])

    def _enable(self, row: QTreeWidgetItem, _column: int) -> None:
        codebook_id = row.data(0, _CODEBOOK)
        if codebook_id:
            on = row.checkState(0) is Qt.CheckState.Checked
            if self._desk.do(EnableCodebook(codebook_id, on)) is None:
                self._go_stale()

    def _isolate(self, row: QTreeWidgetItem) -> None:
        """Let the marks of a tag or a group stand out in the article."""
        tag_id, group_id, parent = row.data(0, _TAG), row.data(0, _GROUP), row.parent()
        if tag_id:
            self._desk.isolate((tag_id,), row.text(0))
        elif group_id and parent is not None:
            tags = self._desk.group_tags(parent.data(0, _CODEBOOK), group_id)
            self._desk.isolate(tags, row.text(0))

    def _want(self, row: QTreeWidgetItem) -> None:
        if row.data(0, _TAG):
            self.tag_wanted.emit(row.data(0, _TAG))


class TagPanel(QScrollArea):
    """What a tag means."""

    tag_wanted = Signal(str)

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
        self._heading = QLabel(inside, wordWrap=True)
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
