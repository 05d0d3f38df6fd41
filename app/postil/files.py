"""Files read whole, files written whole or not at all, and names that work everywhere.

Every byte from or to a path that a person named goes through here, so that each failure
is one sentence with the file's name, the reason and a remedy.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError

NAME_BYTES = 120  # a file name in UTF-8, suffix included; leaves room for a long folder

# Only Windows knows O_BINARY, only the others know O_NONBLOCK (a FIFO must not hang us).
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

# File systems that cannot sync a folder, and folders that may be written but not read.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM})

_WRITE_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room and try again."),
    errno.EDQUOT: ("the disk quota is used up", "Make room and try again."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.EACCES: ("there is no permission to write there", "Choose another folder."),
    errno.EPERM: ("there is no permission to write there", "Choose another folder."),
    errno.ENOENT: ("its folder does not exist", "Choose another folder."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
}

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN_ON_WINDOWS = re.compile(r'[<>:"/\\|?*]')
_RESERVED_ON_WINDOWS = re.compile(
    r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_JOINERS = "\u200c\u200d"  # the format characters that belong to words and emoji
_EDGES = " ." + _JOINERS


def read_file(path: Path, limit: int = limits.FILE_BYTES) -> bytes:
    """Return the bytes of a regular file that has any.

    Args:
        path: followed when it is a symbolic link.
        limit: the size in bytes beyond which the file is refused.

    Raises:
        UserError: the file is missing, unreadable, empty, too large, a folder or a device.
    """
    name = _shown(path)
    try:
        _require_regular(path.stat(), name)  # before opening: that may act on a device
        with open(os.open(path, _READING), "rb") as file:  # noqa: PTH123  # takes a descriptor
            _require_regular(os.fstat(file.fileno()), name)
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise UserError(f"{name} does not exist", "Check the name and the folder.") from error
    except PermissionError as error:
        raise UserError(
            f"{name} cannot be read: there is no permission", "Copy it to a folder of your own."
        ) from error
    except OSError as error:
        raise UserError(
            f"{name} cannot be read: {error.strerror or error}", "Try a copy of it."
        ) from error
    except ValueError as error:
        raise UserError(f"{name} is not a file name", "Check the name.") from error
    if len(data) > limit:
        raise UserError(
            f"{name} is larger than {_size(limit)}", "Split it, or choose a smaller file."
        )
    if not data:
        raise UserError(f"{name} is empty", "Choose a file with something in it.")
    return data


def write_atomically(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file so that it is there whole, or is what it was before.

    A symbolic link stays one; what it points to is written.

    Args:
        path: the target.
        data: all of its bytes.
        overwrite: whether an existing file may be replaced.

    Raises:
        UserError: the target exists, is no regular file, or could not be written.
    """
    name = _shown(path)
    with _telling_failures(name):
        if not overwrite and os.path.lexists(path):
            raise FileExistsError
        target = Path(os.path.realpath(path))
        mode = _mode_of_existing(target, name)
        temporary = _beside(target)
        try:
            _write_durably(temporary, data)
            if mode is not None:
                temporary.chmod(mode)
            if overwrite:
                temporary.replace(target)
            else:
                move_to_free_name(temporary, target)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        sync_folder(target.parent)


def write_folder(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a new folder with files in it so that it is there whole, or not at all.

    Args:
        path: the folder.
        files: names inside it, with "/" where there are folders, and their bytes.

    Raises:
        UserError: there is something of that name already, or it could not be written.
    """
    with _telling_failures(_shown(path)):
        if os.path.lexists(path):
            raise FileExistsError
        temporary = _beside(path)
        try:
            temporary.mkdir()
            for name, data in files:
                inner = temporary / name
                inner.parent.mkdir(parents=True, exist_ok=True)
                _write_durably(inner, data)
            temporary.rename(path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises:
        UserError: it could not be made.
    """
    with _telling_failures(_shown(path)):
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent)


