"""Pages: an article with its marks and notes, set for paper, as a PDF file or on a printer.

The words and marks are laid out and painted by `page`, as in the window; what is here cuts
them into pages and sets the notes beside or behind them. No widgets.
"""

from postil.printing.pages import Pages, paint_page, set_pages
from postil.printing.pdf import PDF
from postil.printing.pictures import page_pictures

__all__ = ["PDF", "Pages", "page_pictures", "paint_page", "set_pages"]
