"""Some words to put right: one paragraph to edit, to split with Enter or to join with the next."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.article import Article
from postil.domain.canonical import BLOCK_BREAK

_BREAKS = str.maketrans({"\u2029": BLOCK_BREAK})


class CorrectTextDialog(QDialog):
    """Asks for the words of a paragraph.

    Args:
        article: the text.
        position: code point in the paragraph, where the caret begins.
        parent: the window.
    """

    def __init__(self, article: Article, position: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correctDialog")
        self.setWindowTitle(self.tr("Correct text"))
        self.resize(600, 320)
        self._article = article
        self.first = article.block_at(position)
        self.count = 1
        block = article.blocks[self.first]
        self.editor = QPlainTextEdit()
        self.editor.setObjectName("correct_words")
        self.editor.setAccessibleName(self.tr("The words of the paragraph"))
        self.editor.setTabChangesFocus(True)
        self.editor.setPlainText(article.block_text(block))
        cursor = self.editor.textCursor()
        before = article.text[block.start : min(position, block.end)]
        cursor.setPosition(len(before.encode("utf-16-le")) // 2)
        self.editor.setTextCursor(cursor)
        hint = QLabel(
            self.tr(
                "Enter begins a new paragraph. The text becomes a new version; "
                "marks stay on their words."
            )
        )
        hint.setWordWrap(True)
        self.join = QPushButton(self.tr("&Join with Next Paragraph"))
        self.join.setObjectName("correct_join")
        self.join.setAutoDefault(False)
        self.join.clicked.connect(self._join)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.addButton(self.join, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("&Correct"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (hint, self.editor, buttons):
            column.addWidget(widget, 1 if widget is self.editor else 0)
        self.editor.setFocus()
        self._enable()

    def text(self) -> str:
        """Return the words; each line is a paragraph."""
        return self.editor.document().toRawText().translate(_BREAKS)

    def _join(self) -> None:
        """Take the next paragraph in, behind a space; the caret stands between the two."""
        following = self._article.blocks[self.first + self.count]
        cursor = self.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        at = cursor.position()
        cursor.insertText(" " + self._article.block_text(following))
        cursor.setPosition(at)
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()
        self.count += 1
        self._enable()

    def _enable(self) -> None:
        self.join.setEnabled(self.first + self.count < len(self._article.blocks))
