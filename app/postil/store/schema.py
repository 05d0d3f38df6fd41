"""The tables, as SQLAlchemy knows them; migrations lead here from every released schema.

Articles name their current revision; a revision names the one it replaced. A revision is
never changed and goes only when no article, mark or history step names it, so a deleted
article can come back with its text.
"""

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
    false,
)

APPLICATION_ID = 0x506F7374  # "Post": tells a library from any other SQLite file
ENCODING_OF = "encoding/"  # and a revision's id: the fact in which encoding it was read again
AUTHOR_OF = "step-author/"  # and a step's number: the fact under which alias it was done
SUM_OF = "step-sum/"  # and a step's number: the fact of its checksum
POINT_AT = "restore-point/"  # and a step's number: the fact that a restore point follows it
SCHEMA_VERSION = 7  # `user_version`; mirrors the newest migration
SCHEMA_REVISION = "0007"  # that migration's name, in `alembic_version`

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Small facts about the library itself, such as which shipped codebooks it has.
fact = Table(
    "fact",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# The bytes articles came from, kept as evidence.
original = Table(
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
    Column("origin", Text, nullable=False),  # address, file name, or "clipboard"
    Column("encoding", String, nullable=False),  # empty where there is none
    Column("taken_at", String, nullable=False),  # ISO 8601, UTC
)

# Texts that articles have or had.
revision = Table(
    "revision",
    metadata,
    Column("id", String, primary_key=True),  # UUID
    Column("previous_id", ForeignKey("revision.id")),
    Column("sha256", String(64), nullable=False, index=True),  # of the text in UTF-8
    Column("text", Text, nullable=False),  # canonical
    Column("characters", Integer, nullable=False),  # code points of the text
    Column("blocks", Text, nullable=False),  # JSON
    Column("spans", Text, nullable=False),  # JSON
    Column("original_sha256", ForeignKey("original.sha256")),
    Column("created", String, nullable=False),  # ISO 8601, UTC
)

# Entries of the shelf.
article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),  # UUID
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("source", Text, nullable=False),  # address
    Column("published", String, nullable=False),
    Column("modified", String, nullable=False, server_default=""),
    Column("retrieved", String, nullable=False),
    Column("language", String, nullable=False),
    Column("language_guessed", Boolean, nullable=False, server_default=false()),
    Column("original_sha256", String, nullable=False),  # of the first source, also when far away
    Column("extra", Text, nullable=False),  # JSON list of foreign front matter lines
    Column("note", Text, nullable=False),  # Markdown, on the whole article
    Column("answers", Text, nullable=False),  # JSON list of [tag id, Markdown]
    Column("added", String, nullable=False),  # ISO 8601, UTC
    Column("number", Integer),  # in the index of words
    Column("checksum", String(16)),  # of the columns above but the number; see `records`
    Index("ix_article_number", "number", unique=True),
    Index("ix_article_added_id", "added", "id"),
)

