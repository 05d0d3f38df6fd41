"""The difference of two texts as a person reads it, and as places are carried through it."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from postil.differences.matching import matches
from postil.differences.strays import strays

_MOVED = 24  # code points; shorter passages that turn up elsewhere are chance
_CHANCE = 60  # code points; longer passages are not shared by chance
# Scripts without spaces between words: there each character is a word of its own.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"|[ \t]+|.",
    re.DOTALL,
)
_LINE = re.compile("[^\n]*\n")

_WORD = re.compile(r"\w+|[^\w\s]+")
_AROUND = 200  # code points in which the words around a gap are looked for
_JOINTS = " .,;:!?\t\n\u2028"

Range = tuple[int, int]  # code points, half open


class Kind(StrEnum):
    """What a run of words is in the difference."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED_AWAY = "moved-away"  # stands elsewhere in the later text
    MOVED_HERE = "moved-here"  # stood elsewhere in the earlier text


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are alike in both texts, or stand in one of them only."""

    kind: Kind
    before: Range  # in the earlier text; empty where the words were put in
    after: Range  # in the later text; empty where the words are gone

    @property
    def is_old(self) -> bool:
        """Whether the words are those of the earlier text alone."""
        return self.kind in (Kind.DELETED, Kind.MOVED_AWAY)


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring runs that differ: one change as a reader sees it."""

    runs: tuple[Run, ...]

    @property
    def before(self) -> Range:
        """What it replaced, in the earlier text."""
        return self.runs[0].before[0], self.runs[-1].before[1]

    @property
    def after(self) -> Range:
        """What stands there now; empty where words were only taken out."""
        return self.runs[0].after[0], self.runs[-1].after[1]

    @property
    def kind(self) -> Kind | None:
        """The kind of all of its runs, None where they differ: words were replaced."""
        kinds = {run.kind for run in self.runs}
        return kinds.pop() if len(kinds) == 1 else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts laid beside each other."""

    before: str
    after: str
    runs: tuple[Run, ...]  # in reading order; those of both texts tile them

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The changes in reading order."""
        found: list[list[Run]] = [[]]
        for run in self.runs:
            if run.kind is Kind.SAME:
                found.append([])
            else:
                found[-1].append(run)
        return tuple(Passage(tuple(runs)) for runs in found if runs)

    def words(self, run: Run) -> str:
        """Return the words of a run."""
        return self.before[slice(*run.before)] if run.is_old else self.after[slice(*run.after)]


def compare(before: str, after: str) -> Difference:
    """Return how a later text differs from an earlier one.

    Args:
        before: the earlier text, its paragraphs one a line.
        after: the later one.
    """
    one, other = before + "\n", after + "\n"  # so that the last line is like all others
    runs = _merged(_with_moves(one, other, list(_runs(one, other))))
    ends = len(before), len(after)
    clipped = (
        Run(run.kind, _clipped(run.before, ends[0]), _clipped(run.after, ends[1])) for run in runs
    )
    kept = (run for run in clipped if run.before[0] < run.before[1] or run.after[0] < run.after[1])
    return Difference(before, after, tuple(kept))


def replacements(before: str, after: str) -> list[tuple[Range, Range]]:
    """Return what must be replaced in a text to make it another: (range of it, range of the other).

    Unlike `compare` it leaves whatever the two share alone, however little that is.
    """
    ours, theirs = _Words(before, len(before)), _Words(after, len(after))
    ours.add(0, len(before))
    theirs.add(0, len(after))
    return [(ours.range(a, b), theirs.range(c, d)) for a, b, c, d in _gaps(ours.keys, theirs.keys)]


class _Words:
    """A stretch of a text as items to compare, with the place of each.

    Args:
        text: the whole text.
        end: where the stretch ends.
    """

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.keys: list[str] = []
        self.spans: list[Range] = []
        self.moved: set[int] = set()
        self._end = end

    def add(self, start: int, end: int) -> None:
        """Add the words of a paragraph."""
        for match in _TOKEN.finditer(self.text, start, end):
            self.keys.append(match.group())
            self.spans.append(match.span())

    def add_moved(self, start: int, end: int) -> None:
        """Add a paragraph that stands elsewhere in the other text: nothing here is like it."""
        self.moved.add(len(self.keys))
        self.keys.append(f"{id(self)}\n{start}")
        self.spans.append((start, end))

    def range(self, first: int, last: int) -> Range:
        """Return where the items from first to before last stand; an empty range between two."""
        start = self.spans[first][0] if first < len(self.spans) else self._end
        return start, self.spans[last - 1][1] if last > first else start

    def pieces(self, first: int, last: int) -> Iterator[tuple[bool, Range]]:
        """Yield (whether it was moved, range) of neighbouring items that are alike in that."""
        at = first
        while at < last:
            end = at + 1
            while at not in self.moved and end < last and end not in self.moved:
                end += 1
            yield at in self.moved, self.range(at, end)
            at = end


