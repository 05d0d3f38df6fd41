"""A damaged library: set aside with its journal, and what can be had put in its place.

Two things can be had: what can still be read of it, and the newest good backup. Both are made
ready before anything is moved, so that a person can choose by what is in them.
"""

import os
import tempfile
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from postil.domain.backups import Keeping
from postil.domain.errors import UserError
from postil.files import sync_folder
from postil.library.backing_up import Backups, Sound
from postil.library.seeding import seed
from postil.store import Store
from postil.store.failures import room_in
from postil.store.receiving import receive
from postil.store.rescue import Rescued, rescue

_RESCUED = "rescued.sqlite"
_BESIDE = ("-journal", "-wal", "-shm")  # what SQLite may have left beside a library


class Recovery:
    """What can be had in place of a damaged library; a context that leaves nothing behind.

    Args:
        path: the library; nobody has it open. It may be empty or gone.
        keeping: where its backups are.

    Raises:
        UserError: the folder cannot be written to.
    """

    def __init__(self, path: Path, keeping: Keeping | None = None) -> None:
        self._path = path
        self.altered = 0  # rows of the backup in `take` that something else has changed
        self._backups = Backups(path, keeping)
        self._leftovers = ExitStack()
        self.backup: Sound | None = None
        self.rescued = Rescued(0, 0, 0)

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with room_in(self._path.parent):
                folder = tempfile.TemporaryDirectory(prefix=".postil-", dir=self._path.parent)
        except OSError as error:
            raise UserError(
                f"{self._path.parent} cannot be written to: {error.strerror}",
                "Copy the library to a folder of your own.",
            ) from error
        with self._leftovers, room_in(self._path.parent):
            self._folder = Path(self._leftovers.enter_context(folder))
            self.backup = self._backups.newest_good()
            self.rescued = self._rescue()
            self._leftovers = self._leftovers.pop_all()
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._leftovers.close()

    def take_rescued(self) -> Path | None:
        """Put what was rescued into the library's place; return where the damaged file is now.

        Raises:
            UserError: the files cannot be moved.
        """
        return self._replace(self._folder / _RESCUED)

    def take_backup(self) -> Path | None:
        """Put the backup into the library's place; return where the damaged file is now.

        Raises:
            UserError: it cannot be read, or the files cannot be moved.
        """
        if self.backup is None:
            raise UserError("There is no good backup", "Take what could be rescued.")
        return self.take(self.backup.backup.path)

    def take(self, backup: Path) -> Path | None:
        """Put any backup into the library's place; return where the damaged file is now."""
        fresh = self._folder / "backup.sqlite"
        with room_in(self._path.parent):
            self.altered = receive(backup, fresh)
        return self._replace(fresh)

    def _rescue(self) -> Rescued:
        store = Store(self._folder / _RESCUED)
        try:
            seed(store)
            with store.writing() as transaction:
                if not self._path.exists() or self._path.stat().st_size == 0:
                    return Rescued(0, 0, 0)
                found = transaction.ask(lambda new: rescue(self._path, new, self._folder))
                transaction.rebuild_index()
            return found
        finally:
            store.close()

    def _replace(self, fresh: Path) -> Path | None:
        try:
            aside = set_aside(self._path)
            fresh.replace(self._path)
            sync_folder(self._path.parent)
        except OSError as error:
            raise UserError(
                f"{self._path} cannot be replaced: {error.strerror}",
                "Close other programs that use it, and try again.",
            ) from error
        return aside


def restore_anew(path: Path, backup: Path) -> tuple[Path | None, int]:
    """Put a backup in the place of a library that cannot be opened, which is set aside.

    Returns:
        Where the damaged file is now, None if there was none, and how many rows of the backup
        something else than this program has changed.

    Raises:
        UserError: the backup is no library of ours, newer or damaged; nothing changed.
    """
    with Recovery(path) as recovery:
        return recovery.take(backup), recovery.altered


def set_aside(path: Path) -> Path | None:
    """Give a library and what lies beside it a dated name; return it, None if there is no file.

    What lies beside it goes first: a journal must never stand beside another library.

    Raises:
        OSError: the files cannot be moved.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number, aside = 1, path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    try:
        path.rename(aside)
    except FileNotFoundError:
        return None
    return aside
