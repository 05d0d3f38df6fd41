"""The desk: which article lies open, which mark is active, which one is under the pointer.

Views bind to its signals and draw from it; it listens to the library and passes changes
on. It holds no rule: every change goes to `library.do`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from postil.domain.annotation import Annotation
from postil.domain.colours import readable_fill
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Changes
from postil.domain.listing import OpenArticle
from postil.domain.tags import Codebook, Group, Tag, TagSet
from postil.library import Command, Library
from postil.page.marks import MarkIndex
from postil.page.showing import Showing
from postil.ui.folding import fold


class Desk(QObject):
    """What lies open.

    Args:
        library: where everything comes from and goes to.
        parent: owns the desk.
    """

    article_opened = Signal()  # `opened` and `marks` are new; `opened` may be None
    marks_changed = Signal(object)  # Changes that touch marks of the open article
    article_changed = Signal()  # the open article's entry changed (title, source data)
    tags_changed = Signal()  # `tags` and `groups` are new
    library_changed = Signal(object)  # every Changes, for lists
    mark_chosen = Signal(str)  # id of the active mark, or empty
    mark_hovered = Signal(str)  # id of the mark under the pointer, or empty
    reading_at = Signal(int)  # code point at the top of the reader
    words_selected = Signal()  # `selected` is new
    showing_changed = Signal()  # `showing` is new
    place_wanted = Signal(int, int)  # show this range of the open article
    words_shown = Signal(list)  # (start, end) of what a search found in the open article
    edit_wanted = Signal(str)  # open the note editor of this mark
    reading_wanted = Signal()  # the keys are for the article again
    difference_wanted = Signal(str)  # show what changed since this version
    original_wanted = Signal()  # write the bytes the open article came from to a file
    template_wanted = Signal()  # offer templates for the note that is being written
    link_wanted = Signal(str)  # ask what this mark is to another
    follow_wanted = Signal()  # go where a link of the chosen mark leads
    mark_wanted = Signal(str)  # go to this mark, whatever article it is in
    writing_allowed = Signal()  # the library could only be read until now
    failed = Signal(object)  # a UserError to show

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.opened: OpenArticle | None = None
        self.marks = MarkIndex()
        self.chosen = ""
        self.hovered = ""
        self.selected: tuple[int, int] | None = None  # code points selected in the reader
        self.showing = Showing()
        self.tags: dict[str, Tag] = {}
        self.groups: dict[tuple[str, str], Group] = {}
        self.group_names: dict[
            tuple[str, str], str
        ] = {}  # each says which, with its codebook where need be
        self._read_tags()
        self._unsubscribe = library.subscribe(self._on_changes)

    def close(self) -> None:
        """Stop listening to the library."""
        self._unsubscribe()

    def open_article(self, article_id: str) -> None:
        """Put an article on the desk; an empty id clears it."""
        before = self.opened.id if self.opened else ""
        try:
            self.opened = self.library.article(article_id) if article_id else None
            self.marks = MarkIndex(self.library.placed_marks(article_id) if article_id else ())
        except UserError as error:
            self.failed.emit(error)
            return
        self.hovered = ""
        self.selected = None
        # Read again after a change from elsewhere, a mark stays the active one.
        if article_id != before or self.marks.get(self.chosen) is None:
            self.chosen = ""
        if article_id != before:
            self.show_all()
        self.article_opened.emit()

    @property
    def is_writable(self) -> bool:
        """Whether the library can be changed; `writing_allowed` tells when it begins to be."""
        return self.library.read_only is None

    def may_change(self) -> bool:
        """Return whether the library can be changed; if not, say why."""
        why = self.library.read_only
        if why is not None:
            self.failed.emit(why)
        return why is None

    def allow_writing(self) -> None:
        """Let the library be changed from now on.

        Raises:
            UserError: it cannot be written.
        """
        self.library.allow_writing()
        self.writing_allowed.emit()

    def do(self, command: Command) -> Changes | None:
        """Change the library; None when it was refused, and shown, or waits."""
        done: list[Changes] = []
        self.patiently(lambda: done.append(self.library.do(command)))
        return done[0] if done else None

    def patiently(self, action: Callable[[], object]) -> None:
        """Do something to the library; the desk of the window waits while it is busy.

        Args:
            action: may raise `UserError`, which is shown; must change nothing when the library
                is busy. What it changes depends on what it finds when its turn comes.
        """
        try:
            action()
        except UserError as error:
            self.failed.emit(error)

    def choose(self, annotation_id: str) -> None:
        """Make a mark the active one; an empty id lets go of it."""
        if annotation_id != self.chosen:
            self.chosen = annotation_id
            if annotation_id:  # nobody works on what cannot be seen
                self.show(replace(self.showing, is_hidden=False))
            self.mark_chosen.emit(annotation_id)

    def hover(self, annotation_id: str) -> None:
        """Tell which mark the pointer is over, in the reader or in the sidebar."""
        if annotation_id != self.hovered:
            self.hovered = annotation_id
            self.mark_hovered.emit(annotation_id)

    def show(self, showing: Showing) -> None:
        """Show other marks, or show them otherwise."""
        if showing != self.showing:
            self.showing = showing
            self.showing_changed.emit()

    def show_all(self) -> None:
        """Let no mark be hidden and none stand out."""
        self.show(Showing(is_quiet=self.showing.is_quiet))

    def isolate(self, tag_ids: Iterable[str], name: str) -> None:
        """Let marks with one of these tags stand out; the same ones again, and all do.

        Args:
            tag_ids: a tag's id, or those of a group.
            name: of the tag or the group.
        """
        wanted = frozenset(tag_ids)
        if not wanted or wanted == self.showing.isolated:
            self.show_all()
        else:
            self.show(Showing(self.showing.is_quiet, isolated=wanted, name=name))

    def group_tags(self, codebook_id: str, group_id: str) -> tuple[str, ...]:
        """Return the ids of the tags of a group."""
        group = (codebook_id, group_id)
        return tuple(t.id for t in self.tags.values() if (t.codebook_id, t.group_id) == group)

    def chosen_mark(self) -> Annotation | None:
        """Return the active mark."""
        return self.marks.get(self.chosen)

    def colour(self, annotation: Annotation) -> str:
        """Return the fill of a mark: that of its first known tag, or a neutral tint."""
        known = (tag for tag_id in annotation.tags if (tag := self.tags.get(tag_id)))
        return self.fill(next(known, None))

    def fill(self, tag: Tag | None) -> str:
        """Return what is painted behind words with this tag: its group's colour, made readable."""
        group = self.groups.get((tag.codebook_id, tag.group_id)) if tag else None
        return readable_fill(group.colour) if group else "#DDDDDD"

    def _read_tags(self) -> None:
        tag_sets = self.library.tag_sets()
        self.tags = {tag.id: tag for tag_set in tag_sets for tag in tag_set.tags}
        self.groups = {(g.codebook_id, g.id): g for tag_set in tag_sets for g in tag_set.groups}
        self.group_names = _told_apart(tag_sets)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Tag, Group, Codebook):
            self._read_tags()
            self.tags_changed.emit()
        if self.opened is not None:
            self._follow(self.opened, changes)
        self.library_changed.emit(changes)

    def _follow(self, opened: OpenArticle, changes: Changes) -> None:
        """Bring the open article and its marks up to date."""
        if changes.everything:
            self._reopen(opened.id)
            return
        for edit in changes.edits:
            record = edit.after or edit.before
            if isinstance(record, ArticleRecord) and record.id == opened.id:
                entry = edit.after if isinstance(edit.after, ArticleRecord) else None
                if entry is None or entry.revision_id != opened.record.revision_id:
                    self._reopen(opened.id if entry else "")
                    return
                self.opened = self.library.article(opened.id)
                self.article_changed.emit()
        touched = False
        for before, after in changes.annotations(opened.id):
            touched = True
            self.marks.replace(before, after if after and after.placement.is_placed else None)
        if touched:
            if self.chosen and self.marks.get(self.chosen) is None:
                self.choose("")
            self.marks_changed.emit(changes)

    def _reopen(self, article_id: str) -> None:
        self.open_article(article_id if self.library.has_article(article_id) else "")


def _told_apart(tag_sets: Iterable[TagSet]) -> dict[tuple[str, str], str]:
    """Return the names of groups by codebook and id.

    Where several codebooks that are on have a group of one name, as a copy and its original do,
    the codebook's name stands with it.
    """
    known = [(one, group) for one in tag_sets for group in one.groups]
    often = Counter(fold(group.name) for one, group in known if one.codebook.enabled)
    return {
        (one.codebook.id, group.id): f"{group.name} · {one.codebook.name}"
        if often[fold(group.name)] > 1
        else group.name
        for one, group in known
    }
