"""Links between marks seen from their targets, and the marks a link may lead to."""

from collections.abc import Iterable

from postil.domain.annotation import Annotation, Link, Relation
from postil.domain.history import Changes
from postil.domain.overview import MarkRow
from postil.library.tagging import folded
from postil.search import parse
from postil.search.query import Term
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
            wanted = [_wanted(transaction, term) for term in query.wanted]
            wanted += [_tagged(transaction, name) for name in query.tags]
            ids = transaction.ask(link_queries.marks_with, wanted, article_id, limit)
            return transaction.ask(overview.rows, ids)

    def _add(self, source: str, links: Iterable[Link]) -> None:
        assert self._to is not None
        for link in links:
            of_target = self._to.setdefault(link.target, {})
            of_target[source] = (*of_target.get(source, ()), link.relation)


def _wanted(transaction: Transaction, term: Term) -> link_queries.Wanted:
    """Return where a word may stand."""
    titles = transaction.ask(queries.titles)
    return link_queries.Wanted(
        note_match((term,), (), ()),
        _tags(transaction, term.words),
        [i for i, title in titles if all(word in folded(title) for word in term.words)],
    )


def _tagged(transaction: Transaction, name: str) -> link_queries.Wanted:
    return link_queries.Wanted("", _tags(transaction, (folded(name),)), ())


def _tags(transaction: Transaction, words: Iterable[str]) -> list[str]:
    """Return the ids of the tags in whose name or code all words stand."""
    tags = [tag for one in transaction.ask(queries.tag_sets) for tag in one.tags]
    names = {tag.id: folded(f"{tag.name} {tag.code}") for tag in tags}
    return [tag_id for tag_id, name in names.items() if all(word in name for word in words)]
