"""What can still be read of a damaged library, put into a new one.

What names a row that is lost gets a stand-in, so that a note outlives the article it was about.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select, update

from postil.domain.annotation import Annotation, Placement
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import BLOCK_BREAK
from postil.domain.history import ArticleRecord, Record
from postil.domain.tags import Codebook, Group, Tag
from postil.store import history, schema
from postil.store.checking import strayed_marks
from postil.store.records import (
    annotation_values,
    article_values,
    plain_values,
    sealed,
    tag_values,
    to_json,
)
from postil.store.salvage import Found, salvage
from postil.store.transfer import TABLES, Numbering, Values

_LOST = "What stood here was lost when the library was damaged."
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
    return _Mending(salvage(damaged, folder), target).put()


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
                sealed(table, numbering.numbered((table, row)))
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
            if not 0 <= row["start"] < row["end"]:  # no place at all, but there may be a note
                row["start"], row["end"] = 0, max(len(row["exact"]), 1)
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
            row = self._found["annotation"][mark_id,] | {"placement": Placement.UNPLACED.value}
            values = sealed(table, row)
            values.pop("number", None)  # one that the history gave has none yet
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
