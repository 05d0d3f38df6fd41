"""The way back and forward: steps undone and redone, one or many at once, and restore points."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.history import Changes, Edit, Jump, Step, net
from postil.domain.listing import HistoryRow, RestorePoint
from postil.library.plan import utc_now
from postil.store import Store, Transaction, history

_NAME_CHARACTERS = 200  # of a restore point


class History:
    """The history of an open library.

    Args:
        store: the open file.
        tell: is told of what was walked, and returns it.
    """

    def __init__(self, store: Store, tell: Callable[[Changes], Changes]) -> None:
        self._store = store
        self._tell = tell

    def rows(self) -> list[HistoryRow]:
        """Return every step, undone ones too, the newest first."""
        with self._store.reading() as transaction:
            return transaction.ask(history.rows)

    def next(self, *, redo: bool) -> Step | None:
        """Return the step that undo (or redo) would take."""
        with self._store.reading() as transaction:
            return transaction.ask(history.next_step, redo=redo)

    def walk(self, *, redo: bool, only: Step | None = None) -> Changes | None:
        """Take the last step back, or do the last undone one again; None when there is none.

        Args:
            redo: do it again.
            only: nothing is done unless this is the step, also of other processes.
        """
        with self._store.writing() as transaction:
            step = transaction.ask(history.next_step, redo=redo)
            if step is None or (only is not None and step.id != only.id):
                return None
            edits = _edits(transaction, step, redo=redo)
            transaction.apply(edits)
            transaction.set_undone(step.id, step.id, undone=not redo)
        return self._tell(Changes(edits, step, reverted=not redo))

    def go_to(self, step_id: int, *, only_from: int | None = None) -> Changes | None:
        """Undo or redo until a step is the last one done; None when it is that already.

        Args:
            step_id: the number of the step, or 0 for the time before all that are kept.
            only_from: nothing is done unless this is the last step done now.

        Returns:
            What all of it comes to, with the step that was walked last.

        Raises:
            UserError: the step is not in the history any more.
        """
        with self._store.writing() as transaction:
            here = transaction.ask(history.position)
            if only_from is not None and here != only_from:
                return None
            steps = transaction.ask(history.way, step_id)
            if steps is None:
                raise _gone()
            if not steps:
                return None
            redo = step_id > here
            edits = net(e for step in steps for e in _edits(transaction, step, redo=redo))
            transaction.apply(edits)
            first, last = sorted((steps[0].id, steps[-1].id))
            transaction.set_undone(first, last, undone=not redo)
        jump = Jump(here, len(steps))
        return self._tell(Changes(edits, steps[-1], reverted=not redo, jump=jump))

    def join(self, ids: Collection[int]) -> None:
        """Let the steps of files taken in one after the other be one, undone at once.

        Args:
            ids: of the steps; nothing happens with fewer than two.

        Raises:
            LibraryBusyError: another process holds the library; nothing changed.
        """
        if len(ids) > 1:
            name = "take-in-files"
            with self._store.writing() as transaction:
                step = transaction.join_steps(ids, name=name)
            self._tell(Changes(step=step))

    def set_point(self) -> RestorePoint | None:
        """Set a restore point where the library stands now; None before the first step."""
        with self._store.writing() as transaction:
            here = transaction.ask(history.position)
            if not here:
                return None
            known = transaction.ask(history.point, here)
            point = RestorePoint(here, utc_now(), known.name if known else "")
            transaction.set_point(point)
        return point

    def name_point(self, step_id: int, name: str) -> None:
        """Give a restore point another name, or none.

        Raises:
            UserError: it is not in the history any more.
        """
        with self._store.writing() as transaction:
            point = transaction.ask(history.point, step_id)
            if point is None:
                raise _gone()
            transaction.set_point(replace(point, name=clean_line(name)[:_NAME_CHARACTERS]))

    def prune(self) -> None:
        """Let go of steps beyond the limits, if there are any."""
        oldest = datetime.now(UTC) - timedelta(days=limits.HISTORY_DAYS)
        since = oldest.strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._store.reading() as transaction:
            overdue = transaction.ask(history.has_overdue, keep=limits.HISTORY_STEPS, since=since)
        if overdue:
            with self._store.writing() as transaction:
                transaction.prune_history(keep=limits.HISTORY_STEPS, since=since)


def _edits(transaction: Transaction, step: Step, *, redo: bool) -> tuple[Edit, ...]:
    """Return what undoing or redoing a step changes."""
    edits = transaction.ask(history.edits_of, step)
    return edits if redo else tuple(edit.reversed() for edit in reversed(edits))


def _gone() -> UserError:
    return UserError("This step is not in the history any more", "Choose another one.")
