"""Setting pages: the article and what follows it down the middle, the notes down the margin.

Notes stand beside the words they are about, or as near below as those before them leave
room; what does not fit goes on beside the next page, and behind the last one in columns.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from postil.annotated_markdown import HandedOn
from postil.domain.colours import bar_colour
from postil.exporters import ExportOptions
from postil.exporters.copies import prepared
from postil.page.style import PageStyle
from postil.printing.flow import DocumentFlow, Flow, Ruled
from postil.printing.setting import Setting
from postil.printing.sheet import Sheet

_NOTE_GAP: Final = 9.0  # pixels between two notes
_PART_GAP: Final = 26.0  # pixels between the article and what follows it
_PITCH: Final = 9.0  # mm from one line to write on to the next
_PICTURE_DPI: Final = 300
_FEWEST: Final = 8  # lines to write on, or they go to a page of their own


@dataclass(frozen=True, slots=True)
class Placed:
    """Some lines of a flow on a page."""

    flow: Flow
    first: int
    last: int
    x: float
    y: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    placed: list[Placed] = field(default_factory=list)


class Pages:
    """Pages that have been set, ready to be painted.

    Args:
        sheet: the paper.
        style: the look of the page.
        title: runs along the top from the second page on.
        pages: what stands on them.
    """

    def __init__(self, sheet: Sheet, style: PageStyle, title: str, pages: list[Page]) -> None:
        self.sheet = sheet
        self._style = style
        self._title = title
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page.

        Args:
            painter: on a device that takes the whole sheet, with as many dots in an inch.
            number: of the page, from 0.
        """
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_edges(painter, number)
        for part in self._pages[number].placed:
            painter.save()
            painter.translate(part.x, part.y)
            part.flow.paint(painter, part.first, part.last)
            painter.restore()
        painter.restore()

    def _paint_edges(self, painter: QPainter, number: int) -> None:
        """Paint the running title and the number of the page."""
        sheet = self.sheet
        font = QFont(self._style.family)
        font.setPointSizeF(8)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter.setFont(font)
        painter.setPen(QColor(self._style.ink_soft))
        left, width = sheet.left + sheet.numbers, sheet.right - sheet.left - sheet.numbers
        if number:
            area = QRectF(left, sheet.top * 0.5, width, sheet.top * 0.3)
            title = painter.fontMetrics().elidedText(
                self._title, Qt.TextElideMode.ElideRight, int(width)
            )
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft, title)
        area = QRectF(left, sheet.bottom + sheet.apart, width, sheet.top * 0.4)
        words = f"{number + 1} / {len(self)}"
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, words)


def paint_page(painter: QPainter, pages: Pages, number: int) -> None:
    """Paint a page on a printer, as a picture where the printer insists on finer dots.

    Letters are sized by a device's dots, so pages are painted where an inch has ours.
    """
    if painter.device().logicalDpiY() == pages.sheet.dpi:
        pages.paint(painter, number)
        return
    area, sheet = painter.viewport(), pages.sheet
    finer = _PICTURE_DPI / sheet.dpi
    picture = QImage(
        round(sheet.width * finer), round(sheet.height * finer), QImage.Format.Format_RGB32
    )
    picture.setDevicePixelRatio(finer)
    picture.fill(Qt.GlobalColor.white)
    inner = QPainter(picture)
    pages.paint(inner, number)
    inner.end()
    painter.drawImage(QRectF(area), picture)


def set_pages(handed_on: HandedOn, options: ExportOptions) -> Pages:
    """Return the pages of an article; a QGuiApplication must exist.

    Args:
        handed_on: what is set.
        options: how.
    """
    handed_on, options = prepared(handed_on, options)
    setting = Setting(handed_on, options)
    pages = _Setter(setting, options).pages()
    title = handed_on.article.metadata.title
    return Pages(setting.sheet, setting.style, title, pages)


