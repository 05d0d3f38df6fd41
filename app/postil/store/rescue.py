"""What can still be read of a damaged library, put into a new one.

Rows are read by the place they stand at. Where a stretch cannot be read it is halved, and its
halves are, until what is left out is the bad page and nothing else. What names a row that is
lost gets a stand-in, so that a note outlives the article it was about.
"""

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select, update
from sqlalchemy.schema import DefaultClause

from postil.domain.annotation import Annotation, Placement
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import BLOCK_BREAK, text_sha256
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Record
from postil.domain.tags import Codebook, Group, Tag
from postil.store import history, leaves, schema
from postil.store.checking import strayed_marks
from postil.store.records import (
    annotation_values,
    article_values,
    plain_values,
    tag_values,
    to_json,
)
from postil.store.transfer import TABLES, Numbering, Values, checked, select_rows

_SEARCHED = 1 << 24  # the highest place a row may stand at where the last one cannot be asked
_FAILURES = 5_000  # stretches that cannot be read before a table is given up
# The first bytes of every library: SQLite's name, the size of a page, and how it is kept.
_HEAD = b"SQLite format 3\0" + leaves.PAGE.to_bytes(2, "big") + bytes((1, 1, 0, 64, 32, 32))
_LOST = "What stood here was lost when the library was damaged."
# Tables whose rows can be told apart by their values, where the file no longer says whose they are.
_TOLD_APART = (
    *(schema.annotation, schema.article, schema.revision, schema.original, schema.step),
    *(schema.tag, schema.codebook, schema.tag_group, schema.annotation_tag),
)
Found = dict[str, dict[Any, Values]]  # rows of each table, by what tells them apart
_SHA256 = 64  # digits
_NOT_KEPT = ("step", "step_revision")  # undoing what is half there would do harm
_FACTS_KEPT = schema.ENCODING_OF  # how their names begin; the others are about the old file


@dataclass(frozen=True, slots=True)
class Rescued:
    """How much was brought to safety."""

    articles: int
    marks: int
    texts_lost: int  # articles whose text is gone; their marks wait without a place


def rescue(damaged: Path, target: Connection, folder: Path) -> Rescued:
    """Put what can be read of a damaged library into a new one.

    Args:
        damaged: the file, which nobody has open; it and its journal stay as they are.
        target: inside a transaction of a new library; it may have codebooks already.
        folder: for copies, which are left there.
    """
    found: Found = {}
    for number, with_journal in enumerate((True, False)):
        copy = folder / f"copy-{number}.sqlite"
        if _copied(damaged, copy, with_journal=with_journal):
            read = _read(copy)
            if _weight(read) > _weight(found):
                found = read
    return _Mending(found, target).put()


def _copied(damaged: Path, copy: Path, *, with_journal: bool) -> bool:
    """Copy the file with a head that SQLite takes; return False where there is nothing new."""
    journal = damaged.with_name(damaged.name + "-journal")
    if with_journal and not (journal.is_file() and journal.stat().st_size):
        return False
    shutil.copyfile(damaged, copy)
    with copy.open("r+b") as file:
        file.write(_HEAD)
        pages = copy.stat().st_size // leaves.PAGE
        file.seek(24)
        counter = file.read(4)
        file.write(pages.to_bytes(4, "big"))
        file.seek(92)
        file.write(counter)  # only then is the number of pages believed
    if with_journal:
        shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
    return True


def _weight(found: Found) -> int:
    return sum(len(found.get(name, ())) for name in ("article", "annotation", "revision"))


def _read(copy: Path) -> Found:
    """Return the rows of every table that can be read, by what tells them apart."""
    found: Found = {}
    is_whole = True
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for table in TABLES:
            rows: dict[Any, Values] = {}
            for row in _rows(connection, table):
                if row is None:
                    is_whole = False
                else:
                    _keep(rows, table, row)
            found[table.name] = rows
    if not is_whole:
        _glean(copy.read_bytes(), found)
    return found


def _keep(rows: dict[Any, Values], table: Table, row: Values) -> bool:
    """Keep a row if it is one of this table, and return whether it is."""
    try:
        mended = _mended_text(row) if table is schema.revision else row
        kept = checked(table, mended)
    except (ValueError, TypeError, UserError):
        return False
    rows.setdefault(tuple(row[column.name] for column in table.primary_key), kept)
    return True


