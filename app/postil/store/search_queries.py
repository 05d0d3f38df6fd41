"""Questions to the index of words, and to the rows that filters ask about."""

import json
from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from postil.domain.annotation import Annotation, Status
from postil.domain.note_fields import note_fields
from postil.search.locating import places
from postil.search.query import Field, Term
from postil.search.words import words as cut_words
from postil.store import schema
from postil.store.queries import annotations, chunks

_ARTICLE_COLUMNS = {Field.TITLE: "title", Field.TEXT: "text"}
_NOTE_COLUMNS = {Field.QUOTE: "quote", Field.NOTE: "note"}
# How much a hit in each column counts; less is better, and what is not ranked has 0.
_ARTICLE_RANK = "bm25(search_article, 8.0, 4.0, 1.0)"  # title, author and outlet, text
_NOTE_RANK = "bm25(search_note, 3.0, 2.0)"  # quotation, note
_IN_TITLE = -1.0  # words in title or source, where there are too many to be ranked
# Words in more of them tell nothing of any one, and ranking those would outlast a key press.
_RANKED_ARTICLES = 1_000
_RANKED_NOTES = 5_000


def articles_with(
    connection: Connection, wanted: Sequence[Term], fields: Collection[Field]
) -> list[int]:
    """Return the numbers of the articles whose own words are wanted."""
    columns = _columns(fields, _ARTICLE_COLUMNS)
    return [] if columns is None else _numbers(connection, _match(wanted, (), columns))


def article_hits(
    connection: Connection,
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
) -> dict[int, float]:
    """Return the scores of the articles whose own words are wanted, by number.

    Of very many, those that have the words in title or source come before the others.
    """
    columns = _columns(fields, _ARTICLE_COLUMNS)
    if columns is None:
        return {}
    match = _match(wanted, unwanted, columns)
    scores = dict.fromkeys(_numbers(connection, match), 0.0)
    if len(scores) <= _RANKED_ARTICLES:
        rows = connection.exec_driver_sql(
            f"SELECT rowid, {_ARTICLE_RANK} FROM search_article "  # noqa: S608 - our own names
            "WHERE search_article MATCH ?",
            (match,),
        )
        return dict(rows.cursor.fetchall())  # plain tuples: there may be many
    titled = _numbers(connection, f"{{title about}} : ({match})")
    scores.update((number, _IN_TITLE) for number in titled if number in scores)
    return scores


def note_hits(
    connection: Connection,
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
    marks: Collection[int] | None = None,
    *,
    ranked_only: bool = False,
) -> dict[int, float]:
    """Return the best score of what was said about each article, by the article's number.

    Args:
        connection: inside a transaction.
        wanted: all of them stand in one quotation with its note, or the note on the article.
        unwanted: none of them does.
        fields: where words are looked for; none means everywhere.
        marks: numbers of those that count, or None for all.
        ranked_only: nothing is wanted where there are too many to be ranked.
    """
    match = note_match(wanted, unwanted, fields)
    if ranked_only and _are_many(connection, match):
        return {}
    if marks is None:
        # In this order: to put the places of a beginning together anew takes long if it has many.
        articles = _spoken_of(connection, match)
        if len(articles) > _RANKED_NOTES or _are_many(connection, match):
            return dict.fromkeys(articles, 0.0)
    is_ranked = marks is None or not _are_many(connection, match)
    rows = connection.exec_driver_sql(
        f"SELECT rowid, {_NOTE_RANK if is_ranked else '0.0'} FROM search_note "  # noqa: S608 - our own names
        "WHERE search_note MATCH ?",
        (match,),
    )
    best: dict[int, float] = {}
    counting = None if marks is None else set(marks)
    for number, score in rows.cursor.fetchall():
        if counting is None or number in counting:
            article = article_of(number)
            best[article] = min(score, best.get(article, 0.0))
    return best


def _spoken_of(connection: Connection, match: str) -> list[int]:
    """Return the numbers of the articles about which something was said that matches."""
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT rowid >> {schema.NUMBER_BITS} FROM search_note "  # noqa: S608 - our own names
        "WHERE search_note MATCH ?",
        (match,),
    )
    return [row[0] for row in rows.cursor.fetchall()]


def _are_many(connection: Connection, match: str) -> bool:
    """Return whether more quotations and notes match than are ranked."""
    row = connection.exec_driver_sql(
        "SELECT 1 FROM search_note WHERE search_note MATCH ? LIMIT 1 OFFSET ?",
        (match, _RANKED_NOTES),
    ).first()
    return row is not None


def note_match(wanted: Sequence[Term], unwanted: Sequence[Term], fields: Collection[Field]) -> str:
    """Return what quotations and notes must match, in the language of FTS5.

    Where words are looked for only elsewhere, nothing matches.
    """
    columns = _columns(fields, _NOTE_COLUMNS)
    return '""' if columns is None else _match(wanted, unwanted, columns)