# Marks. Offsets are code points of the text of the revision named.
annotation = Table(
    "annotation",
    metadata,
    Column("id", String, primary_key=True),  # UUID
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("exact", Text, nullable=False),  # the marked words
    Column("prefix", Text, nullable=False),  # 32 code points before
    Column("suffix", Text, nullable=False),  # 32 code points after
    Column("note", Text, nullable=False),  # canonical Markdown
    Column("author", Text, nullable=False),  # alias
    Column("created", String, nullable=False),  # ISO 8601, UTC
    Column("edited", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("confidence", String, nullable=False),
    Column("status", String, nullable=False),
    Column("links", Text, nullable=False),  # JSON list of {relation, target}
    Column("placement", String, nullable=False),
    Column("extra", Text, nullable=False),  # JSON list of [key, value]
    Column("number", Integer),  # in the index of words
    Column("starred", Boolean, nullable=False, server_default=false()),
    Column("checksum", String(16)),  # as that of an article; a star may change without it
    CheckConstraint('0 <= start AND start < "end"', name="range"),
    Index("ix_annotation_article_id_start", "article_id", "start"),
    Index("ix_annotation_number", "number", unique=True),
    Index("ix_annotation_status_number", "status", "number"),
)

# Named sets of articles, one in another.
collection = Table(
    "collection",
    metadata,
    Column("id", String, primary_key=True),  # UUID
    Column("name", Text, nullable=False),
    # Looked at when all is written: of several steps at once the inner one may come first.
    Column(
        "parent_id",
        ForeignKey("collection.id", deferrable=True, initially="DEFERRED"),
        index=True,
    ),
)

membership = Table(
    "membership",
    metadata,
    Column("collection_id", ForeignKey("collection.id"), primary_key=True),
    Column("article_id", ForeignKey("article.id"), primary_key=True, index=True),
)

codebook = Table(
    "codebook",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", String, nullable=False),
    Column("language", String, nullable=False),
    Column("description", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
)

tag_group = Table(
    "tag_group",
    metadata,
    Column("codebook_id", ForeignKey("codebook.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("colour", String(7), nullable=False),  # #RRGGBB
    Column("position", Integer, nullable=False),
)

tag = Table(
    "tag",
    metadata,
    Column("id", String, primary_key=True),  # codebook/tag
    Column("codebook_id", String, nullable=False),
    Column("group_id", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", String, nullable=False),
    Column("line_style", String, nullable=False),
    Column("definition", Text, nullable=False),
    Column("example", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("confused_with", Text, nullable=False),  # JSON list of tag ids
    Column("labels", Text, nullable=False),  # JSON list of [corpus, label]
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),  # not offered any more
    ForeignKeyConstraint(["codebook_id", "group_id"], ["tag_group.codebook_id", "tag_group.id"]),
)

# Tags of marks, in the order they were given.
annotation_tag = Table(
    "annotation_tag",
    metadata,
    Column("annotation_id", ForeignKey("annotation.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), nullable=False, index=True),
)

# The history: what undo and redo walk along.
step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),  # of the command
    Column("subject", Text, nullable=False),  # what it was about, short
    Column("article_id", String, nullable=False),  # where undoing goes; may be deleted by now
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Column("edits", Text, nullable=False),  # JSON list of {kind, before, after}
    Column("undone", Boolean, nullable=False, index=True),
    sqlite_autoincrement=True,
)

# Revisions a step needs to be undone or redone; they stay as long as it does.
step_revision = Table(
    "step_revision",
    metadata,
    Column("step_id", ForeignKey("step.id", ondelete="CASCADE"), primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), primary_key=True, index=True),
)

# Notes being typed; gone when the editor closes.
draft = Table(
    "draft",
    metadata,
    Column("annotation_id", String, primary_key=True),
    Column("note", Text, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601, UTC
)

# The index of words, which `store.search_index` keeps: of articles (row ids are
# `article.number`), and of what was said about them. There row ids are `annotation.number`, in
# which the article's number comes first, so that marks are told from one another and grouped
# without a look at their rows; the first number of an article is that of the note on the whole
# and the answers. The index has the words but not the texts, so what leaves it must be told to
# it once more. Words are folded and parted by `postil.search`; to this tokenizer every letter
# outside ASCII is one.
NUMBER_BITS = 24  # of a mark's number within its article's
SEARCH_TABLES = {
    name: f"CREATE VIRTUAL TABLE {name} USING fts5("
    f"{columns}, content='', prefix='1', tokenize='ascii')"
    for name, columns in (("search_article", "title, about, text"), ("search_note", "quote, note"))
}
for _ddl in SEARCH_TABLES.values():
    event.listen(metadata, "after_create", DDL(_ddl))  # type: ignore[no-untyped-call]

# Without one of these a library is damaged; each index of words has four tables of its own.
TABLES = frozenset(metadata.tables).union(
    SEARCH_TABLES,
    (f"{name}_{part}" for name in SEARCH_TABLES for part in ("config", "data", "docsize", "idx")),
)
