"""How marks lie over each other: the lane of each one's underline, the same in all that show it."""

from heapq import heappop, heappush

from postil.domain.annotation import Annotation


def underline_lanes(marks: list[Annotation]) -> dict[str, tuple[int, int]]:
    """Return for each mark by id the lowest lane free where it starts, and how many there are.

    Args:
        marks: in reading order.

    Marks hang together as long as one of them goes on; each such cluster is counted by itself,
    so that a crowd draws only its own lanes close.
    """
    lanes: dict[str, tuple[int, int]] = {}
    cluster: dict[str, int] = {}
    running: list[tuple[int, int]] = []  # (end, lane) of the marks that are not over yet
    free: list[int] = []
    opened = 0
    for mark in marks:
        while running and running[0][0] <= mark.start:
            heappush(free, heappop(running)[1])
        if not running:
            lanes |= {name: (lane, opened) for name, lane in cluster.items()}
            cluster, free, opened = {}, [], 0
        if free:
            lane = heappop(free)
        else:
            lane, opened = opened, opened + 1
        cluster[mark.id] = lane
        heappush(running, (mark.end, lane))
    return lanes | {name: (lane, opened) for name, lane in cluster.items()}