def said_in(
    connection: Connection,
    articles: Collection[int],
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
) -> dict[int, list[int]]:
    """Return the numbers of what was said about articles and has the words, in order.

    Articles go by their numbers; one about which nothing was said is left out.
    """
    found: dict[int, list[int]] = {}
    bits = schema.NUMBER_BITS
    first, end = min(articles, default=0) << bits, (max(articles, default=0) + 1) << bits
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_note WHERE search_note MATCH ? AND rowid BETWEEN ? AND ? "  # noqa: S608 - our own names
        f"AND rowid >> {bits} IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (note_match(wanted, unwanted, fields), first, end - 1, json.dumps(list(articles))),
    )
    for (number,) in rows.cursor.fetchall():
        found.setdefault(article_of(number), []).append(number)
    return found


def article_of(number: int) -> int:
    """Return the number of the article about which something with this number was said."""
    return number >> schema.NUMBER_BITS


def is_on_article(number: int) -> bool:
    """Return whether a number is that of the note on a whole article, and no mark's."""
    return number == article_of(number) << schema.NUMBER_BITS


def marks_with(
    connection: Connection, tag_sets: Sequence[Collection[str]], statuses: Collection[Status]
) -> list[int]:
    """Return the numbers of marks, in order.

    Args:
        connection: inside a transaction.
        tag_sets: of each, a mark has one tag at least; ids.
        statuses: a mark has one of these; none means any.
    """
    mark, used = schema.annotation, schema.annotation_tag
    query = select(mark.c.number)
    for tags in tag_sets:
        query = query.where(
            mark.c.id.in_(select(used.c.annotation_id).where(used.c.tag_id.in_(tags)))
        )
    if statuses:
        query = query.where(mark.c.status.in_([status.value for status in statuses]))
    return sorted(connection.execute(query).scalars())


def marks_with_field(connection: Connection, name: str, words: str) -> list[int]:
    """Return the numbers of marks whose notes have a field, in order.

    Args:
        connection: inside a transaction.
        name: of the field, or its beginning or a piece of it.
        words: stand in it; where there are none, anything does.
    """
    named, said = _beginning(name), _beginning(words)
    if not named.words:
        return []
    terms = [term for term in (named, said) if term.words]
    rows = connection.exec_driver_sql(
        "SELECT number, note FROM annotation WHERE number IN "
        "(SELECT rowid FROM search_note WHERE search_note MATCH ?) ORDER BY number",
        (note_match(terms, (), {Field.NOTE}),),
    )
    return [
        number
        for number, note in rows
        if any(
            one.value
            and places(one.name, [named])
            and (not said.words or places(one.value, [said]))
            for one in note_fields(note)
        )
    ]


def newest_field_names(connection: Connection, limit: int) -> list[str]:
    """Return the names of fields in the notes made last.

    Args:
        connection: inside a transaction.
        limit: marks that are looked at.
    """
    rows = connection.exec_driver_sql(
        "SELECT note FROM (SELECT note FROM annotation ORDER BY rowid DESC LIMIT ?) "
        "WHERE note LIKE '%**%:%'",
        (limit,),
    )
    return list(dict.fromkeys(one.name for (note,) in rows for one in note_fields(note)))


def articles_with_runs(connection: Connection, runs: Sequence[Term]) -> Counter[str]:
    """Return the ids of articles in whose text runs of words stand, and of how many."""
    found: Counter[int] = Counter()
    for run in runs:
        found.update(_numbers(connection, _match([run], (), "{text} : ")))
    table = schema.article
    ids: Counter[str] = Counter()
    for part in chunks(list(found)):
        query = select(table.c.number, table.c.id).where(table.c.number.in_(part))
        ids.update({row[1]: found[row[0]] for row in connection.execute(query)})
    return ids


def marks_numbered(connection: Connection, numbers: Sequence[int]) -> list[Annotation]:
    """Return the marks with these numbers that exist, in reading order of their articles."""
    table = schema.annotation
    ids = [
        found
        for part in chunks(numbers)
        for found in connection.execute(
            select(table.c.id).where(table.c.number.in_(part))
        ).scalars()
    ]
    return annotations(connection, ids)


def _beginning(text: str) -> Term:
    """Return the words of a text in a row, of which the last may go on."""
    return Term(tuple(word.text for word in cut_words(text)), is_prefix=True)


def _numbers(connection: Connection, match: str) -> list[int]:
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_article WHERE search_article MATCH ?", (match,)
    )
    return [row[0] for row in rows.cursor.fetchall()]


def _columns(fields: Collection[Field], known: dict[Field, str]) -> str | None:
    """Return the filter on columns of a match; None where none of them is asked for."""
    if not fields:
        return ""
    names = [name for field, name in known.items() if field in fields]
    return f"{{{' '.join(names)}}} : " if names else None


def _match(wanted: Sequence[Term], unwanted: Sequence[Term], columns: str) -> str:
    """Return a query of FTS5; every word is in quotation marks, so none is an operator."""
    asked = " AND ".join(map(_phrase, wanted))
    if unwanted:
        asked = f"({asked}) NOT ({' OR '.join(map(_phrase, unwanted))})"
    return f"{columns}({asked})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.is_prefix else "")