def _glean(data: bytes, found: Found) -> None:
    """Add rows that stand on the leaves of the file and were not reached from above."""
    for rowid, values in leaves.rows(data):
        for table in _TOLD_APART:
            names = [column.name for column in table.columns]
            if len(values) > len(names):
                continue
            row = {column.name: _default(column) for column in table.columns}
            row |= dict(zip(names, values, strict=False))
            if table is schema.step:
                row["id"] = rowid
            if _keep(found[table.name], table, row):
                break


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[Values | None]:
    """Yield the rows of a table in their order, None for each stretch that cannot be read."""
    try:
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
    except sqlite3.Error:
        yield None
        return
    names = [column.name for column in table.columns if column.name in there]
    if not names:
        yield None  # the table is lost, or the library is of a time when there was none
        return
    base = {c.name: _default(c) for c in table.columns if c.name not in there}
    query = select_rows(table, ["rowid", *names]) + " WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    waiting = [(1, _last(connection, table))]
    failures = 0
    while waiting and failures < _FAILURES:
        low, high = waiting.pop()
        try:
            for row in connection.execute(query, (low, high)):
                low = row[0] + 1
                yield base | dict(zip(names, row[1:], strict=True))
        except sqlite3.Error:
            failures += 1
            yield None
            middle = (low + high) // 2
            if low < high:
                waiting += [(middle + 1, high), (low, middle)]


def _last(connection: sqlite3.Connection, table: Table) -> int:
    try:
        (last,) = connection.execute(f"SELECT max(rowid) FROM {table.name}").fetchone()  # noqa: S608 - our names
    except sqlite3.Error:
        return _SEARCHED
    return last or 0


def _default(column: "Column[Any]") -> Any:  # noqa: ANN401 - of the column's type
    """Return what a column holds in libraries that were made before there was one."""
    if column.nullable:
        return None
    if isinstance(column.server_default, DefaultClause):
        return 0
    return 0 if column.type.python_type is int else ""


def _mended_text(row: Values) -> Values:
    """Return a text's row that agrees with its text, with plain paragraphs if need be."""
    text = row["text"]
    if not isinstance(text, str) or len(row["sha256"]) != _SHA256:
        raise TypeError("no text")
    mended = row | {"characters": len(text), "sha256": text_sha256(text)}
    try:
        return checked(schema.revision, dict(mended))
    except ValueError:
        return mended | {"blocks": _plain_blocks(text), "spans": "[]"}


def _plain_blocks(text: str) -> str:
    builder = ArticleBuilder(Metadata())
    for paragraph in text.split(BLOCK_BREAK):
        builder.block(BlockKind.PARAGRAPH, paragraph)
    return to_json(builder.finish().blocks)


