"""The help window: how to do things, every action with its keys, and what this program is.

The list of keys is made from the table of actions, so it cannot be out of date.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

import postil
from postil.ui.action_table import MENUS, TABLE
from postil.ui.actions import words
from postil.ui.clear_button import add_clear_button

_PAGES = ("how", "keys", "about")


class HelpDialog(QDialog):
    """Help on three pages.

    Args:
        page: which one to begin with: "how", "keys" or "about".
        parent: the window.
    """

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(self.tr("Help"))
        self.setAccessibleName(self.tr("Help"))
        self.resize(880, 620)
        self.pages = QTabWidget()
        self.pages.setAccessibleName(self.tr("Help pages"))
        self.pages.tabBar().setDrawBase(False)
        self.pages.addTab(self._text(self._how(), self.tr("How to")), self.tr("&How to"))
        self.pages.addTab(self._keys(), self.tr("&Keys"))
        self.pages.addTab(self._text(self._about(), self.tr("About")), self.tr("&About"))
        self.pages.setCurrentIndex(_PAGES.index(page))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)

    def _how(self) -> str:
        """Return the first page: each thing people want to do, in a sentence or two."""
        answers = (
            *self._library(),
            *self._marking(),
            (
                self.tr("Choose among marks that overlap"),
                self.tr(
                    "Click: the smallest mark is chosen. Click again, or press O, for the next"
                    " one at the same place; Shift+O lists them all. A click on a bar in the"
                    " margin chooses its mark; +3 there lists three marks that have no bar."
                ),
            ),
            (
                self.tr("Move the ends of a mark"),
                self.tr(
                    "Choose it and drag the handles at its ends, or press Alt with an arrow key;"
                    " with Shift it moves by words, and E turns to the other end."
                ),
            ),
            (
                self.tr("Write a note"),
                self.tr(
                    "Choose a mark and press N, or click its card. Notes are Markdown. What you"
                    " type is kept as you type it."
                ),
            ),
            (
                self.tr("Take something back"),
                self.tr(
                    "Undo takes back every step, also after a restart, and its menu entry names"
                    " the step. Nothing asks before it deletes, because undo brings it back."
                ),
            ),
            (
                self.tr("Hand it on"),
                self.tr(
                    "Export writes a Markdown file that anybody can read and edit, and Postil opens"
                    " again with all marks in place. Keep its last line, or it counts as cut off."
                ),
            ),
        )
        pairs = (*answers, *self._how_the_page())
        return "".join(f"<h3>{escape(title)}</h3><p>{escape(text)}</p>" for title, text in pairs)

    def _how_the_page(self) -> tuple[tuple[str, str], ...]:
        """Return what people want to do with the page: set it, and show it to others."""
        return (
            (
                self.tr("Set the page as you like it"),
                self.tr(
                    "View ▸ Reading Look changes font, size, line height, line width and paper,"
                    " and shows it at once. Zoom with Ctrl and plus or minus, with Ctrl and the"
                    " wheel, or with two fingers."
                ),
            ),
            (
                self.tr("Show it to a class"),
                self.tr("Press F5: Space or a clicker reveals the marks, ? tells all keys."),
            ),
        )

    def _library(self) -> tuple[tuple[str, str], ...]:
        """Return what to do with the library: bring in, find again."""
        return (
            (
                self.tr("Bring an article in"),
                self.tr(
                    "Drop a file or selected text on the window, open a file, or copy an article"
                    " and paste it while the shelf has the focus. The same text a second time is"
                    " recognised and opened, not doubled."
                ),
            ),
            (
                self.tr("Find something in the library"),
                self.tr(
                    "Ctrl+Shift+F and a few words: articles, quotations and notes that have all of"
                    " them, with what stands around. “A phrase” stands as it is, begin* begins a"
                    " word, -word must not be there. tag: author: outlet: before: after: status:"
                    " and in: (title, text, note, quote) narrow the search. Enter opens the first"
                    " hit, Escape lets go."
                ),
            ),
        )

    def _marking(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Mark words"),
                self.tr(
                    "Select them. A bar appears: a digit gives one of the recent tags, T chooses"
                    " any tag or makes a new one, N begins a note, H makes a plain mark, Q takes"
                    " the last tag again. Escape leaves without a trace. Words that are marked"
                    " already take the tag into their mark; with Shift (a digit, Enter in the"
                    " field, or a click) they get a mark of its own beside it."
                ),
            ),
            (
                self.tr("Do without a mouse"),
                self.tr(
                    "F6 goes from part to part. F7 shows a caret in the article; Shift with the"
                    " arrows selects, X takes the word, the sentence, the paragraph, J and K go"
                    " from mark to mark. On keyboards without Latin letters the place of a key"
                    " counts. After a note, Escape goes back to where you were."
                ),
            ),
        )

    def _about(self) -> str:
        title = self.tr("Postil {0}").format(postil.__version__)
        lines = (
            self.tr(
                "Close reading of news and opinion: mark what a text does, say why you think"
                " so, hand it on as one file."
            ),
            self.tr(
                "Your articles and notes stay in a file on this computer. Postil does not use"
                " the network."
            ),
            self.tr(
                "Free software under the MIT licence. Made with Qt, which is used under the LGPL."
            ),
        )
        return f"<h2>{escape(title)}</h2>" + "".join(f"<p>{escape(line)}</p>" for line in lines)

    def _text(self, html: str, name: str) -> QWidget:
        label = QLabel(html)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setAccessibleName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(10, 14, 10, 10)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(name)
        area.setWidget(label)
        return area

    def _keys(self) -> QWidget:
        page = QWidget()
        search = QLineEdit()
        search.setObjectName("keysFilter")
        search.setPlaceholderText(self.tr("Find an action or a key"))
        search.setAccessibleName(self.tr("Find an action or a key"))
        add_clear_button(search)
        self.table = QTableView()
        self.table.setObjectName("keysTable")
        self.table.setAccessibleName(self.tr("Actions and keys"))
        self.table.setModel(self._rows())
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        search.textChanged.connect(self._look_for)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addWidget(search)
        layout.addWidget(self.table, 1)
        return page

    def _rows(self) -> QStandardItemModel:
        model = QStandardItemModel(self)
        model.setHorizontalHeaderLabels(
            [self.tr("Action"), self.tr("Keys"), self.tr("What it does")]
        )
        for spec in TABLE:
            menu = words(MENUS[spec.menu.partition("/")[0]]).replace("&", "")
            name = f"{menu} ▸ {words(spec.text).replace('&', '')}"
            native = QKeySequence.SequenceFormat.NativeText
            keys = ", ".join(QKeySequence(key).toString(native) for key in spec.keys)
            model.appendRow([QStandardItem(text) for text in (name, keys, words(spec.tip))])
        return model

    def _look_for(self, text: str) -> None:
        wanted = text.casefold()
        model = self.table.model()
        for row in range(model.rowCount()):
            cells = (str(model.index(row, column).data()) for column in range(3))
            self.table.setRowHidden(row, not any(wanted in cell.casefold() for cell in cells))
