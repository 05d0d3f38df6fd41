"""The marks of the open article, found by place: what is under a point, on a page, next.

Marks are kept in reading order in chunks; each chunk knows the greatest end in it, so that a
query looks only into chunks that can hold an answer and a change touches one chunk.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from postil.domain.annotation import Annotation, reading_order, smallest_first

_FULL = 512  # marks in a chunk before it is split

_Key = tuple[int, int, str]  # what `reading_order` gives


class _Chunk:
    """A run of marks in reading order."""

    __slots__ = ("furthest", "keys")

    def __init__(self, keys: list[_Key]) -> None:
        self.keys = keys
        self.measure()

    def measure(self) -> None:
        """Find the greatest end again."""
        self.furthest = max((-key[1] for key in self.keys), default=0)


class MarkIndex:
    """Marks in reading order, with questions about places.

    Args:
        annotations: placed marks of one article, in any order; ids are unique.
    """

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._by_id = {annotation.id: annotation for annotation in annotations}
        # Spelt out: this is `reading_order`, for tens of thousands at once.
        anchors = ((mark.anchor, name) for name, mark in self._by_id.items())
        keys = sorted((anchor.start, -anchor.end, name) for anchor, name in anchors)
        half = _FULL // 2
        self._chunks = [_Chunk(keys[at : at + half]) for at in range(0, len(keys), half)]
        self._firsts = [chunk.keys[0] for chunk in self._chunks]

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Annotation]:
        for chunk in self._chunks:
            for key in chunk.keys:
                yield self._by_id[key[2]]

    def get(self, annotation_id: str) -> Annotation | None:
        """Return a mark by its id."""
        return self._by_id.get(annotation_id)

    def replace(self, before: Annotation | None, after: Annotation | None) -> None:
        """Take one mark out (`after` is None), put one in (`before` is None), or change it.

        A `before` that is not here is passed over: it had no place in the text.
        """
        for gone in (before, after):
            if gone is not None and gone.id in self._by_id:
                self._remove(self._by_id.pop(gone.id))
        if after is not None:
            self._by_id[after.id] = after
            self._insert(reading_order(after))

    def overlapping(self, start: int, end: int) -> list[Annotation]:
        """Return the marks that share a code point with a range, in reading order."""
        found = []
        limit = -start  # a key holds its end negated
        for index in range(bisect_left(self._firsts, (end,))):
            chunk = self._chunks[index]
            if chunk.furthest > start:
                stop = bisect_left(chunk.keys, (end,))
                found += [self._by_id[key[2]] for key in chunk.keys[:stop] if key[1] < limit]
        return found

    def at(self, position: int) -> list[Annotation]:
        """Return the marks over a code point, the smallest first."""
        return sorted(self.overlapping(position, position + 1), key=smallest_first)

    def next_after(self, position: int) -> Annotation | None:
        """Return the first mark that starts after a position."""
        return self._first_from((position + 1,))

    def before(self, position: int) -> Annotation | None:
        """Return the last mark that starts before a position."""
        return self._last_below((position,))

    def following(self, annotation: Annotation) -> Annotation | None:
        """Return the mark after this one in reading order."""
        start, end, name = reading_order(annotation)
        return self._first_from((start, end, name + "\0"))

    def preceding(self, annotation: Annotation) -> Annotation | None:
        """Return the mark before this one in reading order."""
        return self._last_below(reading_order(annotation))

    def _first_from(self, key: tuple[int] | _Key) -> Annotation | None:
        index = max(bisect_right(self._firsts, key) - 1, 0)
        for chunk in self._chunks[index : index + 2]:
            at = bisect_left(chunk.keys, key)
            if at < len(chunk.keys):
                return self._by_id[chunk.keys[at][2]]
        return None

    def _last_below(self, key: tuple[int] | _Key) -> Annotation | None:
        index = bisect_left(self._firsts, key) - 1
        if index < 0:
            return None
        keys = self._chunks[index].keys
        return self._by_id[keys[bisect_left(keys, key) - 1][2]]

    def _insert(self, key: _Key) -> None:
        if not self._chunks:
            self._chunks, self._firsts = [_Chunk([key])], [key]
            return
        index = max(bisect_right(self._firsts, key) - 1, 0)
        chunk = self._chunks[index]
        insort(chunk.keys, key)
        chunk.furthest = max(chunk.furthest, -key[1])
        self._firsts[index] = chunk.keys[0]
        if len(chunk.keys) > _FULL:
            half = _Chunk(chunk.keys[_FULL // 2 :])
            del chunk.keys[_FULL // 2 :]
            chunk.measure()
            self._chunks.insert(index + 1, half)
            self._firsts.insert(index + 1, half.keys[0])

    def _remove(self, annotation: Annotation) -> None:
        key = reading_order(annotation)
        index = bisect_right(self._firsts, key) - 1
        chunk = self._chunks[index]
        del chunk.keys[bisect_left(chunk.keys, key)]
        if not chunk.keys:
            del self._chunks[index], self._firsts[index]
            return
        self._firsts[index] = chunk.keys[0]
        if chunk.furthest == -key[1]:
            chunk.measure()
