"""The pages as they will be printed, with what can be chosen about them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from postil.annotated_markdown import HandedOn
from postil.printing import PDF, Pages, paint_page, set_pages
from postil.settings import Settings
from postil.ui.dialogs.copy_options import CopyOptions
from postil.ui.prompts import Prompts


class PrintPreview(QDialog):
    """Shows the pages of articles, and prints them.

    Args:
        articles: printed one after another.
        prompts: asks which printer.
        settings: keeps what is chosen.
        parent: the window.
    """

    def __init__(
        self,
        articles: list[HandedOn],
        prompts: Prompts,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("printPreview")
        self.setWindowTitle(self.tr("Print"))
        self.setAccessibleName(self.tr("Print"))
        self.resize(820, 760)
        self._articles = articles
        self._prompts = prompts
        self._pages: list[Pages] = []
        self.printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        self.printer.setFullPage(True)
        self.printer.setDocName(articles[0].article.metadata.title)
        self.printer.setCreator("Postil")
        self.options = CopyOptions(settings)
        self.options.offer(PDF.takes)
        self.options.changed.connect(self._set)
        self.preview = QPrintPreviewWidget(self.printer, self)
        self.preview.setObjectName("printedPages")
        self.preview.setAccessibleName(self.tr("Pages that will be printed"))
        self.preview.paintRequested.connect(self._paint)
        buttons = QDialogButtonBox()
        words = self.tr("&Print…")
        self.print_button = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        self.print_button.setAccessibleName(words.replace("&", ""))
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self._print)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.options)
        layout.addWidget(self.preview, 1)
        layout.addWidget(buttons)
        self._set()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return sum(map(len, self._pages))

    def _set(self) -> None:
        """Set the pages anew."""
        options = self.options.value()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._pages = [set_pages(article, options) for article in self._articles]
            sheet = self._pages[0].sheet
            self.printer.setPageLayout(sheet.layout)
            self.printer.setResolution(sheet.dpi)
            self.preview.updatePreview()
        finally:
            QApplication.restoreOverrideCursor()

    def _paint(self, printer: QPrinter) -> None:
        """Paint the pages that are wanted."""
        all_pages = [(pages, n) for pages in self._pages for n in range(len(pages))]
        first, last = printer.fromPage() or 1, printer.toPage() or len(all_pages)
        painter = QPainter(printer)
        for index, (pages, number) in enumerate(all_pages[first - 1 : last]):
            if index:
                printer.newPage()
            paint_page(painter, pages, number)
        painter.end()

    def _print(self) -> None:
        dialog = QPrintDialog(self.printer, self)
        dialog.setMinMax(1, max(self.count, 1))
        accepted = self._prompts.show(dialog)
        dialog.deleteLater()
        if accepted:
            self._paint(self.printer)
            self.accept()
