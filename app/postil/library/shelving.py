"""What the shelf asks: collections, which articles are shown and in what order, duplicates."""

from collections.abc import Generator, Iterator, Mapping, Sequence

from postil.domain.history import ArticleRecord, Changes
from postil.domain.shelf import (
    Collection,
    Duplicate,
    Membership,
    ShelfCounts,
    ShelfOrder,
    ShelfQuestion,
)
from postil.library.catalogue import Catalogue
from postil.library.duplicates import Found, Sentences, at_once, duplicates_of, looking
from postil.library.tagging import folded
from postil.store import Store, shelf_queries

_WORDS = frozenset({ShelfOrder.TITLE, ShelfOrder.OUTLET, ShelfOrder.AUTHOR})


class Shelving:
    """The questions of the shelf to one library.

    Args:
        store: the open file.
        catalogue: of the library.
    """

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._sentences: Sentences = {}
        self._is_stale = False  # articles changed since looking began
        self._alike: Found | None = None  # None: to be looked for

    def collections(self) -> list[Collection]:
        """Return every collection, by name."""
        with self._store.reading() as transaction:
            every = transaction.ask(shelf_queries.collections)
        return sorted(every, key=lambda one: (folded(one.name), one.name))

    def collection_paths(self) -> dict[str, str]:
        """Return how each collection is called with those around it, by id: "Unit 3/Week 1"."""
        every = self.collections()
        by_id = {one.id: one for one in every}
        paths = {}
        for one in every:
            names, at = [one.name], one
            while at.parent_id is not None:
                at = by_id[at.parent_id]
                names.append(at.name)
            paths[one.id] = "/".join(reversed(names))
        return dict(sorted(paths.items(), key=lambda item: folded(item[1])))

    def memberships(self, article_ids: Sequence[str]) -> list[Membership]:
        """Return which of these articles is in which collection."""
        with self._store.reading() as transaction:
            return transaction.ask(shelf_queries.memberships, articles=article_ids)

    def counts(self) -> ShelfCounts:
        """Return how many articles there are, also in each collection and in none."""
        with self._store.reading() as transaction:
            return transaction.ask(shelf_queries.counts)

    def answers(self, question: ShelfQuestion) -> list[str]:
        """Return the ids of the articles that answer, in the order asked for.

        What has nothing to be sorted by stands last, whichever way. Possible duplicates stand
        together, where the first of them would.
        """
        with self._store.reading() as transaction:
            rows = transaction.ask(shelf_queries.answers, question)
        ids = [row[0] for row in _sorted(rows, question)]
        if question.only_duplicates:
            return _together(ids, self.duplicates())
        return ids

    def outlets(self) -> list[tuple[str, int]]:
        """Return every outlet with how many articles it has, by name."""
        with self._store.reading() as transaction:
            return transaction.ask(shelf_queries.outlets)

    def authors(self) -> list[tuple[str, int]]:
        """Return every author with how many articles they have, by name."""
        with self._store.reading() as transaction:
            return transaction.ask(shelf_queries.authors)

    def years(self) -> list[str]:
        """Return the years in which articles were published, the latest first."""
        with self._store.reading() as transaction:
            return transaction.ask(shelf_queries.years)

    @property
    def has_looked(self) -> bool:
        """Whether `duplicates` answers without a look at all articles."""
        return self._alike is not None

    def duplicates(self) -> Found:
        """Return the articles that may be the same as others, each with those."""
        if self._alike is None:
            self._alike = at_once(self._looking())
        return self._alike

    def look_for_duplicates(self) -> Iterator[None]:
        """Do what `duplicates` would, in steps of a few milliseconds.

        Between them the library may be changed: then it is looked into once more.
        """
        while self._alike is None:
            self._is_stale = False
            found = yield from self._looking()
            if not self._is_stale:
                self._alike = found

    def _looking(self) -> Generator[None, None, Found]:
        with self._store.reading() as transaction:
            sources = transaction.ask(shelf_queries.sources)
        yield
        return (yield from looking(self._store.reading, sources, self._sentences))

    def follow(self, changes: Changes) -> None:
        """Forget what no longer holds."""
        if changes.everything or changes.touches(ArticleRecord):
            self._alike = None
            self._is_stale = True

    def duplicates_of(self, article_id: str) -> list[Duplicate]:
        """Return what may be the same as one article, the surest first."""
        with self._store.reading() as transaction:
            return duplicates_of(transaction, self._catalogue, article_id, self._sentences)


def _sorted(
    rows: list[tuple[str, str | int]], question: ShelfQuestion
) -> list[tuple[str, str | int]]:
    """Return rows, which come the newest first, in the order asked for."""
    if question.order is ShelfOrder.ADDED:
        return rows if question.is_descending else rows[::-1]
    with_key = [row for row in rows if row[1] != ""]
    without = [row for row in rows if row[1] == ""]
    if question.order in _WORDS:
        with_key.sort(key=lambda row: _plain(str(row[1])), reverse=question.is_descending)
    else:
        with_key.sort(key=lambda row: row[1], reverse=question.is_descending)
    return with_key + without


def _plain(words: str) -> str:
    """Return words as they are sorted: without case and accents."""
    return words.lower() if words.isascii() else folded(words)


def _together(ids: list[str], alike: Mapping[str, list[Duplicate]]) -> list[str]:
    """Return those of `ids` that have duplicates, each followed by what it is like."""
    shown = {article_id for article_id in ids if article_id in alike}
    order: dict[str, None] = {}
    for first in ids:
        waiting = [first]
        while waiting:
            one = waiting.pop()
            if one in shown and one not in order:
                order[one] = None
                waiting += [other.article_id for other in reversed(alike[one])]
    return list(order)