def _runs(before: str, after: str) -> Iterator[Run]:
    """Yield equal and unequal runs, first of paragraphs, then of words in those that differ."""
    ours = [match.span() for match in _LINE.finditer(before)]
    theirs = [match.span() for match in _LINE.finditer(after)]
    lines = [before[a:b] for a, b in ours]
    others = [after[a:b] for a, b in theirs]
    elsewhere = strays(lines, others)
    gaps = _gaps(
        [(line, line in elsewhere and "before") for line in lines],  # a stray has no match
        [(line, line in elsewhere and "after") for line in others],
    )
    moved = _moved(
        [lines[i] for a, b, _, _ in gaps for i in range(a, b)],
        [others[j] for _, _, c, d in gaps for j in range(c, d)],
    )
    at, there = 0, 0
    for a, b, c, d in gaps:
        start = ours[a][0] if a < len(ours) else len(before)
        start_there = theirs[c][0] if c < len(theirs) else len(after)
        if at < start:
            yield Run(Kind.SAME, (at, start), (there, start_there))
        at = ours[b - 1][1] if b > a else start
        there = theirs[d - 1][1] if d > c else start_there
        words, others_words = _Words(before, at), _Words(after, there)
        for side, spans in ((words, ours[a:b]), (others_words, theirs[c:d])):
            for span in spans:
                is_moved = side.text[slice(*span)] in moved
                (side.add_moved if is_moved else side.add)(*span)
        yield from _word_runs(words, others_words)
    if at < len(before):
        yield Run(Kind.SAME, (at, len(before)), (there, len(after)))


def _word_runs(ours: _Words, theirs: _Words) -> Iterator[Run]:
    at, there = 0, 0
    gaps = _gaps(ours.keys, theirs.keys)
    for a, b, c, d in (*gaps, (len(ours.keys),) * 2 + (len(theirs.keys),) * 2):
        if at < a:
            yield Run(Kind.SAME, ours.range(at, a), theirs.range(there, c))
        place = theirs.range(c, c)
        for is_moved, span in ours.pieces(a, b):
            yield Run(Kind.MOVED_AWAY if is_moved else Kind.DELETED, span, place)
        end = ours.range(b, b)
        for is_moved, span in theirs.pieces(c, d):
            yield Run(Kind.MOVED_HERE if is_moved else Kind.INSERTED, end, span)
        at, there = b, d


def _gaps(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int, int, int]]:
    """Return what is not shared: one[a:b] stands where other[c:d] does."""
    gaps = []
    a, c = 0, 0
    for i, j, length in (*matches(one, other), (len(one), len(other), 0)):
        if a < i or c < j:
            gaps.append((a, i, c, j))
        a, c = i + length, j + length
    return gaps


def _moved(gone: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the passages that are on both lists, once on each, and long enough."""
    ours, theirs = Counter(gone), Counter(new)
    return {
        words
        for words, count in ours.items()
        if count == theirs[words] == 1 and len(words.strip()) >= _MOVED
    }


def _merged(runs: Iterator[Run]) -> list[Run]:
    """Return runs without the few words shared by chance between passages that differ.

    Shared words stay when they are more than what was taken out and put in on either side, or
    too many for chance.
    """
    merged: list[Run] = []
    for run in runs:
        merged.append(run)
        while (absorbed := _absorbed(merged)) is not None:
            merged[absorbed:] = _as_one(merged[absorbed:])
    return merged


def _absorbed(runs: list[Run]) -> int | None:
    """Return from where on the last runs are one change: change, shared words, change."""
    if runs[-1].kind is Kind.SAME:
        return None
    at = len(runs) - 1
    while at >= 0 and runs[at].kind in (Kind.DELETED, Kind.INSERTED):
        at -= 1
    if at < 1 or at == len(runs) - 1 or runs[at].kind is not Kind.SAME:
        return None
    first = at - 1
    while first >= 0 and runs[first].kind in (Kind.DELETED, Kind.INSERTED):
        first -= 1
    if first == at - 1:
        return None
    shared = runs[at].after[1] - runs[at].after[0]
    if shared > _CHANCE or shared > _size(runs[first + 1 : at]) or shared > _size(runs[at + 1 :]):
        return None
    return first + 1


def _size(runs: Sequence[Run]) -> int:
    """Return how many code points a change takes out or puts in, whichever is more."""
    gone = sum(run.before[1] - run.before[0] for run in runs if run.is_old)
    return max(gone, sum(run.after[1] - run.after[0] for run in runs if not run.is_old))


def _as_one(runs: Sequence[Run]) -> list[Run]:
    """Return neighbouring runs as words taken out and words put in."""
    before = runs[0].before[0], runs[-1].before[1]
    after = runs[0].after[0], runs[-1].after[1]
    return [
        Run(Kind.DELETED, before, (after[0], after[0])),
        Run(Kind.INSERTED, (before[1], before[1]), after),
    ]


def _with_moves(before: str, after: str, runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs; what was taken out here and put in there was moved."""
    gone = [_bare(before[slice(*run.before)]) for run in runs if run.kind is Kind.DELETED]
    new = [_bare(after[slice(*run.after)]) for run in runs if run.kind is Kind.INSERTED]
    moved = _moved(gone, new)
    for run in runs:
        if run.kind is Kind.DELETED and _bare(before[slice(*run.before)]) in moved:
            yield Run(Kind.MOVED_AWAY, run.before, run.after)
        elif run.kind is Kind.INSERTED and _bare(after[slice(*run.after)]) in moved:
            yield Run(Kind.MOVED_HERE, run.before, run.after)
        else:
            yield run


def _bare(words: str) -> str:
    """Return words without what joins them to their neighbours."""
    return words.strip(_JOINTS)


def _clipped(span: Range, end: int) -> Range:
    return min(span[0], end), min(span[1], end)


def words_at(text: str, place: Range) -> Range:
    """Return a range of changed words as it can be marked; a gap, with the words around it.

    Args:
        text: the later text, not empty.
        place: in it; empty where words were taken out.
    """
    start, end = place
    words = text[start:end]
    if words.strip():
        lead = len(words) - len(words.lstrip())
        return start + lead, start + len(words.rstrip())
    before = list(_WORD.finditer(text, max(start - _AROUND, 0), start))
    after = _WORD.search(text, end, min(end + _AROUND, len(text)))
    return (before[-1].start() if before else start), (after.end() if after else end)
