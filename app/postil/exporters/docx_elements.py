"""Elements of WordprocessingML (ECMA-376, part 1), as python-docx makes them."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

Element: TypeAlias = "etree._Element"  # noqa: SLF001 - its type has no other name
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *inside: Element, **attributes: str) -> Element:
    """Return an element.

    Args:
        tag: with its prefix, such as "w:p".
        inside: what stands in it, in order.
        attributes: of WordprocessingML's own namespace.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(inside)
    return made


def words(text: str) -> Element:
    """Return the words of a run, spaces at their ends included."""
    made = element("w:t")
    made.set(_SPACE, "preserve")
    made.text = text
    return made
