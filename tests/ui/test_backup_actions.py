"""Backups in the window: made by the clock, looked into, restored and taken back; damage mended."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QRadioButton

from postil.domain.errors import UserError
from postil.library import Library
from postil.library.backing_up import Backups
from postil.library.recovery import Recovery
from postil.ui.dialogs.backups import BackupsDialog, listed
from postil.ui.dialogs.damaged import DamagedDialog
from postil.ui.dialogs.settings import SettingsDialog
from postil.ui.dialogs.settings_backups import BackupsPage
from ui.filling import put

PAGE = 4096


@pytest.fixture
def rest(window, qtbot):
    """Return a function that waits until nothing runs on the worker."""
    return lambda: qtbot.waitUntil(lambda: not window.tasks.is_busy)


def titles(library):
    return [row.title for row in library.articles()]


def damage(path, first=2):
    data = bytearray(path.read_bytes())
    for page in range(first, len(data) // PAGE, 2):
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def test_half_an_hour_after_a_change_there_is_a_backup(window, library, rest):
    backing = window.backing_up
    assert not backing.waiting.isActive()
    put(library, "Ferry")
    assert backing.waiting.isActive()
    assert backing.waiting.interval() == 30 * 60 * 1000
    backing.waiting.timeout.emit()
    rest()
    (backup,) = library.safekeeping.backups.all()
    assert backup.occasion == "change"


def test_a_backup_that_fails_is_told_and_the_next_one_ends_that(window, library, rest, monkeypatch):
    put(library, "Ferry")
    full = shutil._ntuple_diskusage(9, 9, 0)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: full)
        window.backing_up.back_up()
        rest()
    assert window.banner.isVisible()
    assert "no room for a backup" in window.banner.text()
    put(library, "Bridge")  # nothing is blocked
    assert window.banner.isVisible()
    window.backing_up.back_up()
    rest()
    assert not window.banner.isVisible()


def test_backups_are_listed_looked_into_restored_and_that_taken_back(
    window, library, answers, rest, qtbot
):
    put(library, "Ferry")
    library.safekeeping.backups.make("asked")
    put(library, "Bridge")
    window.desk.open_article(library.article_ids()[0])

    def choose(dialog):
        dialog.show()
        assert dialog.list.topLevelItem(0).text(1) == "1"
        qtbot.mouseClick(dialog.now_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
        dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
        qtbot.mouseClick(dialog.look_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.inside.isVisible)
        assert dialog.inside.item(0).text() == "Ferry · 0 marks"
        assert dialog.told.text().endswith(".sqlite")  # no longer that it is being looked into
        assert titles(library) == ["Bridge", "Ferry"]
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
        return dialog.result()

    answers.will(choose)
    window.actions_["backups"].trigger()
    qtbot.waitUntil(lambda: titles(library) == ["Ferry"])
    assert window.desk.opened is None
    rest()
    window.notices.toast.findChild(type(window.notices.toast._button)).click()
    qtbot.waitUntil(lambda: titles(library) == ["Bridge", "Ferry"])
    rest()
    window.actions_["undo"].trigger()  # does what is offered, and undoes no step
    qtbot.waitUntil(lambda: titles(library) == ["Ferry"])
    rest()


def test_what_is_changed_while_a_backup_is_made_ready_is_in_the_way_back(
    window, library, rest, qtbot, monkeypatch
):
    put(library, "Ferry")
    made = library.safekeeping.backups.make("asked")
    put(library, "Bridge")
    is_backed_up, make = Event(), Backups.make

    def make_and_tell(self, *occasion, **how):
        try:
            return make(self, *occasion, **how)
        finally:
            is_backed_up.set()

    monkeypatch.setattr(Backups, "make", make_and_tell)
    window.backing_up.restore(made.path)
    assert is_backed_up.wait(60)
    put(library, "Late")  # and no backup has it yet
    qtbot.waitUntil(lambda: titles(library) == ["Ferry"])
    rest()
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: titles(library) == ["Late", "Bridge", "Ferry"])
    rest()


def test_what_is_being_typed_when_damage_is_found_is_rescued_too(
    window, library, answers, rest, qtbot
):
    article_id = put(library, "Ferry")
    library.safekeeping.begin_session()  # of a window that never ended it
    with closing(sqlite3.connect(library.path)) as raw:
        raw.execute("UPDATE article SET title = 'Fairy'")
        raw.commit()
    window.desk.open_article(article_id)
    window.sidebar.write_on_whole("")
    qtbot.keyClicks(window.sidebar.article.notes.note, "Not told")

    def choose(dialog):
        dialog.rescued.setChecked(True)
        return True

    answers.will(choose)
    window.backing_up.begin(0)
    qtbot.waitUntil(lambda: not answers.ready)
    rest()
    assert library.article(article_id).record.note == "Not told"
    assert list(library.path.parent.glob("library.damaged-*.sqlite"))


def test_without_backups_the_list_says_so_and_a_foreign_one_is_refused(
    window, library, answers, rest, tmp_path, qtbot
):
    def look(dialog):
        assert "no backup yet" in dialog.told.text()
        assert not dialog.restore_button.isEnabled()
        return False

    answers.will(look)
    window.actions_["backups"].trigger()
    qtbot.waitUntil(lambda: not answers.ready)
    (tmp_path / "words").write_text("nothing of ours")
    window.backing_up.restore(tmp_path / "words")
    rest()
    assert "is not a Postil library" in window.banner.text()


def test_damage_found_after_an_end_that_was_none_is_mended_in_the_open_window(
    window, library, answers, rest, qtbot
):
    put(library, "Ferry")
    library.safekeeping.backups.make("asked")
    library.safekeeping.begin_session()  # of a window that never ended it
    with closing(sqlite3.connect(library.path)) as raw:
        raw.execute("UPDATE article SET title = 'Fairy'")  # the row has another checksum
        raw.commit()

    def choose(dialog):
        assert "1 article" in dialog.backup.accessibleDescription()
        dialog.backup.setChecked(True)
        return True

    answers.will(choose)
    window.backing_up.begin(0)
    qtbot.waitUntil(lambda: not answers.ready and titles(library) == ["Ferry"])
    rest()
    assert library.check() == []
    assert list(library.path.parent.glob("library.damaged-*.sqlite"))


@pytest.mark.parametrize("is_lost", [False, True])
def test_the_dialog_proposes_what_has_more(tmp_path, qtbot, is_lost):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        put(library, "Ferry")
        library.safekeeping.backups.make("asked")
    damage(path, first=1)
    if is_lost:
        path.write_bytes(b"")
    with ExitStack() as stack:
        dialog = DamagedDialog(path, stack.enter_context(Recovery(path)))
        qtbot.addWidget(dialog)
        assert dialog.windowTitle() == (
            "The library is empty" if is_lost else "The library is damaged"
        )
        assert dialog.backup.isChecked()
        assert (dialog.take() is None) == (not path.exists())
    with Library.open(path) as library:
        assert titles(library) == ["Ferry"]


def test_place_and_number_are_settings_and_hold_at_once(settings, library, qtbot, tmp_path):
    page = BackupsPage(settings, library)
    qtbot.addWidget(page)
    page.show()
    page.folder.setText("not/absolute")
    page.folder.editingFinished.emit()
    assert page.folder.text() == ""
    qtbot.keyClicks(page.folder, str(tmp_path / "elsewhere"))
    page.number.setValue(3)
    page.megabytes.setValue(50)
    page.hide()
    keeping = library.safekeeping.backups.keeping
    assert (keeping.folder, keeping.number) == (tmp_path / "elsewhere", 3)
    assert keeping.total_bytes == 50 * 1024**2
    assert library.safekeeping.backups.make("asked", anyhow=True).path.is_relative_to(
        tmp_path / "elsewhere"
    )
    other = BackupsPage(settings, library)
    qtbot.addWidget(other)
    assert other.folder.text() == str(tmp_path / "elsewhere")


def test_a_library_that_goes_on_is_not_taken_for_its_backups(tmp_path):
    path = tmp_path / "library.sqlite"
    with Recovery(path) as recovery, pytest.raises(UserError, match="no good backup"):
        recovery.take_backup()
    assert Backups(path).all() == []


def test_a_changed_backup_is_told_in_the_list_inside_and_when_restored(
    window, library, answers, rest, qtbot
):
    put(library, "Ferry")
    for name in ("Fairy", "Ferryman"):
        changed = library.safekeeping.backups.make("asked", anyhow=True)
        with closing(sqlite3.connect(changed.path)) as raw:
            raw.execute("UPDATE article SET title = ?", (name,))
            raw.commit()
    told = "1 row of this copy was changed by something else"

    def choose(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: told in dialog.told.text())  # that of the newest, without a look
        rest()
        lines = [dialog.list.topLevelItem(number) for number in range(2)]
        assert [line.text(4) for line in lines] == ["asked for, changed by something else"] * 2
        qtbot.mouseClick(dialog.look_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.inside.isVisible)
        assert told in dialog.told.text()
        qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
        return dialog.result()

    answers.will(choose)
    window.actions_["backups"].trigger()
    qtbot.waitUntil(lambda: titles(library) == ["Ferryman"])
    assert told in window.banner.text()
    rest()
    with Recovery(library.path) as recovery:
        dialog = DamagedDialog(library.path, recovery)
        qtbot.addWidget(dialog)
        assert told not in dialog.backup.accessibleDescription()  # the one from before is whole
        recovery.backup = replace(recovery.backup, altered=1)
        dialog = DamagedDialog(library.path, recovery)
        qtbot.addWidget(dialog)
        assert told in dialog.backup.accessibleDescription()


@pytest.fixture
def large(qapp):
    """Have letters of twice the size."""
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def test_with_letters_twice_as_large_nothing_needs_more_than_480_pixels(
    large, make_window, library, qtbot, settings
):
    window = make_window(width=480)
    put(library, "Ferry")
    backups = library.safekeeping.backups
    backups.make("restore", anyhow=True)
    with Recovery(library.path) as recovery:
        dialogs = [
            BackupsDialog(backups, listed(backups), window.tasks, window),
            DamagedDialog(library.path, recovery, window),
            SettingsDialog(window.actions_, settings, library, window),
        ]
        for dialog in dialogs:
            assert dialog.minimumSizeHint().width() <= 480
            dialog.resize(480, 700)
            with qtbot.waitExposed(dialog):
                dialog.show()
            assert dialog.width() == 480
            for button in dialog.findChildren(QAbstractButton):
                if button.isVisible() and isinstance(button, QPushButton | QRadioButton):
                    assert button.width() >= button.minimumSizeHint().width()
            dialog.close()
    qtbot.waitUntil(lambda: not window.tasks.is_busy)
