"""The bar above the page in which words of the article are found as they are typed.

It tells what it found by signals and asks the desk to show the current hit; how hits look is
for the page and the strip to know. Keys work in all of the bar: Enter, F3 and Ctrl+G go on,
with Shift they go back, Escape closes.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from postil import isolation
from postil.library import AddAnnotations
from postil.page.finding import Hits
from postil.page.style import PageStyle
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.reader.find_panel import LONGEST, FindPanel
from postil.ui.reader.mark_bar import place_beside
from postil.ui.reader.offers import tag_offers
from postil.ui.reader.searcher import Searcher
from postil.ui.reader.snapping import Snapping
from postil.ui.reader.tag_field import TagField

_NO_HIT = (0, 0)


class Reading(Protocol):
    """What the bar asks of the reader."""

    def selection(self) -> tuple[int, int] | None:
        """Return the selected range in code points."""

    def select(self, start: int, end: int) -> None:
        """Select a range of code points."""

    def top_position(self) -> int:
        """Return the code point at the top of the page."""

    def setFocus(self) -> None:
        """Take the focus."""


class FindBar(FindPanel):
    """Searches for what the panel asks, goes from hit to hit and marks them.

    Args:
        desk: what lies open; told where to go, and given the marks.
        reader: where words are selected.
        parent: the bar stands at its top.
        run: runs a task of the child process, for regular expressions.
    """

    hits_changed = Signal(list)  # (start, end) of all hits in code points; empty when closed
    current_changed = Signal(int, int)  # the current hit; 0, 0 if there is none

    def __init__(
        self,
        desk: Desk,
        reader: Reading,
        parent: QWidget,
        run: Callable[..., bytes] = isolation.run,
    ) -> None:
        self._tags: TagField | None = None
        super().__init__(parent)
        self._desk = desk
        self._reader = reader
        self._room = parent
        self._hits = Hits()
        self._at = -1  # index of the current hit
        self._origin = 0  # the current hit is the first from here on
        self._goes_there = True  # whether the page follows what is found
        self._searcher = Searcher(run, self)
        self._searcher.found.connect(self._take)
        self.query_changed.connect(self._search)
        self.step_wanted.connect(self._step)
        self.tag_wanted.connect(self.ask_tag)
        self.left.connect(self.leave)
        desk.article_opened.connect(self._on_article)
        self._show_state()
        self.hide()

    # What others ask of the bar

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page."""
        super().set_style(style)
        self._style = style
        if self._tags:
            self._tags.set_style(style)

    def open(self) -> None:
        """Show the bar with the selected words, or with those it had."""
        place, opened = self._reader.selection(), self._desk.opened
        self._origin = place[0] if place else self._reader.top_position()
        self._goes_there = True
        if place and opened and place[1] - place[0] <= LONGEST:
            words = " ".join(opened.article.text[slice(*place)].split())
            self.field.setText(re.escape(words) if self.regex.isChecked() else words)
        if self.isVisible():
            self._search()
        else:
            self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close, and select the current hit in the reader."""
        current = self._current()
        self.hide()
        self._reader.setFocus()
        if current != _NO_HIT:
            self._reader.select(*current)

    def next(self) -> None:
        """Go to the next hit; after the last comes the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the hit before; before the first comes the last."""
        self._step(-1)

    def ask_tag(self) -> None:
        """Ask for the tag that all hits are to have."""
        if not self.all.isEnabled():
            return
        if self._tags is None:
            self._tags = TagField(self._room)
            self._tags.set_style(self._style)
            self._tags.tag_picked.connect(self._mark_all)
            self._tags.left.connect(self.field.setFocus)
        self._tags.offer(tag_offers(self._desk))
        place = QRect(self.all.mapTo(self._room, QPoint(0, 0)), self.all.size())
        self._tags.setGeometry(place_beside(place, self._tags.size(), self._room.rect()))

    # Searching

    def _read_text(self) -> None:
        opened = self._desk.opened
        text = opened.article.text if opened else ""
        if text != self._searcher.text:
            self._searcher.set_text(text)

    def _on_article(self) -> None:
        """Look for the same words in what lies open now, without leaving its place."""
        before = self._searcher.text
        if self.isVisible():
            self._read_text()
            if self._searcher.text != before:
                self._goes_there = False
                self._search()

    def _search(self) -> None:
        if not self.isVisible():
            return
        if self.field.text():
            self._searcher.look_for(self.query())
            if self._searcher.is_busy:
                self.tell("…")
                self.offer(steps=False, marking=False, cut=False)
        else:
            self._searcher.prepare()
            self._take(Hits())

    def _take(self, hits: Hits) -> None:
        opened = self._desk.opened
        if opened and hits.ranges:  # a part of a letter is shown and marked with all of it
            hits = replace(hits, ranges=Snapping(opened.article).whole(hits.ranges))
        self._hits = hits
        self._at = -1
        self.hits_changed.emit(list(hits.ranges))
        if hits.ranges and self._goes_there:
            later = (at for at, place in enumerate(hits.ranges) if place[0] >= self._origin)
            self._at = next(later, 0)
        self._show_current()

    def _step(self, by: int) -> None:
        places = self._hits.ranges
        if not self.isVisible():
            self.open()
        elif places and not self._searcher.is_busy:
            self._goes_there = True
            if self._at < 0:  # not gone to any yet: to the nearest on the page or after it
                top = self._reader.top_position()
                self._at = sum(place[0] < top for place in places) - (by > 0)
            self._at = (self._at + by) % len(places)
            self._origin = places[self._at][0]
            self._show_current()

    def _current(self) -> tuple[int, int]:
        return self._hits.ranges[self._at] if self._at >= 0 else _NO_HIT

    def _show_current(self) -> None:
        current = self._current()
        self._show_state()
        self.current_changed.emit(*current)
        if current != _NO_HIT:
            self._desk.place_wanted.emit(*current)

    def _show_state(self) -> None:
        """Say how many hits there are and which one is the current one."""
        hits, words = self._hits, ""
        more = "+" if hits.is_cut else ""
        if hits.ranges and self._at >= 0:
            words = self.tr("{0} of {1}").replace("{0}", f"{self._at + 1:,}")
            words = words.replace("{1}", f"{hits.count:,}{more}")
        elif hits.ranges:
            words = counted(hits.count, "1 hit", "%n hits")
        elif self.field.text() and not hits.error:
            words = self.tr("No hits")
        self.tell(words, hits.error)
        self.offer(
            steps=bool(hits.ranges), marking=bool(hits.ranges) and not hits.is_cut, cut=hits.is_cut
        )

    def _mark_all(self, tag: str) -> None:
        """Mark the hits in one step, but for those that have such a mark."""
        opened, marks = self._desk.opened, self._desk.marks
        if opened is None:
            return
        places = tuple(
            place
            for place in self._hits.ranges
            if not any(
                tag in mark.tags and (mark.start, mark.end) == place
                for mark in marks.overlapping(*place)
            )
        )
        if not places:
            self.tell(self.tr("All have this tag"))
        elif self._desk.do(AddAnnotations(opened.id, places, (tag,), extends=True)) is not None:
            self.tell(counted(len(places), "1 hit tagged", "%n hits tagged"))

    def showEvent(self, event: QShowEvent) -> None:
        """Search for what stands in the field."""
        super().showEvent(event)
        if not event.spontaneous():
            self._read_text()
            self._search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was found; a window that is only put aside forgets nothing."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        self._searcher.stop()
        if self._hits.ranges:
            self._hits, self._at = Hits(), -1
            self.hits_changed.emit([])
            self.current_changed.emit(*_NO_HIT)
