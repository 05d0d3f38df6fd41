"""Files opened and written lately: kept, greyed when they are gone, forgotten when asked."""

import pytest
from PySide6.QtCore import Qt

from ui.filling import write


@pytest.fixture
def menu(window):
    return window.actions_.menus["file/recent"]


def shown(menu):
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.objectName().startswith("recent-")]


def take(window, qtbot, *paths):
    with qtbot.waitSignal(window.desk.article_opened, timeout=20_000):
        window.files.take_files(list(paths))


def test_files_taken_in_are_listed_the_newest_first(window, menu, tmp_path, qtbot):
    paths = [write(tmp_path / f"{n}.txt", f"Words of article {n}.\n") for n in range(3)]
    take(window, qtbot, *paths)
    assert [a.text() for a in shown(menu)] == ["&1  2.txt", "&2  1.txt", "&3  0.txt"]
    assert shown(menu)[0].toolTip() == str(paths[2])


def test_one_that_cannot_be_read_is_not_listed(window, menu, tmp_path, qtbot):
    window.files.take_files([tmp_path / "gone.txt"])
    qtbot.waitUntil(window.banner.isVisible, timeout=20_000)
    assert shown(menu) == []


def test_it_is_opened_from_the_menu_also_after_a_restart(
    make_window, menu, window, library, tmp_path, qtbot
):
    take(window, qtbot, write(tmp_path / "a & b.txt", "Words of one article.\n"))
    window.desk.open_article("")
    window.close()
    again = make_window()
    again.desk.open_article("")
    (action,) = shown(again.actions_.menus["file/recent"])
    assert action.text() == "&1  a && b.txt"
    with qtbot.waitSignal(again.desk.article_opened, timeout=20_000):
        action.trigger()
    assert again.desk.opened.id == library.articles()[0].id


def test_one_that_is_gone_is_greyed_and_comes_back_with_its_file(window, menu, tmp_path, qtbot):
    path = write(tmp_path / "a.txt", "Words.\n")
    take(window, qtbot, path)
    moved = path.rename(tmp_path / "b.txt")
    assert not shown(menu)[0].isEnabled()
    moved.rename(path)
    assert shown(menu)[0].isEnabled()


def test_ten_are_kept_and_each_once(window, menu, tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(12)]
    window.files.recent.add(paths)
    window.files.recent.add([paths[5]])
    assert len(window.files.recent.paths()) == 10
    assert window.files.recent.paths()[:2] == [paths[5], paths[11]]
    assert shown(menu)[-1].text() == "1&0  2.txt"


def test_files_of_one_name_show_their_folders(window, menu, tmp_path):
    window.files.recent.add([tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt"])
    assert shown(menu)[0].text() == f"&1  x.txt — {tmp_path / 'b'}"


def test_the_list_is_cleared(window, menu, tmp_path):
    window.files.recent.add([tmp_path / "a.txt"])
    menu.aboutToShow.emit()
    assert window.actions_["clear-recent"].isEnabled()
    window.actions_["clear-recent"].trigger()
    assert shown(menu) == []
    assert not window.actions_["clear-recent"].isEnabled()


def test_an_exported_file_is_listed(window, menu, ferry, answers, tmp_path, qtbot):
    window.desk.open_article(ferry)
    target = tmp_path / "ferry.md"

    def save(dialog):
        qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
        answers.will(target)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
        return True

    answers.will(save)
    window.actions_["export"].trigger()
    assert window.files.recent.paths() == [target]


@pytest.mark.parametrize("kept", ["text", ["\0"], [7], ["x" * 5000]])
def test_what_is_no_list_of_files_in_the_settings_does_no_harm(window, menu, settings, kept):
    settings.set("files/recent", kept)
    assert not any(action.isEnabled() for action in shown(menu))


def test_an_exported_file_that_cannot_be_opened_is_not_listed(
    window, ferry, answers, tmp_path, qtbot
):
    window.desk.open_article(ferry)
    target = tmp_path / "ferry.csv"

    def save(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData("csv"))
        qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
        answers.will(target)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
        return True

    answers.will(save)
    window.actions_["export"].trigger()
    assert target.exists()
    assert window.files.recent.paths() == []
