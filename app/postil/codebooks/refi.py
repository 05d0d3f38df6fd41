"""Codebooks of other programs for text analysis: the REFI-QDA codebook, `.qdc`.

How tags become codes stands in `postil.refi`; on the way in, the outermost code is the group
of all that stand in it. Reading runs in the child process.
"""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import PurePath
from typing import Any

from postil import refi
from postil.codebooks.complaints import complain
from postil.codebooks.naming import new_code, slug
from postil.domain.canonical import clean_line
from postil.domain.counting import counted
from postil.domain.tags import LineStyle, TagSet

_GREY = "#DDDDDD"
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_NAME, _PROSE, _TAGS, _GROUPS = 200, 4_000, 2_000, 100  # what our own form holds
_OTHERS = "Codes"  # the group of codes that stand in no other


def write_qdc(tag_set: TagSet) -> tuple[bytes, tuple[str, ...]]:
    """Return a codebook as `.qdc`, and what could not be said in it, in sentences."""
    root = ET.Element("CodeBook", {"xmlns": refi.CODEBOOK, "origin": refi.ORIGIN})
    refi.add_codes(root, [tag_set])
    return refi.as_bytes(root), _unsaid(tag_set)


def _unsaid(tag_set: TagSet) -> tuple[str, ...]:
    tags = tag_set.tags
    lost = [
        ("letter codes", len(tags)),
        ("line styles", sum(tag.line_style is not LineStyle.SOLID for tag in tags)),
        ("“often confused with”", sum(bool(tag.confused_with) for tag in tags)),
        ("labels of corpora", sum(bool(tag.labels) for tag in tags)),
    ]
    said = ", ".join(
        f"{what} of {counted(count, '1 tag', '{0} tags')}" for what, count in lost if count
    )
    return (f"A .qdc file has no place for some of what tags say: {said}.",) if said else ()


def convert(payload: bytes) -> bytes:
    """Return a `.qdc` file as our JSON; runs in the child process.

    Args:
        payload: the name of the file, a zero byte, and its bytes.

    Raises:
        UserError: it is no codebook; names the file, the place and the remedy.
    """
    encoded, _, data = payload.partition(b"\0")
    return json.dumps(_document(data, encoded.decode("utf-8", "surrogateescape"))).encode()


def _document(data: bytes, name: str) -> dict[str, Any]:
    codes = _codes(data, name)
    title = clean_line(PurePath(name).stem)[:_NAME] or "Codebook"
    groups: dict[str, dict[str, str]] = {}
    tags: list[dict[str, str]] = []
    taken: dict[str, set[str]] = {"id": set(), "name": set(), "code": set()}
    for outer in codes:
        inner = list(outer.iter("{*}Code"))[1:]
        group_name = _text(outer.get("name")) if inner else _OTHERS
        group = groups.setdefault(
            group_name.casefold(),
            {"id": _free(slug(group_name), {g["id"] for g in groups.values()}), "name": group_name}
            | {"colour": _colour(outer)},
        )
        wanted = [code for code in (outer, *inner) if _is_codable(code)]
        tags += [_tag(code, group["id"], taken) for code in wanted]
    if not tags:
        complain(name, "", "there are no codes in it", "Choose another file.")
    if len(tags) > _TAGS or len(groups) > _GROUPS:
        complain(name, "", f"it has more than {_TAGS:,} codes or {_GROUPS} outer ones")
    return {
        "id": slug(title),
        "name": title,
        "version": "1",
        "groups": list(groups.values()),
        "tags": tags,
    }


def _codes(data: bytes, name: str) -> list[Any]:
    """Return the outermost codes of a file.

    Raises:
        UserError: it is no XML, declares entities, or is something else.
    """
    from lxml import etree  # the child alone reads XML

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        complain(name, f"line {error.lineno}", "broken XML")
    about: Any = root.getroottree().docinfo  # lxml's stubs lack the field
    if about.internalDTD is not None:
        complain(name, "", "it declares a document type, which a codebook has no need of")
    if etree.QName(root).localname != "CodeBook":
        complain(name, "", "it is no REFI-QDA codebook", "Choose a .qdc or a codebook of Postil.")
    return root.findall("{*}Codes/{*}Code")


def _tag(code: Any, group_id: str, taken: dict[str, set[str]]) -> dict[str, str]:  # noqa: ANN401 - lxml
    """Return a code as a tag; names that stand twice get their outer code's name before them."""
    name = _text(code.get("name")) or "Code"
    if name.casefold() in taken["name"]:
        outer = code.getparent()
        name = f"{_text(outer.get('name'))} / {name}" if outer.get("name") else name
    base, number = name[:_NAME], 2
    while name.casefold() in taken["name"]:
        name, number = f"{base[: _NAME - 8]} ({number})", number + 1
    tag_id = _free(slug(name), taken["id"])
    short = new_code(name, taken["code"])
    for kind, word in (("name", name.casefold()), ("id", tag_id), ("code", short)):
        taken[kind].add(word)
    tag = {"id": tag_id, "name": name[:_NAME], "group": group_id, "code": short}
    words = clean_line(" ".join(found.text or "" for found in code.findall("{*}Description")))
    return tag | ({"definition": words[:_PROSE]} if words else {})


def _is_codable(code: Any) -> bool:  # noqa: ANN401 - lxml
    return (code.get("isCodable") or "true").strip().lower() in ("true", "1")


def _colour(code: Any) -> str:  # noqa: ANN401 - lxml
    colours = [found.get("color") or "" for found in code.iter("{*}Code")]
    return next((colour for colour in colours if _COLOUR.fullmatch(colour)), _GREY)


def _text(value: str | None) -> str:
    return clean_line(value or "")[:_NAME]


def _free(base: str, taken: set[str]) -> str:
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
