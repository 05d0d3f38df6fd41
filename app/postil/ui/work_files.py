"""Which files given to the window are work of others, and no articles of their own."""

from pathlib import Path

from postil.domain.errors import UserError

_LOOKED_AT = 65_536  # bytes of a file
_MARKS = {".json", ".jsonl", ".ndjson", ".jsonld"}


def is_work_of_others(path: Path) -> bool:
    """Return whether a file holds marks without an article, or is an archive of files."""
    suffix = path.suffix.lower()
    if suffix not in _MARKS | {".zip"}:
        return False
    head = _head(path)
    return head[:2] == b"PK" if suffix == ".zip" else head.lstrip()[:1] in (b"{", b"[")


def is_annotated_file(path: Path) -> bool:
    """Return whether a file is annotated Markdown of this program, as far as its head tells."""
    from postil.importers.table import is_annotated  # not needed to start

    try:
        return is_annotated(_head(path).decode("utf-8", "replace"))
    except UserError:  # of a newer version, or cut off: whoever reads it says so
        return True


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():  # before opening: that may act on a device
            return b""
        with path.open("rb") as file:
            return file.read(_LOOKED_AT)
    except OSError:
        return b""  # whoever reads it says what is wrong
