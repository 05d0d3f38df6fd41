"""The files in an archive of returned work: the child's side.

They are read in memory; what they are called is shown to people and opens nothing.
"""

from dataclasses import dataclass

import msgspec

from postil.domain import limits
from postil.domain.canonical import clean_line, quoted_name
from postil.domain.errors import UserError
from postil.importers.archive import Archive
from postil.importers.crossing import request


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or why it was left out."""

    name: str  # with its folders, as one line
    data: bytes = b""
    refusal: tuple[str, str] | None = None  # what is wrong with it, and what to do


def convert(payload: bytes) -> bytes:
    """Read all files of an archive.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged, protected, empty, or over a limit.
    """
    asked = request(payload)
    archive = Archive(asked.data, asked.name)
    members: list[Member] = []
    total = 0
    for index, entry in enumerate(archive.entries):
        if _is_aside(entry):
            continue
        name = clean_line(entry)
        if _leads_out(entry):
            what = f"{quoted_name(entry)} in {asked.name} names a place outside the archive"
            members.append(Member(name, refusal=(what, "It may be made to do harm; leave it out.")))
            continue
        data = archive.read_at(index)
        total += len(data)
        if total > limits.FILE_BYTES:
            raise UserError(
                f"{asked.name} unpacks to more than {limits.FILE_BYTES // limits.MB} MB",
                "Unpack it and choose the files themselves.",
            )
        members.append(Member(name, data))
    if not members:
        raise UserError(f"{asked.name} holds no file", "Choose another one.")
    return msgspec.json.encode(members)


def _is_aside(entry: str) -> bool:
    """Return whether an entry is a folder, hidden, or what one system adds for itself."""
    parts = entry.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return not parts[-1] or hidden or parts[0] == "__MACOSX"


def _leads_out(entry: str) -> bool:
    """Return whether a name, taken as a path on any system, leads out of a folder."""
    path = entry.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")
