"""Writing the annotated Markdown file: a function of its content, without clock or order.

The grammar, of which the parser reads a more tolerant form:

    file     = front-matter  blocks  [ end ]  footnotes  sections  last
    block    = heading | paragraph | item | quotation | row | preformatted | caption
    words    = text, spans, "<mark class=…>" pieces, "[^a1]" where a mark ends
    end      = "<!-- end of article -->"                (only if no footnote follows)
    footnote = "[^a1]: " tags " — " quotation, note and line of code, indented
    sections = "<!-- end of notes -->"  note on the article, questions, legend
    last     = "<!-- end of file -->"                   (tells a whole file from a cut one)

Parts and blocks are separated by one empty line.
"""

from collections.abc import Iterator

from postil.annotated_markdown.document import HandedOn, WriteOptions
from postil.annotated_markdown.footnotes import write_footnote
from postil.annotated_markdown.front_matter import write_front_matter
from postil.annotated_markdown.inline import write_inline
from postil.annotated_markdown.layout import Layouts
from postil.annotated_markdown.pieces import Cut, cut, label, spans_of
from postil.annotated_markdown.sections import (
    END_OF_ARTICLE,
    END_OF_FILE,
    END_OF_NOTES,
    write_sections,
)
from postil.annotated_markdown.tag_sets import tags_value
from postil.domain.annotation import Annotation
from postil.domain.article import Article, SpanKind
from postil.domain.canonical import BLOCK_BREAK

_Placed = tuple[int, int, Annotation]  # start and end in code points, the mark


def write(handed_on: HandedOn, options: WriteOptions | None = None) -> str:
    """Return the file.

    Args:
        handed_on: what is written; marks lie in the article's text.
        options: what is added for people.

    Raises:
        ValueError: a mark has no words, or lies outside the text.
    """
    options = options or WriteOptions()
    article = handed_on.article
    marks = _placed(article, handed_on.annotations)
    used = {tag for *_, mark in marks for tag in mark.tags}
    parts = [write_front_matter(handed_on, tags_value(handed_on.tag_sets))]
    parts += _blocks(article, marks, options)
    footnotes = [
        write_footnote(label(number), mark, (start, end), article.text, handed_on.tags)
        for number, (start, end, mark) in enumerate(() if options.bare else marks, 1)
    ]
    sections = write_sections(handed_on, used if options.legend else (), room=options.room)
    if sections:
        sections.insert(0, END_OF_NOTES if footnotes else END_OF_ARTICLE)
    return "\n\n".join([*parts, *footnotes, *sections, END_OF_FILE]) + "\n"


def _placed(article: Article, annotations: tuple[Annotation, ...]) -> list[_Placed]:
    """Return the marks in reading order, none beginning or ending at a block break."""
    placed = []
    for mark in annotations:
        words = article.text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip(BLOCK_BREAK))
        end = mark.start + len(words.rstrip(BLOCK_BREAK))
        if not 0 <= start < end:
            raise ValueError(f"mark {mark.id} has no words at {mark.start}-{mark.end}")
        placed.append((start, end, mark))
    return sorted(placed, key=lambda found: (found[0], -found[1], found[2].id))


def _blocks(article: Article, marks: list[_Placed], options: WriteOptions) -> Iterator[str]:
    """Yield the blocks of the article, with the comments between them."""
    spans = spans_of(article)
    links = [span for span in spans if span.kind is SpanKind.LINK]
    cuts = cut(article, links, [(start, end) for start, end, _ in marks])
    layouts = Layouts()
    first = 0
    for index, (block, done) in enumerate(zip(article.blocks, cuts, strict=True)):
        last = first
        while last < len(spans) and spans[last].end <= block.end:
            last += 1
        text = article.block_text(block)
        layout = layouts.of(block, text)
        words = write_inline(
            text,
            block,
            spans[first:last],
            _nameless(done) if options.bare else done,
            line_break=layout.line_break,
            enclosed=bool(layout.opening),
        )
        first = last
        if layout.before:
            yield layout.before
        number = article.numbers[index] if options.numbers else 0
        printed = f'<sup class="n">{number}</sup> ' if number else ""
        yield f"{layout.prefix}{printed}{layout.opening}{words}{layout.suffix}"


def _nameless(done: Cut) -> Cut:
    """Return the pieces of marks without their names and references."""
    return Cut([(start, end, "") for start, end, _ in done.pieces])
