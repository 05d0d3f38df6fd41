"""Lists of quotations with notes, as Readwise, Zotero, Obsidian and Hypothesis write them.

They hold no article, only what was marked in one. Each quotation becomes a mark without a
position, to be placed in the article by its words; until then the list itself can be read.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Final

from postil.annotated_markdown import ParsedMark
from postil.domain import limits
from postil.domain.annotation import IncomingMark
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_line, clean_note
from postil.domain.errors import UserError
from postil.importers.addresses import web_address
from postil.importers.crossing import Reading

REMARK: Final = (
    "It holds quotations without their article;"
    " “annotate” puts them on the article once that is taken in."
)
_CONTEXT: Final = 32  # code points kept beside a quotation
_PROSE_SHARE: Final = 0.25  # of a list's characters may be no part of a list
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_ITEM = re.compile(r"[-*+][ \t]+(.*)")
_NESTED_ITEM = re.compile(r"(?: {2,}|\t)[ \t]*(?:[-*+][ \t]+)?(.*)")
_LABEL = re.compile(
    r"\**(note|notes|comment|annotation|tags?|colou?r|location|page|date|link|url|author"
    r"|title|full title|reference|source|category|summary|document tags)\**[ \t]*::?\**[ \t]*(.*)",
    re.IGNORECASE,
)
_MARKUP_SECTION = re.compile(
    r"(?:new )?(?:highlights|annotations|quotes|quotations|page notes)\b", re.IGNORECASE
)
_RULE = re.compile(r" {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,})$")
_TAG = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]|#([^\s,#;]+)")
_BLOCK_ID = re.compile(r"\s*\^[\w-]+\s*$")
# Links to the place of a quotation, at its end or after a dash.
_WHENCE = re.compile(
    r"\s*(?:—\s*)?\(?\[(?:Location|Loc\.?|View Highlight|Updated on|Page|p\.|Link|Open)[^\]]*\]"
    r"\([^)\s]*\)\)?(?:\s*—\s*Group:\s*\S+)?\s*$",
    re.IGNORECASE,
)
_ZOTERO = re.compile(
    r"[“\"«](.+?)[”\"»]\s*((?:\(\[[^\]]*\]\(zotero://[^)\s]*\)\)\s*)+)(.*)$", re.DOTALL
)
_ANNOTATOR = re.compile(
    r"%%PREFIX%%(.*?)%%HIGHLIGHT%%\s*==(.*?)==\s*%%POSTFIX%%(.*?)(?:%%LINK%%(.*?))?"
    r"(?:%%COMMENT%%(.*?))?(?:%%TAGS%%(.*))?$",
    re.DOTALL,
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SIGNS = re.compile(r"(?<!\\)(?:\*\*|\*|==|~~|`|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w))")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass
class Quotation:
    """One entry of a list."""

    words: str
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    prefix: str = ""
    suffix: str = ""

    def mark(self) -> IncomingMark:
        """Return it as a mark that is to be placed."""
        return IncomingMark(
            exact=self.words,
            prefix=self.prefix[-_CONTEXT:],
            suffix=self.suffix[:_CONTEXT],
            tags=tuple(dict.fromkeys(self.tags)),
            note=clean_note("\n\n".join(filter(None, self.notes)))[: limits.NOTE_CHARACTERS],
        )


@dataclass
class QuotationList:
    """What a list says."""

    metadata: Metadata
    quotations: list[Quotation]


def find(text: str) -> QuotationList | None:
    """Return the quotations in a Markdown text, or None where it is no list of them.

    It is one only if something says so: a link to a place, a label such as "Note:", a section
    named so, or the comments of an annotator; and if there is hardly anything else in it.
    """
    reader = _Reader()
    for line in [*text.split("\n"), ""]:
        reader.line(line.rstrip())
    reader.end_block()
    if not reader.quotations or not reader.signs:
        return None
    if reader.prose > _PROSE_SHARE * max(1, len(text)):
        return None
    metadata = Metadata(
        title=clean_line(reader.fields.get("title") or reader.title),
        author=clean_line(reader.fields.get("author", "")),
        source=web_address(reader.fields.get("url", "")),
    )
    return QuotationList(metadata, reader.quotations)


def as_reading(found: QuotationList, max_characters: int) -> Reading:
    """Return a list as an article that can be read, with its quotations as marks.

    Raises:
        UserError: it is too long, or there are too many.
    """
    if len(found.quotations) > limits.MARKS_PER_FILE:
        raise UserError(
            f"There are more than {limits.MARKS_PER_FILE:,} marks in it", "Split the file."
        )
    builder = ArticleBuilder(found.metadata, max_characters=max_characters)
    if found.metadata.title:
        builder.block(BlockKind.HEADING, found.metadata.title, level=1)
    for quotation in found.quotations:
        builder.block(BlockKind.QUOTATION, quotation.words)
    article = builder.finish()
    blocks = [block for block in article.blocks if block.kind is BlockKind.QUOTATION]
    marks = tuple(
        ParsedMark(mark=quotation.mark(), pieces=(block.start, block.end), tag_names=())
        for quotation, block in zip(found.quotations, blocks, strict=True)
    )
    return Reading(article, marks, has_body=False, remarks=(REMARK,))


class _Reader:
    """Reads a list line by line."""

    def __init__(self) -> None:
        self.title = ""
        self.fields: dict[str, str] = {}
        self.quotations: list[Quotation] = []
        self.signs = 0  # of a list and not of an article
        self.prose = 0  # characters that belong to no entry
        self._section = ""
        self._current: Quotation | None = None
        self._quoted: list[str] = []  # lines of the quotation that is open
        self._paragraph: list[str] = []
        self._is_noting = False  # what follows belongs to a note
        self._fence = False

    def line(self, line: str) -> None:
        """Take one line."""
        if quoted := _QUOTED.match(line):
            self._end_paragraph()
            self._quoted.append(quoted[1])
            return
        self._end_quoted()
        if not line.strip() or _BLOCK_ID.fullmatch(line):
            self._end_paragraph()
        elif heading := _HEADING.match(line):
            self._heading(len(heading[1]), heading[2])
        elif _RULE.match(line):
            self.end_block()
            self._current = None
        elif item := _ITEM.match(line):
            self._end_paragraph()
            self._item(item[1])
        elif nested := _NESTED_ITEM.match(line):
            self._end_paragraph()
            self._nested(nested[1])
        else:
            self._paragraph.append(line)

    def end_block(self) -> None:
        """End what is open."""
        self._end_quoted()
        self._end_paragraph()

    def _heading(self, level: int, words: str) -> None:
        self.end_block()
        self._current = None
        self._section = words
        if level == 1 and not self.title:
            self.title = _plain(words)
        if _MARKUP_SECTION.match(words):
            self.signs += 1

    def _item(self, words: str) -> None:
        """Take a list item: a quotation under "Highlights", else something about one."""
        if self._labelled(words):
            return
        if _WHENCE.search(words) or _MARKUP_SECTION.match(self._section):
            self._add(words)
        else:
            self._prose(words)

    def _nested(self, words: str) -> None:
        if self._labelled(words):
            return
        if self._current is not None and self._is_noting:
            self._current.notes[-1] += "\n" + words
        else:
            self._prose(words)

    def _labelled(self, words: str) -> bool:
        """Take "Note: …", "Tags: …" and the like; False if it is none."""
        found = _LABEL.match(words)
        if not found:
            return False
        label, value = found[1].lower(), found[2].strip()
        self._is_noting = False
        if self._current is None:
            if self.quotations:
                return False
            field_name = {"full title": "title", "reference": "url", "source": "url", "link": "url"}
            self._field(field_name.get(label, label), value)
        elif label.startswith("tag"):
            self.signs += 1
            self._current.tags.extend(_tags(value))
        elif label in ("note", "notes", "comment", "annotation"):
            self.signs += 1
            self._current.notes.append(value)
            self._is_noting = True
        return True

    def _field(self, name: str, value: str) -> None:
        link = re.search(r"\]\((https?://[^)\s]+)\)", value)
        value = (
            link[1] if link and name == "url" else _plain(value.replace("[[", "").replace("]]", ""))
        )
        self.fields.setdefault(name, value)

    def _add(self, markup: str, *, sure: bool = True) -> None:
        """Add a quotation that is written in Markdown."""
        words = _WHENCE.sub("", _BLOCK_ID.sub("", markup))
        self.signs += words != markup and sure
        words = _plain(words)
        if words:
            self._current = Quotation(words)
            self._is_noting = False
            self.quotations.append(self._current)

    def _end_quoted(self) -> None:
        if not self._quoted:
            return
        text, self._quoted = "\n".join(self._quoted), []
        found = _ANNOTATOR.search(text)
        if found is None:
            callout = re.match(r"\[![\w-]+\][+-]?.*(?:\n|$)", text)
            self._add(text[callout.end() :] if callout else text)
            return
        prefix, words, suffix, _, comment, tags = (part or "" for part in found.groups())
        self.signs += 1
        self._current = Quotation(
            clean_line(words),
            prefix=clean_line(prefix) + " ",
            suffix=" " + clean_line(suffix).rstrip("*"),
        )
        self._current.notes.append(comment.strip())
        self._current.tags.extend(_tags(tags))
        if self._current.words:
            self.quotations.append(self._current)

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        text, self._paragraph = "\n".join(self._paragraph), []
        zotero = _ZOTERO.match(text)
        if zotero:
            self.signs += 1
            self._add(zotero[1])
            if self._current is not None and zotero[3].strip():
                self._current.notes.append(zotero[3].strip())
        elif not self._labelled(text):
            self._prose(text)
            if self._current is not None:
                self._current.notes.append(text)

    def _prose(self, words: str) -> None:
        """Count what may be an article's own words."""
        if not _IMAGE.fullmatch(words.strip()):
            self.prose += len(words)


def _tags(value: str) -> list[str]:
    """Return tag names from "#a #b", "[[a]], [[b]]" or "a, b"."""
    found = [wiki or hashed for wiki, hashed in _TAG.findall(value)] or value.split(",")
    names = (clean_line(name.strip(" .[]")) for name in found)
    return [name[: limits.TAG_NAME_CHARACTERS] for name in names if name]


def _plain(markup: str) -> str:
    """Return the words of a piece of Markdown in one line."""
    words = _LINK.sub(r"\1", _IMAGE.sub("", markup))
    words = _BACKSLASH.sub(r"\1", _SIGNS.sub("", words))
    return clean_line(html.unescape(words))
