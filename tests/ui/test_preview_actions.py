"""A look before an article is taken in: blocks turned by keys and clicks, chapters chosen."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QStyleOptionViewItem

from postil.importers import Source, read
from postil.ui.dialogs.choice_tree import CHECKED, UNCHECKED
from postil.ui.dialogs.intake_report import IntakeReport
from postil.ui.dialogs.page_preview import PagePreview
from postil.ui.preview_actions import PREVIEW_ADDRESSES, PreviewActions
from ui.filling import mark, windows_shown
from unit.importers.books import book

LONG = (
    "The council met on Tuesday to talk about the bridge that nobody had asked for so far, and"
    " after three hours it"
)
PAGE = f"""<html><body><aside><p>Beside it</p><p>Read more</p></aside><h1>The Bridge</h1>
<p>{LONG} voted.</p><p>{LONG} went home.</p><p>{LONG} slept.</p><footer>About us</footer></body>
</html>"""
ARTICLE = ["The Bridge", f"{LONG} voted.", f"{LONG} went home.", f"{LONG} slept."]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BODIES = [f"<h1>Bridge {number}</h1><p>It stands.</p>" for number in range(1, 6)]


def rest(window, qtbot):
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=30_000)
    QCoreApplication.processEvents()  # what is asked is asked after the work


def texts(window):
    article = window.desk.opened.article
    return [article.block_text(block) for block in article.blocks]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def dialog(qtbot):
    imported = read(Source(PAGE.encode(), "p.html", "p.html", wants_whole=True))
    shown = PagePreview(imported.whole, list(imported.whole.kept), imported.article.metadata)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def kept(dialog):
    return "".join("+" if one else "-" for one in dialog.wanted())


def click_box(dialog, item, qtbot, modifier=Qt.KeyboardModifier.NoModifier):
    tree = dialog.tree
    option = QStyleOptionViewItem()
    option.initFrom(tree)
    option.rect = tree.visualItemRect(item)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = tree.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, tree)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, modifier, box.center())


def test_what_is_left_out_is_folded_and_faint_and_what_is_kept_is_in_full(dialog):
    assert kept(dialog) == "--++++-"
    fold, title, first = (dialog.tree.topLevelItem(at) for at in range(3))
    assert fold.text(0) == "2 passages: Beside it · Read more"
    assert not fold.isExpanded()
    assert dialog.tree.currentItem() is title
    assert first.text(0) == f"{LONG} voted."
    colour = Qt.ItemDataRole.ForegroundRole
    assert fold.child(0).data(0, colour) is not None
    assert first.data(0, colour) is None
    assert dialog.tree.visualItemRect(first).height() > dialog.tree.visualItemRect(fold).height()
    assert dialog.count.text() == "4 passages kept · 3 left out"


def test_keys_turn_what_is_selected(dialog, qtbot):
    tree = dialog.tree
    for key, modifier, wanted in (
        (Qt.Key.Key_Space, None, "---+++-"),
        (Qt.Key.Key_Space, None, "--++++-"),
        (Qt.Key.Key_Down, SHIFT, "--++++-"),
        (Qt.Key.Key_Delete, None, "----++-"),
        (Qt.Key.Key_Insert, None, "--++++-"),
        (Qt.Key.Key_Up, None, "--++++-"),
        (Qt.Key.Key_Up, None, "--++++-"),
        (Qt.Key.Key_Space, None, "++++++-"),  # the line that stands for two
        (Qt.Key.Key_Right, None, "++++++-"),
        (Qt.Key.Key_Down, None, "++++++-"),
        (Qt.Key.Key_Backspace, None, "-+++++-"),
    ):
        qtbot.keyClick(tree, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert kept(dialog) == wanted, key
    assert tree.topLevelItem(0).checkState(0) is Qt.CheckState.PartiallyChecked
    buttons = {
        button.text().replace("&", ""): button for button in dialog.findChildren(QPushButton)
    }
    buttons["As Found"].click()
    assert kept(dialog) == "--++++-"
    tree.selectAll()
    buttons["Leave Out"].click()
    assert kept(dialog) == "-------"
    assert not buttons["Take In"].isEnabled()
    buttons["Put Back"].click()
    assert kept(dialog) == "+++++++"
    assert buttons["Take In"].isEnabled()


def test_a_click_turns_one_and_with_shift_all_between(dialog, qtbot):
    items = [dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount())]
    click_box(dialog, items[2], qtbot)
    assert kept(dialog) == "--+-++-"
    click_box(dialog, items[4], qtbot, SHIFT)
    assert kept(dialog) == "--+----"
    items[0].setExpanded(True)
    dialog.tree.setCurrentItem(items[0])
    items[2].setSelected(True)
    click_box(dialog, items[0].child(1), qtbot)  # what is selected is elsewhere
    assert kept(dialog) == "-++----"
    click_box(dialog, items[0], qtbot)  # is selected with another one, which goes along
    assert kept(dialog) == "++++---"


def test_what_a_field_cannot_say_is_told_before_anything_is_taken_in(dialog):
    dialog.fields["published"].setText("soon")
    dialog.accept()
    assert dialog.isVisible()
    assert "“soon” is no date" in dialog.findChild(QLabel, "preview_problem").text()
    dialog.fields["published"].setText("2026-05-04")
    dialog.fields["title"].setText(" ")
    dialog.accept()
    assert not dialog.isVisible()
    told = dialog.metadata()
    assert (told.title, told.published) == ("The Bridge", "2026-05-04")


def test_a_file_is_opened_with_a_preview_and_is_one_step(window, library, answers, page, qtbot):
    def choose(dialog):
        dialog.show()
        dialog.fields["author"].setText("Ada Lind")
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Insert):
            qtbot.keyClick(dialog.tree, key)
        return True

    answers.will([page], choose)
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL | SHIFT)
    rest(window, qtbot)
    assert texts(window) == ["Beside it", "Read more", *ARTICLE[1:]]
    assert window.desk.opened.record.metadata.author == "Ada Lind"
    assert window.notices.toast.text() == "Taken in: The Bridge"
    assert window.files.recent.paths() == [page]
    library.undo()
    assert library.articles() == []


def test_several_files_and_what_has_no_blocks_come_without_one(
    window, library, answers, page, tmp_path, qtbot
):
    window.actions_["check-left-out"].trigger()
    assert "not read from a web page" in window.notices.toast.text()
    text = tmp_path / "a.txt"
    text.write_text("Some words.", "utf-8")
    folder = tmp_path / "page_files"  # belongs to the page
    folder.mkdir()
    (folder / "frame.html").write_text("<p>An advert</p>", "utf-8")
    answers.will([page, folder, text])
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert len(library.articles()) == 2
    text.write_text("Other words.", "utf-8")
    answers.will([text])
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert texts(window) == ["Other words."]
    window.actions_["check-left-out"].trigger()
    assert "not read from a web page" in window.notices.toast.text()


def test_leaving_a_dialog_takes_nothing_in(window, library, answers, page, qtbot):
    answers.will([page], False)
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert library.articles() == []
    answers.will([])
    window.actions_["open-preview"].trigger()
    assert not window.tasks.is_busy


def test_a_page_from_the_web_is_shown_first_until_the_person_says_otherwise(
    window, library, answers, site, qtbot, settings
):
    address = site.page("/bridge", PAGE.encode())

    def stop(dialog):
        dialog.show()
        assert dialog.again.isVisibleTo(dialog)
        dialog.again.setChecked(False)
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Delete)
        return True

    answers.will(address, True, stop)
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    rest(window, qtbot)
    assert texts(window) == ARTICLE[1:]
    assert settings.get(PREVIEW_ADDRESSES, True) is False
    answers.will(address, True)
    window.actions_["open-address"].trigger()
    rest(window, qtbot)
    assert texts(window) == ARTICLE
    assert len(library.articles()) == 1


def test_a_window_that_is_closed_meanwhile_stays_closed(
    window, library, answers, site, qtbot, monkeypatch
):
    take = PreviewActions.take

    def take_and_close(self, *what, **how):
        take(self, *what, **how)
        window.close()

    monkeypatch.setattr(PreviewActions, "take", take_and_close)
    answers.will(site.page("/bridge", PAGE.encode()), True)
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.tasks.is_closed, timeout=30_000)
    QCoreApplication.processEvents()  # what would be asked is asked after the work
    assert answers.ready == []
    assert library.articles() == []


def test_no_part_of_the_dialog_is_ever_a_window(qapp, qtbot):
    imported = read(Source(PAGE.encode(), "p.html", "p.html", wants_whole=True))
    kept = list(imported.whole.kept)
    with windows_shown(qapp) as shown:
        dialog = PagePreview(imported.whole, kept, imported.article.metadata, may_stop=True)
        qtbot.addWidget(dialog)
    assert shown == []


def test_what_was_left_out_is_put_back_later_and_marks_stay(window, library, answers, page, qtbot):
    window.files.take_files([page])
    rest(window, qtbot)
    article_id = window.desk.opened.id
    assert texts(window) == ARTICLE
    mark(library, article_id, 4, 10)
    page.unlink()  # the bytes were kept

    def put_back(dialog):
        dialog.show()
        assert kept(dialog) == "--++++-"
        dialog.tree.turn([dialog.tree.topLevelItem(0)], Qt.CheckState.Checked)
        dialog.fields["outlet"].setText("Gull")
        return True

    answers.will(put_back)
    offered = window.notices.toast.findChild(QPushButton)
    assert offered.text() == "Check What Was Left Out"
    offered.click()
    rest(window, qtbot)
    assert window.desk.opened.id == article_id
    assert texts(window) == ["Beside it", "Read more", *ARTICLE]
    assert window.desk.opened.record.metadata.outlet == "Gull"
    (carried,) = library.placed_marks(article_id)
    assert window.desk.opened.article.text[carried.start : carried.end] == "Bridge"

    def leave(dialog):
        assert kept(dialog) == "++++++-"  # as it was chosen
        return True

    step = library.undo_step()
    answers.will(leave)
    window.actions_["check-left-out"].trigger()
    rest(window, qtbot)
    assert library.undo_step() == step  # nothing was changed in the dialog
    library.undo()
    assert texts(window) == ARTICLE


def test_a_page_with_too_many_passages_is_not_shown(window, answers, page, qtbot, monkeypatch):
    monkeypatch.setattr("postil.ui.dialogs.page_preview.MOST_BLOCKS", 6)
    answers.will([page])
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert texts(window) == ARTICLE
    window.actions_["check-left-out"].trigger()
    rest(window, qtbot)
    assert "too many passages" in window.notices.toast.text()


def test_what_is_too_long_for_an_article_is_refused(
    window, library, answers, epub, page, qtbot, monkeypatch
):
    def shorten(characters):
        monkeypatch.setattr("postil.domain.limits.ARTICLE_CHARACTERS", characters)
        return True

    answers.will([page], lambda _: shorten(20))  # it was read before
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert "longer than 20 characters" in window.banner.text()
    answers.will(lambda _: shorten(5))
    window.files.take_files([epub])
    rest(window, qtbot)
    assert "longer than 5 characters" in window.banner.text()
    assert library.articles() == []


@pytest.fixture
def epub(tmp_path):
    path = tmp_path / "bridges.epub"
    path.write_bytes(book(BODIES))
    return path


def test_of_a_book_with_many_chapters_those_chosen_become_one_article(
    window, library, answers, epub, qtbot
):
    def choose(dialog):
        dialog.show()
        assert dialog.tree.topLevelItem(1).text(0) == "Bridge 2"
        assert dialog.count.text() == "5 chapters · 10 words"
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
        for _ in range(3):
            qtbot.keyClick(dialog.tree, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Down, SHIFT)
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Delete)
        return True

    answers.will(choose)
    window.files.take_files([epub])
    rest(window, qtbot)
    assert texts(window) == ["Bridge 2", "It stands.", "Bridge 3", "It stands."]
    assert window.desk.opened.record.metadata.title == "Four Bridges"
    assert window.files.recent.paths() == [epub]


def test_each_chapter_becomes_an_article_and_all_are_one_step(
    window, library, answers, epub, qtbot
):
    def each(dialog):
        buttons = {b.text().replace("&", ""): b for b in dialog.findChildren(QPushButton)}
        buttons["None"].click()
        assert not buttons["Take In"].isEnabled()
        buttons["All"].click()
        item = dialog.tree.topLevelItem(0)
        for state, count in ((UNCHECKED, "4 chapters"), (CHECKED, "5 chapters")):
            item.setCheckState(0, state)  # as a screen reader does it
            assert dialog.count.text().startswith(count)
        dialog.as_each.click()
        return True

    answers.will([epub], each)
    window.actions_["open-preview"].trigger()
    rest(window, qtbot)
    assert {row.title for row in library.articles()} == {f"Bridge {n}" for n in range(1, 6)}
    assert window.notices.toast.text() == "5 articles taken in"
    window.notices.toast.findChild(QPushButton).click()
    table = window.findChild(IntakeReport).table
    assert [table.item(4, column).text() for column in range(3)] == [
        "bridges.epub", "Taken in", "Bridge 5",
    ]  # fmt: skip
    assert window.actions_["undo"].text() == "&Undo Add Articles of “Four Bridges”"
    window.actions_["undo"].trigger()
    assert library.articles() == []


def test_a_book_with_few_chapters_or_among_other_files_is_one_article_unasked(
    window, library, answers, epub, tmp_path, qtbot
):
    few = tmp_path / "few.epub"
    few.write_bytes(book(BODIES[:3], title="Few"))
    window.files.take_files([few])
    rest(window, qtbot)
    window.files.take_files([few, epub])
    rest(window, qtbot)
    assert {row.title for row in library.articles()} == {"Few", "Four Bridges"}
    answers.will(False)
    window.files.take_files([epub])
    rest(window, qtbot)
    assert answers.asked[-1][0] == "show"
