"""The hits of a search in the articles that are looked at, with what stands around them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import filterfalse

from postil.domain.annotation import Annotation
from postil.domain.article import Article, BlockKind
from postil.domain.found import FoundArticle, Hit, HitKind
from postil.domain.history import ArticleRecord
from postil.domain.listing import ArticleRow
from postil.domain.plain_note import plain_note
from postil.library.searching import Found
from postil.search.locating import joined, places, ranges, sieve, surroundings
from postil.search.query import Field, Term
from postil.store import Transaction, queries, search_queries

_LOOKED_AT = 200  # paragraphs with a word in them among which the best are chosen
_JOINED = " · "  # between author and outlet
_on_article = search_queries.is_on_article


def hits_in(
    transaction: Transaction, found: Found, ids: Sequence[str], each: int
) -> list[FoundArticle]:
    """Return the articles with their hits; those that are gone by now are left out.

    Args:
        transaction: holds the library.
        found: what was found.
        ids: of articles in it.
        each: how many hits in the text, and how many in marks, are wanted of an article.
    """
    rows = {row.id: row for row in transaction.ask(queries.articles, ids)}
    said = _said(transaction, found, ids)
    on_marks = [n for part in said.values() for n in list(filterfalse(_on_article, part))[:each]]
    marks: dict[str, list[Annotation]] = {}
    for mark in transaction.ask(search_queries.marks_numbered, on_marks):
        marks.setdefault(mark.article_id, []).append(mark)
    answers = []
    for article_id in ids:
        record = transaction.ask(queries.article, article_id)
        if record is not None and article_id in rows:
            one = _Answer(
                transaction,
                found,
                rows[article_id],
                record,
                marks.get(article_id, []),
                has_note=any(map(_on_article, said[article_id])),
            )
            answers.append(FoundArticle(one.row, tuple(one.hits(each))))
    return answers


def _said(
    transaction: Transaction, found: Found, ids: Sequence[str]
) -> Mapping[str, Sequence[int]]:
    """Return the numbers of what was said about each article and answers the query."""
    query = found.query
    left = {article_id: found.marks_in(article_id) for article_id in ids}
    if not query.has_words:
        return left
    articles = [found.numbers[article_id] for article_id in ids]
    words = (query.wanted, query.unwanted, query.fields)
    said = transaction.ask(search_queries.said_in, articles, *words)
    numbers = {i: said.get(found.numbers[i], []) for i in ids}
    if found.marks is None:
        return numbers
    return {i: [n for n in numbers[i] if n in set(left[i])] for i in ids}


class _Answer:
    """One article of the answer."""

    def __init__(
        self,
        transaction: Transaction,
        found: Found,
        row: ArticleRow,
        record: ArticleRecord,
        marks: list[Annotation],
        *,
        has_note: bool,
    ) -> None:
        self.row = row
        self._query = found.query
        self._record = record
        self._marks = marks
        self._has_note = has_note
        self._text: Article | None = None
        self._is_whole = found.numbers[row.id] in found.whole
        self._has_text_hits = (
            self._is_whole and self._query.has_words and self._looks_in(Field.TEXT)
        )
        if marks or self._has_text_hits:
            self._text = transaction.ask(queries.revision, record.revision_id).article

    def hits(self, each: int) -> Iterator[Hit]:
        """Yield the hits, those on the whole article first."""
        terms = self._query.wanted
        about = self._record.metadata
        if self._is_whole and terms:
            if self._looks_in(Field.TITLE):
                yield from _line(HitKind.TITLE, about.title, terms)
            if not self._query.fields:
                source = _JOINED.join(filter(None, (about.author, about.outlet)))
                yield from _line(HitKind.SOURCE, source, terms)
        if self._has_note:
            for said in (self._record.note, *(answer for _, answer in self._record.answers)):
                yield from _line(HitKind.NOTE, _readable(said, terms), terms)
        marked = [self._on_mark(mark) for mark in self._marks]
        yield from sorted((*marked, *self._in_text(marked, each)), key=lambda hit: hit.start)

    def _looks_in(self, field: Field) -> bool:
        return not self._query.fields or field in self._query.fields

    def _on_mark(self, mark: Annotation) -> Hit:
        """Return the hit that a quotation with its note is."""
        terms = self._query.wanted
        in_quotation = ranges(mark.anchor.exact, terms) if self._looks_in(Field.QUOTE) else []
        note = _readable(mark.note, terms)
        in_note = ranges(note, terms) if self._looks_in(Field.NOTE) else []
        is_note = len(in_note) > len(in_quotation)
        shown = (
            surroundings(note, in_note)
            if is_note
            else surroundings(mark.anchor.exact, in_quotation)
        )
        kind = HitKind.NOTE if is_note else HitKind.QUOTATION
        if not mark.placement.is_placed or self._text is None:
            return Hit(kind, shown.words, shown.matches, annotation_id=mark.id)
        number = self._text.number_at(mark.start)
        return Hit(kind, shown.words, shown.matches, mark.start, mark.end, number, mark.id)

    def _in_text(self, marked: Sequence[Hit], each: int) -> list[Hit]:
        """Return hits in the paragraphs that hold most of the words, in reading order.

        What a quotation shows already is left out, and so is the title.
        """
        article = self._text
        if article is None or not self._has_text_hits:
            return []
        quoted = [(hit.start, hit.end) for hit in marked if hit.kind is HitKind.QUOTATION]
        terms = self._query.wanted
        may_hold = sieve(terms)
        rated: list[tuple[int, int, Hit]] = []
        for index, block in enumerate(article.blocks):
            words = article.block_text(block)
            if not may_hold(words) or self._is_title(block.kind, words):
                continue
            found = places(words, terms)
            if not found:
                continue  # a phrase of which only the first word stands here
            start, end = block.start + found[0].start, block.start + found[0].end
            if any(first <= start and end <= last for first, last in quoted):
                continue
            shown = surroundings(words, joined(found))
            number = article.numbers[index]
            hit = Hit(HitKind.TEXT, shown.words, shown.matches, start, end, number)
            rated.append((-len({place.term for place in found}), index, hit))
            full = sum(-rate == len(terms) for rate, _, _ in rated)
            if full >= each or len(rated) >= _LOOKED_AT:
                break
        return [hit for _, _, hit in sorted(rated, key=lambda one: one[:2])[:each]]

    def _is_title(self, kind: BlockKind, words: str) -> bool:
        return (
            kind is BlockKind.HEADING
            and words == self._record.metadata.title
            and self._looks_in(Field.TITLE)
        )


def _readable(note: str, terms: Sequence[Term]) -> str:
    """Return a note as plain words; as it is written where only its Markdown has what was found."""
    plain = plain_note(note)
    return plain if len(ranges(plain, terms)) >= len(ranges(note, terms)) else note


def _line(kind: HitKind, words: str, terms: Sequence[Term]) -> Iterator[Hit]:
    shown = surroundings(words, ranges(words, terms))
    if shown.matches:
        yield Hit(kind, shown.words, shown.matches)
