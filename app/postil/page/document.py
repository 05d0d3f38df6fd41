"""An article as a QTextDocument: the same words, block by block, with nothing added.

Its raw text, with Qt's paragraph separators as line feeds, equals `article.text`, always: numbers,
list markers, rules and the byline are painted beside the words, never written among them.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, groupby, zip_longest

from PySide6.QtCore import QByteArray, QObject, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from postil.domain.article import Article, Block, BlockKind, Span, SpanKind
from postil.domain.canonical import CELL_BREAK
from postil.domain.direction import runs_leftwards
from postil.page.offsets import OffsetMap
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_IMAGE = QTextDocument.ResourceType.ImageResource.value
_LONG_RUN = 5_000  # letters without a place to break; beyond it Qt's wrapping takes minutes
_UNBREAKABLE = re.compile(
    rf"[^\s\u00ad\u200b\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff]{{{_LONG_RUN}}}"
)

# Size of a heading by level: Qt's adjustment steps, and what they multiply the size with.
_HEADING_STEPS = {1: (2, 1.5), 2: (1, 1.2)}
_LARGE_STEPS = {1: (1, 1.2)}  # where the text itself is large, so that words fit in a line
_LARGE = 32.0  # pixels of text from which on it is large
_CAPTION_STEP = -1
_CELL_GAP = 1.6  # em from the longest words of a column to the next column
_LONG_CELL = 200  # letters of a cell that are measured; they fill more than a line
_ITEM_INDENT = 1.5  # em for each depth
_QUOTATION_INDENT = 1.5  # em on both sides


class PageDocument(QTextDocument):
    """A document that never loads anything."""

    def loadResource(self, kind: int, _name: QUrl | str) -> object:
        """Return a stand-in: Qt would read files by itself if it were given nothing."""
        if kind == _IMAGE:
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(0)
            return image
        return QByteArray()


def build_document(
    article: Article, style: PageStyle, parent: QObject | None = None
) -> PageDocument:
    """Return the article as a document.

    Args:
        article: what to show.
        style: how it looks.
        parent: owns the document.
    """
    document = PageDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    metrics = Metrics.of(style)
    document.setDefaultFont(metrics.font)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _write_blocks(cursor, article, style, metrics)
    offsets = OffsetMap(article.text) if article.spans else None
    if offsets:
        _format_spans(cursor, article.spans, offsets, style)
    cursor.endEditBlock()
    return document


def wrap_mode(article: Article) -> QTextOption.WrapMode:
    """Return how lines are to be broken.

    Qt keeps one mode for a whole document; looking for a place to break in a run of letters
    of a million takes it minutes, so one such run has all lines broken anywhere.
    """
    if any(
        block.end - block.start > _LONG_RUN
        and _UNBREAKABLE.search(article.text, block.start, block.end)
        for block in article.blocks
    ):
        return QTextOption.WrapMode.WrapAnywhere
    return QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def has_title_block(article: Article) -> bool:
    """Return whether the text itself begins with the title, so that none is painted above it."""
    first = article.blocks[0]
    return first.kind is BlockKind.HEADING and first.level == 1


def heading_size(level: int, metrics: Metrics) -> tuple[int, float]:
    """Return how much larger than the text a heading is: in Qt's steps, and as a factor."""
    steps = _HEADING_STEPS if metrics.em < _LARGE else _LARGE_STEPS
    return steps.get(level, (0, 1.0))


def _write_blocks(
    cursor: QTextCursor, article: Article, style: PageStyle, metrics: Metrics
) -> None:
    """Write the words, each run of blocks that look alike in one stroke."""
    is_first = True
    for run in _runs(article):
        block_format = _block_format(run[0], metrics, is_first=is_first)
        if _is_mirrored(article, run[0]):
            block_format.setRightMargin(block_format.leftMargin())
            block_format.setLeftMargin(0)
        if run[0].kind is BlockKind.ROW:
            _set_tabs(block_format, article, run, metrics)
        letters = _letters(run[0], style, metrics)
        if is_first:
            cursor.setBlockFormat(block_format)
            cursor.setBlockCharFormat(letters)
        else:
            cursor.insertBlock(block_format, letters)
        cursor.insertText(article.text[run[0].start : run[-1].end], letters)
        is_first = False


