"""Links between marks seen from their targets, and the marks a link may lead to."""

from collections.abc import Iterable, Mapping

from postil.domain.annotation import Annotation, Link, Relation
from postil.domain.history import ArticleRecord, Changes
from postil.domain.overview import MarkRow
from postil.domain.tags import Tag
from postil.library.tagging import folded
from postil.search import parse
from postil.store import Store, Transaction, link_queries, overview, queries
from postil.store.search_queries import note_match


class Linking:
    """What links to a mark; read once, and kept in step with every change.

    Args:
        store: the open file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._to: dict[str, dict[str, tuple[Relation, ...]]] | None = None  # target, source
        self._titles: dict[str, str] = {}  # folded, by the id of the article; read when needed
        self._tags: dict[str, str] = {}  # names and codes, likewise

    def to(self, annotation_id: str) -> list[tuple[Relation, str]]:
        """Return the links that lead to a mark: what the other mark is to it, and its id."""
        if self._to is None:
            self._to = {}
            with self._store.reading() as transaction:
                for source, links in transaction.ask(link_queries.links):
                    self._add(source, links)
        found = self._to.get(annotation_id, {})
        return [(relation, source) for source, all_of in found.items() for relation in all_of]

    def follow(self, changes: Changes) -> None:
        """Keep in step with what changed."""
        if changes.everything:
            self._to = None
        if changes.touches(ArticleRecord):
            self._titles = {}
        if changes.touches(Tag):
            self._tags = {}
        if self._to is None:
            return
        for edit in changes.edits:
            before, after = edit.before, edit.after
            if isinstance(before, Annotation):
                for link in before.links:
                    self._to.get(link.target, {}).pop(before.id, None)
            if isinstance(after, Annotation):
                self._add(after.id, after.links)

    def marks(self, ids: Iterable[str]) -> dict[str, MarkRow]:
        """Return the marks with these ids that exist, by id, each with its article's title."""
        with self._store.reading() as transaction:
            return {row.id: row for row in transaction.ask(overview.rows, list(ids))}

    def targets(self, text: str, article_id: str, limit: int) -> list[MarkRow]:
        """Return marks of other articles in which every word of a text stands.

        Args:
            text: as it is typed: words of quotation, note, tag or title; empty for any mark.
            article_id: whose marks are left out.
            limit: how many are wanted at most.
        """
        query = parse(text, is_typing=True)
        with self._store.reading() as transaction:
            self._read_names(transaction)
            wanted = [
                link_queries.Wanted(
                    note_match((term,), (), ()),
                    _having(self._tags, term.words),
                    _having(self._titles, term.words),
                )
                for term in query.wanted
            ]
            wanted += [
                link_queries.Wanted("", _having(self._tags, [folded(name)]), ())
                for name in query.tags
            ]
            ids = transaction.ask(link_queries.marks_with, wanted, article_id, limit)
            return transaction.ask(overview.rows, ids)

    def _read_names(self, transaction: Transaction) -> None:
        """Fold titles and tags once: they are looked through with every key."""
        if not self._titles:
            titles = transaction.ask(queries.titles)
            self._titles = {article_id: folded(title) for article_id, title in titles.items()}
        if not self._tags:
            tags = [tag for one in transaction.ask(queries.tag_sets) for tag in one.tags]
            self._tags = {tag.id: folded(f"{tag.name} {tag.code}") for tag in tags}

    def _add(self, source: str, links: Iterable[Link]) -> None:
        assert self._to is not None
        for link in links:
            of_target = self._to.setdefault(link.target, {})
            of_target[source] = (*of_target.get(source, ()), link.relation)


def _having(names: Mapping[str, str], words: Iterable[str]) -> list[str]:
    """Return the ids of those names in which all words stand; a single letter begins one."""
    wanted = [f" {word}" if len(word) == 1 and word.isascii() else word for word in words]
    return [one for one, name in names.items() if all(word in f" {name}" for word in wanted)]
