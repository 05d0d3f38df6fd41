"""R6, R7 in their long form: damage of any kind, and more than a year of backups.

The short forms are tests/unit/library/test_recovery.py and tests/properties/test_thinning.py.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from factories import make_article
from postil.domain.errors import UserError
from postil.library import AddArticle, Library
from postil.library.backing_up import Backups, contents, look_into
from postil.library.checking import check_file
from postil.library.recovery import Recovery
from unit.library import test_recovery as recovery

whole = recovery.whole  # a library of some hundred pages
DAYS = 400


def zero_sector(data, chance):
    at = chance.randrange(recovery.PAGE // 512, len(data) // 512) * 512
    data[at : at + 512] = bytes(512)


KINDS = (*recovery.KINDS, zero_sector)


def damage(whole, folder, kind, chance, count):
    """Damage a library many times.

    Returns:
        How often it was noticed and how often without harm, the numbers of those missed, and
        which share of the undamaged notes was rescued, of all together and of one library at
        least. Undamaged is a note whose words are still in the file, wherever they stand.
    """
    path = folder / "library.sqlite"
    notes = recovery.notes(whole)
    noticed = unchanged = 0
    missed, least, rescued, there = [], 1.0, 0, 0
    for number in range(count):
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.copy(whole, path)
        recovery.rewrite(path, lambda data: kind(data, chance))
        undamaged = {note for note in notes if note.encode() in path.read_bytes()}
        if check_file(path, whole=True):
            noticed += 1
            with Recovery(path) as found:
                found.take_rescued()
            kept = recovery.notes(path) & undamaged
            rescued += len(kept)
            there += len(undamaged)
            least = min(least, len(kept) / max(len(undamaged), 1))
            assert check_file(path, whole=True) == []
        elif recovery.notes(path) == notes:
            unchanged += 1
        else:
            missed.append(number)
    return noticed, unchanged, missed, rescued / max(there, 1), least


@pytest.mark.only_long
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_damage_is_noticed_or_harmless(whole, tmp_path, kind, chance, rounds, tell):
    folder = tmp_path / "damaged"
    folder.mkdir()
    count = rounds(1, 150)
    noticed, unchanged, missed, share, least = damage(whole, folder, kind, chance, count)
    tell(
        f"R6 {kind.__name__}, {count} times: {noticed} noticed, {unchanged} without harm,"
        f" {len(missed)} missed; {share:.2%} of the undamaged notes rescued, {least:.1%} at least"
    )
    assert missed == []
    assert share >= 0.99
    assert least >= 0.9  # what a page lost that was laid over one set free, or its head


def test_a_check_without_checksums_is_found_out(whole, tmp_path):
    """The negative control of R6: SQLite's own check sees nothing of another letter in a note."""
    path = tmp_path / "library.sqlite"
    shutil.copy(whole, path)
    before = recovery.notes(path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"note 1/1 ", b"nose 1/1 "))
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert recovery.notes(path) != before
    assert any(finding.kind == "sum" for finding in check_file(path, whole=True))


@pytest.mark.only_long
def test_every_backup_of_a_year_can_be_looked_into(tmp_path, chance, tell):
    """R7: half-hours of work with pauses, with real files."""
    path = tmp_path / "library.sqlite"
    now, made = datetime(2026, 1, 1, tzinfo=UTC), 0
    with Library.open(path) as library:
        backups = Backups(path)
        while now < datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=DAYS):
            now += timedelta(minutes=30) * chance.choice((1, 2, 40, 100))
            library.do(AddArticle(make_article(f"At {now}.", title=str(now))))
            made += backups.make("change", now=now) is not None
        kept = backups.all()
        unreadable = [backup for backup in kept if not look_into(backup.path).rows]
        counts = [contents(backup).articles for backup in kept]
    tell(
        f"R7 {DAYS} days: {made} backups made, {len(kept)} kept, {len(unreadable)} unreadable,"
        f" the newest {now - kept[0].at} old"
    )
    assert unreadable == []
    assert counts == sorted(counts, reverse=True)
    assert now - kept[0].at <= timedelta(minutes=30)
    assert len(kept) <= 120


def test_a_backup_that_cannot_be_read_is_found_out(whole, tmp_path):
    """The negative control of R7."""
    path = tmp_path / "library.sqlite"
    shutil.copy(whole, path)
    made = Backups(path).make("asked")
    assert look_into(made.path)
    recovery.damage_everywhere(made.path)
    with pytest.raises(UserError, match="damaged"):
        look_into(made.path)
    assert contents(made) is None
