"""Word documents: the article as it is set, marks as coloured and underlined words with comments.

Template and packing are python-docx's; paragraphs are made as the elements they are, since
marks cross everything.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from postil.annotated_markdown import HandedOn
from postil.domain.article import Block, BlockKind
from postil.domain.canonical import CELL_BREAK
from postil.domain.direction import runs_leftwards
from postil.exporters import strict
from postil.exporters.docx_elements import Element, element
from postil.exporters.docx_words import Words
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out, loose_links
from postil.exporters.packing import packed

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = {
    BlockKind.QUOTATION: "Quote",
    BlockKind.CAPTION: "Caption",
    BlockKind.PREFORMATTED: "Preformatted Text",
    BlockKind.ITEM: "List Paragraph",
}
_FIELD = 255  # characters of what a document says of itself
_LARGEST = 32_767  # a number a list can begin with
_DEEPEST = 9  # levels of a list
_TEXT_WIDTH = 8640  # twentieths of a point between the margins of the template
_INDENT = 360  # twentieths of a point, a level
_BULLETS, _NUMBERS = 901, 902  # the two kinds of list; the template's own stop far below
_UNSAID = (Unsaid.WAITING, Unsaid.NOTE_MARKDOWN, Unsaid.FOREIGN)


def export(handed_on: HandedOn, _: ExportOptions) -> Exported:
    """Return the document; the note on the whole article is a comment on its first block."""
    import docx  # takes a moment, and nothing else needs it

    writing = _Writing(docx.Document(), handed_on)
    writing.write()
    target = io.BytesIO()
    writing.document.save(target)
    with ZipFile(target) as archive:  # which has the time of day in it
        data = packed((name, archive.read(name)) for name in archive.namelist())
    remarks = left_out([handed_on], *_UNSAID) + loose_links([handed_on])
    return Exported(data, remarks + _told(writing.words))


def _told(words: Words) -> tuple[str, ...]:
    number = len(words.overlapping)
    where = "where they do, the colour of one shows; each has its own comment."
    return (f"{number:,} marks overlap: {where}",) if number else ()


class _Writing:
    """A document in the making.

    Args:
        document: an empty one.
        handed_on: what goes into it.
    """

    def __init__(self, document: "Document", handed_on: HandedOn) -> None:
        self.document = document
        self.words = Words(document, handed_on)
        self._article = handed_on.article
        self._body: Any = document.element.body
        self._end = self._body[-1]  # the section's settings stay last
        self._numbering: Any = document.part.numbering_part.element
        self._bullets = ""
        self._numbers: dict[int, tuple[str, int]] = {}  # by level: the list, its last number
        self._say_what_it_is(handed_on)
        self._add_styles()

    def write(self) -> None:
        """Write all blocks."""
        rows: list[Block] = []
        for block in self._article.blocks:
            if block.kind is BlockKind.ROW:
                rows.append(block)
                continue
            self._add_table(rows)
            rows = []
            self._end.addprevious(self._paragraph(block, block.start, block.end))
        if rows:
            self._add_table(rows)
            self._end.addprevious(element("w:p"))  # Word wants one after a table
        self.words.finish()

    def _say_what_it_is(self, handed_on: HandedOn) -> None:
        about, said = handed_on.article.metadata, self.document.core_properties
        said.title, said.author = about.title[:_FIELD], about.author[:_FIELD]
        said.language = about.language[:_FIELD]
        said.comments = said.last_modified_by = ""
        times = [strict.time(t) for m in handed_on.annotations for t in (m.created, m.edited)]
        if last := max(times, default=""):
            said.created = said.modified = datetime.fromisoformat(last)

    def _add_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import RGBColor

        styles: Any = self.document.styles
        code = styles.add_style("Verbatim Char", WD_STYLE_TYPE.CHARACTER)
        preformatted = styles.add_style("Preformatted Text", WD_STYLE_TYPE.PARAGRAPH)
        preformatted.base_style = styles["Normal"]
        for style in (code, preformatted):
            style.font.name = "Courier New"
        link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)
        self._style_ids = {style.name: style.style_id for style in styles}

    def _paragraph(self, block: Block, start: int, end: int) -> Element:
        """Return a block, or a cell of one, as a paragraph."""
        paragraph = element("w:p")
        about = element("w:pPr")
        name = f"Heading {block.level}" if block.kind is BlockKind.HEADING else ""
        if name := name or _STYLES.get(block.kind, ""):
            about.append(element("w:pStyle", val=self._style_ids[name]))
        if block.kind is BlockKind.ITEM:
            about.append(self._list_place(block))
        else:
            self._numbers.clear()
        is_leftwards = runs_leftwards(self._article.text, start, end)
        if is_leftwards:
            about.append(element("w:bidi"))
        if len(about):
            paragraph.append(about)
        self.words.add(paragraph, start, end, leftwards=is_leftwards)
        return paragraph

    def _list_place(self, block: Block) -> Element:
        level = min(block.level, _DEEPEST)
        for deeper in [one for one in self._numbers if one > level]:
            del self._numbers[deeper]
        if block.number is None:
            self._bullets = self._bullets or self._new_list(_BULLETS)
            list_id = self._bullets
        else:
            list_id, last = self._numbers.get(level, ("", 0))
            if not list_id or block.number != last + 1:
                list_id = self._new_list(_NUMBERS, level, block.number)
            self._numbers[level] = (list_id, block.number)
        ids = element("w:ilvl", val=str(level - 1)), element("w:numId", val=list_id)
        return element("w:numPr", *ids)

    def _new_list(self, kind: int, level: int = 1, first: int = 1) -> str:
        """Return the id of a new list, which counts from `first` at one level."""
        abstract = f"{kind}"
        if not any(one.get(_ABSTRACT_ID) == abstract for one in self._numbering):
            self._numbering.insert(0, _kind_of_list(kind))
        list_id = str(1000 + len(self._numbering))
        made = element("w:num", element("w:abstractNumId", val=abstract), numId=list_id)
        if kind == _NUMBERS:
            start = element("w:startOverride", val=str(min(max(first, 0), _LARGEST)))
            made.append(element("w:lvlOverride", start, ilvl=str(level - 1)))
        self._numbering.append(made)
        return list_id

    def _add_table(self, rows: Sequence[Block]) -> None:
        """Add rows as one table; a row with fewer cells ends before the others."""
        if not rows:
            return
        text = self._article.text
        columns = max(text.count(CELL_BREAK, row.start, row.end) + 1 for row in rows)
        about = element("w:tblPr", element("w:tblStyle", val=self._style_ids["Table Grid"]))
        if runs_leftwards(text, rows[0].start, rows[0].end):
            about.append(element("w:bidiVisual"))
        about.append(element("w:tblW", type="auto", w="0"))
        wide = str(_TEXT_WIDTH // columns)
        grid = element("w:tblGrid", *(element("w:gridCol", w=wide) for _ in range(columns)))
        table = element("w:tbl", about, grid)
        for row in rows:
            table.append(self._row(row, columns))
        self._end.addprevious(table)

    def _row(self, row: Block, columns: int) -> Element:
        made = element("w:tr")
        cells = self._article.block_text(row).split(CELL_BREAK)
        if missing := columns - len(cells):
            made.append(element("w:trPr", element("w:gridAfter", val=str(missing))))
        at = row.start
        for cell in cells:
            about = element("w:tcPr", element("w:tcW", type="auto", w="0"))
            made.append(element("w:tc", about, self._paragraph(row, at, at + len(cell))))
            at += len(cell) + 1
        return made


_ABSTRACT_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}abstractNumId"


def _kind_of_list(kind: int) -> Element:
    """Return what a list of bullets or of numbers looks like at each level."""
    abstract = element("w:abstractNum", abstractNumId=str(kind))
    abstract.append(element("w:multiLevelType", val="hybridMultilevel"))
    for level in range(_DEEPEST):
        sign = "•–▪"[level % 3] if kind == _BULLETS else f"%{level + 1}."
        indent = element("w:ind", left=str(_INDENT * (level + 1)), hanging=str(_INDENT))
        abstract.append(
            element(
                "w:lvl",
                element("w:start", val="1"),
                element("w:numFmt", val="bullet" if kind == _BULLETS else "decimal"),
                element("w:lvlText", val=sign),
                element("w:lvlJc", val="left"),
                element("w:pPr", indent),
                ilvl=str(level),
            )
        )
    return abstract
