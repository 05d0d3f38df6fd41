"""Words of the article on the clipboard: plain, or as a quotation that says where it is from."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from postil.domain.listing import OpenArticle
from postil.page.numbers import paragraph_numbers
from postil.ui.dates import shown_date
from postil.ui.desk import Desk
from postil.ui.reader.page_view import PageView


class Quoting(QObject):
    """Copies the selection or, without one, the words of the active mark.

    Args:
        desk: what lies open.
        page: where words are selected.
        parent: owns this.
    """

    said = Signal(str)  # what was done, in words

    def __init__(self, desk: Desk, page: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page

    def copy(self) -> None:
        """Copy the plain words."""
        opened, place = self._desk.opened, self._place()
        if opened and place:
            self._put(opened.article.text[slice(*place)].replace("\u2028", "\n"))

    def copy_with_source(self) -> None:
        """Copy the words in quotation marks, and after them where they stand."""
        opened, place = self._desk.opened, self._place()
        if opened and place:
            self._put(quotation(opened, *place))

    def _place(self) -> tuple[int, int] | None:
        if place := self._page.selection():
            return place
        if mark := self._desk.chosen_mark():
            return mark.start, mark.end
        self.said.emit(self.tr("Select words or choose a mark first"))
        return None

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.emit(self.tr("Copied"))


def quotation(opened: OpenArticle, start: int, end: int) -> str:
    """Return words with their source, as they go into another text.

    Args:
        opened: the article.
        start: code point of the first letter.
        end: code point after the last letter.
    """
    article = opened.article
    words = " ".join(article.text[start:end].split())
    known = opened.record.metadata
    title = f"“{known.title}”" if known.title else ""
    numbers = [
        number
        for block, number in zip(article.blocks, paragraph_numbers(article), strict=True)
        if number and block.start < end and start < block.end
    ]
    paragraphs = f"¶{numbers[0]}" if numbers else ""
    if len(numbers) > 1:
        paragraphs += f"–{numbers[-1]}"
    date = shown_date(known.published)
    parts = (known.author, title, known.outlet, date, paragraphs, known.source)
    source = ", ".join(part for part in parts if part)
    return f"“{words}” ({source})" if source else f"“{words}”"
