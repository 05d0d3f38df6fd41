"""Pages of a file one below another, to be looked at and scrolled."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

_GAP = 14  # pixels around and between pages


class PagePictures(QScrollArea):
    """Shows pictures of pages.

    Args:
        parent: owns the widget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pagePictures")
        self.setAccessibleName(self.tr("Pages that will be written"))
        self.setWidgetResizable(True)
        self.pages: list[QLabel] = []

    def wanted_width(self) -> int:
        """Return how wide a picture should be, in pixels of the window."""
        return max(self.viewport().width() - 2 * _GAP - self.verticalScrollBar().width(), 400)

    def show_pages(self, pictures: list[QImage], count: int) -> None:
        """Show other pages.

        Args:
            pictures: of the first ones.
            count: of all pages.
        """
        place = self.verticalScrollBar().value()
        sheet = QWidget()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        layout.setSpacing(_GAP)
        self.pages = []
        for number, picture in enumerate(pictures, 1):
            page = QLabel()
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            page.setPixmap(pixmap)
            page.setAlignment(Qt.AlignmentFlag.AlignCenter)
            page.setAccessibleName(self.tr("Page {0} of {1}").format(number, count))
            layout.addWidget(page)
            self.pages.append(page)
        layout.addStretch(1)
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(place)
