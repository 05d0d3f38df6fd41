"""Work that came back: files, folders and archives, read one by one.

A broken file is told and costs nothing else. Nothing of an archive is written to the disk.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from postil import isolation
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.crossing import Request, refusal
from postil.importers.folders import files_in
from postil.importers.members import Member
from postil.importers.reading import Work, read_work
from postil.importers.source import Source, source_from_file
from postil.importers.table import of_bytes

_ARCHIVE: Final = b"PK\x03\x04"
_EMPTY_ARCHIVE: Final = b"PK\x05\x06"


@dataclass(frozen=True)
class Refused:
    """A file that cannot be taken, and why."""

    name: str
    error: UserError


def is_archive(data: bytes) -> bool:
    """Return whether bytes are a ZIP archive and no document that comes in one."""
    return data.startswith((_ARCHIVE, _EMPTY_ARCHIVE)) and of_bytes(data) is None


def gather(paths: Iterable[Path], report: Callable[[int, int], None]) -> Iterator[Work | Refused]:
    """Yield the work in files, in folders and those below them, and in archives.

    Args:
        paths: of files and folders.
        report: is told how many files are read, and of how many; may raise to stop.
    """
    named = list(_named(paths))
    for done, (name, path) in enumerate(named):
        report(done, len(named))
        try:
            if isinstance(path, UserError):
                raise path
            sources = list(_sources(replace(source_from_file(path), name=name)))
        except UserError as error:
            yield Refused(name, error)
            continue
        for source in sources:
            report(done, len(named))
            yield _read(source) if isinstance(source, Source) else source


def proposed_aliases(works: Sequence[Work], before: Sequence[Work] = ()) -> list[str]:
    """Return for each file who may have made it, by its name: different ones for different files.

    Files of one name are told apart by the folders they lie in, or else by a number.

    Args:
        works: the files.
        before: files that were read earlier and have theirs.
    """
    proposed = []
    named = Counter(work.name.casefold() for work in before)
    for work in works:
        path = PurePosixPath(work.name)
        parts = (*path.parent.parts, path.stem)
        same = [other for other in works if other.stem.casefold() == work.stem.casefold()]
        folders = {PurePosixPath(other.name).parent for other in same}
        named[work.name.casefold()] += 1
        number = named[work.name.casefold()]
        alias = clean_line("/".join(parts if len(folders) > 1 else parts[-1:]))
        proposed.append(f"{alias} ({number})" if number > 1 else alias)
    return proposed


def _named(paths: Iterable[Path]) -> Iterator[tuple[str, Path | UserError]]:
    """Yield the files that are meant with names for people: of those in a folder from there on."""
    given = list(dict.fromkeys(paths))
    names = Counter(path.name for path in given)
    for path in given:
        if not path.is_dir():
            folder = "" if names[path.name] == 1 else f"{path.absolute().parent.name}/"
            yield clean_line(f"{folder}{path.name}"), path
            continue
        for found in files_in(str(path)):
            if isinstance(found, UserError):
                yield clean_line(path.name), found
            else:
                yield clean_line(Path(found).relative_to(path).as_posix()), Path(found)


def _sources(source: Source) -> Iterator[Source | Refused]:
    """Yield a source, or those in it where it is an archive.

    Raises:
        UserError: the archive cannot be read.
    """
    if not is_archive(source.data):
        yield source
        return
    asked = msgspec.json.encode(Request("", source.name, data=source.data))
    answer = isolation.run("members", asked, seconds=limits.CHILD_SECONDS, what=source.name)
    try:
        members = msgspec.json.decode(answer, type=list[Member])
    except msgspec.DecodeError as error:
        raise refusal(source.name) from error
    for member in members:
        name = f"{source.name}/{member.name}"
        if member.refusal is not None:
            yield Refused(name, UserError(*member.refusal))
        elif is_archive(member.data):
            yield Refused(name, UserError(f"{name} is an archive too", "Unpack it first."))
        else:
            yield Source(member.data, name, Path(member.name).name)


def _read(source: Source) -> Work | Refused:
    try:
        return read_work(source)
    except UserError as error:
        return Refused(source.name, error)
