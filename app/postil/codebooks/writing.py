"""A `TagSet` becomes a codebook file, the form that `read_codebook` reads.

A function of content only: the same tags give the same bytes. What is local to a library
(switched on or off, its place in the list) stays there.
"""

import json

from postil.domain.tags import LineStyle, Tag, TagSet

_SCHEMA = "codebook.schema.json"


def write_codebook(tag_set: TagSet) -> bytes:
    """Return a codebook as JSON in UTF-8, see `resources/codebooks/codebook.schema.json`.

    Args:
        tag_set: with at least one group and one tag, as the schema wants.
    """
    codebook = tag_set.codebook
    said = {key: getattr(codebook, key) for key in ("language", "description", "source", "licence")}
    document = {
        "$schema": _SCHEMA,
        "id": codebook.id,
        "name": codebook.name,
        "version": codebook.version,
        **{key: value for key, value in said.items() if value},
        "groups": [
            {"id": group.id, "name": group.name, "colour": group.colour}
            for group in sorted(tag_set.groups, key=lambda group: group.position)
        ],
        "tags": [
            _tag(tag, codebook.id) for tag in sorted(tag_set.tags, key=lambda tag: tag.position)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _tag(tag: Tag, codebook_id: str) -> dict[str, object]:
    prefix = f"{codebook_id}/"
    said: dict[str, object] = {
        "line_style": "" if tag.line_style is LineStyle.SOLID else tag.line_style.value,
        "definition": tag.definition,
        "example": tag.example,
        "question": tag.question,
        "confused_with": [other.removeprefix(prefix) for other in tag.confused_with],
        "labels": dict(tag.labels),
    }
    return {
        "id": tag.id.removeprefix(prefix),
        "group": tag.group_id,
        "name": tag.name,
        "code": tag.code,
        **{key: value for key, value in said.items() if value},
    }
