"""Undo and redo by name, renaming and deleting, each told with a way back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Changes, Step
from postil.library import ChangeMetadata, DeleteArticles
from postil.ui.actions import Actions
from postil.ui.counting import counted
from postil.ui.prompts import Prompts
from postil.ui.shelf.shelf import Shelf
from postil.ui.step_names import step_done, step_name
from postil.ui.toast import Notices
from postil.ui.versions_words import carried_words
from postil.ui.waiting import WaitingDesk


class EditActions(QObject):
    """Changes that belong to no single view.

    Args:
        desk: what lies open.
        shelf: which articles are chosen.
        actions: whose Undo and Redo carry the names of the steps.
        prompts: asks for titles.
        notices: where deletions are told.
        parent: owns this.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        shelf: Shelf,
        actions: Actions,
        prompts: Prompts,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf
        self._actions = actions
        self._prompts = prompts
        self._notices = notices
        desk.library_changed.connect(self._follow)
        desk.article_opened.connect(self._enable)
        shelf.choice_changed.connect(self._enable)
        self._name_steps()
        self._enable()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "undo": self.undo,
            "redo": self.redo,
            "rename-article": self.rename,
            "delete-article": self.delete_articles,
            "next-article": lambda: self._turn(1),
            "previous-article": lambda: self._turn(-1),
        }

    def undo(self) -> None:
        """Take the last step back and go where it was; a restored backup, while that is offered."""
        if self._notices.toast.take_back():
            return
        self._desk.patiently(lambda: self.show_changed(self._desk.library.undo()))

    def redo(self) -> None:
        """Do the undone step again and go where it is."""
        self._desk.patiently(lambda: self.show_changed(self._desk.library.redo()))

    def rename(self) -> None:
        """Ask for another title for the chosen article."""
        ids = self.targets()
        if not ids:
            return
        metadata = self._desk.library.article(ids[0]).article.metadata
        title = self._prompts.text(
            self.tr("Rename article"), self.tr("Title on the shelf:"), metadata.title
        )
        if title is not None and title.strip():
            self._desk.do(ChangeMetadata(ids[0], replace(metadata, title=title)))

    def delete_articles(self) -> None:
        """Delete the chosen articles; the toast offers to take it back."""
        ids = self.targets()
        if not ids:
            return
        opened = self._desk.opened
        after = self._shelf.neighbour(1) or self._shelf.neighbour(-1)
        if self._desk.do(DeleteArticles(tuple(ids))) is None:
            return
        if opened and opened.id in ids and after and after not in ids:
            self._desk.open_article(after)

    def targets(self) -> list[str]:
        """Return the articles an action is about: those chosen on the shelf, or the open one."""
        focus = self._shelf.window().focusWidget()
        chosen = self._shelf.selected()
        if chosen and focus is not None and self._shelf.isAncestorOf(focus):
            return chosen
        return [self._desk.opened.id] if self._desk.opened else chosen

    def show_changed(self, changes: Changes | None) -> None:
        """Show what an undo or redo changed."""
        if changes is None or changes.step is None:
            return
        article_id = changes.step.article_id
        here = self._desk.opened.id if self._desk.opened else ""
        if article_id != here and self._desk.library.has_article(article_id):
            self._desk.open_article(article_id)
        marks = [e.after for e in changes.edits if isinstance(e.after, Annotation)]
        shown = next((mark for mark in marks if self._desk.marks.get(mark.id)), None)
        if shown is not None:
            self._desk.choose(shown.id)
            self._desk.place_wanted.emit(shown.start, shown.end)

    def _turn(self, step: int) -> None:
        article_id = self._shelf.neighbour(step)
        if article_id:
            self._desk.open_article(article_id)

    def _follow(self, changes: Changes) -> None:
        self._name_steps()
        self._enable()
        step = changes.step
        self._notices.toast.withdraw_button()
        is_done = not changes.reverted and changes.jump is None
        said = self._told(step, changes) if step and is_done else ""
        if step and said:
            self._notices.say(said, self.tr("Undo"), lambda: self._undo_only(step))

    def _undo_only(self, step: Step) -> None:
        """Take back this very step, and nothing that another program did after it."""

        def undo() -> None:
            changes = self._desk.library.undo(only=step)
            if changes is None:
                self._desk.library.refresh()
                self._notices.say(self.tr("Something else was done since; Undo takes that first"))
            self.show_changed(changes)

        self._desk.patiently(undo)

    def _told(self, step: Step, changes: Changes) -> str:
        """Return what is said of steps that take away or do much at once; nothing of others."""
        records = [edit.after or edit.before for edit in changes.edits]
        marks = sum(isinstance(record, Annotation) for record in records)
        if step.name == "add-marks":
            return counted(marks, "Marked 1 passage", "Marked %n passages")
        if step.name == "delete-marks":
            return counted(marks, "Deleted 1 mark", "Deleted %n marks")
        if step.name == "change-marks":
            return counted(marks, "Changed 1 mark", "Changed %n marks")
        if step.name == "delete-articles":
            articles = sum(isinstance(record, ArticleRecord) for record in records)
            return counted(articles, "Deleted 1 article", "Deleted %n articles")
        if step.name in ("collect-articles", "uncollect-articles", "change-articles"):
            return _told_of_many(step, len(changes.edits))
        if step.name in ("go-back", "correct-text"):
            now = [edit.after for edit in changes.edits if isinstance(edit.after, Annotation)]
            return step_done(step) + carried_words([mark.placement for mark in now])
        return step_done(step)

    def _name_steps(self) -> None:
        library = self._desk.library
        for action, word, step in (
            (self._actions["undo"], self.tr("&Undo"), library.undo_step()),
            (self._actions["redo"], self.tr("&Redo"), library.redo_step()),
        ):
            _name(action, word, step)

    def _enable(self) -> None:
        is_open = self._desk.opened is not None
        is_chosen = is_open or bool(self._shelf.selected())
        for action_id, enabled in (
            ("reopen-encoding", is_open),
            ("new-version", is_open),
            ("what-changed", is_open),
            ("correct-text", is_open),
            ("copy-markdown", is_open),
            ("save-original", is_open),
            ("lesson-pack", is_open),
            ("check-practice", is_open),
            ("export", is_chosen),
            ("print", is_chosen),
            ("rename-article", is_chosen),
            ("delete-article", is_chosen),
            ("describe-articles", is_chosen),
            ("add-to-collection", is_chosen),
            ("take-out-of-collection", is_chosen),
            ("next-article", self._shelf.model.rowCount() > 0),
            ("previous-article", self._shelf.model.rowCount() > 0),
        ):
            self._actions[action_id].setEnabled(enabled)


def _told_of_many(step: Step, articles: int) -> str:
    """Return what is said of a step that did the same to several articles."""
    words = {
        "collect-articles": ("1 article put into “{0}”", "%n articles put into “{0}”"),
        "uncollect-articles": ("1 article taken out of “{0}”", "%n articles taken out of “{0}”"),
        "change-articles": ("Changed 1 article", "Changed %n articles"),
    }
    return counted(articles, *words[step.name]).format(step.subject)


def _name(action: QAction, word: str, step: Step | None) -> None:
    action.setEnabled(step is not None)
    # A lone ampersand in a quotation would become a mnemonic.
    name = step_name(step).replace("&", "&&") if step else ""
    action.setText(f"{word} {name}".strip())
