"""Collections made, renamed, moved and deleted; several articles put in, taken out, described."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from postil.library import (
    CollectArticles,
    DeleteCollection,
    MoveCollection,
    NewCollection,
    RenameCollection,
    UncollectArticles,
)
from postil.ui.actions import Actions
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.shelf.shelf import Shelf
from postil.ui.toast import Notices

_OWN = ("new-collection", "rename-collection", "move-collection", "delete-collection")


class CollectionActions(QObject):
    """What is done to collections, and to many articles at once.

    Args:
        desk: what lies open, and the library.
        shelf: has the collections, and what is chosen.
        targets: tells which articles are meant.
        actions: those bound here.
        prompts: asks for names and places.
        notices: where to tell what was refused.
        window: the dialogs' parent.
    """

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        targets: Callable[[], list[str]],
        actions: Actions,
        prompts: Prompts,
        notices: Notices,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._shelf, self._targets = desk, shelf, targets
        self._actions, self._prompts, self._notices = actions, prompts, notices
        self._window = window
        self._tree = tree = shelf.collections
        tree.rename_wanted.connect(self.rename)
        tree.articles_dropped.connect(self._collect)
        tree.collection_dropped.connect(lambda one, into: desk.do(MoveCollection(one, into)))
        tree.customContextMenuRequested.connect(self._show_menu)
        shelf.choice_changed.connect(self._enable)
        shelf.model.looked.connect(self._tell_none)
        desk.library_changed.connect(self._enable)
        self._enable()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "new-collection": self.new,
            "rename-collection": self.rename,
            "move-collection": self.move,
            "delete-collection": self.delete,
            "add-to-collection": self.add,
            "take-out-of-collection": self.take_out,
            "describe-articles": self.describe,
            "show-duplicates": self.show_duplicates,
            "shelf-columns": lambda: None,  # the shelf follows the switch
        }

    def new(self) -> None:
        """Ask for a name and make a collection, within the chosen one."""
        self._new(self._tree.collection or None, ())

    def rename(self) -> None:
        """Ask for another name of the chosen collection."""
        chosen = self._tree.collection
        names = {one.id: one.name for one in self._desk.library.shelving.collections()}
        if chosen not in names:
            return
        name = self._prompts.text(self.tr("Rename collection"), self.tr("Name:"), names[chosen])
        if name is not None:
            self._desk.do(RenameCollection(chosen, name))

    def move(self) -> None:
        """Ask where to put the chosen collection."""
        chosen = self._tree.collection
        if not chosen:
            return
        paths = self._desk.library.shelving.collection_paths()
        inside = f"{paths[chosen]}/"
        places: dict[str | None, str] = {None: self.tr("(in no other one)")}
        places |= {
            one: path
            for one, path in paths.items()
            if one != chosen and not path.startswith(inside)
        }
        answer = self._prompts.choose(
            self.tr("Move collection"),
            self.tr("Put “{0}” into:").format(paths[chosen]),
            list(places.values()),
            0,
        )
        if answer is not None:
            self._desk.do(MoveCollection(chosen, list(places)[answer]))

    def delete(self) -> None:
        """Delete the chosen collection; the toast offers to take it back."""
        if self._tree.collection:
            self._desk.do(DeleteCollection(self._tree.collection))

    def add(self) -> None:
        """Ask for a collection and put the chosen articles into it."""
        ids = tuple(self._targets())
        if not ids:
            return
        paths = self._desk.library.shelving.collection_paths()
        options = [*paths.values(), self.tr("New collection…")]
        answer = (
            self._prompts.choose(
                self.tr("Add to collection"), self.tr("Put the articles into:"), options, 0
            )
            if paths
            else 0
        )
        if answer is None:
            return
        if answer == len(paths):
            self._new(None, ids)
        else:
            self._desk.do(CollectArticles(ids, list(paths)[answer]))

    def take_out(self) -> None:
        """Take the chosen articles out of the chosen collection, or ask out of which."""
        ids = tuple(self._targets())
        if self._tree.collection:
            self._desk.do(UncollectArticles(ids, self._tree.collection))
            return
        shelving = self._desk.library.shelving
        within = {member.collection_id for member in shelving.memberships(ids)}
        paths = {one: path for one, path in shelving.collection_paths().items() if one in within}
        if not paths:
            self._notices.say(self.tr("It is in no collection"))
            return
        answer = 0
        if len(paths) > 1:
            chosen = self._prompts.choose(
                self.tr("Take out of collection"),
                self.tr("Take the articles out of:"),
                list(paths.values()),
                0,
            )
            if chosen is None:
                return
            answer = chosen
        self._desk.do(UncollectArticles(ids, list(paths)[answer]))

    def describe(self) -> None:
        """Ask what several articles have in common, and change it in one step."""
        from postil.ui.dialogs.describe_articles import DescribeArticles

        ids = self._targets()
        if not ids:
            return
        dialog = DescribeArticles(self._desk.library, ids, self._window)
        if self._prompts.show(dialog):
            self._desk.do(dialog.command)
        dialog.deleteLater()

    def show_duplicates(self) -> None:
        """Show only articles that may be the same as another one, or all again."""
        on = not self._shelf.model.question.only_duplicates
        self._shelf.narrowing.narrow("only_duplicates", "", on)

    def _tell_none(self) -> None:
        """Show all again where no two articles are alike."""
        if not self._shelf.model.rowCount():
            self._shelf.narrowing.narrow("only_duplicates", "", False)
            self._notices.say(self.tr("No two articles seem to be the same"))

    def _new(self, parent_id: str | None, article_ids: tuple[str, ...]) -> None:
        name = self._prompts.text(self.tr("New collection"), self.tr("Name:"), "")
        if name is None:
            return
        command = NewCollection(name, parent_id, article_ids)
        if self._desk.do(command) is not None and not article_ids:
            self._tree.choose(command.id)

    def _collect(self, article_ids: list[str], collection_id: str) -> None:
        self._desk.do(CollectArticles(tuple(article_ids), collection_id))

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._tree)
        menu.setAccessibleName(self.tr("What to do with the collection"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._actions[one] for one in _OWN])
        menu.popup(self._tree.viewport().mapToGlobal(place))

    def _enable(self) -> None:
        for action_id in _OWN[1:]:
            self._actions[action_id].setEnabled(bool(self._tree.collection))
