"""Cutting the text at every start and end of a mark, and finding where references stand.

A piece knows all marks it lies in, so overlaps of any kind need no nesting.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from postil.annotated_markdown.escape import is_address
from postil.domain.article import Article, Span, SpanKind

_LABEL = re.compile(r"a\d{1,9}")
_REFERENCE, _END, _START = range(3)  # in this order where they meet


@dataclass(slots=True)
class Cut:
    """What marks do in one block; offsets are code points of the article."""

    pieces: list[tuple[int, int, str]] = field(default_factory=list)  # (start, end, classes)
    references: list[tuple[int, str]] = field(default_factory=list)  # (position, label)


def label(number: int) -> str:
    """Return the name of the mark with this number in reading order, from 1."""
    return f"a{number}"


def is_our_label(name: str) -> bool:
    """Return whether a name is one that `label` gives."""
    return _LABEL.fullmatch(name) is not None


def spans_of(article: Article) -> list[Span]:
    """Return the spans that can be written: all but links in links or to forbidden places."""
    spans: list[Span] = []
    link_end = 0
    for span in article.spans:
        if span.kind is SpanKind.LINK:
            if span.start < link_end or not is_address(span.address):
                continue
            link_end = span.end
        spans.append(span)
    return spans


def reference_place(end: int, links: Sequence[Span]) -> int:
    """Return where the reference of a mark stands: at its end, or after the link around it."""
    index = bisect_left(links, end, key=lambda link: link.end)
    if index < len(links) and links[index].start < end:
        return links[index].end
    return end


def cut(
    article: Article, links: Sequence[Span], ranges: Sequence[tuple[int, int]]
) -> Iterator[Cut]:
    """Yield what marks do in each block.

    Args:
        article: the article.
        links: its links in order, none over another.
        ranges: of the marks, in reading order; none begins or ends at a block break.
    """
    events: list[tuple[int, int, int]] = []  # (position, what, number)
    for number, (start, end) in enumerate(ranges, 1):
        events += (
            (start, _START, number),
            (end, _END, number),
            (reference_place(end, links), _REFERENCE, number),
        )
    events.sort()
    active: list[int] = []
    classes = ""
    index = 0
    for block in article.blocks:
        done, at = Cut(), block.start
        while index < len(events) and events[index][0] <= block.end:
            position, what, number = events[index]
            index += 1
            if active and position > at:
                classes = classes or " ".join(map(label, active))
                done.pieces.append((at, position, classes))
            at = position
            if what == _REFERENCE:
                done.references.append((position, label(number)))
            elif what == _START:
                insort(active, number)
                classes = ""
            else:
                del active[bisect_left(active, number)]
                classes = ""
        if active and at < block.end:
            classes = classes or " ".join(map(label, active))
            done.pieces.append((at, block.end, classes))
        yield done
