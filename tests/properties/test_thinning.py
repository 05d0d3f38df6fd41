"""Which backups stay: over more than a year of work, at any pace."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from postil.domain.backups import Backup, Keeping, superfluous

START = datetime(2026, 1, 1, tzinfo=UTC)
AMPLE = Keeping(total_bytes=10**12, number=10**6)


def backup(at, size=1):
    return Backup(Path(f"{at.isoformat()}.sqlite"), at, "change", size)


def days_kept(kept, now, first, last):
    return {b.at.date() for b in kept if timedelta(first) < now - b.at <= timedelta(last)}


@settings(max_examples=3)
@given(st.lists(st.integers(4, 60), min_size=1, max_size=8), st.integers(0, 999))
def test_over_400_days_what_is_promised_stays_and_the_rest_goes(gaps, seed):
    """Backups come a half-hour at a time with pauses; after each, thinning has its say."""
    now, kept, chance = START, [], Random(seed)
    while now < START + timedelta(days=400):
        now += timedelta(minutes=30) * chance.choice(gaps)
        made = backup(now)
        everything = [made, *kept]
        gone = set(superfluous(everything, now, AMPLE))
        kept = [b for b in everything if b not in gone]
        assert made in kept
        assert all(now - b.at > timedelta(days=2) for b in gone)
        assert not superfluous(kept, now, AMPLE)  # asked again, it takes nothing more
    older = [b for b in kept if now - b.at > timedelta(days=2)]
    assert len(older) <= 7 + 4 + 6
    ages = [(now - b.at).days for b in older]
    # Work went on all the time: each of the last days, weeks and months has its backup.
    assert len(days_kept(kept, now, 2, 10)) >= 5
    assert len({b.at.isocalendar()[:2] for b in older}) >= 4
    assert len({(b.at.year, b.at.month) for b in older}) >= 6
    assert max(ages) >= 120


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 100)), max_size=30),
    st.integers(0, 500),
    st.integers(1, 10),
)
def test_the_caps_hold_and_the_newest_stays(spec, total, number):
    backups = [
        backup(START + timedelta(minutes=minute), size) for minute, size in dict(spec).items()
    ]
    now = START + timedelta(minutes=10**6)
    kept = set(backups) - set(superfluous(backups, now, Keeping(None, total, number)))
    if backups:
        newest = max(backups, key=lambda b: b.at)
        assert newest in kept
        assert len(kept) <= number
        assert sum(b.size for b in kept) <= max(total, newest.size)
