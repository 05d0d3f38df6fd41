"""What of a page becomes the article: its blocks, those that are left out faint and folded.

Each can be thrown out or put back, and what the page says of itself can be put right, before
anything is taken in.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.domain.article import Article, Block, BlockKind, Metadata
from postil.domain.canonical import CELL_BREAK
from postil.domain.errors import UserError
from postil.importers.choosing import first_words
from postil.importers.whole import Whole
from postil.library import check_metadata
from postil.ui.counting import counted
from postil.ui.dialogs.choice_tree import CHECKED, UNCHECKED, ChoiceTree
from postil.ui.line_edit import LineEdit
from postil.ui.toast import announce

MOST_BLOCKS = 20_000  # a page with more is not shown; it would take seconds
_SHOWN = 600  # characters of a block that are shown
_FAINT = 90  # characters of a block that is left out
_SMOOTH = 2_000  # blocks up to which the list scrolls by pixels, for which it measures all
_MARGINS = 16  # pixels beside the words of a row
_GAP = 6  # pixels between two rows
_Role = Qt.ItemDataRole


class _BlockItem(QTreeWidgetItem):
    """A block of the page; how it looks says whether it is kept.

    Args:
        text: its words.
        block: what it is.
        palette: of the dialog.
    """

    def __init__(self, text: str, block: Block, palette: QPalette, *, is_kept: bool) -> None:
        super().__init__()
        self._text = text.replace(CELL_BREAK, "  |  ")
        if block.kind is BlockKind.ITEM:
            sign = "•" if block.number is None else f"{block.number}."
            self._text = f"{sign} {self._text}"
        self._kind = block.kind
        self._soft = palette.color(QPalette.ColorRole.PlaceholderText)
        self.setCheckState(0, CHECKED if is_kept else UNCHECKED)

    @property
    def is_kept(self) -> bool:
        """Whether it becomes part of the article."""
        return self.checkState(0) is CHECKED

    def data(self, column: int, role: int) -> object:
        """Return how it looks."""
        if role == _Role.DisplayRole:
            if not self.is_kept:
                return first_words(self._text, _FAINT)
            return self._text if len(self._text) <= _SHOWN else f"{self._text[:_SHOWN]}…"
        if role == _Role.ForegroundRole and not self.is_kept:
            return self._soft
        if role == _Role.FontRole and self.is_kept:
            font = QFont()
            font.setBold(self._kind is BlockKind.HEADING)
            font.setItalic(self._kind in (BlockKind.CAPTION, BlockKind.QUOTATION))
            return font
        return super().data(column, role)


class _Lines(QStyledItemDelegate):
    """Gives each block the height of its words: broken into lines where it is kept."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a row."""
        tree = self.parent()
        assert isinstance(tree, ChoiceTree)
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        metrics = QFontMetrics(full.font)
        height = metrics.lineSpacing()
        if isinstance(tree.itemFromIndex(index), _BlockItem) and full.checkState is CHECKED:
            depth = 2 if index.parent().isValid() else 1
            box = tree.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
            width = tree.viewport().width() - depth * tree.indentation() - box - _MARGINS
            room = QRect(0, 0, max(width, 1), 1_000_000)
            height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, full.text).height()
        return QSize(0, height + _GAP)


