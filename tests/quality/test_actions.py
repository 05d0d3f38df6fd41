"""The table of actions: every one has words, an icon, keys of its own and somebody who does it."""

import pytest

from postil.resources import resource


@pytest.fixture
def table(qapp):
    from postil.ui.action_table import TABLE

    return TABLE


def test_ids_are_unique_and_texts_are_there(table):
    ids = [spec.id for spec in table]
    assert len(set(ids)) == len(ids)
    for spec in table:
        assert spec.text.strip(), spec.id
        assert spec.tip.strip(), spec.id
        assert not spec.tip.endswith("."), f"{spec.id}: a tip is a phrase, without a full stop"


def test_every_menu_exists_and_is_used(table):
    from postil.ui.action_table import MENUS

    assert {spec.menu for spec in table} == set(MENUS)


def test_mnemonics_differ_within_a_menu(table):
    seen = {}
    for spec in table:
        _, found, letter = spec.text.replace("&&", "").partition("&")
        if found:
            key = (spec.menu, letter[0].lower())
            assert key not in seen, f"{spec.id} and {seen[key]} share {key}"
            seen[key] = spec.id


def test_every_icon_is_shipped(table):
    for spec in table:
        if spec.icon:
            assert resource("icons", f"{spec.icon}.svg").is_file()
        else:
            assert "/" in spec.menu, f"{spec.id} has no icon"


def test_no_key_does_two_things(table):
    from postil.ui.action_table import WINDOW
    from postil.ui.keymap import defaults

    taken = {}
    parts = (WINDOW, "reader", "shelf", "tags")
    keys = defaults(table)
    for spec in table:
        for key in keys[spec.id]:
            for where in (spec.where,) if spec.where != WINDOW else parts:
                other = taken.get((key.toString(), where))
                assert other is None, f"{key.toString()}: {spec.id} and {other}"
                taken[key.toString(), where] = spec.id
            if spec.where != WINDOW:
                other = taken.get((key.toString(), WINDOW))
                assert other is None, f"{key.toString()}: {spec.id} and {other}"


def test_every_key_is_one_qt_can_read(table):
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeySequence

    for spec in table:
        for text in spec.keys:
            sequence = QKeySequence(text)
            assert sequence.count() == 1, text
            assert sequence[0].key() != Qt.Key.Key_unknown, text
            assert sequence.toString() == text


def test_standard_keys_have_ours_beside_them(table):
    for spec in table:
        assert spec.standard is None or spec.keys, spec.id


def test_every_action_is_done_by_somebody(qtbot, tmp_path, library):
    from postil.settings import Settings
    from postil.ui.main_window import MainWindow

    window = MainWindow(Settings(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    window.furnish(library)
    assert window.actions_.unbound() == set()
    window.close()
