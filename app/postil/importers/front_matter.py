"""Front matter of foreign Markdown: YAML between two rules, read as strings and nothing else.

No aliases, no tags, no more than 64 KB. Keys we know become fields, all other lines are kept
as they were.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from postil.domain import limits
from postil.domain.article import Metadata
from postil.domain.canonical import clean_line, clean_run
from postil.importers.addresses import web_address
from postil.importers.html_metadata import as_date, as_language

_CHARACTERS: Final = 500  # of one field
_DEPTH: Final = 20  # of lists in lists
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes strings only
_REFUSED: Final = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken, yaml.DirectiveToken)
_OPENING: Final = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING: Final = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_FENCED = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"""(["']?)([^\s"'#:\-][^"':]*)\1[ \t]*:(?=\s|$)""")
_NOT_IN_KEY = re.compile(r"[^\w.-]+")
_PLAIN_KEY = re.compile(r"[A-Za-z][\w-]*:(?:\s|$)")
_FIELDS: Final = {
    "title": ("title",),
    "author": ("author", "authors", "byline", "creator"),
    "outlet": ("outlet", "publication", "publisher", "newspaper", "site", "site_name", "website"),
    "source": ("source", "url", "link", "canonical", "source_url"),
    "published": ("published", "date", "publish_date", "publishdate", "pubdate"),
    "modified": ("modified", "updated", "last_modified", "lastmod", "date_modified"),
    "retrieved": ("retrieved", "accessed"),
    "language": ("language", "lang"),
}
# Keys of our own files: a foreign line under one of them would be taken for ours later.
_OURS: Final = frozenset(
    {
        "codebooks", "format", "last_line", "offset_unit", "original_sha256", "partial", "tags",
        "language_guessed", "text_length", "text_sha256", *_FIELDS,
    }
)  # fmt: skip


def split(text: str) -> tuple[str, str]:
    """Return the front matter without its rules, and what comes after; either may be empty."""
    found = _FENCED.match(text[: limits.FRONT_MATTER_BYTES + 100])
    return (found[1], text[found.end() :]) if found else ("", text)


def is_meant(front: str) -> bool:
    """Return whether a text between rules was meant as front matter, readable or not."""
    first = next((line for line in front.split("\n") if line.strip()), "")
    return _PLAIN_KEY.match(first) is not None


def read(front: str) -> Metadata | None:
    """Return what front matter says, or None where it cannot be read."""
    try:
        values = yaml.load(front, Loader=_LOADER) if _is_plain(front) else None  # noqa: S506 - makes strings only
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(values, dict):
        return None
    fields = _fields({str(key).lower(): value for key, value in values.items()})
    return Metadata(
        title=fields["title"],
        author=fields["author"],
        outlet=fields["outlet"],
        source=fields["source"],
        published=as_date(fields["published"]),
        retrieved=fields["retrieved"],
        language=as_language(fields["language"]),
        extra=tuple(_extra(front, fields)),
    )


def _is_plain(front: str) -> bool:
    """Return whether YAML is small, shallow, and without aliases, which could make it large."""
    if not 0 < len(front.encode()) <= limits.FRONT_MATTER_BYTES:
        return False
    depth = 0
    for token in yaml.scan(front, Loader=_LOADER):
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEPTH or isinstance(token, _REFUSED):
            return False
    return True


def _fields(values: Mapping[str, object]) -> dict[str, str]:
    fields = {}
    for field, keys in _FIELDS.items():
        found = (_plain(values[key]) for key in keys if key in values)
        fields[field] = next((value for value in found if value), "")
    address = web_address(fields["source"])
    if not address and not fields["outlet"]:  # some write there who published it
        fields["outlet"] = fields["source"]
    fields["source"] = address
    return fields


def _plain(value: object) -> str:
    """Return a scalar or a list of scalars as one line."""
    values = value if isinstance(value, list) else [value]
    texts = [text for text in values if isinstance(text, str)]
    line = ", ".join(clean_line(text) for text in texts)
    return clean_line(line[:_CHARACTERS])


def _extra(front: str, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines under keys that became no field; the keys in a form that every file takes."""
    taken = {key for field, keys in _FIELDS.items() if fields[field] for key in keys}
    keeps = False
    for line in front.split("\n"):
        key = _KEY.match(line)
        if key:
            name = key[2].strip().lower()
            keeps = name not in taken
            named = f"foreign_{name}" if name in _OURS else _NOT_IN_KEY.sub("_", key[2].strip())
            line = f"{named}:{line[key.end() :]}"  # noqa: PLW2901 - the same line, its key renamed
        kept = clean_run(line, tab="    ")
        if keeps and kept.strip():
            yield kept.rstrip()