class PagePreview(QDialog):
    """Shows the blocks of a page.

    Args:
        whole: all of them.
        wanted: whether each is kept at first.
        metadata: what is known of the article.
        parent: the window.
        agree: the word on the button that takes it in.
        may_stop: whether to offer that this is not shown again.
    """

    def __init__(
        self,
        whole: Whole,
        wanted: Sequence[bool],
        metadata: Metadata,
        parent: QWidget | None = None,
        *,
        agree: str = "",
        may_stop: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pagePreview")
        self.setWindowTitle(self.tr("What becomes the article"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 680)
        self._before = metadata
        self._found = whole.kept
        self.fields = {
            "title": self._field(self.tr("&Title"), metadata.title),
            "author": self._field(self.tr("A&uthor"), metadata.author),
            "outlet": self._field(self.tr("&Outlet"), metadata.outlet),
            "published": self._field(self.tr("&Date"), metadata.published),
        }
        self.tree = ChoiceTree(self.tr("Passages of the page"))
        self.tree.setObjectName("preview_blocks")
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setItemDelegate(_Lines(self.tree))
        self.tree.setIndentation(18)
        if len(whole.kept) <= _SMOOTH:
            self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setObjectName("preview_count")
        self.problem = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.problem.setObjectName("preview_problem")
        self.problem.hide()
        again = self.tr("&Show this before a page from the web is taken in")
        self.again = QCheckBox(again, self)  # without a parent it would be a window, for a moment
        self.again.setChecked(True)
        self.again.setVisible(may_stop)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(agree or self.tr("Take &In"))
        self._lay_out()
        self._items: list[_BlockItem] = []
        self._fill(whole, wanted)
        self.tree.turned.connect(self._tell)
        self._tell()
        self.tree.setFocus()

    def wanted(self) -> list[bool]:
        """Return whether each block is kept."""
        return [item.is_kept for item in self._items]

    def metadata(self) -> Metadata:
        """Return what is known of the article, with what was put right."""
        return replace(
            self._before,
            title=self.fields["title"].text().strip() or self._before.title,
            author=self.fields["author"].text().strip(),
            outlet=self.fields["outlet"].text().strip(),
            published=self.fields["published"].text().strip(),
        )

    def accept(self) -> None:
        """Agree, unless a field says what it cannot."""
        try:
            check_metadata(self._before, self.metadata())
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            announce(self.problem, str(error))
            self.fields["published"].setFocus()
            return
        super().accept()

    def _field(self, label: str, value: str) -> LineEdit:
        field = LineEdit(value)
        field.setAccessibleName(label.replace("&", ""))
        field.setCursorPosition(0)
        field.setProperty("label", label)
        return field

    def _lay_out(self) -> None:
        form = QFormLayout()
        for field in self.fields.values():
            form.addRow(field.property("label"), field)
        hint = QLabel(
            self.tr(
                "What is ticked becomes the article. Space turns what is selected, "
                "Delete leaves it out, Insert puts it back."
            )
        )
        hint.setObjectName("soft")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        for text, act in (
            (self.tr("&Put Back"), lambda: self.tree.turn_selected(CHECKED)),
            (self.tr("&Leave Out"), lambda: self.tree.turn_selected(UNCHECKED)),
            (self.tr("&As Found"), self._as_found),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.count)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.again)
        column.addWidget(self._buttons)

    def _fill(self, whole: Whole, wanted: Sequence[bool]) -> None:
        """Put the blocks in; those left out in a row are folded into one line."""
        palette = self.palette()
        article = whole.article
        first: _BlockItem | None = None
        for is_kept, run in groupby(range(len(wanted)), key=wanted.__getitem__):
            items = []
            for at in run:
                block = article.blocks[at]
                text = article.block_text(block)
                items.append(_BlockItem(text, block, palette, is_kept=is_kept))
            self._items += items
            if is_kept or len(items) == 1:
                self.tree.addTopLevelItems(items)
            else:
                self.tree.addTopLevelItem(self._fold(items, article))
            first = first or (items[0] if is_kept else None)
        if first is not None:
            self.tree.setCurrentItem(first)
            self.tree.scrollToItem(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def _fold(self, items: list[_BlockItem], article: Article) -> QTreeWidgetItem:
        """Return the line that stands for the blocks that were put in last and are left out."""
        blocks = article.blocks[len(self._items) - len(items) : len(self._items)]
        begins = " · ".join(map(article.block_text, blocks[:4]))
        count = counted(len(items), "1 passage", "%n passages")
        text = self.tr("{0}: {1}").format(count, first_words(begins, _FAINT))
        fold = QTreeWidgetItem([text])
        fold.setFlags(fold.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        fold.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
        fold.addChildren(items)
        return fold

    def _as_found(self) -> None:
        for state, kept in ((CHECKED, True), (UNCHECKED, False)):
            pairs = zip(self._items, self._found, strict=True)
            self.tree.turn((item for item, found in pairs if found is kept), state)

    def _tell(self) -> None:
        kept = sum(self.wanted())
        left = len(self._items) - kept
        self._ok.setEnabled(kept > 0)
        self.count.setText(
            " · ".join(
                (
                    counted(kept, "1 passage kept", "%n passages kept"),
                    counted(left, "1 left out", "%n left out"),
                )
            )
        )