@contextlib.contextmanager
def _telling_failures(name: str) -> Iterator[None]:
    """Have whatever fails in writing a target told in a sentence with its name."""
    try:
        yield
    except FileExistsError as error:
        raise UserError(
            f"{name} exists already", "Choose another name, or allow overwriting."
        ) from error
    except OSError as error:
        reason, remedy = _WRITE_REASONS.get(
            error.errno or 0, (error.strerror or str(error), "Choose another folder.")
        )
        raise UserError(f"{name} cannot be written: {reason}", remedy) from error
    except ValueError as error:
        raise UserError(f"{name} is not a file name", "Choose another name.") from error


def _beside(target: Path) -> Path:
    """Return a name beside a target that nothing else has."""
    return target.with_name(f".postil-{secrets.token_hex(8)}.tmp")


def safe_file_name(title: str, suffix: str) -> str:
    """Return a file name for a title that is valid on Linux, macOS and Windows.

    Args:
        title: any string.
        suffix: what the name ends in, such as ".md"; taken as it is.

    The name has at most `NAME_BYTES` bytes in UTF-8, is in NFC and never empty.
    """
    title = clean_line(title)
    kept = "".join(c for c in title if c in _JOINERS or unicodedata.category(c) != "Cf")
    stem = " ".join(_FORBIDDEN_ON_WINDOWS.sub(" ", kept).split())
    # Removing a character can bring a letter and its accent together.
    stem = unicodedata.normalize("NFC", stem).lstrip(_EDGES + "-")
    room = NAME_BYTES - len(suffix.encode())
    stem = _cut(stem, room) or "untitled"
    if _RESERVED_ON_WINDOWS.fullmatch(stem):
        stem = _cut(f"_{stem}", room)
    return stem + suffix


def unused_name(name: str, taken: set[str]) -> str:
    """Return a file name that nothing else has, told apart by a number, and take it.

    Args:
        name: the one wanted.
        taken: names in lower case (`casefold`), as systems compare them; the new one is added.
    """
    path = Path(name)
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{path.stem} ({number}){path.suffix}", number + 1
    taken.add(candidate.casefold())
    return candidate


def _cut(stem: str, room: int) -> str:
    """Return as much of `stem` as fits into `room` bytes, without dots and spaces at its end."""
    return stem.encode()[:room].decode(errors="ignore").rstrip(_EDGES)


def _shown(path: Path) -> str:
    """Return the file's name as a sentence can hold it: quoted, without controls."""
    return f"“{_BIDI.sub('', clean_line(path.name or str(path)))}”"


def _size(limit: int) -> str:
    """Return a number of bytes in words."""
    return f"{limit // limits.MB} MB" if limit % limits.MB == 0 else f"{limit:,} bytes"


def _require_regular(about: os.stat_result, name: str) -> None:
    """Refuse folders, devices, FIFOs and sockets."""
    if stat.S_ISDIR(about.st_mode):
        raise UserError(f"{name} is a folder", "Choose a file.")
    if not stat.S_ISREG(about.st_mode):
        raise UserError(f"{name} is not a regular file", "Choose a file on a disk.")


def _mode_of_existing(target: Path, name: str) -> int | None:
    """Return the permissions of the file to be replaced, or None where there is none."""
    try:
        about = target.lstat()
    except FileNotFoundError:
        return None
    _require_regular(about, name)
    return stat.S_IMODE(about.st_mode) & 0o777


def _write_durably(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with open(os.open(path, _WRITING, 0o666), "wb") as file:  # noqa: PTH123  # takes a descriptor
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def move_to_free_name(temporary: Path, target: Path) -> None:
    """Give a file its name, without replacing what another program put there meanwhile.

    Raises:
        FileExistsError: the name is taken.
        OSError: the file cannot be moved.
    """
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # No hard links on this file system: the check has a gap, but a small one.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temporary.replace(target)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's new entry, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