def _runs(article: Article) -> Iterator[list[Block]]:
    """Yield runs of neighbouring blocks of one look; a title stands alone."""
    blocks = article.blocks
    if has_title_block(article):
        yield [blocks[0]]
        blocks = blocks[1:]

    def look(block: Block) -> tuple[BlockKind, int, bool]:
        return block.kind, block.level, _is_mirrored(article, block)

    for _, run in groupby(blocks, key=look):
        yield list(run)


def _is_mirrored(article: Article, block: Block) -> bool:
    """Return whether a block is set in from the right: Qt turns the lines but not the margins."""
    is_set_in = block.kind in (BlockKind.ITEM, BlockKind.PREFORMATTED)
    return is_set_in and runs_leftwards(article.text, block.start, block.end)


def _block_format(block: Block, metrics: Metrics, *, is_first: bool) -> QTextBlockFormat:
    block_format = QTextBlockFormat()
    line, above, below, indent = metrics.line, metrics.gap, metrics.gap, 0.0
    match block.kind:
        case BlockKind.HEADING:
            _, factor = heading_size(block.level, metrics)
            line = round(metrics.line * (1 + (factor - 1) * 0.8))
            above, below = (0.0 if is_first else metrics.line), metrics.gap * 0.5
            if is_first and block.level == 1:
                below = metrics.byline + metrics.gap
            block_format.setHeadingLevel(block.level)
        case BlockKind.ITEM:
            indent = block.level * _ITEM_INDENT
            above = below = metrics.gap * 0.4
        case BlockKind.QUOTATION:
            indent = _QUOTATION_INDENT
            block_format.setRightMargin(indent * metrics.em)
        case BlockKind.ROW:
            above = below = metrics.gap * 0.25
        case BlockKind.PREFORMATTED:
            indent = 1.0
        case BlockKind.CAPTION:
            line = round(metrics.line * 0.85)
        case BlockKind.PARAGRAPH:
            pass
    # One height for all lines, so that a letter from another font does not push them apart.
    block_format.setLineHeight(line, _FIXED)
    block_format.setTopMargin(above)
    block_format.setBottomMargin(below)
    block_format.setLeftMargin(indent * metrics.em)
    return block_format


def _letters(block: Block, style: PageStyle, metrics: Metrics) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setForeground(QColor(style.ink))
    if block.kind is BlockKind.HEADING:
        step, _ = heading_size(block.level, metrics)
        letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, step)
        letters.setFontWeight(QFont.Weight.Bold)
        letters.setFontItalic(block.level > 3)
    elif block.kind is BlockKind.PREFORMATTED:
        letters.setFontFamilies([metrics.fixed_family])
    elif block.kind is BlockKind.CAPTION:
        letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, _CAPTION_STEP)
        letters.setForeground(QColor(style.ink_soft))
    return letters


def _set_tabs(
    block_format: QTextBlockFormat, article: Article, rows: list[Block], metrics: Metrics
) -> None:
    """Give the cells of a table columns: as wide as their words if they all fit, else even ones."""
    cells = [article.block_text(row).split(CELL_BREAK) for row in rows]
    size, gap = QFontMetricsF(metrics.font), metrics.em * _CELL_GAP
    columns = zip_longest(*cells, fillvalue="")
    widths = [
        max(size.horizontalAdvance(cell[:_LONG_CELL]) for cell in column) + gap
        for column in columns
    ]
    if sum(widths) > metrics.column:
        widths = [metrics.column / len(widths)] * len(widths)
    block_format.setTabPositions(
        [QTextOption.Tab(place, QTextOption.TabType.LeftTab) for place in accumulate(widths[:-1])]
    )


def _format_spans(
    cursor: QTextCursor, spans: tuple[Span, ...], offsets: OffsetMap, style: PageStyle
) -> None:
    fixed = Metrics.of(style).fixed_family
    for span in spans:
        letters = QTextCharFormat()
        match span.kind:
            case SpanKind.EMPHASIS:
                letters.setFontItalic(True)
            case SpanKind.STRONG:
                letters.setFontWeight(QFont.Weight.Bold)
            case SpanKind.CODE:
                letters.setFontFamilies([fixed])
            case SpanKind.LINK:
                letters.setAnchor(True)
                letters.setAnchorHref(span.address)
                letters.setForeground(QColor(style.link))
                letters.setFontUnderline(True)
                letters.setUnderlineColor(QColor(style.rule))
        cursor.setPosition(offsets.to_qt(span.start))
        cursor.setPosition(offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
