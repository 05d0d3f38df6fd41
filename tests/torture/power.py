"""What a disk may hold when the power fails: the model, and replaying it.

A write reaches the disk for sure when its file is synced, a name when its folder is; until then
each sector of 512 bytes may or may not, whatever came before or after it, and a sector on its way
may be torn. No disk is as bad as this one, so what survives here survives.
"""

import random
from pathlib import Path

from torture.vfs import Event

SECTOR = 512


class Disk:
    """What is on the disk for sure, and what is only on its way.

    Args:
        files: what is there before, by path.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._durable = dict(enumerate(files.values()))  # the bytes of each file, by its number
        self._coming: dict[int, list[Event]] = {number: [] for number in self._durable}
        self._names = {path: number for number, path in enumerate(files)}  # as programs see them
        self._durable_names = dict(self._names)
        self._coming_names: list[Event] = []

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        match event.kind:
            case "create":
                number = len(self._durable)
                self._durable[number], self._coming[number] = b"", []
                self._names[event.path] = number
                self._coming_names.append(Event("create", event.path, number))
            case "write" | "truncate":
                self._coming[self._names[event.path]].append(event)
            case "sync":
                number = self._names[event.path]
                self._durable[number] = _after(self._durable[number], self._coming[number])
                self._coming[number] = []
            case "delete":
                self._coming_names.append(event)
                del self._names[event.path]
            case "rename":
                self._coming_names.append(Event("rename", event.path, to=event.to))
                self._names[event.to] = self._names.pop(event.path)
            case "link":
                number = self._names[event.path]
                self._names[event.to] = number
                self._coming_names.append(Event("create", event.to, number))
            case "sync folder":
                self._durable_names = dict(self._names)
                self._coming_names = []

    def after_the_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return what may be found when the power is back, by path."""
        names = dict(self._durable_names)
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))  # of what is on its way, that arrives
        for event in self._coming_names:
            if chance.random() < share:
                if event.kind == "create":
                    names[event.path] = event.at
                elif event.kind == "delete":
                    names.pop(event.path, None)
                elif event.path in names:
                    names[event.to] = names.pop(event.path)
        return {
            path: _after(self._durable[number], self._coming[number], chance, share)
            for path, number in names.items()
        }


def _after(
    data: bytes, events: list[Event], chance: random.Random | None = None, share: float = 1.0
) -> bytes:
    """Return a file's bytes after writes; with chance, only a share of them arrives."""
    found = bytearray(data)
    for event in events:
        if event.kind == "truncate":
            if chance is None or chance.random() < share:
                del found[event.at :]
                found.extend(bytes(event.at - len(found)))
            continue
        for start in range(event.at, event.at + len(event.data), SECTOR):
            piece = event.data[start - event.at : start - event.at + SECTOR]
            if chance is not None:
                if chance.random() >= share:
                    continue
                if chance.random() < 0.02:  # torn
                    piece = piece[: chance.randrange(len(piece))]
            if len(found) < start:
                found.extend(bytes(start - len(found)))
            found[start : start + len(piece)] = piece
    return bytes(found)


def put(files: dict[str, bytes], former: Path, folder: Path) -> None:
    """Write what was found into a folder, in place of the one in which it was made."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / Path(name).relative_to(former)).write_bytes(data)
