"""What can be done with a selection or with the active mark: tag, note, move, delete, pick.

Every gesture of the reader, by mouse, key, bar or menu, ends in one method here, and every
change goes through the desk.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from postil.domain.annotation import Annotation, smallest_first
from postil.library import (
    AddAnnotation,
    ChangeAnnotation,
    DeleteAnnotations,
    MoveAnnotation,
)
from postil.ui.desk import Desk
from postil.ui.reader.page_view import PageView
from postil.ui.reader.snapping import Snapping, Unit


class Marking(QObject):
    """Turns gestures into commands.

    Args:
        desk: what lies open.
        page: where words are selected.
        parent: owns this.
    """

    tag_asked = Signal()  # the tag field is wanted
    list_asked = Signal(list)  # marks to choose from
    selected = Signal()  # a selection stands
    said = Signal(str)  # what a key did that is hard to see, in words

    def __init__(self, desk: Desk, page: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._last_tag = ""
        self._snapping: Snapping | None = None

    def snapping(self) -> Snapping | None:
        """Return where selections of the open article may begin and end."""
        article, opened = self._page.article, self._desk.opened
        if article and opened and opened.article.text == article.text:
            article = opened.article  # with the language as it was last changed
        if self._snapping is None or self._snapping.article is not article:
            self._snapping = Snapping(article) if article else None
        return self._snapping

    def has_target(self) -> bool:
        """Return whether there is something a tag could be put on."""
        return self._page.selection() is not None or self._desk.chosen_mark() is not None

    # Marking

    def digit(self, number: int, *, second: bool = False) -> None:
        """Put one of the recent tags (1 to 9) on the selection or the active mark."""
        recent = self._desk.library.recent_tags()
        if 1 <= number <= len(recent):
            self.tag(recent[number - 1], second=second)

    def again(self) -> None:
        """Put the tag that was used last on it; what has it keeps it."""
        recent = self._desk.library.recent_tags(1)
        if tag := self._last_tag or next(iter(recent), ""):
            self._give(tag, second=False, takes_off=False)

    def tag(self, tag: str, *, second: bool = False) -> None:
        """Put a tag on the selection or on the active mark.

        Args:
            tag: its id, or a name that becomes a tag of "My tags".
            second: make a mark of its own even if one has this very range.

        A mark that has the range of the selection takes the tag instead of being doubled; an
        active mark that has the tag already loses it.
        """
        self._give(tag, second=second, takes_off=True)

    def plain(self) -> None:
        """Mark the selection without a tag."""
        if place := self._selection():
            self._mark(place, ())

    def note(self) -> None:
        """Open the note of the active mark; a selection is marked first."""
        self.plain()
        if self._desk.chosen and not self._page.selection():
            self._desk.edit_wanted.emit(self._desk.chosen)

    def ask_tag(self) -> None:
        """Ask for a tag by name."""
        if self.has_target():
            self.tag_asked.emit()

    def delete(self) -> None:
        """Delete the active mark."""
        if self._desk.chosen:
            self._desk.do(DeleteAnnotations((self._desk.chosen,)))

    def leave(self) -> None:
        """Let go of the selection, then of the active mark, without a trace."""
        if self._page.selection():
            self._page.unselect()
        else:
            self._desk.choose("")

    def _selection(self) -> tuple[int, int] | None:
        place, snapping = self._page.selection(), self.snapping()
        return snapping.snapped(*place) if place and snapping else None

    def _give(self, tag: str, *, second: bool, takes_off: bool) -> None:
        place, mark = self._selection(), self._desk.chosen_mark()
        if place:
            self._mark(place, (tag,), apart=second)
        elif mark and second:
            self._mark((mark.start, mark.end), (tag,), apart=True)
        elif mark and tag not in mark.tags:
            self._desk.patiently(partial(self._extend, mark, (tag,)))
        elif mark and takes_off:
            self._desk.patiently(partial(self._take_off, mark, tag))

    def _mark(self, place: tuple[int, int], tags: tuple[str, ...], *, apart: bool = False) -> None:
        """Mark a place; whether a mark is there already is seen when the library lets us."""
        if opened := self._desk.opened:
            self._desk.patiently(partial(self._put, opened.id, place, tags, apart=apart))

    def _put(
        self, article_id: str, place: tuple[int, int], tags: tuple[str, ...], *, apart: bool
    ) -> None:
        if not apart and (twin := self._twin(article_id, place, tags)):
            name = twin.id
            self._extend(twin, tags)
        else:
            command = AddAnnotation(article_id, *place, tags=tags)
            name = command.id
            self._desk.library.do(command)
            self._remember(name, tags)
        if self._selection() == place:  # nobody has gone on since
            self._pick_new(self._desk.marks.get(name))

    def _twin(
        self, article_id: str, place: tuple[int, int], tags: tuple[str, ...]
    ) -> Annotation | None:
        """Return a mark with this very range, rather one that has the tags."""
        is_here = self._desk.opened is not None and self._desk.opened.id == article_id
        marks = (
            self._desk.marks.overlapping(*place)
            if is_here
            else self._desk.library.placed_marks(article_id)
        )
        twins = [mark for mark in marks if (mark.start, mark.end) == place]
        return max(twins, key=lambda mark: set(tags) <= set(mark.tags), default=None)

    def _extend(self, mark: Annotation, tags: tuple[str, ...]) -> None:
        has = self._tags_now(mark)
        if not set(tags) <= set(has):
            self._desk.library.do(ChangeAnnotation(mark.id, tags=(*has, *tags)))
        self._remember(mark.id, tags)

    def _take_off(self, mark: Annotation, tag: str) -> None:
        kept = tuple(other for other in self._tags_now(mark) if other != tag)
        self._desk.library.do(ChangeAnnotation(mark.id, tags=kept))

    def _tags_now(self, mark: Annotation) -> tuple[str, ...]:
        """Return the tags of a mark that may have changed while its turn was waited for."""
        return (self._desk.marks.get(mark.id) or mark).tags

    def _remember(self, annotation_id: str, tags: tuple[str, ...]) -> None:
        """Keep what a mark was given for `again`; a new name has become the last id by now."""
        mark = self._desk.marks.get(annotation_id)
        if mark and tags:
            self._last_tag = tags[-1] if tags[-1] in mark.tags else mark.tags[-1]

    def _pick_new(self, mark: Annotation | None) -> None:
        if mark is not None:
            self._page.unselect()
            self._desk.choose(mark.id)

    # Selecting by keys

    def select_more(self) -> None:
        """Select the word at the caret, then its sentence, then its paragraph."""
        snapping = self.snapping()
        if snapping and (place := self._place()):
            self._take(snapping.larger(*place))

    def select_paragraph(self) -> None:
        """Select the paragraph at the caret, or all that the selection touches."""
        snapping = self.snapping()
        if snapping and (place := self._place()):
            self._take(snapping.paragraph(*place))

    def go_by_sentence(self, *, forward: bool, keep_anchor: bool) -> None:
        """Move the caret to the next sentence or back by one; it is switched on by that."""
        snapping = self.snapping()
        if snapping is None:
            return
        if not self._page.shows_caret:
            self._page.show_caret_here()
        reached = snapping.sentence_from(self._page.caret(), forward=forward)
        self._page.put_caret(reached, keep_anchor=keep_anchor)

    def _place(self) -> tuple[int, int] | None:
        """Return the selection, else the place of the caret, else the active mark."""
        if place := self._selection():
            return place
        if self._page.shows_caret:
            return self._page.caret(), self._page.caret()
        mark = self._desk.chosen_mark()
        return (mark.start, mark.end) if mark else None

    def _take(self, place: tuple[int, int]) -> None:
        self._desk.choose("")
        self._page.select(*place)
        self.selected.emit()

    # Moving the ends of the active mark

    def move_to(self, start: int, end: int) -> None:
        """Give the active mark another range."""
        mark, snapping = self._desk.chosen_mark(), self.snapping()
        place = snapping.snapped(start, end) if snapping and start < end else None
        if mark and place and place != (mark.start, mark.end):
            self._desk.do(MoveAnnotation(mark.id, *place))

    def nudge(self, unit: Unit, *, start: bool, right: bool) -> None:
        """Move one end of the active mark by a letter or a word, to the right or to the left."""
        mark, snapping = self._desk.chosen_mark(), self.snapping()
        if mark is None or snapping is None:
            return
        at = mark.start if start else mark.end - 1
        forward = right != self._page.runs_leftwards(at)
        if start:
            reached = snapping.step(mark.start, unit, forward=forward)
            self.move_to(reached, mark.end)
        else:
            reached = snapping.step(mark.end, unit, forward=forward)
            self.move_to(mark.start, reached)
        self._page.scroll_to(reached, reached)

    def other_end(self) -> None:
        """Let the keys move the other end of the active mark."""
        if self._desk.chosen_mark():
            start = not self._page.moves_start
            self._page.set_moving_end(start=start)
            self.said.emit(
                self.tr("Keys move the start") if start else self.tr("Keys move the end")
            )

    # Picking

    def pick(self, marks: list[Annotation], *, again: bool) -> None:
        """Make one of several marks active.

        Args:
            marks: under one point, the smallest first.
            again: go on from the active one.
        """
        ids = [mark.id for mark in marks]
        at = ids.index(self._desk.chosen) + 1 if again and self._desk.chosen in ids else 0
        self._desk.choose(ids[at % len(ids)] if ids else "")

    def cycle(self) -> None:
        """Make the next mark over the same words active."""
        self.pick(self._here(), again=True)

    def ask_list(self) -> None:
        """Offer all marks over the same words."""
        if here := self._here():
            self.list_asked.emit(here)

    def step(self, *, forward: bool) -> None:
        """Make the next or previous mark in the text active and show it."""
        marks, chosen = self._desk.marks, self._desk.chosen_mark()
        if chosen and not self._caret_has_left(chosen):
            found = marks.following(chosen) if forward else marks.preceding(chosen)
        elif forward:
            found = marks.next_after(self._page.reading_position() - 1)
        else:
            found = marks.before(self._page.reading_position())
        if found:
            self._page.set_caret(found.start)  # reading goes on from there
            self._desk.choose(found.id)
            self._page.scroll_to(found.start, found.end)

    def at_caret(self) -> None:
        """Make a mark at the caret active; again, the next one."""
        self.pick(self._desk.marks.at(self._page.caret()), again=True)

    def _here(self) -> list[Annotation]:
        """Return the marks that share words with the active one, or lie at the caret."""
        chosen = self._desk.chosen_mark()
        if chosen is None:
            return self._desk.marks.at(self._page.caret())
        return sorted(self._desk.marks.overlapping(chosen.start, chosen.end), key=smallest_first)

    def _caret_has_left(self, mark: Annotation) -> bool:
        return self._page.shows_caret and not mark.start <= self._page.caret() <= mark.end
