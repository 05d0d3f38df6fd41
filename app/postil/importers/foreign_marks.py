"""Marks as other programs write them into Markdown, and the footnotes that are their notes.

An extension of Python-Markdown, so that nothing in code or behind a backslash is taken for a
mark: ==highlight==, CriticMarkup, [words]{.mark}. Changes marked with CriticMarkup count as
accepted.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from postil.importers.html_reader import NOTE_ATTRIBUTE

_HIGHLIGHT = r"(?<![=\\])==(?![=\s])(.+?)(?<![\s=])==(?!=)"
_PANDOC = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])+)\]\{[^{}\n]*\.mark\b[^{}\n]*\}"
_CRITIC_HIGHLIGHT = r"\{==(.+?)==\}"
_CRITIC_COMMENT = r"\{>>(.*?)<<\}"
_CRITIC_CHANGE = r"\{~~(?:.*?)~>(.*?)~~\}"
_CRITIC_INSERTION = r"\{\+\+(.+?)\+\+\}"
_CRITIC_DELETION = r"\{--(.*?)--\}()"
_STRUCK = r"(?<!~)~~(?![~\s])(.+?)(?<!\s)~~(?!~)"

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\n]{1,100})\]:[ \t]*(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class ForeignMarks(Extension):
    """Makes <mark> elements of the marks of other programs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add the patterns: below code and backslashes, above footnotes and links."""
        for place, (pattern, tag) in enumerate(
            (
                (_CRITIC_HIGHLIGHT, "mark"),
                (_CRITIC_CHANGE, "span"),
                (_CRITIC_INSERTION, "span"),
                (_CRITIC_DELETION, "span"),
                (_PANDOC, "mark"),
                (_HIGHLIGHT, "mark"),
                (_STRUCK, "span"),
            )
        ):
            processor = _Words(pattern, md, tag)
            md.inlinePatterns.register(processor, f"foreign {place}", 179 - place / 10)
        md.inlinePatterns.register(_Comment(_CRITIC_COMMENT, md), "foreign comment", 179.5)


class _Words(InlineProcessor):
    """Words between two signs; the last group is what stays."""

    def __init__(self, pattern: str, md: Markdown, tag: str) -> None:
        super().__init__(pattern, md)
        self._tag = tag

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - as above
    ) -> tuple[Element, int, int]:
        element = Element(self._tag)
        element.text = m.group(m.lastindex or 0)
        return element, m.start(0), m.end(0)


class _Comment(InlineProcessor):
    """A comment; it shows nothing and belongs to the mark before or around it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - as above
    ) -> tuple[Element, int, int]:
        element = Element("span")
        element.set(NOTE_ATTRIBUTE, self.unescape(m.group(1)).strip())
        return element, m.start(0), m.end(0)


def footnotes(text: str) -> dict[str, str]:
    """Return the Markdown of each footnote by its label; the first of a label counts.

    Args:
        text: Markdown with LF line ends.
    """
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None  # of the definition that is open
    fence = ""
    after_blank = False
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and line.strip().startswith(fence) else fence
        elif opened:
            fence, lines = opened[1], None
        elif definition := _DEFINITION.match(line):
            lines = found.setdefault(definition[1], [])
            if lines:  # a second one of this label
                lines = None
            else:
                lines.append(definition[2])
        elif lines is not None:
            is_inside = line.startswith(("    ", "\t"))
            if line.strip() and not is_inside and after_blank:
                lines = None
            else:
                lines.append(
                    line.removeprefix("\t") if line[:1] == "\t" else line[4:] if is_inside else line
                )
        after_blank = not line.strip()
    return {label: "\n".join(lines).strip() for label, lines in found.items()}
