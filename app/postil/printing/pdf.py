"""The PDF file: pages painted by Qt, without the date, machine or person of the painting."""

import re
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QBuffer, QIODevice, QThread, QUuid
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter

from postil.annotated_markdown import HandedOn
from postil.exporters import Exported, Exporter, ExportOptions
from postil.exporters.copies import prepared
from postil.exporters.left_out import Unsaid, left_out, loose_links
from postil.printing.pages import Pages, set_pages

T = TypeVar("T")

TAKES: Final = frozenset({"numbers", "legend", "room", "neutral", "paper", "notes", "copy"})
# Qt writes the time of writing; the file is a function of content, and says nothing of a day.
_TIMES: Final = re.compile(
    rb"/(?:Creation|Mod)Date \(D:[0-9Z+'-]*\)"
    rb'| xmp:(?:Create|Modify|Metadata)Date="[0-9TZ:+-]*"'
)


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the PDF file of an article; may be called on any thread.

    Without an application one is made that needs no display.
    """
    if QGuiApplication.instance() is None:
        make_application()
    return in_qt_thread(lambda: _export(handed_on, options))


def make_application() -> QGuiApplication:
    """Return an application for a process that shows nothing."""
    is_x11_or_wayland = sys.platform not in {"win32", "darwin"}
    platform = ["-platform", "offscreen"] if is_x11_or_wayland else []
    return QGuiApplication(["postil", *platform])


def in_qt_thread(function: Callable[[], T]) -> T:
    """Return what a function returns, called where documents may be laid out.

    Their layout wants timers, which Python's own threads do not have; Qt's do.
    """
    if QAbstractEventDispatcher.instance() is not None:
        return function()
    answers: list[T] = []
    worker = _Worker(lambda: answers.append(function()))
    worker.start()
    worker.wait()
    if worker.failure is not None:
        raise worker.failure
    return answers[0]


class _Worker(QThread):
    """Calls one function."""

    def __init__(self, function: Callable[[], None]) -> None:
        super().__init__()
        self._function = function
        self.failure: Exception | None = None

    def run(self) -> None:
        """Call it; Qt does."""
        try:
            self._function()
        except Exception as error:  # noqa: BLE001 - raised again by whoever waits
            self.failure = error


def _export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    handed_on, options = prepared(handed_on, options)
    pages = set_pages(handed_on, options)
    about = handed_on.article.metadata
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(pages.sheet.dpi)
    writer.setPageLayout(pages.sheet.layout)
    writer.setTitle(about.title)
    writer.setAuthor(about.author)
    writer.setCreator("Postil")
    writer.setDocumentId(QUuid(f"{{{_uuid(handed_on.article.sha256)}}}"))
    paint_all(writer, pages)
    data = bytes(buffer.data().data())
    remarks = left_out([handed_on], Unsaid.WAITING)
    remarks += () if options.neutral else loose_links([handed_on])
    return Exported(_TIMES.sub(lambda found: b" " * len(found[0]), data), remarks)


def paint_all(device: QPdfWriter, pages: Pages) -> None:
    """Paint all pages on a device that takes pages."""
    painter = QPainter(device)
    for number in range(len(pages)):
        if number:
            device.newPage()
        pages.paint(painter, number)
    painter.end()


def _uuid(digest: str) -> str:
    """Return the first half of a digest in the form of a UUID."""
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))


PDF = Exporter("PDF", ".pdf", "application/pdf", export, TAKES, is_text=False)