class _Setter:
    """Fills one page after another."""

    def __init__(self, setting: Setting, options: ExportOptions) -> None:
        self._setting = setting
        self._sheet = setting.sheet
        self._options = options
        self._pages = [Page()]
        self._y = self._sheet.top  # where the middle column goes on
        # Notes that wait for a page: what they say, its next line, where they want to stand.
        self._waiting: deque[tuple[Flow, int, float]] = deque()
        self._notes_y = self._sheet.top

    def pages(self) -> list[Page]:
        """Return them."""
        article = self._setting.article
        self._set(article, self._notes())
        after = self._setting.after()
        if after is not None:
            self._y += _PART_GAP
            self._set(after, iter(()))
        if self._options.room:
            self._set(self._room(), iter(()))
        self._set_columns()
        return self._pages

    def _notes(self) -> Iterator[tuple[Flow, float]]:
        """Yield the notes with the heights of their marks in the article."""
        for mark in self._setting.marks if self._setting.has_margin else ():
            bar = bar_colour(self._setting.looks.of_mark(mark).fill, self._setting.style.paper)
            flow = DocumentFlow(self._setting.note(mark), bar)
            yield flow, self._setting.article.height_at(mark.start)

    def _room(self) -> Flow:
        pitch = _PITCH * self._sheet.scale
        self._y += _PART_GAP / 2
        count = int((self._sheet.bottom - self._y) / pitch)
        if count < _FEWEST:
            self._turn()
            count = int((self._sheet.bottom - self._y) / pitch)
        text, style = self._setting.text, self._setting.style
        return Ruled(count, text.right - text.left, pitch, style.ink_soft)

    def _set(self, flow: Flow, notes: Iterator[tuple[Flow, float]]) -> None:
        """Set a flow down the middle of as many pages as it takes, its notes beside it."""
        first = 0
        following = next(notes, None)
        while first < len(flow.lines):
            last = flow.fit(first, self._sheet.bottom - self._y)
            if last == first and self._y > self._sheet.top:
                self._turn()
                continue
            last = max(last, first + 1)
            top, end = flow.lines[first].top, flow.lines[last - 1].bottom
            indent = 0.0 if flow is self._setting.article else self._setting.text.left
            x = self._sheet.left + indent
            self._pages[-1].placed.append(Placed(flow, first, last, x, self._y))
            while following is not None and following[1] < end:
                self._waiting.append((following[0], 0, self._y + following[1] - top))
                following = next(notes, None)
            self._y += flow.height(first, last)
            first = last
            if first < len(flow.lines):
                self._turn()

    def _turn(self) -> None:
        """Begin another page, with the notes that wait beside the old one first."""
        self._set_notes()
        self._pages.append(Page())
        self._y = self._notes_y = self._sheet.top

    def _set_notes(self) -> None:
        """Set waiting notes down the margin of the page, as many as it takes."""
        while self._waiting:
            flow, first, wanted = self._waiting[0]
            height = flow.height(first, len(flow.lines))
            y = max(self._notes_y, min(wanted, self._sheet.bottom - height))
            last = flow.fit(first, self._sheet.bottom - y)
            if last == first:
                break
            x = self._setting.notes_left
            self._pages[-1].placed.append(Placed(flow, first, last, x, y))
            self._notes_y = y + flow.height(first, last) + _NOTE_GAP
            if last < len(flow.lines):
                self._waiting[0] = (flow, last, 0.0)
                break
            self._waiting.popleft()
        # What is left over stands first on the next page.
        self._waiting = deque((flow, first, 0.0) for flow, first, _ in self._waiting)

    def _set_columns(self) -> None:
        """Set what still waits in columns, on pages of their own."""
        self._set_notes()
        sheet = self._sheet
        pitch = sheet.notes + 2 * sheet.apart
        count = max(int((sheet.right - sheet.left + 2 * sheet.apart) / pitch), 1)
        while self._waiting:
            self._pages.append(Page())
            for column in range(count):
                self._fill(sheet.left + column * pitch)

    def _fill(self, x: float) -> None:
        """Fill one column of a page with waiting notes."""
        y = self._sheet.top
        while self._waiting:
            flow, first, _ = self._waiting[0]
            last = flow.fit(first, self._sheet.bottom - y)
            if last == first:
                if y > self._sheet.top:
                    return
                last = first + 1
            self._pages[-1].placed.append(Placed(flow, first, last, x, y))
            y += flow.height(first, last) + _NOTE_GAP
            if last < len(flow.lines):
                self._waiting[0] = (flow, last, 0.0)
                return
            self._waiting.popleft()
