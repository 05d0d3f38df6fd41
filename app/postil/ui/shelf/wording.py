"""What the shelf calls orders, likenesses and filters."""

from PySide6.QtCore import QCoreApplication

from postil.domain.direction import isolated
from postil.domain.shelf import Duplicate, Likeness, ShelfOrder

_ORDERS = {
    ShelfOrder.TITLE: "Title",
    ShelfOrder.OUTLET: "Outlet",
    ShelfOrder.AUTHOR: "Author",
    ShelfOrder.PUBLISHED: "Date",
    ShelfOrder.ADDED: "Taken in",
    ShelfOrder.MARKS: "Marks",
}
_LIKENESSES = {
    Likeness.TEXT: "Same text as “{0}”",
    Likeness.ADDRESS: "Same address as “{0}”",
    Likeness.NEARLY: "Nearly the same text as “{0}”",
}


def order_word(order: ShelfOrder) -> str:
    """Return what articles are sorted by, in words."""
    return QCoreApplication.translate("shelf", _ORDERS[order])


def likeness_words(duplicate: Duplicate) -> str:
    """Return why an article may be another one, in words."""
    words = QCoreApplication.translate("shelf", _LIKENESSES[duplicate.likeness])
    return words.format(isolated(duplicate.title))
