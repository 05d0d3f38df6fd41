"""OpenDocument texts (.odt): the child's side. The document becomes a page, and the page is read.

Kept are what a reader sees: headings, lists, quotations, tables, links, emphasis, footnotes;
deletions, comments and headers are not part of the text. Names are those of OpenDocument 1.3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import msgspec

from postil.domain import limits
from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.archive import Archive
from postil.importers.crossing import Reading, Request, filled, request
from postil.importers.html import read_page

_SKIPPED: Final = frozenset(
    {
        "annotation", "annotation-end", "bibliography-source", "bookmark-ref-source", "forms",
        "sequence-decls", "table-of-content-source", "tracked-changes", "variable-decls",
        "user-field-decls",
    }
)  # fmt: skip
_QUOTATIONS: Final = ("Quotations", "Quote", "Intense Quote", "Block Text")
_PREFORMATTED: Final = ("Preformatted Text", "Source Code", "HTML Preformatted")
_CODE: Final = ("Source Text", "Verbatim Char", "Teletype")


def convert(payload: bytes) -> bytes:
    """Read a document.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    return msgspec.json.encode(read_document(request(payload)))


def read_document(asked: Request) -> Reading:
    """Return what an OpenDocument text says.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    archive = Archive(asked.data, asked.name)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise UserError(f"{asked.name} is protected by a password", "Save it without one.")
    content = archive.xml("content.xml")
    styles = _Styles()
    if "styles.xml" in archive:
        styles.learn(archive.xml("styles.xml"))
    styles.learn(content)
    body = content.find("{*}body/{*}text")
    if body is None:
        raise UserError(f"{asked.name} is no text document", "Choose a document with words in it.")
    page = "".join(_Page(styles).pieces(body))
    reading = read_page(Request(page, asked.name, asked.address, asked.max_characters))
    return filled(reading, _metadata(archive))


@dataclass
class _Styles:
    """What the names of styles mean: looks of letters, kinds of paragraphs, numbers of lists."""

    parents: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # names as people see them
    is_strong: set[str] = field(default_factory=set)
    is_emphasis: set[str] = field(default_factory=set)
    numbered: dict[str, set[int]] = field(default_factory=dict)  # list style -> levels

    def learn(self, root: Any) -> None:  # noqa: ANN401 - lxml
        """Take in the styles of one part of the document."""
        for style in root.iter("{*}style"):
            name = _get(style, "name")
            self.parents[name] = _get(style, "parent-style-name")
            self.shown[name] = _get(style, "display-name")
            letters = style.find("{*}text-properties")
            if letters is not None:
                if _get(letters, "font-weight") in ("bold", "600", "700", "800", "900"):
                    self.is_strong.add(name)
                if _get(letters, "font-style") in ("italic", "oblique"):
                    self.is_emphasis.add(name)
        for style in root.iter("{*}list-style"):
            levels = style.findall("{*}list-level-style-number")
            formats = [level for level in levels if _get(level, "num-format")]
            self.numbered[_get(style, "name")] = {
                int(number) for level in formats if (number := _get(level, "level")).isdigit()
            }

    def line(self, name: str) -> list[str]:
        """Return the names of a style and of those it is made from, as people see them."""
        names: list[str] = []
        while name and len(names) < limits.MARKUP_DEPTH:
            names.append(self.shown.get(name) or name.replace("_20_", " ").replace("_", " "))
            name = self.parents.get(name, "")
        return names


@dataclass
class _Page:
    """Writes the page of one document."""

    styles: _Styles
    notes: list[str] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)  # the styles of the lists that are open

    def pieces(self, body: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
        """Yield the page of a document's body, its notes at the end."""
        yield from self._inside(body)
        if self.notes:
            yield "<ol>" + "".join(f"<li>{note}</li>" for note in self.notes) + "</ol>"

    def _inside(self, element: Any, *, words: bool = False) -> Iterator[str]:  # noqa: ANN401 - lxml
        """Yield what an element holds; its own characters only where `words` are expected."""
        if words and element.text:
            yield escape(element.text)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child)
            if words and child.tail:
                yield escape(child.tail)

    def _element(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
        name = element.tag.rpartition("}")[2]
        if name in _SKIPPED:
            return
        if name in ("p", "h"):
            yield from self._block(element, name)
        elif name == "list":
            yield from self._list(element)
        elif name in ("list-item", "list-header"):
            start = _get(element, "start-value")
            value = f' value="{start}"' if start.isdigit() else ""
            yield from self._around("li", element, value)
        elif name in ("table", "table-row", "table-cell"):
            tag = {"table": "table", "table-row": "tr", "table-cell": "td"}[name]
            spanned = _get(element, "number-columns-spanned")
            yield from self._around(tag, element, f' colspan="{spanned}"' if spanned else "")
        else:
            yield from self._inline(element, name)

    def _block(self, element: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - lxml
        styles = self.styles.line(_get(element, "style-name"))
        if name == "h":
            level = _get(element, "outline-level")
            number = min(int(level), 6) if level.isdigit() else 1
            yield from self._around(f"h{max(number, 1)}", element, words=True)
        elif "Title" in styles:
            yield from self._around("h1", element, words=True)
        elif any(style in _QUOTATIONS for style in styles):
            yield "<blockquote>"
            yield from self._around("p", element, words=True)
            yield "</blockquote>"
        elif any(style in _PREFORMATTED for style in styles):
            yield from self._around("pre", element, words=True)
        else:
            yield from self._around("p", element, words=True)

    def _list(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
        style = _get(element, "style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(style)
        is_numbered = len(self._lists) in self.styles.numbered.get(style, ())
        yield from self._around("ol" if is_numbered else "ul", element)
        self._lists.pop()

    def _inline(self, element: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - lxml
        if name == "span":
            yield from self._span(element)
        elif name == "a":
            address = escape(_get(element, "href"))
            yield from self._around("a", element, f' href="{address}"', words=True)
        elif name == "s":
            count = _get(element, "c")
            yield " " * (min(int(count), limits.CELL_SPAN) if count.isdigit() else 1)
        elif name == "tab":
            yield " "
        elif name == "line-break":
            yield "<br>"
        elif name == "note":
            yield from self._note(element)
        elif name in ("image", "object", "object-ole", "plugin"):
            yield "<img>"
        else:
            yield from self._inside(element, words=True)

    def _span(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
        style = _get(element, "style-name")
        names = self.styles.line(style)
        tags = [
            tag
            for tag, is_so in (
                ("code", any(name in _CODE for name in names)),
                ("strong", style in self.styles.is_strong or "Strong Emphasis" in names),
                ("em", style in self.styles.is_emphasis or "Emphasis" in names),
            )
            if is_so
        ]
        yield "".join(f"<{tag}>" for tag in tags)
        yield from self._inside(element, words=True)
        yield "".join(f"</{tag}>" for tag in reversed(tags))

    def _note(self, element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
        body = element.find("{*}note-body")
        if body is not None:
            self.notes.append("".join(self._inside(body)))
            yield f"<sup>[{len(self.notes)}]</sup>"

    def _around(
        self,
        tag: str,
        element: Any,  # noqa: ANN401 - lxml
        attributes: str = "",
        *,
        words: bool = False,
    ) -> Iterator[str]:
        yield f"<{tag}{attributes}>"
        yield from self._inside(element, words=words)
        yield f"</{tag}>"


def _get(element: Any, name: str) -> str:  # noqa: ANN401 - lxml
    """Return an attribute, whatever its prefix stands for."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _metadata(archive: Archive) -> Metadata:
    if "meta.xml" not in archive:
        return Metadata()
    meta: Any = archive.xml("meta.xml")

    def said(name: str) -> str:
        found = meta.find(f".//{{*}}{name}")
        return clean_line((found.text if found is not None else "") or "")

    return Metadata(
        title=said("title"),
        author=said("initial-creator") or said("creator"),
        language=said("language"),
    )
