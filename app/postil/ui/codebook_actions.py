"""What the Codebook menu does: codebooks, groups and tags are made, changed, moved and deleted.

Codebooks that come with the program stay as they are; whoever wants to change one is offered
a copy.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from postil.codebooks import is_shipped
from postil.domain.tags import MY_GROUP, MY_TAGS, TagSet
from postil.library import (
    CopyCodebook,
    DeleteCodebook,
    DeleteGroup,
    DeleteTag,
    MergeTags,
    MoveTag,
    NewCodebook,
    RetireTag,
)
from postil.ui.actions import Actions
from postil.ui.codebook_files import CodebookFiles
from postil.ui.counting import counted
from postil.ui.dialogs.choose_tag import ChooseTag
from postil.ui.dialogs.codebook import CodebookDialog
from postil.ui.dialogs.group import LIGHT_SET, GroupDialog
from postil.ui.dialogs.tag import TagDialog, TagPlan
from postil.ui.dialogs.tag_uses import TagUses
from postil.ui.prompts import Prompts
from postil.ui.room import fit_screen
from postil.ui.sidebar.tag_rows import NOWHERE, Place
from postil.ui.sidebar.tag_tree import TagTree
from postil.ui.tag_table import TAG_ACTIONS
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk


class CodebookActions(QObject):
    """Changes to codebooks.

    Args:
        desk: what lies open.
        tree: what is chosen.
        files: reads and writes codebook files.
        actions: stand in the menu of the tree.
        prompts: shows the dialogs.
        notices: where to offer a copy.
        window: the dialogs' parent.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        tree: TagTree,
        files: CodebookFiles,
        actions: Actions,
        prompts: Prompts,
        notices: Notices,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._tree = tree
        self._files = files
        self._actions = actions
        self._prompts = prompts
        self._notices = notices
        self._window = window
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.edit_wanted.connect(self.edit)
        tree.move_wanted.connect(self._drop)
        tree.currentItemChanged.connect(self._enable)
        self._enable()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "new-tag": self.new_tag,
            "new-group": self.new_group,
            "new-codebook": self.new_codebook,
            "edit-tag": self.edit,
            "tag-up": lambda: self._step(-1),
            "tag-down": lambda: self._step(1),
            "move-tag": self.move,
            "merge-tag": self.merge,
            "retire-tag": self.retire,
            "tag-uses": self.list_uses,
            "delete-tag": self.delete,
            "copy-codebook": lambda: self.copy(self._place.codebook_id),
            "import-codebook": self._files.ask,
            "export-codebook": lambda: self._files.export(self._chosen_set()),
        }

    def new_tag(self) -> None:
        """Ask for a new tag of the chosen group."""
        place = self._place if self._place.codebook_id else Place(MY_TAGS, MY_GROUP)
        if self._may_change(place.codebook_id):
            groups = self._chosen_set(place.codebook_id).groups
            if not groups:
                self.new_group()
                return
            group_id = place.group_id or groups[0].id
            self._ask(
                TagDialog(
                    self._desk, self._prompts, TagPlan(place.codebook_id, group_id), self._window
                )
            )

    def new_group(self) -> None:
        """Ask for a new group of the chosen codebook."""
        codebook_id = self._place.codebook_id or MY_TAGS
        if self._may_change(codebook_id):
            self._ask(GroupDialog(self._desk, codebook_id, None, self._window))

    def new_codebook(self) -> None:
        """Ask for the name of a new codebook."""
        name = self._prompts.text(self.tr("New Codebook"), self.tr("Name of the codebook:"), "")
        if name is not None:
            colour = next(iter(LIGHT_SET.values()))
            self._desk.do(NewCodebook(name, self.tr("First group"), colour))

    def edit(self) -> None:
        """Ask what to change of the chosen tag, group or codebook."""
        place = self._place
        if not place.codebook_id or not self._may_change(place.codebook_id):
            return
        if place.tag_id:
            tag = self._desk.tags[place.tag_id]
            plan = TagPlan(tag.codebook_id, tag.group_id, tag)
            self._ask(TagDialog(self._desk, self._prompts, plan, self._window))
        elif place.group_id:
            group = self._desk.groups[place.codebook_id, place.group_id]
            self._ask(GroupDialog(self._desk, place.codebook_id, group, self._window))
        else:
            self._ask(CodebookDialog(self._desk, self._chosen_set().codebook, self._window))

    def copy(self, codebook_id: str) -> None:
        """Ask for a name and copy a codebook."""
        name = self._chosen_set(codebook_id).codebook.name
        name_ = self._prompts.text(
            self.tr("Copy Codebook"),
            self.tr("Name of the copy:"),
            self.tr("{0} (copy)").format(name),
        )
        if name_ is not None:
            self._desk.do(CopyCodebook(codebook_id, name_))

    def move(self) -> None:
        """Ask for the group the chosen tag goes to."""
        place = self._place
        if not place.tag_id or not self._may_change(place.codebook_id):
            return
        groups = [
            (tag_set.codebook, group)
            for tag_set in self._desk.library.tag_sets()
            if not is_shipped(tag_set.codebook.id)
            for group in tag_set.groups
        ]
        here = (place.codebook_id, place.group_id)
        current = next((n for n, (_, g) in enumerate(groups) if (g.codebook_id, g.id) == here), 0)
        answer = self._prompts.choose(
            self.tr("Move Tag"),
            self.tr("Group of “{0}”:").format(self._desk.tags[place.tag_id].name),
            [f"{codebook.name} · {group.name}" for codebook, group in groups],
            current,
        )
        if answer is not None:
            group = groups[answer][1]
            self._desk.do(MoveTag(place.tag_id, group.codebook_id, group.id))

    def merge(self) -> None:
        """Ask for the tag that the chosen one becomes part of."""
        place = self._place
        if place.tag_id and self._may_change(place.codebook_id):
            name = self._desk.tags[place.tag_id].name
            sentence = self.tr("Which tag shall the marks with “{0}” have?").format(name)
            dialog = self._chooser(self.tr("Merge Tags"), sentence, self.tr("Merge"), "")
            if self._prompts.show(dialog):
                self._desk.do(MergeTags(place.tag_id, dialog.tag_id))
            dialog.deleteLater()

    def retire(self) -> None:
        """Offer the chosen tag no more, or again."""
        tag = self._desk.tags.get(self._place.tag_id)
        if tag is not None:
            self._desk.do(RetireTag(tag.id, not tag.retired))

    def list_uses(self) -> None:
        """Show all marks that have the chosen tag."""
        tag = self._desk.tags.get(self._place.tag_id)
        if tag is not None:
            uses = TagUses(self._desk, tag, self._window)
            fit_screen(uses)
            uses.show()

    def delete(self) -> None:
        """Delete what is chosen; marks of a tag may go to another one."""
        place = self._place
        if not place.codebook_id or not self._may_change(place.codebook_id):
            return
        if place.tag_id:
            self._delete_tag(place.tag_id)
        elif place.group_id:
            self._desk.do(DeleteGroup(place.codebook_id, place.group_id))
        else:
            self._desk.do(DeleteCodebook(place.codebook_id))

    def _delete_tag(self, tag_id: str) -> None:
        uses = self._desk.library.tag_uses().get(tag_id, 0)
        if not uses:
            self._desk.do(DeleteTag(tag_id))
            return
        have = counted(uses, "1 mark has this tag.", "%n marks have this tag.")
        sentence = self.tr("{0} Which tag shall stand there instead?").format(have)
        dialog = self._chooser(
            self.tr("Delete “{0}”").format(self._desk.tags[tag_id].name),
            sentence,
            self.tr("Move and Delete"),
            self.tr("Delete, No Other Tag"),
        )
        if self._prompts.show(dialog):
            into = dialog.tag_id
            self._desk.do(MergeTags(tag_id, into) if into else DeleteTag(tag_id))
        dialog.deleteLater()

    # --- inside ---

    @property
    def _place(self) -> Place:
        """What is chosen, as the library has it now; the tree may be about to be filled anew."""
        place = self._tree.place
        if not place.tag_id:
            return place
        tag = self._desk.tags.get(place.tag_id)
        return Place(tag.codebook_id, tag.group_id, tag.id) if tag else NOWHERE

    def _chosen_set(self, codebook_id: str = "") -> TagSet:
        """Return a codebook: that with this id, or the chosen one, or “My tags”."""
        wanted = codebook_id or self._place.codebook_id or MY_TAGS
        return next(s for s in self._desk.library.tag_sets() if s.codebook.id == wanted)

    def _may_change(self, codebook_id: str) -> bool:
        """Return whether a codebook can be changed; offer a copy of one that cannot."""
        if not is_shipped(codebook_id):
            return True
        name = self._chosen_set(codebook_id).codebook.name
        self._notices.say(
            self.tr("“{0}” comes with Postil and stays as it is").format(name),
            self.tr("Copy to Edit…"),
            lambda: self.copy(codebook_id),
        )
        return False

    def _ask(self, dialog: TagDialog | GroupDialog | CodebookDialog) -> None:
        if self._prompts.show(dialog):
            self._desk.do(dialog.command)
        dialog.deleteLater()

    def _chooser(self, title: str, sentence: str, take: str, other: str) -> ChooseTag:
        place = self._place
        return ChooseTag(
            self._desk,
            title,
            sentence,
            place.codebook_id,
            {place.tag_id},
            take,
            other,
            self._window,
        )

    def _step(self, step: int) -> None:
        """Move the chosen tag by one, or into the group next to its own."""
        place = self._place
        if not place.tag_id or not self._may_change(place.codebook_id):
            return
        tag_set = self._chosen_set()
        mates = [tag.id for tag in tag_set.tags if tag.group_id == place.group_id]
        at = mates.index(place.tag_id) + step
        if 0 <= at < len(mates):
            self._put(tag_set, place.tag_id, mates[at], after=step > 0)
            return
        groups = [group.id for group in tag_set.groups]
        beside = groups.index(place.group_id) + step
        if 0 <= beside < len(groups):
            first = next((t.id for t in tag_set.tags if t.group_id == groups[beside]), "")
            target = Place(place.codebook_id, groups[beside], first if step > 0 else "")
            self._drop(place.tag_id, target)

    def _drop(self, tag_id: str, target: Place) -> None:
        """Put a tag before another one, or at the end of a group."""
        codebook_id = self._desk.tags[tag_id].codebook_id
        if not (self._may_change(codebook_id) and self._may_change(target.codebook_id)):
            return
        if target.tag_id and target.codebook_id == codebook_id:
            self._put(self._chosen_set(codebook_id), tag_id, target.tag_id, after=False)
        else:
            self._desk.do(MoveTag(tag_id, target.codebook_id, target.group_id))

    def _put(self, tag_set: TagSet, tag_id: str, mate: str, *, after: bool) -> None:
        others = [tag.id for tag in tag_set.tags if tag.id != tag_id]
        group_id = self._desk.tags[mate].group_id
        place = others.index(mate) + after
        self._desk.do(MoveTag(tag_id, tag_set.codebook.id, group_id, place))

    def _enable(self) -> None:
        place = self._place
        for action_id in ("tag-up", "tag-down", "move-tag", "merge-tag", "retire-tag", "tag-uses"):
            self._actions[action_id].setEnabled(bool(place.tag_id))
        for action_id in ("edit-tag", "delete-tag", "copy-codebook", "export-codebook"):
            self._actions[action_id].setEnabled(bool(place.codebook_id))

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self._tree)
        for spec in TAG_ACTIONS:
            if spec.rule:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])
        menu.exec(self._tree.viewport().mapToGlobal(at))
        menu.deleteLater()
