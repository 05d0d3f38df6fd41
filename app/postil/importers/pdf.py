"""PDF documents with a text layer: the child's side. Lines become paragraphs again.

PDFium gives characters in reading order with their places. Lines are rejoined by their
distance, indent and size; running heads and page numbers go; words broken at a line's end
are mended. What stood where on the page is not kept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

import msgspec

from postil.domain import limits
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.crossing import LARGEST_NUMBER, Reading, Request, request

_PASSWORD: Final = 4  # PDFium's error of a document that wants one
_MARGIN: Final = 0.12  # share of a page's height in which heads and page numbers stand
_EDGE_LINES: Final = 3  # lines at the top and bottom of a page that may be such
_APART: Final = 1.35  # distance of lines, against the usual one, that parts paragraphs
_LARGER: Final = 1.12  # size of letters, against the usual one, that makes a heading
_HEADING_CHARACTERS: Final = 200
_SHORT: Final = 0.85  # share of a column that the last line of a paragraph does not fill
_SCANNED: Final = 20  # characters a page has on average at least, if it has a text layer
_HYPHENS: Final = "-\u00ad\u2010\u0002\ufffe"  # PDFium writes some of them as the last two
_BROKEN: Final = "\u0002"  # stands where a word was broken
_BREAK = re.compile("([^\\W\\d_]+)[\u0002\ufffe]([^\\W\\d_]+)")
_SENTENCE_END = re.compile(r"""[.!?:;…。！？]["'”’»)\]]*$""")
_BULLET = re.compile(r"([•◦▪‣·–—-])\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_INNER: Final = "◦▪–—"  # bullets of lists inside lists
_PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*", re.IGNORECASE
)

# What browsers write of themselves; when they printed a page is not when it was published.
_BROWSER = re.compile(r"Mozilla/|Chromium|Chrome|Firefox|Safari|Skia/PDF", re.IGNORECASE)
_NO_TITLE = re.compile(  # what programs write there when nobody gave a title
    r"\S+\.[a-z]{3,5}|(?:https?|file):.*|Microsoft Word - .*|untitled\W*\d*|about:blank|\W*|\w",
    re.IGNORECASE,
)

_LINE_ENDS: Final = (0x0A, 0x0D)
# A character, its place (left, bottom, right, top) unless it is a space, and its font's height.
_Letter = tuple[str, tuple[float, float, float, float] | None, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; places are points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    size: float  # height of its letters, as their font has it
    page: int
    page_height: float


def convert(payload: bytes) -> bytes:
    """Read a document.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged, protected, scanned, over a limit, or there are no words in it.
    """
    return msgspec.json.encode(read_document(request(payload)))


def read_document(asked: Request) -> Reading:
    """Return what a PDF says.

    Raises:
        UserError: it is damaged, protected, scanned, over a limit, or there are no words in it.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(asked.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise UserError(
                f"{asked.name} is protected by a password", "Save it without one."
            ) from error
        raise UserError(f"{asked.name} is damaged or cut off", "Fetch it once more.") from error
    pages = len(document)
    if pages > limits.PDF_PAGES:
        raise UserError(
            f"{asked.name} has {pages:,} pages, more than {limits.PDF_PAGES:,}",
            "Save the pages you want to a file of their own.",
        )
    try:
        lines = [line for number in range(pages) for line in _lines(document[number], number)]
    except pypdfium2.PdfiumError as error:
        raise UserError(f"{asked.name} has a damaged page", "Fetch it once more.") from error
    if sum(len(line.text) for line in lines) < _SCANNED * pages:
        raise UserError(
            f"{asked.name} seems to be scanned: there are pictures of pages in it, but no words",
            "Run it through a program that recognises text, and open what that makes.",
        )
    remarks = []
    kept = _without_running_heads(lines, pages)
    if len(kept) < len(lines):
        remarks.append(f"Running heads and page numbers were left out: {len(lines) - len(kept)}.")
    builder = ArticleBuilder(_metadata(document), max_characters=asked.max_characters)
    _build(builder, kept)
    remarks.append("Look over the paragraphs: a PDF keeps lines, not paragraphs.")
    return Reading(builder.finish(), remarks=tuple(remarks))


def _lines(page: Any, number: int) -> Iterator[_Line]:  # noqa: ANN401 - pypdfium2
    """Yield the lines of a page in reading order."""
    from pypdfium2 import raw

    words = page.get_textpage()
    height = page.get_height()
    letters: list[_Letter] = []
    for at in range(words.count_chars()):
        unit = raw.FPDFText_GetUnicode(words.raw, at)
        if unit in _LINE_ENDS:
            if any(box for _, box, _ in letters):
                yield _line(letters, number, height)
            letters = []
            continue
        box = words.get_charbox(at)
        if box[2] <= box[0] or chr(unit).isspace():
            letters.append((chr(unit), None, 0.0))
        else:
            _, bottom, _, top = words.get_charbox(at, loose=True)  # as high as the font
            letters.append((chr(unit), box, top - bottom))
    if any(box for _, box, _ in letters):
        yield _line(letters, number, height)


def _line(letters: Sequence[_Letter], page: int, height: float) -> _Line:
    text = "".join(unit for unit, _, _ in letters)
    boxes = [box for _, box, _ in letters if box]
    return _Line(
        # Characters beyond the first plane come in two halves.
        text=text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip(),
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=median(box[1] for box in boxes),
        size=median(size for _, box, size in letters if box),
        page=page,
        page_height=height,
    )


def _without_running_heads(lines: Sequence[_Line], pages: int) -> list[_Line]:
    """Return the lines but for those that stand at the edge of page after page."""
    edges: set[int] = set()
    for page in range(pages):
        here = sorted(
            (at for at, line in enumerate(lines) if line.page == page),
            key=lambda at: lines[at].bottom,
        )
        edges.update(here[:_EDGE_LINES] + here[-_EDGE_LINES:])
    edges = {at for at in edges if _is_at_margin(lines[at])}
    seen = Counter(_shape(lines[at].text) for at in edges)
    often = max(2, pages // 3)
    return [
        line
        for at, line in enumerate(lines)
        if at not in edges
        or not (
            seen[_shape(line.text)] >= often or (pages > 1 and _PAGE_NUMBER.fullmatch(line.text))
        )
    ]


def _is_at_margin(line: _Line) -> bool:
    share = line.bottom / line.page_height
    return share < _MARGIN or share > 1 - _MARGIN


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def _build(builder: ArticleBuilder, lines: Sequence[_Line]) -> None:
    """Put the lines into blocks."""
    if not lines:
        return
    usual = _usual_size(lines)
    larger = sorted({round(line.size) for line in lines if line.size > usual * _LARGER})
    compounds = set(re.findall(r"\w+-\w+", " ".join(line.text for line in lines)))
    for paragraph in _paragraphs(lines, usual):
        text = _joined([line.text for line in paragraph], compounds)
        size = round(paragraph[0].size)
        is_heading = paragraph[0].size > usual * _LARGER and len(text) <= _HEADING_CHARACTERS
        if is_heading and any(letter.isalpha() for letter in text):
            builder.block(BlockKind.HEADING, text, level=len(larger) - larger.index(size))
        elif found := _BULLET.match(text):
            level = 2 if found[1] in _INNER else 1
            builder.block(BlockKind.ITEM, text[found.end() :], level=level)
        elif found := _NUMBER.match(text):
            number = min(int(found[1]), LARGEST_NUMBER)
            builder.block(BlockKind.ITEM, text[found.end() :], level=1, number=number)
        else:
            builder.block(BlockKind.PARAGRAPH, text)


def _usual_size(lines: Iterable[_Line]) -> float:
    """Return the size most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes.most_common(1)[0][0], 0.5)


