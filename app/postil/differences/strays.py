"""Which paragraphs went elsewhere and which stayed, where a text was both reordered and edited.

A paragraph that stands in both texts word for word must not hold them together when more was
only edited around it: otherwise it stays, and all that was edited seems new.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

_RARE = 8  # a word in more lines than that tells nothing of which line it is
_ALIKE = 0.6  # of the words of both lines
_SHORT = 24  # code points; shorter lines are alike by chance

Pair = tuple[int, int, float]  # a line, its like in the other text, how many code points they share


def strays(lines: Sequence[str], others: Sequence[str]) -> set[str]:
    """Return the paragraphs that are the same on both sides, once, and stand elsewhere."""
    counts, theirs = Counter(lines), Counter(others)
    places = {line: j for j, line in enumerate(others) if theirs[line] == 1}
    equal: list[Pair] = [
        (i, places[line], len(line))
        for i, line in enumerate(lines)
        if counts[line] == 1 and line in places and len(line) >= _SHORT
    ]
    pairs = sorted([*equal, *_alike(lines, others, counts, theirs)])
    stayed = _heaviest(pairs)
    return {lines[i] for i, j, _ in equal if (i, j) not in stayed}


def _alike(
    lines: Sequence[str], others: Sequence[str], counts: Counter[str], theirs: Counter[str]
) -> Iterator[Pair]:
    """Yield the edited lines, each with the one it became, as far as their rare words tell."""
    gone = _words_of(lines, theirs)
    new = _words_of(others, counts)
    where: dict[str, list[int]] = defaultdict(list)
    for i, words in gone.items():
        for word in words:
            where[word].append(i)
    best: dict[int, Pair] = {}
    for j, words in new.items():
        votes = Counter(i for word in words if len(where[word]) <= _RARE for i in where[word])
        if not votes:
            continue
        i = votes.most_common(1)[0][0]
        likeness = 2 * len(gone[i] & words) / (len(gone[i]) + len(words))
        pair = (i, j, likeness * min(len(lines[i]), len(others[j])))
        if likeness >= _ALIKE and (i not in best or best[i][2] < pair[2]):
            best[i] = pair
    yield from best.values()


def _words_of(lines: Sequence[str], known: Counter[str]) -> dict[int, set[str]]:
    return {
        number: set(line.split())
        for number, line in enumerate(lines)
        if line not in known and len(line) >= _SHORT
    }


def _heaviest(pairs: Sequence[Pair]) -> set[tuple[int, int]]:
    """Return the pairs in one order on both sides that share the most; pairs are sorted."""
    if all(one[1] < other[1] for one, other in pairwise(pairs)):
        return {(i, j) for i, j, _ in pairs}
    rank = {j: number + 1 for number, j in enumerate(sorted(j for _, j, _ in pairs))}
    tops = [(0.0, -1)] * (len(pairs) + 1)  # a Fenwick tree: the heaviest row that ends before
    before: list[int] = []
    last = (0.0, -1)
    for number, (_, j, weight) in enumerate(pairs):
        at, found = rank[j] - 1, (0.0, -1)
        while at:
            found = max(found, tops[at])
            at -= at & -at
        before.append(found[1])
        row = (found[0] + weight, number)
        last = max(last, row)
        at = rank[j]
        while at < len(tops):
            tops[at] = max(tops[at], row)
            at += at & -at
    chosen = set()
    number = last[1]
    while number >= 0:
        chosen.add(pairs[number][:2])
        number = before[number]
    return chosen
