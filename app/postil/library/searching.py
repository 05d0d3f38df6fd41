"""Searching over everything: which articles answer a query, best first, and where in them.

The two are apart, so that a list of thousands of answers costs what is seen of it.
An article answers as a whole (title, author, outlet and text together hold every word), or by
what was said about it (one quotation with its note holds every word).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from postil.domain.tags import TagSet
from postil.library.tagging import folded
from postil.search.query import Query
from postil.store import Transaction, queries, search_queries


@dataclass(frozen=True)
class Found:
    """The articles that answer a query, and what in them does."""

    query: Query
    ids: tuple[str, ...] = ()  # of articles, the best first
    said: dict[str, list[int]] = field(default_factory=dict)  # numbers in the index, best first
    whole: frozenset[str] = frozenset()  # articles that answer as a whole
    problems: tuple[str, ...] = ()  # sentences about what was left out of the query


def search(transaction: Transaction, query: Query) -> Found:
    """Return what answers a query."""
    if query.is_empty:
        return Found(query, problems=query.problems)
    return _Searching(transaction, query).found()


class _Searching:
    """One query on its way."""

    def __init__(self, transaction: Transaction, query: Query) -> None:
        self._ask = transaction.ask
        self._query = query
        self._problems = list(query.problems)
        self._scores: dict[str, float] = {}

    def found(self) -> Found:
        articles, marks = self._articles(), self._marks()
        if self._query.has_words:
            whole, said = self._by_words(articles, marks)
        else:
            whole, said = self._by_filters(articles, marks)
        hidden = self._unwanted()
        rank = self._scores
        ids = [i for i in dict.fromkeys((*whole, *said)) if i not in hidden]
        if self._query.has_words:
            ids.sort(key=lambda article_id: rank[article_id])
        else:
            ids = [i for i in self._order if i in set(ids)]
        return Found(
            self._query,
            tuple(ids),
            {article_id: said[article_id] for article_id in ids if article_id in said},
            frozenset(whole),
            tuple(self._problems),
        )

    def _by_words(
        self, articles: Collection[str] | None, marks: dict[int, str] | None
    ) -> tuple[set[str], dict[str, list[int]]]:
        query = self._query
        fields = query.fields
        marked = None if marks is None else set(marks.values())
        best: dict[str, float] = {}
        whole: set[str] = set()
        asked = (query.wanted, query.unwanted, fields)
        for article_id, score in self._ask(search_queries.article_hits, *asked):
            if _allowed(article_id, articles) and _allowed(article_id, marked):
                whole.add(article_id)
                best[article_id] = score
        said: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for number, article_id, score in self._ask(search_queries.note_hits, *asked):
            if not _allowed(article_id, articles):
                continue
            if (marks is None or number in marks) if number > 0 else _allowed(article_id, marked):
                said[article_id].append((score, number))
        for article_id, scored in said.items():
            scored.sort()
            best[article_id] = best.get(article_id, 0.0) + scored[0][0]
        self._scores = best
        return whole, {i: [number for _, number in scored] for i, scored in said.items()}

    def _by_filters(
        self, articles: Collection[str] | None, marks: dict[int, str] | None
    ) -> tuple[set[str], dict[str, list[int]]]:
        """Return all that the filters leave, where no words are looked for."""
        said: dict[str, list[int]] = defaultdict(list)
        for number, article_id in (marks or {}).items():
            if _allowed(article_id, articles):
                said[article_id].append(number)
        if marks is not None:
            return set(), dict(said)
        return {i for i in self._order if _allowed(i, articles)}, {}

    def _articles(self) -> set[str] | None:
        """Return the articles that the filters on sources leave; None if there are none."""
        query = self._query
        is_needed = query.authors or query.outlets or query.after or query.before
        self._order: list[str] = []
        if not is_needed and query.has_words:
            return None
        authors, outlets = list(map(folded, query.authors)), list(map(folded, query.outlets))
        kept: set[str] = set()
        for article_id, author, outlet, published in self._ask(search_queries.sources):
            self._order.append(article_id)
            if (
                all(piece in folded(author) for piece in authors)
                and all(piece in folded(outlet) for piece in outlets)
                and (not query.after or published >= query.after)
                and (not query.before or "" < published < query.before)
            ):
                kept.add(article_id)
        return kept if is_needed else None

    def _marks(self) -> dict[int, str] | None:
        """Return the marks that the filters on marks leave; None if there are none."""
        query = self._query
        if not (query.tags or query.statuses):
            return None
        wanted = [self._tags(name) for name in query.tags]
        return dict(self._ask(search_queries.marks_with, wanted, query.statuses))

    def _tags(self, name: str) -> list[str]:
        ids = tags_named(name, self._ask(queries.tag_sets))
        if not ids:
            self._problems.append(f"No tag is called “{name}”.")
        return ids

    def _unwanted(self) -> set[str]:
        """Return the articles that hold a word or a tag they should not."""
        query = self._query
        hidden: set[str] = set()
        for term in query.unwanted:
            hits = self._ask(search_queries.article_hits, (term,), (), query.fields)
            hidden.update(article_id for article_id, _ in hits)
        for name in query.unwanted_tags:
            marks = self._ask(search_queries.marks_with, [self._tags(name)], ())
            hidden.update(article_id for _, article_id in marks)
        return hidden


def _allowed(article_id: str, allowed: Collection[str] | None) -> bool:
    return allowed is None or article_id in allowed


def tags_named(name: str, tag_sets: Iterable[TagSet]) -> list[str]:
    """Return the ids of tags with this id, code or name, or else with it in their names."""
    wanted = folded(name)
    tags = [tag for tag_set in tag_sets for tag in tag_set.tags]
    whole = [tag.id for tag in tags if wanted in {tag.id, folded(tag.code), folded(tag.name)}]
    return whole or [tag.id for tag in tags if wanted in folded(tag.name)]
