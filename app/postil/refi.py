"""Sets of tags as codes of REFI-QDA (QDA-XML 1.0, qdasoftware.org), for codebooks and projects.

Codes stand inside codes, each with a colour and a description: a group becomes a code that
marks nothing, with its tags inside. Identifiers are made of what they name, so that the same
tag has the same one in every file.
"""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from postil.domain.tags import Tag, TagSet

ORIGIN = "Postil"
CODEBOOK = "urn:QDA-XML:codebook:1.0"  # the namespace of a codebook


def guid(place: str) -> str:
    """Return the identifier of what is called so, in the form REFI-QDA wants."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"postil:{place}")).upper()


def add_codes(parent: ET.Element, tag_sets: Iterable[TagSet]) -> ET.Element:
    """Add the tags of some codebooks to an element, by group; return the element of the codes.

    Args:
        parent: takes the element.
        tag_sets: whose tags are meant; groups without tags are left out.
    """
    codes = ET.SubElement(parent, "Codes")
    for tag_set in tag_sets:
        for group in sorted(tag_set.groups, key=lambda group: group.position):
            inside = [tag for tag in tag_set.tags if tag.group_id == group.id]
            if not inside:
                continue
            place = f"group/{tag_set.codebook.id}/{group.id}"
            outer = _add(codes, place, group.name, group.colour, codable=False)
            for tag in sorted(inside, key=lambda tag: tag.position):
                code = _add(outer, tag.id, tag.name, group.colour)
                if words := _description(tag):
                    ET.SubElement(code, "Description").text = words
    return codes


def add_loose_code(codes: ET.Element, tag_id: str) -> None:
    """Add a code for a tag of which no more than the id is known."""
    ET.SubElement(codes, "Code", {"guid": guid(tag_id), "name": tag_id, "isCodable": "true"})


def as_bytes(root: ET.Element) -> bytes:
    """Return a document in UTF-8 with LF line ends."""
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add(
    parent: ET.Element, place: str, name: str, colour: str, *, codable: bool = True
) -> ET.Element:
    said = {"guid": guid(place), "name": name, "isCodable": str(codable).lower(), "color": colour}
    return ET.SubElement(parent, "Code", said)


def _description(tag: Tag) -> str:
    parts = (tag.definition, tag.question, f"“{tag.example}”" if tag.example else "")
    return "\n".join(part for part in parts if part)
