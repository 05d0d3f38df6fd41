"""Where the palette's entries come from, and what choosing one does."""

from postil.domain.history import ArticleRecord, Changes
from postil.domain.tags import Codebook, Group, Tag
from postil.ui.action_table import TABLE
from postil.ui.actions import Actions, menu_path, plain
from postil.ui.dates import shown_date
from postil.ui.desk import Desk
from postil.ui.palette.entries import Entry, Kind
from postil.ui.reader import ReaderView


class Offering:
    """Everything that can be chosen.

    Args:
        desk: has tags and articles.
        actions: what the window can do.
        reader: tags what is selected there.
    """

    def __init__(self, desk: Desk, actions: Actions, reader: ReaderView) -> None:
        self._desk = desk
        self._actions = actions
        self._reader = reader
        self._kept: list[Entry] = []  # articles and tags, until one of them changes
        desk.library_changed.connect(self._follow)

    def entries(self) -> list[Entry]:
        """Return actions in the order of the menus, articles newest first, tags by codebook."""
        self._kept = self._kept or [*self._articles(), *self._tags()]
        return [*self._actions_now(), *self._kept]

    def can_tag(self) -> bool:
        """Whether there are words or a mark that a tag could be put on."""
        return self._reader.marking.has_target()

    def choose(self, entry: Entry, *, only_show: bool = False) -> None:
        """Do what an entry stands for.

        Args:
            entry: what was chosen.
            only_show: let the marks with a tag stand out, even if something could be tagged.
        """
        if entry.kind is Kind.ACTION:
            self._actions[entry.id].trigger()
        elif entry.kind is Kind.ARTICLE:
            self._desk.open_article(entry.id)
        elif self.can_tag() and not only_show:
            self._reader.marking.tag(entry.id)
        else:
            self._desk.isolate((entry.id,), entry.name)

    def _follow(self, changes: Changes) -> None:
        if changes.touches(ArticleRecord, Codebook, Group, Tag):
            self._kept = []

    def _actions_now(self) -> list[Entry]:
        return [
            Entry(
                Kind.ACTION,
                spec.id,
                plain(self._actions[spec.id].text()),
                menu_path(spec),
                self._actions.keymap.text(spec.id),
                is_enabled=self._actions[spec.id].isEnabled(),
            )
            for spec in TABLE
            if spec.id != "palette"
        ]

    def _articles(self) -> list[Entry]:
        untitled = self._reader.tr("Untitled")
        return [
            Entry(
                Kind.ARTICLE,
                row.id,
                row.title or untitled,
                " · ".join(filter(None, (row.author, row.outlet, shown_date(row.published)))),
            )
            for row in self._desk.library.article_facts()
        ]

    def _tags(self) -> list[Entry]:
        found = []
        for tag_set in self._desk.library.tag_sets():
            groups = {group.id: group for group in tag_set.groups}
            found += [
                Entry(
                    Kind.TAG,
                    tag.id,
                    tag.name,
                    f"{tag_set.codebook.name} ▸ {groups[tag.group_id].name}",
                    code=tag.code,
                    fill=self._desk.fill(tag),
                )
                for tag in tag_set.offered
            ]
        return found
