"""A codebook file becomes a `TagSet`, or one sentence that says where it is wrong.

Files come from anybody: size, nesting, characters and every cross reference are checked
here, so that later code takes a tag set as it is.
"""

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any, NoReturn

from postil import isolation
from postil.codebooks.complaints import complain, in_quotes
from postil.codebooks.schema import check_schema
from postil.domain import limits
from postil.domain.canonical import clean_line, quoted_name
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet

_XML = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")  # a JSON file begins with a brace
_DIGITS = 20  # of a number; a codebook needs none


def looks_like_codebook(head: bytes, name: str) -> bool:
    """Return whether a file is a codebook and no article.

    Args:
        head: its first bytes.
        name: of the file.
    """
    ending = name.rpartition(".")[2].lower()
    return ending == "qdc" or (ending == "json" and b'"groups"' in head and b'"tags"' in head)


def read_codebook(data: bytes, name: str) -> TagSet:
    """Read a codebook file.

    Args:
        data: the bytes of the file: JSON in UTF-8, see `resources/codebooks/codebook.schema.json`,
            or a REFI-QDA codebook (`.qdc`), which the child process turns into it.
        name: the name of the file: for messages, and of a `.qdc` the name of the codebook.

    Raises:
        UserError: the file is no codebook; names the file, the place and the remedy.
    """
    if _XML.match(data):
        _check_size(data, name)
        payload = name.encode("utf-8", "surrogateescape") + b"\0" + data
        data = isolation.run(
            "codebook", payload, seconds=limits.CHILD_SECONDS, what=quoted_name(name)
        )
    document = _clean(_parse(data, name))
    check_schema(document, name)
    _check_references(document, name)
    return _tag_set(document)


def _parse(data: bytes, name: str) -> Any:  # noqa: ANN401 - JSON is anything until checked
    if not data.strip():
        complain(name, "", "the file is empty", "Choose another file.")
    _check_size(data, name)
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_number,
        )
    except UnicodeDecodeError:
        complain(name, "", "the file is not UTF-8 text", "Save it again as UTF-8.")
    except json.JSONDecodeError as error:
        complain(name, f"line {error.lineno}, column {error.colno}", f"broken JSON ({error.msg})")
    except ValueError as error:  # one of our own refusals
        complain(name, "", str(error))
    except RecursionError:
        _complain_of_depth(name)
    _check_depth(document, name)
    return document


def _check_size(data: bytes, name: str) -> None:
    if len(data) > limits.CODEBOOK_BYTES:
        complain(
            name,
            "",
            f"the file is larger than {limits.CODEBOOK_BYTES // limits.MB} MB,"
            " the limit for a codebook",
            "Split it into several codebooks.",
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the field {in_quotes(twice)} stands twice in one object")
    return made


def _number(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError("it has a number with too many digits")
    return int(digits)


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def _check_depth(document: object, name: str) -> None:
    waiting: deque[tuple[object, int]] = deque([(document, 1)])
    while waiting:
        value, depth = waiting.pop()
        if depth > limits.CODEBOOK_DEPTH:
            _complain_of_depth(name)
        if isinstance(value, dict):
            waiting.extend((item, depth + 1) for item in value.values())
        elif isinstance(value, list):
            waiting.extend((item, depth + 1) for item in value)


def _complain_of_depth(name: str) -> NoReturn:
    complain(name, "", f"lists and objects are nested more than {limits.CODEBOOK_DEPTH} deep")


def _clean(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return the document with every string as one canonical line.

    Ids, codes and colours are left as they are: what is wrong there is said, not mended.
    """
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        exact = ("id", "group", "code", "colour", "line_style", "version", "confused_with")
        return {key: item if key in exact else _clean(item) for key, item in value.items()}
    return clean_line(value) if isinstance(value, str) else value


def _check_references(document: dict[str, Any], name: str) -> None:
    """Check what a schema cannot say: what is unique, and that what is named exists."""
    groups: list[dict[str, Any]] = document["groups"]
    tags: list[dict[str, Any]] = document["tags"]
    for field in ("id", "name"):
        _check_unique("group", field, (group[field] for group in groups), name)
    for field in ("id", "name", "code"):
        _check_unique("tag", field, (tag[field] for tag in tags), name)
    group_ids = {group["id"] for group in groups}
    tag_ids = {f"{document['id']}/{tag['id']}" for tag in tags}
    for number, tag in enumerate(tags, 1):
        if tag["group"] not in group_ids:
            complain(
                name,
                f"tag {number}, group",
                f"there is no group {in_quotes(tag['group'])}",
                "Use the id of one of its groups, or add the group.",
            )
        _check_confused_with(document["id"], tag, number, tag_ids, name)


def _check_unique(kind: str, field: str, values: Iterable[str], name: str) -> None:
    """Refuse a value that stands twice; small and capital letters count as the same."""
    seen: dict[str, int] = {}
    for number, value in enumerate(values, 1):
        first = seen.setdefault(value.casefold(), number)
        if first != number:
            complain(
                name,
                f"{kind} {number}, {field}",
                f"{in_quotes(value)} is already the {field} of {kind} {first}",
                "Give each its own.",
            )


def _check_confused_with(
    codebook_id: str, tag: dict[str, Any], number: int, tag_ids: set[str], name: str
) -> None:
    """Check references into this codebook; tags of other codebooks need not be there."""
    own = f"{codebook_id}/{tag['id']}"
    for other in tag.get("confused_with", ()):
        full = _full_id(codebook_id, other)
        place = f"tag {number}, confused_with"
        if full == own:
            complain(name, place, "the tag names itself", "Take it out.")
        if full.startswith(f"{codebook_id}/") and full not in tag_ids:
            complain(name, place, f"there is no tag {in_quotes(other)}", "Use the id of a tag.")


def _full_id(codebook_id: str, tag_id: str) -> str:
    return tag_id if "/" in tag_id else f"{codebook_id}/{tag_id}"


def _tag_set(document: dict[str, Any]) -> TagSet:
    codebook_id: str = document["id"]
    codebook = Codebook(
        id=codebook_id,
        name=document["name"],
        version=document["version"],
        **{key: document.get(key, "") for key in ("language", "description", "source", "licence")},
    )
    groups = tuple(
        Group(codebook_id, group["id"], group["name"], group["colour"].upper(), position)
        for position, group in enumerate(document["groups"])
    )
    tags = tuple(
        Tag(
            id=f"{codebook_id}/{tag['id']}",
            group_id=tag["group"],
            name=tag["name"],
            code=tag["code"],
            line_style=LineStyle(tag.get("line_style", LineStyle.SOLID)),
            confused_with=tuple(
                _full_id(codebook_id, other) for other in tag.get("confused_with", ())
            ),
            labels=tuple(tag.get("labels", {}).items()),
            position=position,
            **{key: tag.get(key, "") for key in ("definition", "example", "question")},
        )
        for position, tag in enumerate(document["tags"])
    )
    return TagSet(codebook, groups, tags)
