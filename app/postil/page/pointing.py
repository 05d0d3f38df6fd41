"""Which gap between letters is nearest to a point.

WORKAROUND: QTextLine.xToCursor answers with the end of the line inside letters of several
marks; remove when the tests pass with it.
"""

from bisect import bisect_right

from PySide6.QtGui import QTextLayout

from postil.page.frame import Frame, PageLine, letter_x, visual_spans


def nearest_line(frame: Frame, y: float) -> PageLine | None:
    """Return the line of a frame that is nearest to a height."""
    return min(frame.lines, key=lambda line: max(line.top - y, y - line.bottom, 0.0), default=None)


def nearest_gap(line: PageLine, layout: QTextLayout, x: float) -> int:
    """Return the position in the document, in Qt's units, that is nearest to a place on a line.

    Args:
        line: of a frame.
        layout: of the line's block.
        x: pixels of the document.
    """
    gap = _gap_both_ways(line, layout, x) if line.runs_both_ways else _gap(line, x - line.x)
    return line.block_start + gap


def _gap(line: PageLine, x: float) -> int:
    """Find the gap in a line whose letters stand from left to right."""
    positions = range(line.start - line.block_start, line.end - line.block_start + 1)

    def place(position: int) -> float:
        return letter_x(line.text_line, position)

    # Letters of several code points have one place for all of them: the last is the gap.
    at = max(bisect_right(positions, x, key=place) - 1, 0)
    left = positions[at]
    if at + 1 == len(positions):
        return left
    right_x = place(positions[at + 1])
    if x - place(left) <= right_x - x:
        return left
    return positions[bisect_right(positions, right_x, key=place) - 1]


def _gap_both_ways(line: PageLine, layout: QTextLayout, x: float) -> int:
    """Find the gap in a line with runs of both directions, letter by letter."""
    position, end = line.start - line.block_start, line.end - line.block_start
    best, found = float("inf"), position
    while position < end:
        following = min(max(layout.nextCursorPosition(position), position + 1), end)
        for left, right in visual_spans(line.text_line, position, following):
            distance = max(line.x + left - x, x - line.x - right, 0.0)
            if distance < best:
                runs = line.text_line.glyphRuns(position, following - position)
                in_left_half = x < line.x + (left + right) / 2
                best = distance
                found = position if in_left_half != runs[0].isRightToLeft() else following
        position = following
    return found
