"""What stands between two heights of a document: lines, and the pieces of marks on them.

One frame is worked out for one view of the page and then serves painting, pointing and
repainting parts of it. Lengths are pixels of the document, text offsets are Qt's.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from postil.domain.annotation import Annotation, smallest_first
from postil.page.layers import Layer, Layers
from postil.page.offsets import OffsetMap
from postil.page.type_face import Metrics

# Right-to-left scripts and marks of direction: lines with one of them may run both ways.
_TWO_WAYS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_GIANT = 1_000  # lines of a paragraph whose text is not looked through for every frame


class Piece(NamedTuple):
    """The part of a range on one line, or one of its parts where a line runs both ways."""

    left: float
    right: float
    top: float
    bottom: float
    baseline: float


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of text; `text_line` is good until the document is laid out again."""

    block: int  # index of its block
    block_start: int
    start: int
    end: int
    x: float  # where the block's text area begins; the rest of the line counts from there
    left: float  # of the words, without spaces that hang over the end of a broken line
    right: float
    top: float  # of the fill of marks
    bottom: float
    baseline: float
    text_line: QTextLine
    runs_both_ways: bool
    is_broken: bool  # another line of its block follows


@dataclass(frozen=True, slots=True)
class FrameMark:
    """One mark in one block, as far as it is in the frame."""

    layer: Layer
    start: int  # of the whole mark
    end: int
    pieces: tuple[Piece, ...]
    begins: bool  # its first letter is in the pieces
    ends: bool  # its last letter is in the pieces
    ends_leftwards: bool  # its last letter stands in a run from right to left

    @property
    def mark(self) -> Annotation:
        """The mark itself."""
        return self.layer.mark


@dataclass(slots=True)
class Frame:
    """Lines and marks between two heights."""

    top: float
    bottom: float
    lines: list[PageLine] = field(default_factory=list)  # in the order of the text
    marks: list[FrameMark] = field(default_factory=list)  # in the order of painting

    def marks_at(self, x: float, y: float) -> list[Annotation]:
        """Return the marks under a point, the smallest first."""
        found = {
            shown.mark.id: shown.mark
            for shown in self.marks
            for piece in shown.pieces
            if piece.left <= x < piece.right and piece.top <= y < piece.bottom + 2
        }
        return sorted(found.values(), key=smallest_first)

    def pieces_of(self, annotation_id: str) -> list[Piece]:
        """Return the pieces of one mark, top to bottom."""
        return [
            piece
            for shown in self.marks
            if shown.mark.id == annotation_id
            for piece in shown.pieces
        ]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of any range."""
        return list(range_pieces(self.lines, start, end))

    def replace(self, annotation_id: str, start: int, end: int) -> None:
        """Show one mark with another range, as while an end of it is dragged."""
        index = next((i for i, shown in enumerate(self.marks) if shown.mark.id == annotation_id), 0)
        layers = [shown.layer for shown in self.marks if shown.mark.id == annotation_id]
        self.marks = [shown for shown in self.marks if shown.mark.id != annotation_id]
        if layers and (moved := _shown(self.lines, layers[0], start, end)):
            self.marks.insert(index, moved)

    def covered(
        self,
        chosen: tuple[int, int],
        counts: Callable[[Annotation], bool],
        hits: Iterable[tuple[int, int]] = (),
    ) -> list[tuple[int, int]]:
        """Return what marks, hits and the selection cover, as ranges that do not touch.

        Args:
            chosen: the selected range; empty if its ends are equal.
            counts: tells whether a mark covers anything.
            hits: of a search, those in the frame.
        """
        if not self.lines:
            return []
        first, last = self.lines[0].start, self.lines[-1].end
        ranges = [(shown.start, shown.end) for shown in self.marks if counts(shown.mark)]
        joined: list[tuple[int, int]] = []
        for whole in sorted([*ranges, *hits, chosen]):
            start, end = max(whole[0], first), min(whole[1], last)
            if start >= end:
                continue
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def edges_of(self, annotation_id: str) -> dict[str, QPointF]:
        """Return where one mark's "start" and "end" are, as far as they are in the frame.

        In a line that runs from right to left its start is at the right.
        """
        edges = {}
        for part in self.marks:
            if part.mark.id != annotation_id:
                continue
            if part.begins:
                near = self.pieces(part.start, min(part.start + 2, part.end)) or [part.pieces[0]]
                first = near[0]
                x = first.right if _runs_leftwards(self.lines, part.start) else first.left
                edges["start"] = QPointF(x, first.top - 2)
            if part.ends:
                near = self.pieces(max(part.end - 2, part.start), part.end) or [part.pieces[-1]]
                last = near[-1]
                x = last.left if part.ends_leftwards else last.right
                edges["end"] = QPointF(x, last.bottom + 3)
        return edges


def _line_start(line: PageLine) -> int:
    return line.start


def compose(
    document: QTextDocument,
    offsets: OffsetMap,
    layers: Layers,
    metrics: Metrics,
    top: float,
    bottom: float,
) -> Frame:
    """Return the frame between two heights of a document that has been laid out."""
    frame = Frame(top, bottom)
    block = _block_at(document, top)
    layout = document.documentLayout()
    while block.isValid():
        area = layout.blockBoundingRect(block)
        if area.top() >= bottom:
            break
        lines = list(_lines(block, area.left(), area.top(), metrics, top, bottom))
        if lines:
            frame.lines += lines
            frame.marks += _marks(lines, layers.of(lines[0].block), offsets)
        block = block.next()
    return frame


def range_pieces(lines: list[PageLine], start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a range on lines that stand in the order of the text."""
    at = max(bisect_right(lines, start, key=_line_start) - 1, 0)
    while at < len(lines) and lines[at].start < end:
        line = lines[at]
        first, last = max(start, line.start), min(end, line.end)
        if first < last:
            yield from _line_pieces(line, first, last)
        at += 1


