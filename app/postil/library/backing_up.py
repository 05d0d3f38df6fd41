"""Dated copies of a library: made, listed, thinned, and looked into.

Whoever is about to change much calls `Backups.make`; nothing here needs the library to be open,
and everything may be called from a thread of its own.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from postil.domain.backups import Backup, Contents, Keeping, superfluous
from postil.domain.errors import DamagedError, UserError
from postil.domain.listing import ArticleRow
from postil.store import Store, copying, queries
from postil.store.failures import room_in
from postil.store.receiving import receive

OCCASIONS = ("asked", "change", "close", "merge", "migration", "restore")
DAMAGED = "damaged"  # the fact that a check has found what cannot be mended
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is needed to restore a backup at once."""

    fresh: Path  # a library of our own making
    before: Backup | None  # what is there now; None if that is nothing
    altered: int  # rows of the backup that something else than this program has changed


@dataclass(frozen=True, slots=True)
class Sound:
    """A copy that is whole, and what is in it."""

    backup: Backup
    inside: Contents
    altered: int  # rows that something else than this program has changed


@dataclass(frozen=True, slots=True)
class Inside:
    """What a look into a backup shows."""

    rows: list[ArticleRow]  # its articles, the newest first
    altered: int  # rows that something else than this program has changed


class Backups:
    """The copies of one library.

    Args:
        path: of the library.
        keeping: where they are kept, and how many.
    """

    def __init__(self, path: Path, keeping: Keeping | None = None) -> None:
        self.path = path
        self.keeping = keeping or Keeping()
        self.failure: UserError | None = None  # of the last attempt that nobody waited for

    @property
    def folder(self) -> Path:
        """Where copies go; in a folder of the person's choice each library has its own."""
        chosen = self.keeping.folder
        if chosen is None:
            return self.path.parent / "backups"
        which = hashlib.sha256(str(self.path.resolve()).encode()).hexdigest()[:8]
        return chosen / f"{self.path.stem}-{which}"

    def all(self) -> list[Backup]:
        """Return the copies there are, the newest first."""
        name = re.compile(re.escape(self.path.stem) + r"-(\d{8}-\d{6})-([a-z]+)\.sqlite")
        found = []
        with suppress(OSError):
            for entry in self.folder.iterdir():
                match = name.fullmatch(entry.name)
                if match and match[2] in OCCASIONS and entry.is_file():  # a pipe is never opened
                    with suppress(ValueError, OSError):
                        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
                        found.append(Backup(entry, at, match[2], entry.stat().st_size))
        return sorted(found, key=lambda backup: (backup.at, backup.path), reverse=True)

    def make(
        self, occasion: str, *, anyhow: bool = False, now: datetime | None = None
    ) -> Backup | None:
        """Make a copy, unless nothing has changed since the newest one; then thin the others.

        Args:
            occasion: one of `OCCASIONS`.
            anyhow: also when nothing has changed.
            now: UTC.

        Returns:
            The copy; None when there was no need, or the library is known to be damaged.

        Raises:
            UserError: it cannot be made; no other copy is touched.
        """
        if occasion not in OCCASIONS:
            raise ValueError(occasion)
        if not self.path.exists() or self.is_damaged():
            return None
        there = self.all()
        if not anyhow and there and not self._has_changed(there[0]):
            return None
        at = (now or datetime.now(UTC)).replace(microsecond=0)
        made = self._copied(at, occasion)
        for backup in superfluous([made, *there], at, self.keeping):
            if backup != made:
                with suppress(OSError):
                    backup.path.unlink()
        return made

    def _copied(self, at: datetime, occasion: str) -> Backup:
        """Copy the library under a time that no other copy has, also of other programs."""
        while True:
            while any(backup.at == at for backup in self.all()):
                at += timedelta(seconds=1)
            target = self.folder / f"{self.path.stem}-{at.strftime(_STAMP)}-{occasion}.sqlite"
            if copying.copy_library(self.path, target):
                return Backup(target, at, occasion, target.stat().st_size)

    def try_to_make(self, occasion: str) -> UserError | None:
        """Make a copy before something else, which goes on if that fails; return why it did."""
        try:
            self.make(occasion)
        except UserError as error:
            self.failure = error
        else:
            self.failure = None
        return self.failure

    @contextmanager
    def prepared(self, path: Path) -> Iterator[Prepared]:
        """Do the slow half of restoring: back up what is there and make the other one ready.

        Raises:
            UserError: the file is no library of ours, newer or damaged, or what is there cannot
                be backed up.
        """
        if self.is_damaged():
            raise DamagedError(
                f"The library {self.path} is damaged",
                "Run `postil check --rescue` before anything is restored.",
            )
        with ExitStack() as stack:
            with room_in(self.path.parent):
                folder = tempfile.TemporaryDirectory(prefix=".postil-", dir=self.path.parent)
                fresh = Path(stack.enter_context(folder)) / "fresh.sqlite"
                changed = receive(path, fresh)
            yield Prepared(fresh, self.make("restore", anyhow=True), changed)

    def newest_good(self) -> Sound | None:
        """Return the newest copy that is whole.

        One with an article in it is better than one without, and of those one in which every
        row is as it was written; older ones are only read until one is found.
        """
        filled: Sound | None = None
        empty: Sound | None = None
        for backup in self.all():
            inside = contents(backup) if copying.is_sound(backup.path) else None
            if inside is None:
                continue
            found = Sound(backup, inside, altered(backup) if inside.articles else 0)
            if inside.articles and not found.altered:
                return found
            if inside.articles:
                filled = filled or found
            else:
                empty = empty or found
        return filled or empty

    def is_damaged(self) -> bool:
        """Return whether a check has found damage that was not mended."""
        return copying.fact(self.path, DAMAGED) != ""

    def _has_changed(self, newest: Backup) -> bool:
        now = copying.contents(self.path, is_in_use=True)
        then = copying.contents(newest.path)
        return now is None or then is None or now.state != then.state


def contents(backup: Backup) -> Contents | None:
    """Return how much is in a copy; None where it cannot be read."""
    return copying.contents(backup.path)


def altered(backup: Backup) -> int:
    """Return how many rows of a copy something else than this program has changed.

    Every text and mark of it is read, which takes up to a second for 20,000 marks.
    """
    return copying.altered_rows(backup.path)


def look_into(path: Path) -> Inside:
    """Return what is in a backup; nothing is changed.

    Raises:
        UserError: it is no library of ours, newer, or damaged.
    """
    with (
        room_in(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory(prefix="postil-") as folder,
    ):
        copy = Path(folder) / "library.sqlite"
        changed = receive(path, copy)
        store = Store(copy, create=False)
        try:
            with store.reading() as transaction:
                return Inside(transaction.ask(queries.articles), changed)
        finally:
            store.close()
