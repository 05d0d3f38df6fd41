"""The open library kept safe: backups of it, a backup brought back, and how its windows ended."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postil.domain.backups import Backup
from postil.domain.errors import ReadOnlyError
from postil.library.backing_up import Backups, Prepared
from postil.library.seeding import seed
from postil.store import Store, queries

_SESSION = "session"  # the fact whether a window has the library open, or did not end well


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored backup leaves to be told."""

    before: Backup | None  # of what was there, by which this can be taken back
    altered: int  # rows that something else than this program has changed


class Safekeeping:
    """What is done for the safety of one open library.

    Args:
        store: the open file.
        backups: of it.
        read_anew: is called when all that is in the library may be another.
    """

    def __init__(self, store: Store, backups: Backups, read_anew: Callable[[], None]) -> None:
        self._store = store
        self.backups = backups
        self._read_anew = read_anew

    def restore(self, path: Path) -> Restored:
        """Put what is in a backup in place of everything, after a backup of what is there.

        Args:
            path: a backup, or any library; not changed.

        Raises:
            LibraryBusyError: another process holds the library; nothing changed.
            ReadOnlyError: the library is open for reading only.
            UserError: the file is no library of ours or damaged, or what is there cannot be
                backed up; nothing changed.
        """
        if (why := self._store.read_only) is not None:
            raise ReadOnlyError(why.what, why.remedy)
        with self.backups.prepared(path) as prepared:
            return Restored(self.replace(prepared), prepared.altered)

    def replace(self, prepared: Prepared) -> Backup | None:
        """Do the quick half of `restore`, on the thread that opened the library."""
        self._store.overwrite(prepared.fresh)
        seed(self._store)
        self._store.changed_elsewhere()  # that was us
        self._read_anew()
        return prepared.before

    def exchange(self, put: Callable[[], object]) -> None:
        """Let go of a damaged file while another is put in its place, and go on with that.

        Args:
            put: such as `Recovery.take_rescued`.

        Raises:
            UserError: the files cannot be moved.
        """
        with self._store.let_go():
            put()
        seed(self._store)
        self._read_anew()

    def begin_session(self) -> bool:
        """Note that a window works with the library; return whether the last one ended well."""
        with self._store.writing() as transaction:
            was_open = transaction.ask(queries.fact, _SESSION) == "open"
            if not was_open:
                transaction.set_fact(_SESSION, "open")
        return not was_open

    def end_session(self) -> None:
        """Note that the window has ended well."""
        with self._store.writing() as transaction:
            transaction.set_fact(_SESSION, "closed")
