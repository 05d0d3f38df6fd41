"""What a key has just done, in a few words: shown beside the mark for a moment, and spoken."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget

from postil.page.style import PageStyle
from postil.ui.reader.mark_bar import place_beside

_SHOWN_MS = 1_800


class Echo(QLabel):
    """The words; they lie over the reader and take no clicks.

    Args:
        parent: the reader.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("echo")
        self.setAccessibleName(self.tr("What was done"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(_SHOWN_MS)
        self._over.timeout.connect(self.hide)
        self.hide()

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page, the other way round."""
        self.setStyleSheet(
            f"#echo {{ background: {style.ink}; color: {style.paper}; border-radius: 6px;"
            " padding: 4px 9px }"
        )

    def say(self, text: str, beside: QRect, room: QRect) -> None:
        """Show the words beside an area, without covering it, and speak them."""
        self.setText(text)
        self.adjustSize()
        self.setGeometry(place_beside(beside, self.size(), room))
        self.show()
        self.raise_()
        self._over.start()
        announce(self, text)


def announce(source: QWidget, text: str) -> None:
    """Have a screen reader speak, once it has ended its sentence."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
