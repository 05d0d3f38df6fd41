"""Searching over everything: which articles answer a query, best first, and where in them.

The two are apart, so that a list of thousands of answers costs what is seen of it.
An article answers as a whole (title, author, outlet and text together hold every word), or by
what was said about it (one quotation with its note holds every word).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from postil.domain.canonical import clean_line
from postil.domain.tags import TagSet
from postil.library.catalogue import Catalogue
from postil.library.tagging import folded
from postil.search.query import QUOTATION_MARKS, Query
from postil.store import Store, Transaction, queries, search_index, search_queries
from postil.store.overview import ArticleFacts

_UNQUOTED = dict.fromkeys(map(ord, QUOTATION_MARKS), " ")


@dataclass(frozen=True)
class Found:
    """The articles that answer a query, and what in them does."""

    query: Query
    numbers: dict[str, int] = field(default_factory=dict)  # by id of the article, the best first
    whole: frozenset[int] = frozenset()  # numbers of articles that answer as a whole
    marks: tuple[int, ...] | None = None  # marks that tags and statuses leave; None: all
    problems: tuple[str, ...] = ()  # sentences about what was left out of the query

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the articles, the best first."""
        return tuple(self.numbers)

    def marks_in(self, article_id: str) -> tuple[int, ...]:
        """Return the numbers of an article's marks that tags and statuses leave."""
        number = self.numbers[article_id]
        marks = self.marks or ()
        first = bisect_left(marks, number, key=search_queries.article_of)
        return marks[first : bisect_left(marks, number + 1, key=search_queries.article_of)]


def make_index(store: Store) -> None:
    """Make the index of words, unless it is there and made as this program makes it."""
    with store.reading() as transaction:
        current = transaction.ask(search_index.is_current)
    if not current:
        with store.writing() as transaction:
            transaction.rebuild_index()


def search(transaction: Transaction, query: Query, catalogue: Catalogue) -> Found:
    """Return what answers a query.

    Args:
        transaction: holds the library.
        query: what is asked.
        catalogue: of the library.
    """
    if query.is_empty:
        return Found(query, problems=query.problems)
    return _Searching(transaction, query, catalogue.facts(transaction)).found()


class _Searching:
    """One query on its way; articles go by their numbers."""

    def __init__(
        self, transaction: Transaction, query: Query, facts: Mapping[int, ArticleFacts]
    ) -> None:
        self._ask = transaction.ask
        self._facts = facts
        self._query = query
        self._problems = list(query.problems)

    def found(self) -> Found:
        marks = self._marks()
        allowed = self._allowed(marks)
        if self._query.has_words:
            words = (self._query.wanted, self._query.unwanted, self._query.fields)
            whole = self._ask(search_queries.article_hits, *words)
            # Where every article answers as a whole, what was said about it is only to rank it.
            is_all = len(whole) == len(self._facts)
            said = self._ask(search_queries.note_hits, *words, marks, ranked_only=is_all)
            scores = said | {n: score + said.get(n, 0.0) for n, score in whole.items()}
            # What is equally good stays in the order of the shelf.
            order = [number for number in self._facts if number in scores and number in allowed]
            order.sort(key=scores.__getitem__)
        else:
            whole = {} if marks is not None else dict.fromkeys(allowed, 0.0)
            order = [number for number in self._facts if number in allowed]
        return Found(
            self._query,
            {self._facts[number].id: number for number in order},
            frozenset(whole),
            None if marks is None else tuple(marks),
            tuple(self._problems),
        )

    def _allowed(self, marks: list[int] | None) -> set[int]:
        """Return the articles that the filters leave."""
        query = self._query
        allowed = set(self._facts)
        if marks is not None:
            allowed &= set(map(search_queries.article_of, marks))
        if query.authors or query.outlets or query.after or query.before:
            authors = list(map(comparable, query.authors))
            outlets = list(map(comparable, query.outlets))
            allowed &= {
                number
                for number, facts in self._facts.items()
                if all(piece in comparable(facts.author) for piece in authors)
                and all(piece in comparable(facts.outlet) for piece in outlets)
                and (not query.after or facts.published >= query.after)
                and (not query.before or "" < facts.published < query.before)
            }
        return allowed - self._unwanted()

    def _marks(self) -> list[int] | None:
        """Return the marks that the filters on marks leave; None if there are none."""
        query = self._query
        found = [
            self._ask(search_queries.marks_with_field, *field_asked(one))
            for one in query.note_fields
        ]
        if query.tags or query.statuses:
            wanted = [self._tags(name) for name in query.tags]
            found.append(self._ask(search_queries.marks_with, wanted, query.statuses))
        return sorted(set(found[0]).intersection(*found[1:])) if found else None

    def _tags(self, name: str) -> list[str]:
        ids = tags_named(name, self._ask(queries.tag_sets))
        if not ids:
            self._problems.append(f"No tag is called “{name}”.")
        return ids

    def _unwanted(self) -> set[int]:
        """Return the articles that hold a word or a tag they should not."""
        query = self._query
        hidden: set[int] = set()
        for term in query.unwanted:
            hidden.update(self._ask(search_queries.articles_with, (term,), query.fields))
        for name in query.unwanted_tags:
            marks = self._ask(search_queries.marks_with, [self._tags(name)], ())
            hidden.update(map(search_queries.article_of, marks))
        return hidden


def comparable(name: str) -> str:
    """Return a name as it is looked for: folded, without what no value of a query can hold."""
    return " ".join(folded(name).translate(_UNQUOTED).split())


def field_asked(value: str) -> tuple[str, str]:
    """Return the name of a field of notes and the words in it, from "verdict" or "verdict: no"."""
    name, _, words = value.partition(":")
    return name, words


def tags_named(name: str, tag_sets: Iterable[TagSet]) -> list[str]:
    """Return the ids of tags with this id, code or name, or else with it in their names."""
    wanted = comparable(name)
    tags = [tag for tag_set in tag_sets for tag in tag_set.tags]
    whole = [
        tag.id for tag in tags if wanted in {tag.id, comparable(tag.code), comparable(tag.name)}
    ]
    return whole or [tag.id for tag in tags if wanted in comparable(tag.name)]


def ids_named(titles: Mapping[str, str], piece: str) -> list[str]:
    """Return the ids of the articles with this id, or else its start, this title, a piece of it.

    Args:
        titles: by id, in the order of the answer.
        piece: what somebody calls an article.
    """
    exact = [article_id for article_id in titles if article_id == piece]
    starts = [i for i in titles if len(piece) >= 4 and i.startswith(piece)]
    wanted = clean_line(piece).casefold()
    pieces = [(i, title) for i, title in titles.items() if wanted and wanted in title.casefold()]
    whole = [i for i, title in pieces if title.casefold() == wanted]
    return exact or starts or whole or [i for i, _ in pieces]
