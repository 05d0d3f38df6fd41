"""The program's start where the library is damaged, held or newer, and its end without a backup."""

import sqlite3
from contextlib import closing
from dataclasses import replace

from postil.library import Library
from postil.library.backing_up import Backups
from postil.lock_file import LockFile, this_process
from postil.store import schema
from ui.filling import put
from ui.test_desktop import UNTIL, run

AT_ONCE = UNTIL.replace("window.desk.opened and ", "window.is_complete and ")
ENDING = 'print("OPENED", window.desk.opened.article.text[:30])'


def choosing(shown, code=UNTIL):
    """Return code in which dialogs are answered by an expression, `dialog` being what is shown."""
    return code.replace("make =", f"Prompts.show = lambda self, dialog: {shown}\nmake =", 1)


def backed_up(path):
    """Make a library with one article and a backup."""
    with Library.open(path) as library:
        put(library, "Ferry")
        library.safekeeping.backups.make("asked")


def test_an_emptied_library_offers_its_backups_and_who_declines_finds_it_as_it_was(tmp_path):
    path = tmp_path / "mine.sqlite"
    backed_up(path)
    path.write_bytes(b"")
    answer = run("--library", path, code=choosing("print('SHOWN', dialog.windowTitle())"))
    assert answer.returncode == 1
    assert "SHOWN The library is empty" in answer.stdout
    assert "Traceback" not in answer.stderr
    assert path.read_bytes() == b""


def test_a_backup_that_is_gone_when_it_is_wanted_ends_with_a_sentence(tmp_path):
    path = tmp_path / "mine.sqlite"
    backed_up(path)
    [backup] = Backups(path).all()
    damaged = bytes(9 * 4096)
    path.write_bytes(damaged)
    shown = f"__import__('os').remove({str(backup.path)!r}) or True"
    answer = run("--library", path, code=choosing(shown))
    assert answer.returncode == 1
    assert "TOLD" in answer.stdout
    assert "Traceback" not in answer.stderr
    assert any(kept.read_bytes() == damaged for kept in tmp_path.glob("mine*.sqlite"))


def test_a_library_of_a_newer_program_ends_with_a_sentence_untouched(tmp_path):
    path = tmp_path / "mine.sqlite"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    answer = run("--library", path, code=UNTIL)
    assert answer.returncode == 1
    assert "newer Postil" in answer.stdout
    assert path.read_bytes() == before


def test_whoever_insists_holds_a_library_that_another_computer_had(tmp_path):
    path = tmp_path / "mine.sqlite"
    backed_up(path)
    lock = LockFile(path, replace(this_process(), host="another-desk"))
    lock.take()
    insist = (
        "[b.click() for b in window._start_banner.findChildren(QAbstractButton)"
        " if b.text() == 'Open Anyway'] and print(open(window.desk.library.path.with_name("
        "'mine.sqlite.lock')).read())"
    )
    code = AT_ONCE.replace(ENDING, insist).replace(
        "from postil import", "from PySide6.QtWidgets import QAbstractButton\nfrom postil import"
    )
    answer = run("--library", path, code=code)
    assert answer.returncode == 0, answer.stderr
    assert this_process().host in answer.stdout


def test_a_backup_that_failed_at_the_end_is_told_at_the_next_start(tmp_path):
    path = tmp_path / "mine.sqlite"
    with Library.open(path) as library:
        put(library, "Ferry")
    blocker = tmp_path / "backups"
    blocker.write_text("no folder")
    first = run("--library", path, code=AT_ONCE.replace(ENDING, "pass"))
    assert first.returncode == 0
    told = "print('BANNER', window.notices.banner.text())"
    second = run("--library", path, code=AT_ONCE.replace(ENDING, told))
    assert "BANNER" in second.stdout
    assert "backup" in second.stdout.partition("BANNER")[2]
