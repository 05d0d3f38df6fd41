"""All marks of the library under headings: how many there are, and any stretch of them.

An overview is a look at one moment, asked for anew when the library or the question changes.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from postil.domain.annotation import Status
from postil.domain.overview import Choice, Grouping, MarkGroup, MarkQuery, MarkRow, Sorting
from postil.domain.tags import TagSet
from postil.library.catalogue import Catalogue
from postil.library.searching import comparable, field_asked, tags_named
from postil.library.tagging import folded
from postil.search import Query, parse
from postil.store import Store, overview, queries, search_queries

Stretch = tuple[str, int, int]  # key of a heading, marks passed over, marks wanted
_Heading = tuple[Grouping, str]
_Part = tuple[str, int, int]  # id of an article, marks passed over, marks read
_VERY_MANY = 10_000  # marks; a tag has fewer
_LABELS: Mapping[Grouping, Callable[[overview.ArticleFacts], tuple[str, str]]] = {
    Grouping.ARTICLE: lambda facts: (facts.id, facts.title),
    Grouping.OUTLET: lambda facts: (facts.outlet, facts.outlet),
    Grouping.AUTHOR: lambda facts: (facts.author, facts.author),
    Grouping.MONTH: lambda facts: (facts.published[:7], facts.published[:7]),
}


class Overview:
    """The marks that answer a question, under headings and in an order.

    Args:
        store: the open file.
        catalogue: of the library.
        query: which marks.
        grouping: what their headings are.
        sorting: their order under a heading.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        query: MarkQuery,
        grouping: Grouping,
        sorting: Sorting,
    ) -> None:
        self._store = store
        self._words = catalogue.words
        self.query, self.grouping, self.sorting = query, grouping, sorting
        self.problems: tuple[str, ...] = ()  # sentences about what was left out of the words
        self.total = 0  # marks that answer, each counted once
        self._under_key: dict[str, list[int]] = defaultdict(list)  # numbers of articles, in order
        with store.reading() as transaction:
            self._ask = transaction.ask
            self._facts = catalogue.facts(transaction)
            self._tag_sets = transaction.ask(queries.tag_sets)
            self._asked = self._read(query)
            self._by_article = transaction.ask(overview.counts_by_article, self._asked)
            self.total = sum(self._by_article.values())
            self.groups = self._groups()
        self._lines: dict[str, tuple[list[str], list[int]]] = {}

    def ids(self, stretches: Sequence[Stretch]) -> list[str]:
        """Return the ids of marks, in order.

        Args:
            stretches: of each heading that is looked at: its key, how many marks are passed
                over, how many are wanted.
        """
        with self._store.reading() as transaction:
            self._ask = transaction.ask
            if self.sorting is Sorting.PLACE and self.grouping in _LABELS:
                return self._in_reading_order([self._parts(*one) for one in stretches], None)
            return [i for one in stretches for i in self._under(*one)]

    def rows(self, ids: list[str], *, whole: bool = False) -> list[MarkRow]:
        """Return the lines of marks; `whole` with all their words, not only those looked at."""
        with self._store.reading() as transaction:
            return transaction.ask(overview.rows, ids, whole=whole)

    def figures(self) -> list[MarkGroup]:
        """Return the headings with how many words the articles have that they are about.

        A heading that is said of articles is about those; one said of marks is about every
        article that the question leaves.
        """
        with self._store.reading() as transaction:
            words = transaction.ask(overview.article_words, self._words)
        asked = self._asked.articles
        left = {n: c for n, c in words.items() if asked is None or n in asked}
        if self.grouping not in _LABELS:
            every = sum(left.values())
            return [MarkGroup(g.key, g.label, g.marks, every) for g in self.groups]
        label = _LABELS[self.grouping]
        by_key: Counter[str] = Counter()
        for number, count in left.items():
            by_key[label(self._facts[number])[0]] += count
        return [MarkGroup(g.key, g.label, g.marks, by_key[g.key]) for g in self.groups]

    def choices(self) -> dict[str, list[Choice]]:
        """Return what the marks can be narrowed to: tags, outlets and authors in use."""
        with self._store.reading() as transaction:
            counted = transaction.ask(overview.counts_by_article, overview.Asked())
            uses = transaction.ask(queries.tag_uses)
        names = {tag.id: tag.name for one in self._tag_sets for tag in one.tags}
        outlets: Counter[str] = Counter()
        authors: Counter[str] = Counter()
        for number, marks in counted.items():
            outlets[self._facts[number].outlet] += marks
            authors[self._facts[number].author] += marks
        tags = [Choice(i, names.get(i, i), n) for i, n in uses.items()]
        return {
            "tag": sorted(tags, key=lambda choice: folded(choice.label)),
            "outlet": [Choice(o, o, outlets[o]) for o in sorted(outlets, key=folded)],
            "author": [Choice(a, a, authors[a]) for a in sorted(authors, key=folded)],
        }

    # --- inside ---

    def _read(self, query: MarkQuery) -> overview.Asked:
        """Return the question in the words of the database."""
        asked = parse(query.text, is_typing=query.is_typing)
        problems = list(asked.problems)
        tag_sets: list[tuple[str, ...]] = [(query.tag,)] if query.tag else []
        tag_sets += [tuple(self._named(name, self._tag_sets, problems)) for name in asked.tags]
        unwanted = [
            i for n in asked.unwanted_tags for i in self._named(n, self._tag_sets, problems)
        ]
        given = [some for some in (asked.statuses, query.statuses) if some]
        self.problems = tuple(problems)
        return overview.Asked(
            query=asked,
            tag_sets=tuple(tag_sets),
            unwanted_tags=tuple(unwanted),
            statuses=frozenset.intersection(*given) if given else None,
            voice=query.voice,
            articles=self._articles(query, asked),
            marks=self._with_fields(asked),
        )

    def _with_fields(self, asked: Query) -> frozenset[int] | None:
        """Return the numbers of the marks whose notes have the fields asked for; None for all."""
        found = [
            frozenset(self._ask(search_queries.marks_with_field, *field_asked(one)))
            for one in asked.note_fields
        ]
        return frozenset.intersection(*found) if found else None

    def _named(self, name: str, tag_sets: list[TagSet], problems: list[str]) -> list[str]:
        ids = tags_named(name, tag_sets)
        if not ids:
            problems.append(f"No tag is called “{name}”.")
        return ids

    def _articles(self, query: MarkQuery, asked: Query) -> frozenset[int] | None:
        """Return the numbers of the articles that the question leaves, or None for all."""
        is_narrow = asked.authors or asked.outlets or asked.after or asked.before
        if not is_narrow and query.outlet is None and query.author is None:
            return None
        return frozenset(
            number
            for number, facts in self._facts.items()
            if (query.outlet is None or facts.outlet == query.outlet)
            and (query.author is None or facts.author == query.author)
            and all(comparable(piece) in comparable(facts.author) for piece in asked.authors)
            and all(comparable(piece) in comparable(facts.outlet) for piece in asked.outlets)
            and (not asked.after or facts.published >= asked.after)
            and (not asked.before or "" < facts.published < asked.before)
        )

    def _groups(self) -> list[MarkGroup]:
        """Return the headings with their counts, in the order they stand."""
        if self.grouping in _LABELS:
            return self._groups_of_articles()
        found = self._ask(overview.counts, self._asked, self.grouping)
        if self.grouping is Grouping.STATUS:
            return [MarkGroup(s, s, found[s]) for s in (*Status,) if s in found]
        labels = self._labels()
        known = [MarkGroup(k, labels[k], found[k]) for k in labels if k in found]
        other = [MarkGroup(k, k, found[k]) for k in sorted(found, key=folded) if k not in labels]
        return [*(g for g in (*known, *other) if g.key), *(g for g in other if not g.key)]

    def _groups_of_articles(self) -> list[MarkGroup]:
        counted: Counter[str] = Counter()
        labels: dict[str, str] = {}
        name = _LABELS[self.grouping]
        for number, facts in self._facts.items():
            if number in self._by_article:
                key, labels[key] = name(facts)
                counted[key] += self._by_article[number]
                self._under_key[key].append(number)
        order = list(labels)  # as on the shelf
        if self.grouping is not Grouping.ARTICLE:
            order.sort(key=folded, reverse=self.grouping is Grouping.MONTH)
            order.sort(key=lambda key: not key)
        return [MarkGroup(key, labels[key], counted[key]) for key in order]

    def _labels(self) -> dict[str, str]:
        """Return the names of tags or groups by their keys, as they stand in the codebooks."""
        if self.grouping is Grouping.TAG:
            return {tag.id: tag.name for one in self._tag_sets for tag in one.tags}
        if self.grouping is Grouping.TAG_GROUP:
            return {f"{g.codebook_id}/{g.id}": g.name for one in self._tag_sets for g in one.groups}
        return {}

    def _under(self, key: str, first: int, count: int) -> list[str]:
        """Return the ids of marks under one heading."""
        heading = (self.grouping, key)
        if self.sorting is Sorting.PLACE:
            return self._in_reading_order([self._parts(key, first, count)], heading)
        return self._ask(overview.page, self._asked, heading, self.sorting, first, count)

    def _in_reading_order(self, lines: list[list[_Part]], heading: _Heading | None) -> list[str]:
        parts = [part for line in lines for part in line]
        return self._ask(overview.in_reading_order, self._asked, parts, heading) if parts else []

    def _parts(self, key: str, first: int, count: int) -> list[_Part]:
        """Return where a stretch of a heading lies."""
        articles, ends = self._line(key)
        parts = []
        at = bisect_right(ends, first)
        while count > 0 and at < len(articles):
            begin = ends[at - 1] if at else 0
            many = min(count, ends[at] - first)
            parts.append((articles[at], first - begin, many))
            first, count, at = first + many, count - many, at + 1
        return parts

    def _line(self, key: str) -> tuple[list[str], list[int]]:
        """Return the articles under a heading, and how many marks lie up to the end of each."""
        grouping = self.grouping
        if key not in self._lines:
            if grouping in _LABELS:
                counted, numbers = self._by_article, self._under_key[key]
            else:
                is_tag = grouping in (Grouping.TAG, Grouping.TAG_GROUP)
                counted = self._ask(
                    overview.counts_by_article,
                    self._asked,
                    grouping,
                    key,
                    heading_leads=is_tag and self.total > _VERY_MANY,
                )
                numbers = [number for number in self._facts if number in counted]
            ids = [self._facts[number].id for number in numbers]
            self._lines[key] = (ids, list(accumulate(counted[number] for number in numbers)))
        return self._lines[key]