class _Mending:
    """Puts rows that were read into a new library, with stand-ins for what is lost.

    Args:
        found: rows of each table, by what tells them apart.
        target: inside a transaction.
    """

    def __init__(self, found: Found, target: Connection) -> None:
        self._found = defaultdict(dict, found)
        self._target = target
        self._texts_lost = 0

    def put(self) -> Rescued:
        """Write everything and return how much it is."""
        self._remember()
        self._complete_tags()
        self._complete_texts()
        self._complete_marks()
        self._target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        numbering = Numbering()
        for table in TABLES:
            if table.name in _NOT_KEPT:
                continue
            rows = [
                numbering.numbered((table, row))
                for row in self._found[table.name].values()
                if self._stands(table, row)
            ]
            if rows:
                self._target.execute(insert(table).prefix_with("OR REPLACE"), rows)
        self._let_go_of_places()
        lost = self._texts_lost
        return Rescued(len(self._found["article"]), len(self._found["annotation"]), lost)

    def _remember(self) -> None:
        """Take from the history what it knows of articles and marks that could not be read."""
        last: dict[tuple[type, str], Record | None] = {}
        for _, row in sorted(self._found["step"].items()):
            for edit in () if row["undone"] else history.decode_edits(row["edits"]):
                record = edit.after or edit.before
                if isinstance(record, Annotation | ArticleRecord):
                    last[type(record), record.id] = edit.after
        tagged = {key[0] for key in self._found["annotation_tag"]}
        for record in last.values():
            if isinstance(record, ArticleRecord):
                self._found["article"].setdefault((record.id,), article_values(record))
            elif isinstance(record, Annotation):
                self._found["annotation"].setdefault((record.id,), annotation_values(record))
                for place, tag_id in enumerate(() if record.id in tagged else record.tags):
                    row = {"annotation_id": record.id, "position": place, "tag_id": tag_id}
                    self._found["annotation_tag"][record.id, place] = row

    def _complete_tags(self) -> None:
        """Make tags, groups and codebooks that something names."""
        tags, groups, books = (self._found[name] for name in ("tag", "tag_group", "codebook"))
        known = set(self._target.execute(select(schema.tag.c.id)).scalars())
        for row in self._found["annotation_tag"].values():
            tag_id = str(row["tag_id"])
            if tag_id not in known and (tag_id,) not in tags and "/" in tag_id:
                name = tag_id.partition("/")[2]
                tags[tag_id,] = tag_values(Tag(tag_id, "rescued", name, name[:4].upper()))
        for row in tags.values():
            key = (row["codebook_id"], row["group_id"])
            if key not in groups and not self._has_group(*key):
                groups[key] = plain_values(Group(*key, str(key[1]), "#DDDDDD"))
        for row in groups.values():
            book = row["codebook_id"]
            if (book,) not in books and not self._has_book(book):
                books[book,] = plain_values(Codebook(book, str(book), "1", enabled=True))

    def _has_group(self, book: str, group: str) -> bool:
        table = schema.tag_group
        query = select(table.c.id).where(table.c.codebook_id == book, table.c.id == group)
        return self._target.execute(query).first() is not None

    def _has_book(self, book: str) -> bool:
        query = select(schema.codebook.c.id).where(schema.codebook.c.id == book)
        return self._target.execute(query).first() is not None

    def _complete_texts(self) -> None:
        """Let no article be without a text."""
        texts = self._found["revision"]
        for row in self._found["article"].values():
            if (row["revision_id"],) not in texts:
                self._texts_lost += 1
                texts[row["revision_id"],] = _stand_in(row["revision_id"], row["title"])

    def _complete_marks(self) -> None:
        """Let no mark be without an article, nor stand in a text that is lost."""
        articles, texts = self._found["article"], self._found["revision"]
        for row in self._found["annotation"].values():
            if (row["article_id"],) not in articles:
                text = row["revision_id"]
                if (text,) not in texts:
                    self._texts_lost += 1
                    texts[text,] = _stand_in(text, _LOST)
                title = texts[text,]["text"].partition(BLOCK_BREAK)[0][:80]
                record = ArticleRecord(row["article_id"], text, Metadata(title=title), _now())
                articles[record.id,] = article_values(record)
            if (row["revision_id"],) not in texts:
                row["revision_id"] = articles[row["article_id"],]["revision_id"]
                row["placement"] = Placement.UNPLACED.value

    def _stands(self, table: Table, row: Values) -> bool:
        """Return whether everything is there that a row names."""
        if table in (schema.tag, schema.tag_group):
            return True  # they were completed, and what they name may be in the target already
        if table is schema.fact:
            return str(row["key"]).startswith(_FACTS_KEPT)
        for constraint in table.foreign_key_constraints:
            columns = list(constraint.columns)
            key = tuple(row[column.name] for column in columns)
            named = self._found[constraint.referred_table.name]
            if None in key or key in named:
                continue
            if all(column.nullable for column in columns):
                row.update({column.name: None for column in columns})
                continue
            if constraint.referred_table is not schema.tag:
                return False
            query = select(schema.tag.c.id).where(schema.tag.c.id == key[0])
            if self._target.execute(query).first() is None:
                return False
        return True

    def _let_go_of_places(self) -> None:
        """Have marks wait whose words do not stand at their place."""
        table = schema.annotation
        for mark_id in list(strayed_marks(self._target)):
            values = {"placement": Placement.UNPLACED.value}
            self._target.execute(update(table).where(table.c.id == mark_id).values(values))


def _stand_in(revision_id: str, title: str) -> Values:
    """Return a text that says that one is lost."""
    builder = ArticleBuilder(Metadata())
    builder.block(BlockKind.HEADING, title or _LOST, level=1)
    builder.block(BlockKind.PARAGRAPH, _LOST)
    article = builder.finish()
    return {
        "id": revision_id,
        "previous_id": None,
        "sha256": article.sha256,
        "text": article.text,
        "characters": len(article.text),
        "blocks": to_json(article.blocks),
        "spans": to_json(article.spans),
        "original_sha256": None,
        "created": _now(),
    }


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
