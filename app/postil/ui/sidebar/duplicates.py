"""The remark that an article may be in the library twice, with a way to the other one."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Changes
from postil.ui.desk import Desk
from postil.ui.shelf.wording import likeness_words


class Duplicates(QLabel):
    """Names what may be the same as the open article; hides where nothing is.

    Args:
        desk: has the article, and opens the other one.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._desk = desk
        self._is_stale = True
        self.setObjectName("article_duplicates")
        self.setAccessibleName(self.tr("May be in the library twice"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.linkActivated.connect(desk.open_article)
        self.hide()
        desk.article_opened.connect(self._go_stale)
        desk.library_changed.connect(self._follow)

    def renew(self) -> None:
        """Look again, if articles have changed since."""
        if not self._is_stale:
            return
        self._is_stale = False
        opened = self._desk.opened
        try:
            found = self._desk.library.shelving.duplicates_of(opened.id) if opened else []
        except UserError as error:
            self._desk.failed.emit(error)
            found = []
        self.setText(
            "<br>".join(
                f'<a href="{escape(one.article_id)}">{escape(likeness_words(one))}</a>'
                for one in found
            )
        )
        self.setVisible(bool(found))

    def _go_stale(self) -> None:
        self._is_stale = True

    def _follow(self, changes: Changes) -> None:
        if changes.touches(ArticleRecord):
            self._is_stale = True