def _marks(lines: list[PageLine], layers: list[Layer], offsets: OffsetMap) -> Iterator[FrameMark]:
    first, last = lines[0].start, lines[-1].end
    for layer in layers:
        start = offsets.to_qt(layer.mark.start)
        end = offsets.to_qt(layer.mark.end)
        if start < last and end > first and (shown := _shown(lines, layer, start, end)):
            yield shown


def _shown(lines: list[PageLine], layer: Layer, start: int, end: int) -> FrameMark | None:
    """Return a mark as these lines show it, or None if they show nothing of it."""
    pieces = tuple(range_pieces(lines, start, end))
    if not pieces:
        return None
    ends = end <= lines[-1].end
    leftwards = ends and _runs_leftwards(lines, end - 1)
    begins = start >= lines[0].start
    return FrameMark(layer, start, end, pieces, begins, ends, leftwards)


def _runs_leftwards(lines: list[PageLine], position: int) -> bool:
    """Return whether the letter at a position stands in a run from right to left."""
    line = lines[max(bisect_right(lines, position, key=_line_start) - 1, 0)]
    if not line.runs_both_ways:
        return False
    runs = line.text_line.glyphRuns(position - line.block_start, 1)
    return bool(runs) and runs[0].isRightToLeft()


def _block_at(document: QTextDocument, height: float) -> QTextBlock:
    position = document.documentLayout().hitTest(QPointF(0, height), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(position, 0))
    # In the gap between two paragraphs the hit is the lower one; lanes of the upper reach down.
    return block.previous() if block.previous().isValid() else block


def _lines(
    block: QTextBlock, x: float, y: float, metrics: Metrics, top: float, bottom: float
) -> Iterator[PageLine]:
    """Yield the lines of a block that touch the heights; a block may have many thousands."""
    layout = block.layout()
    count = layout.lineCount()
    first = bisect_right(range(count), top - y - metrics.line, key=lambda at: layout.lineAt(at).y())
    start, number = block.position(), block.blockNumber()
    # A giant is taken to run both ways: that is only slower.
    both_ways = count > _GIANT or _TWO_WAYS.search(block.text()) is not None
    is_heading = block.blockFormat().headingLevel() > 0
    for index in range(max(first - 1, 0), count):
        line = layout.lineAt(index)
        baseline = round(y + line.y() + line.ascent())
        scale = line.ascent() / metrics.ascent if is_heading else 1.0
        above, below = round(metrics.above * scale), round(metrics.below * scale)
        if baseline - above > bottom:
            break
        begin = start + line.textStart()
        words_area = line.naturalTextRect()
        yield PageLine(
            block=number,
            block_start=start,
            start=begin,
            end=begin + line.textLength(),
            x=x,
            left=words_area.left(),
            right=words_area.right(),
            top=baseline - above,
            bottom=baseline + below,
            baseline=baseline,
            text_line=line,
            runs_both_ways=both_ways,
            is_broken=index < count - 1,
        )


def _line_pieces(line: PageLine, start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of a range inside one line."""
    first, last = start - line.block_start, end - line.block_start
    text_line = line.text_line
    if line.runs_both_ways:
        spans = visual_spans(text_line, first, last)
    else:
        spans = [(letter_x(text_line, first), letter_x(text_line, last))]
    for span in spans:
        left, right = max(span[0], line.left), min(span[1], line.right)
        if right > left:
            yield Piece(line.x + left, line.x + right, line.top, line.bottom, line.baseline)


def letter_x(text_line: QTextLine, position: int) -> float:
    """Return where the letter at a position of the block begins, in a line of one direction."""
    answer = text_line.cursorToX(position)
    assert isinstance(answer, tuple)
    return float(answer[0])


def visual_spans(text_line: QTextLine, first: int, last: int) -> list[tuple[float, float]]:
    """Return left and right of each run of a range; touching ones made one."""
    spans: list[tuple[float, float]] = []
    rects = (run.boundingRect() for run in text_line.glyphRuns(first, last - first))
    for left, right in sorted((rect.left(), rect.right()) for rect in rects):
        if spans and left <= spans[-1][1] + 0.5:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    return spans
