"""Definitions of tags in the front matter, under `tags`.

A codebook of the person's own travels with what is used of it, since nobody else has it;
shipped ones are named under `codebooks`. What is local to a library (enabled, its place in
the list) stays.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from postil.annotated_markdown.escape import unescape
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet

_ID = re.compile(r"[a-z0-9_-]+")
_TAG_ID = re.compile(r"[a-z0-9_-]+/[a-z0-9_-]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_CODEBOOK_FIELDS: Final = ("version", "language", "description", "source", "licence")
_TAG_FIELDS: Final = ("definition", "example", "question")


def name_of(tag_id: str, tags: Mapping[str, Tag]) -> str:
    """Return the name a tag is written under."""
    tag = tags.get(tag_id)
    return (clean_line(tag.name) if tag else "") or tag_id


def tags_value(tag_sets: Iterable[TagSet]) -> list[dict[str, object]]:
    """Return the value of `tags` in the front matter: the codebooks that travel."""
    return [_written(s) for s in sorted(tag_sets, key=lambda s: s.codebook.id)]


def _written(tag_set: TagSet) -> dict[str, object]:
    codebook = tag_set.codebook
    fields = {key: getattr(codebook, key) for key in _CODEBOOK_FIELDS}
    return {
        "id": codebook.id,
        "name": codebook.name,
        **{key: value for key, value in fields.items() if value},
        "groups": [_written_group(group) for group in tag_set.groups],
        "tags": [_written_tag(tag) for tag in tag_set.tags],
    }


def _written_group(group: Group) -> dict[str, object]:
    written: dict[str, object] = {"id": group.id, "name": group.name, "colour": group.colour}
    if group.position:
        written["position"] = group.position
    return written


def _written_tag(tag: Tag) -> dict[str, object]:
    written: dict[str, object] = {
        "id": tag.id.partition("/")[2],
        "group": tag.group_id,
        "name": tag.name,
        "code": tag.code,
    }
    if tag.line_style is not LineStyle.SOLID:
        written["line_style"] = tag.line_style.value
    written.update({key: getattr(tag, key) for key in _TAG_FIELDS if getattr(tag, key)})
    if tag.confused_with:
        written["confused_with"] = list(tag.confused_with)
    if tag.labels:
        written["labels"] = [list(pair) for pair in tag.labels]
    if tag.position:
        written["position"] = tag.position
    return written


def read_tags_value(value: object) -> tuple[TagSet, ...]:
    """Return the codebooks that travelled.

    Args:
        value: of `tags` in the front matter; what is not as we write it is passed over.
    """
    return tuple(
        _read_set(codebook_id, entry)
        for entry in _mappings(value)
        if "tags" in entry and (codebook_id := _id(entry.get("id")))
    )


def _read_set(codebook_id: str, entry: dict[str, object]) -> TagSet:
    said = {key: _text(entry.get(key)) for key in ("name", *_CODEBOOK_FIELDS)}
    codebook = Codebook(
        id=codebook_id,
        name=said["name"] or codebook_id,
        version=said["version"],
        language=said["language"],
        description=said["description"],
        source=said["source"],
        licence=said["licence"],
    )
    groups = {
        group_id: Group(
            codebook_id,
            group_id,
            _text(found.get("name")) or group_id,
            colour,
            _number(found.get("position")),
        )
        for found in _mappings(entry.get("groups"))
        if (group_id := _id(found.get("id")))
        and _COLOUR.fullmatch(colour := unescape(_text(found.get("colour"))))
    }
    tags = {
        tag.id: tag
        for found in _mappings(entry["tags"])
        if (tag := _read_tag(codebook_id, found)) is not None and tag.group_id in groups
    }
    return TagSet(codebook, tuple(groups.values()), tuple(tags.values()))


def _read_tag(codebook_id: str, found: dict[str, object]) -> Tag | None:
    own, name, code = _id(found.get("id")), _text(found.get("name")), _text(found.get("code"))
    if not (own and name and code):
        return None
    style = _text(found.get("line_style"))
    labels = found.get("labels")
    return Tag(
        id=f"{codebook_id}/{own}",
        group_id=_text(found.get("group")),
        name=name[: limits.TAG_NAME_CHARACTERS],
        code=code,
        line_style=LineStyle(style) if style in set(LineStyle) else LineStyle.SOLID,
        confused_with=tuple(
            text
            for text in map(_text, _list(found.get("confused_with")))
            if _TAG_ID.fullmatch(text)
        ),
        labels=tuple(
            (_text(pair[0]), _text(pair[1]))
            for pair in _list(labels)
            if isinstance(pair, list) and len(pair) == 2
        ),
        definition=_text(found.get("definition")),
        example=_text(found.get("example")),
        question=_text(found.get("question")),
        position=_number(found.get("position")),
    )


def _mappings(value: object) -> Iterable[dict[str, object]]:
    return (entry for entry in _list(value) if isinstance(entry, dict))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _id(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _number(value: object) -> int:
    """Return a small whole number; a reader of plain YAML gives its digits."""
    digits = str(value) if isinstance(value, int | str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0
