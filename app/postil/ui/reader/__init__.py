"""The reader: the page with its marks, and everything that is done on it."""

from postil.ui.reader.view import ReaderView

__all__ = ["ReaderView"]
