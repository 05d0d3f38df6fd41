"""Dated copies of a library: what is known of one, and which of many stay.

All of the last two days stay, then one a day for a week of days, one a week for four weeks
and one a month for six months; then the caps of number and size, the oldest going first.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from postil.domain import limits

_ALL_FOR = timedelta(days=2)
_DAYS, _WEEKS, _MONTHS = 7, 4, 6


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where copies are kept, and how many."""

    folder: Path | None = None  # None: a folder `backups` beside the library
    total_bytes: int = limits.BACKUP_BYTES  # of all copies together; the newest stays anyhow
    number: int = limits.BACKUPS


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. What is in it is known to whoever has opened it."""

    path: Path
    at: datetime  # UTC, to the second
    occasion: str  # "change", "close", "asked", "migration", "merge" or "restore"
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a library, as a list of them tells."""

    articles: int
    marks: int
    state: str  # equal only where the history stands at the same step


def superfluous(backups: Sequence[Backup], now: datetime, keeping: Keeping) -> list[Backup]:
    """Return the copies that go.

    Args:
        backups: all there are, in any order.
        now: UTC.
        keeping: the caps.
    """
    newest_first = sorted(backups, key=lambda backup: backup.at, reverse=True)
    kept = [backup for backup in newest_first if now - backup.at <= _ALL_FOR]
    older = newest_first[len(kept) :]
    stay = set(kept)
    for period, number in ((_day, _DAYS), (_week, _WEEKS), (_month, _MONTHS)):
        stay |= _last_of_each(older, period, number)
    total, count = 0, 0
    for backup in newest_first:
        if backup not in stay:
            continue
        total += backup.size
        count += 1
        if count > 1 and (total > keeping.total_bytes or count > keeping.number):
            stay.discard(backup)
            total -= backup.size
            count -= 1
    return [backup for backup in newest_first if backup not in stay]


def _last_of_each(
    newest_first: Sequence[Backup], period: Callable[[datetime], Hashable], number: int
) -> set[Backup]:
    """Return the newest copy of each of the newest `number` periods that have one."""
    found: dict[Hashable, Backup] = {}
    for backup in newest_first:
        found.setdefault(period(backup.at), backup)
        if len(found) > number:
            found.popitem()
            break
    return set(found.values())


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    return at.isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    return (at.year, at.month)
