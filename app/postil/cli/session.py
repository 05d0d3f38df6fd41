"""What commands share: opening the library, finding an article, printing answers."""

import argparse
import json
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from postil.cli.refusals import UsageError, quoted
from postil.domain.counting import counted
from postil.domain.errors import DamagedError, NotALibraryError, ReadOnlyError, UserError
from postil.domain.listing import ArticleRow
from postil.library import Library
from postil.library.backing_up import Backups
from postil.lock_file import LockFile, refusal
from postil.settings import Settings, default_library, keeping

_NAMED = 5  # articles in a sentence
_WAIT_SECONDS = 10.0  # for other programs on the same library; a window may not wait so long


def open_library(arguments: argparse.Namespace, *, create: bool = False) -> Library:
    """Open the library the arguments name; for reading only, where nothing can be written.

    Args:
        arguments: of a command.
        create: make it when it is not there; the user's own library is always made.

    Raises:
        DamagedError: it is gone or empty, but has backups; or it is damaged.
        UserError: it cannot be opened.
    """
    settings = Settings()
    named = _named(arguments)
    path = library_path(arguments)
    open_it = partial(
        Library.open,
        path,
        author=settings.get("author", ""),
        create=create or not named,
        wait_seconds=_WAIT_SECONDS,
        on_wait=_telling_once(path),
        keeping=keeping(settings),
    )
    elsewhere = held_elsewhere(arguments)
    if is_emptied(arguments):
        name = backups_of(arguments).all()[0].path.name
        raise DamagedError(
            f"There is nothing at {path} any more, but there are backups",
            f"Run `postil restore {name}`, or `postil check --rescue` to begin anew.",
        )
    if elsewhere is not None and not path.exists():
        raise elsewhere
    try:
        return open_it(read_only=elsewhere)
    except ReadOnlyError as error:
        return open_it(read_only=error)
    except NotALibraryError as error:
        if not is_known(arguments):
            raise
        remedy = "Run `postil check --rescue`, or restore a backup."
        raise NotALibraryError(error.what, remedy) from error


def held_elsewhere(arguments: argparse.Namespace) -> ReadOnlyError | None:
    """Return why the library may only be read: another computer has it, by its lock file.

    With `--insist` there is no such lock file any more. A window on this computer is no reason:
    it follows what others write.

    Raises:
        UserError: the lock file cannot be deleted.
    """
    path = library_path(arguments)
    lock = LockFile(path)
    held = lock.elsewhere()
    if held is None:
        return None
    if not arguments.insist:
        return refusal(path, held, "Add --insist if nobody works with it")
    try:
        lock.path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"The lock file {lock.path} cannot be deleted: {error.strerror}", "Delete it by hand."
        ) from error
    return None


def _telling_once(path: Path) -> Callable[[], None]:
    """Return what says that a library is waited for, the first time it is called."""
    told = threading.Event()

    def tell() -> None:
        if not told.is_set():
            told.set()
            name = quoted(path.name)
            print(f"postil: waiting for {name}, which another program is using", file=sys.stderr)

    return tell


def library_path(arguments: argparse.Namespace) -> Path:
    """Return the path of the library the arguments name, or the user's own.

    Raises:
        UsageError: the option is there without a name.
    """
    named = _named(arguments)
    return Path(named) if named else default_library()


def backups_of(arguments: argparse.Namespace) -> Backups:
    """Return the backups of the library the arguments name, which is not opened."""
    return Backups(library_path(arguments), keeping(Settings()))


def is_known(arguments: argparse.Namespace) -> bool:
    """Return whether the file the arguments name was a library: the user's own, or backed up."""
    return not _named(arguments) or bool(backups_of(arguments).all())


def is_emptied(arguments: argparse.Namespace) -> bool:
    """Return whether a library that has backups is gone, or a file without a byte."""
    path = library_path(arguments)
    try:
        is_empty = path.stat().st_size == 0 and path.is_file()
    except FileNotFoundError:
        is_empty = True
    except OSError:
        return False  # whoever opens it says why
    return is_empty and bool(backups_of(arguments).all())


def _named(arguments: argparse.Namespace) -> str | None:
    named: str | None = arguments.library_first if arguments.library is None else arguments.library
    if named == "":
        raise UsageError("--library names no file", "Name one, or leave the option out.")
    return named


def find_article(library: Library, words: str) -> ArticleRow:
    """Return the row of the one article with this id, start of an id, or piece of a title.

    Raises:
        UserError: there is none, or several.
    """
    found = library.find_articles(words)
    if not found:
        raise UserError(f"No article is called {quoted(words)}", "Look it up with `postil list`.")
    if len(found) > 1:
        names = ", ".join(f"{row.id[:8]} {quoted(row.title)}" for row in found[:_NAMED])
        more = ", …" if len(found) > _NAMED else ""
        raise UserError(
            f"{quoted(words)} may be {len(found)} articles: {names}{more}", "Give one's id."
        )
    return found[0]


def altered_words(number: int) -> str:
    """Return a sentence about rows of a backup that something else has changed."""
    return counted(
        number,
        "1 row of this copy was changed by something else: it does not fit its checksum.",
        "{0} rows of this copy were changed by something else: they do not fit their checksums.",
    )


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Print `value` as JSON; a lone surrogate in a file's name is written as its escape."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_new_tags(names: Sequence[str], about: str) -> None:
    """Print which tags a command has made, on standard error: it is no part of its answer.

    Args:
        names: of the tags.
        about: the file they came with.
    """
    if names:
        print_remarks([f"New under My tags: {', '.join(names)}"], about)


def print_remarks(remarks: Sequence[str], about: str = "") -> None:
    """Print what a command could not do as it was asked, on standard error.

    Args:
        remarks: sentences.
        about: the file they are about, where they do not name it themselves.
    """
    for remark in remarks:
        print(f"postil: {about}: {remark}" if about else f"postil: {remark}", file=sys.stderr)
