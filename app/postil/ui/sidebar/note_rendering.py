"""Notes as the cards show them: Markdown rendered outside this process, safe, and bounded.

The rendering is asked for in the background, many notes at once; until it is there, the
card shows the Markdown as it was typed. A document made here reads nothing from anywhere.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QObject, Qt, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from postil.domain.errors import UserError
from postil.ui.sidebar.card_look import CardLook

Render = Callable[[Sequence[str]], list[str]]

_KEPT = 2_000  # renderings
_SHOWN = 4_000  # characters of a note that a card shows; the editor shows all
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
_SINGLE = {"br", "hr", "img", "wbr", "input"}
_BATCH = 64  # notes sent at once
_DEPTH = 24  # of nested elements; Qt's layout of nested tables doubles with each level
_LONG_WORD = re.compile(r"\S{1000}")


def shown_part(note: str) -> str:
    """Return what a card shows of a note: all of it, or its beginning up to a line or a word."""
    if len(note) <= _SHOWN:
        return note
    start = note[:_SHOWN]
    cut = max(start.rfind("\n"), start.rfind(" "), _SHOWN // 2)
    return f"{start[:cut].rstrip()} …"


def is_layable(html: str) -> bool:
    """Return whether Qt lays this out in time: no deep nesting, no table in a table, no spans."""
    depth = tables = 0
    for closing, name, attributes in _TAG.findall(html.lower()):
        if name in _SINGLE:
            continue
        step = -1 if closing else 1
        depth += step
        tables += step * (name == "table")
        if depth > _DEPTH or tables > 1 or "span" in attributes:
            return False
    return True


class NoteDocument(QTextDocument):
    """A text document that loads no image, style sheet or other resource."""

    def loadResource(self, kind: int, _name: QUrl | str) -> object:
        """Return something empty for whatever is asked."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(0)
            return image
        return QByteArray()


def note_document(note: str, html: str | None, look: CardLook) -> QTextDocument:
    """Return a note ready to be laid out and painted.

    Args:
        note: Markdown; shown as it is while there is no rendering.
        html: its rendering, safe, or None.
        look: fonts and colours.
    """
    document = NoteDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.text)
    document.setDocumentMargin(0)
    option = QTextOption()
    long_word = _LONG_WORD.search(note)
    option.setWrapMode(
        QTextOption.WrapMode.WrapAnywhere
        if long_word
        else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    )
    document.setDefaultTextOption(option)
    if html is None or not is_layable(html):
        document.setPlainText(shown_part(note))
        return document
    gap = look.unit
    link, soft = look.colour("accent").name(), look.colour("text_soft").name()
    document.setDefaultStyleSheet(
        f"a {{ color: {link}; }} blockquote {{ color: {soft}; margin: 0 0 {gap}px {3 * gap}px; }}"
        f"p, ul, ol, pre, table {{ margin-top: 0; margin-bottom: {gap}px; }}"
        f"h1, h2, h3, h4, h5, h6 {{ font-size: medium; margin-top: 0; margin-bottom: {gap}px; }}"
        f"ul, ol {{ margin-left: {4 * gap}px; -qt-list-indent: 0; }}"
    )
    document.setHtml(html.strip())
    _turn_lists(document)
    _close_up(document)
    return document


def _turn_lists(document: QTextDocument) -> None:
    """Make room for the bullets of right-to-left items: Qt turns the lines, not the margins."""
    block = document.begin()
    while block.isValid():
        if block.textList() and block.textDirection() == Qt.LayoutDirection.RightToLeft:
            turned = QTextBlockFormat()
            turned.setRightMargin(block.blockFormat().leftMargin())
            turned.setLeftMargin(0)
            QTextCursor(block).mergeBlockFormat(turned)
        block = block.next()


def _close_up(document: QTextDocument) -> None:
    """Take the space after the last paragraph away: the card has its own."""
    last = document.lastBlock()
    if last.isValid():
        form = last.blockFormat()
        form.setBottomMargin(0)
        QTextCursor(last).setBlockFormat(form)


class _Job(QObject):
    """One batch of notes on its way; outlives the renderer if it must."""

    done = Signal(object)  # dict from note to HTML; notes that failed are missing

    def __init__(self, render: Render, notes: list[str]) -> None:
        super().__init__()
        self._render = render
        self.notes = notes

    def run(self) -> None:
        """Render, on the thread of the pool."""
        try:
            pages = self._render([shown_part(note) for note in self.notes])
        except UserError:  # the card goes on showing the Markdown as it was typed
            pages = []
        self.done.emit(dict(zip(self.notes, pages, strict=False)))


class NoteRenderer(QObject):
    """Renderings of notes, asked for as cards come into view.

    Args:
        render: turns Markdown into safe HTML; called on a worker thread.
        parent: owns this.
    """

    rendered = Signal(object)  # the set of notes that can now be had

    def __init__(self, render: Render, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._render = render
        self._pages: OrderedDict[str, str | None] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._job: _Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._send)

    def html(self, note: str) -> str | None:
        """Return the rendering of a note, or None while it is not there."""
        if note in self._pages:
            self._pages.move_to_end(note)
            return self._pages[note]
        self._wanted[note] = None
        self._wanted.move_to_end(note)
        if self._job is None:
            self._soon.start()
        return None

    def _send(self) -> None:
        """Send the notes asked for last: they are the ones in view."""
        notes = [self._wanted.popitem()[0] for _ in range(min(_BATCH, len(self._wanted)))]
        self._wanted.clear()
        if not notes:
            return
        self._job = _Job(self._render, notes)
        self._job.done.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        QThreadPool.globalInstance().start(self._job.run)

    def _keep(self, pages: dict[str, str]) -> None:
        job, self._job = self._job, None
        for note in job.notes if job else ():
            self._pages[note] = pages.get(note)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        self.rendered.emit(frozenset(pages))
        if self._wanted:
            self._soon.start()
