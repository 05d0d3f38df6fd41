"""The help window: how to do things, every action with its keys, and what this program is.

The list of keys is made from the table of actions, so it cannot be out of date.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

import postil
from postil.ui.dialogs.how_to import how_to
from postil.ui.dialogs.key_table import KeyTable
from postil.ui.keymap import Keymap

_PAGES = ("how", "keys", "about")


class HelpDialog(QDialog):
    """Help on three pages.

    Args:
        page: which one to begin with: "how", "keys" or "about".
        keymap: which keys the actions have.
        parent: the window.
    """

    def __init__(self, page: str, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(self.tr("Help"))
        self.setAccessibleName(self.tr("Help"))
        self.resize(880, 620)
        self.pages = QTabWidget()
        self.pages.setAccessibleName(self.tr("Help pages"))
        self.pages.tabBar().setDrawBase(False)
        self.pages.addTab(self._text(how_to(keymap), self.tr("How to")), self.tr("&How to"))
        keys = KeyTable(keymap)
        keys.setContentsMargins(0, 10, 0, 0)
        self.table = keys.table
        self.pages.addTab(keys, self.tr("&Keys"))
        self.pages.addTab(self._text(self._about(), self.tr("About")), self.tr("&About"))
        self.pages.setCurrentIndex(_PAGES.index(page))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)
        if page == "keys":
            keys.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self) -> str:
        title = self.tr("Postil {0}").format(postil.__version__)
        lines = (
            self.tr(
                "Close reading of news and opinion: mark what a text does, say why you think"
                " so, hand it on as one file."
            ),
            self.tr(
                "Your articles and notes stay in a file on this computer. Postil uses the"
                " network only to fetch a page whose address you name."
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
