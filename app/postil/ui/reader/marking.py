"""What can be done with a selection or with the active mark: tag, note, move, delete, pick.

Every gesture of the reader, by mouse, key, bar or menu, ends in one method here, and every
change goes through the desk.
"""

from PySide6.QtCore import QObject, Signal

from postil.domain.annotation import Annotation
from postil.library import (
    AddAnnotation,
    ChangeAnnotation,
    Command,
    DeleteAnnotations,
    MoveAnnotation,
)
from postil.page.marks import smallest_first
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

    def __init__(self, desk: Desk, page: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._last_tag = ""
        self._snapping: Snapping | None = None

    def snapping(self) -> Snapping | None:
        """Return where selections of the open article may begin and end."""
        article = self._page.article
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
        """Put the tag that was used last on it."""
        recent = self._desk.library.recent_tags(1)
        if tag := self._last_tag or next(iter(recent), ""):
            self.tag(tag)

    def tag(self, tag: str, *, second: bool = False) -> None:
        """Put a tag on the selection or on the active mark.

        Args:
            tag: its id, or a name that becomes a tag of "My tags".
            second: make a mark of its own even if one has this very range.

        A mark that has the range of the selection takes the tag instead of being doubled; an
        active mark that has the tag already loses it.
        """
        place = self._selection()
        if place:
            twin = None if second else self._twin(place)
            if twin:
                self._extend(twin, tag)
            else:
                self._add(place, (tag,))
        elif mark := self._desk.chosen_mark():
            if second:
                self._add((mark.start, mark.end), (tag,))
            else:
                self._toggle(mark, tag)

    def plain(self) -> None:
        """Mark the selection without a tag."""
        if (place := self._selection()) and not self._pick_new(self._twin(place)):
            self._add(place, ())

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

    def _twin(self, place: tuple[int, int]) -> Annotation | None:
        marks = self._desk.marks.overlapping(*place)
        return next((mark for mark in marks if (mark.start, mark.end) == place), None)

    def _add(self, place: tuple[int, int], tags: tuple[str, ...]) -> None:
        if self._desk.opened is None:
            return
        command = AddAnnotation(self._desk.opened.id, *place, tags=tags)
        if self._done(command):
            self._remember(command.id)
            self._pick_new(self._desk.marks.get(command.id))

    def _extend(self, mark: Annotation, tag: str) -> None:
        if tag in mark.tags or self._done(ChangeAnnotation(mark.id, tags=(*mark.tags, tag))):
            self._remember(mark.id)
            self._pick_new(mark)

    def _toggle(self, mark: Annotation, tag: str) -> None:
        if tag in mark.tags:
            kept = tuple(other for other in mark.tags if other != tag)
            self._done(ChangeAnnotation(mark.id, tags=kept))
        elif self._done(ChangeAnnotation(mark.id, tags=(*mark.tags, tag))):
            self._remember(mark.id)

    def _remember(self, annotation_id: str) -> None:
        """Keep the newest tag of a mark for `again`; a name has become an id by now."""
        mark = self._desk.marks.get(annotation_id)
        if mark and mark.tags:
            self._last_tag = mark.tags[-1]

    def _pick_new(self, mark: Annotation | None) -> bool:
        if mark is None:
            return False
        self._page.unselect()
        self._desk.choose(mark.id)
        return True

    def _done(self, command: Command) -> bool:
        return self._desk.do(command) is not None

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
            self.move_to(snapping.step(mark.start, unit, forward=forward), mark.end)
        else:
            self.move_to(mark.start, snapping.step(mark.end, unit, forward=forward))

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
            found = marks.next_after(self._from_here() - 1)
        else:
            found = marks.before(self._from_here())
        if found:
            self._page.unselect()
            if self._page.shows_caret:  # reading goes on from there
                self._page.set_caret(found.start)
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

    def _from_here(self) -> int:
        return self._page.caret() if self._page.shows_caret else self._page.top_position()
