"""What an opened library is put in order with: its index of words, and steps that are too old."""

from datetime import UTC, datetime, timedelta

from postil.domain import limits
from postil.store import Store, history, search_index


def put_in_order(store: Store) -> None:
    """Make the index anew where it is not today's, and let go of overdue steps."""
    _index(store)
    _prune(store)


def _index(store: Store) -> None:
    """Make the index of words, unless it is there and made as this program makes it."""
    with store.reading() as transaction:
        current = transaction.ask(search_index.is_current)
    if not current:
        with store.writing() as transaction:
            transaction.rebuild_index()


def _prune(store: Store) -> None:
    """Let go of steps beyond the limits, if there are any."""
    since = (datetime.now(UTC) - timedelta(days=limits.HISTORY_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.reading() as transaction:
        overdue = transaction.ask(history.has_overdue, keep=limits.HISTORY_STEPS, since=since)
    if overdue:
        with store.writing() as transaction:
            transaction.prune_history(keep=limits.HISTORY_STEPS, since=since)
