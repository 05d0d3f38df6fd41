"""The middle of the window: the article, or something in its place until it is left."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


class Centre(QStackedWidget):
    """Shows the article unless something else is asked for.

    Args:
        page: where the article is read.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("centre")
        self._page = page
        self.addWidget(page)
        self.setFocusProxy(page)

    def show_part(self, part: QWidget) -> None:
        """Show something instead of the article, and give it the focus."""
        if self.indexOf(part) < 0:
            self.addWidget(part)
        self.setCurrentWidget(part)
        self.setFocusProxy(part)
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, *, with_focus: bool = False) -> None:
        """Show the article again."""
        had_focus = self.currentWidget() is not self._page and self._has_focus()
        self.setCurrentWidget(self._page)
        self.setFocusProxy(self._page)
        if with_focus or had_focus:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)