def _paragraphs(lines: Sequence[_Line], usual: float) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph."""
    steps = [one.bottom - other.bottom for one, other in pairwise(lines) if one.page == other.page]
    near = [step for step in steps if 0 < step < 4 * usual]
    # Lines of one paragraph are nearer to each other than anything else.
    step = sorted(near)[len(near) // 4] if near else 2 * usual
    paragraph = [lines[0]]
    column = _column(lines, 0)
    for at, (before, line) in enumerate(pairwise(lines), 1):
        is_jump = line.page != before.page or line.bottom > before.bottom + usual
        if is_jump:
            column = _column(lines, at)
        if _parts(before, line, column, step, usual, is_jump=is_jump):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _column(lines: Sequence[_Line], start: int) -> tuple[float, float]:
    """Return the left and right edge of the column that begins with a line."""
    first = lines[start]
    below = [first]
    for line in lines[start + 1 :]:
        if line.page != first.page or line.bottom > below[-1].bottom + first.size:
            break
        below.append(line)
    return min(line.left for line in below), max(line.right for line in below)


def _parts(
    before: _Line,
    line: _Line,
    column: tuple[float, float],
    step: float,
    usual: float,
    *,
    is_jump: bool,
) -> bool:
    """Return whether a paragraph begins with `line`."""
    if _BULLET.match(line.text) or _NUMBER.match(line.text):
        return True
    if abs(line.size - before.size) > 0.15 * max(line.size, usual) and (
        max(line.size, before.size) > usual * _LARGER
    ):
        return True
    is_indented = line.left > column[0] + usual and line.left > before.left + usual / 2
    ends = _SENTENCE_END.search(before.text) is not None
    if is_jump:
        return ends and (is_indented or not line.text[:1].islower())
    if before.bottom - line.bottom > step * _APART * max(1.0, line.size / usual):
        return True
    width = column[1] - column[0]
    is_short = before.right < column[0] + _SHORT * width
    return (is_indented and ends) or (is_short and ends and len(before.text) > 1)


def _joined(texts: Sequence[str], compounds: set[str]) -> str:
    """Return lines as one text; words broken at the end of a line are mended."""
    text = texts[0]
    for following in texts[1:]:
        is_broken = text[-1:] in _HYPHENS and text[-2:-1].isalpha() and following[:1].islower()
        text = f"{text[:-1]}{_BROKEN}{following}" if is_broken else f"{text} {following}"

    def mended(found: re.Match[str]) -> str:
        compound = f"{found[1]}-{found[2]}"
        return compound if compound in compounds else found[1] + found[2]

    # PDFium has joined some lines already and left a sign where the hyphen was.
    return _BREAK.sub(mended, text).translate(dict.fromkeys(map(ord, "\u00ad\u0002\ufffe")))


def _metadata(document: Any) -> Metadata:  # noqa: ANN401 - pypdfium2
    said = document.get_metadata_dict()
    is_printed = _BROWSER.search(f"{said.get('Creator')} {said.get('Producer')}")
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", said.get("CreationDate") or "")
    title = clean_line(said.get("Title") or "")
    return Metadata(
        title="" if _NO_TITLE.fullmatch(title) else title,
        author=clean_line(said.get("Author") or ""),
        published="-".join(made.groups()) if made and not is_printed else "",
    )
