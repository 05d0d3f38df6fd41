"""Notes on cards: rendered beside the window, bounded, and reading nothing from anywhere."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtTest import QTest

from postil.domain.errors import UserError
from postil.notes import render_notes
from postil.ui.sidebar.card_look import card_look
from postil.ui.sidebar.note_rendering import (
    NoteDocument,
    NoteRenderer,
    is_layable,
    note_document,
    shown_part,
)
from postil.ui.theme import Theme


@pytest.fixture
def look(qapp):
    return card_look(QFont(), Theme("light"))


def note_text(sidebar, row=0):
    return sidebar.marks.list._layout(row).note.toPlainText()


def test_shows_markdown_until_the_rendering_is_there(sidebar, mark, notes, qtbot):
    notes.html = lambda note: f"<p>rendered {len(note)}</p>"
    mark("the council", note="**ab**")
    assert note_text(sidebar) == "**ab**"
    qtbot.waitUntil(lambda: note_text(sidebar) == "rendered 6")
    assert notes.asked == ["**ab**"]


def test_renders_beside_the_window(qapp, qtbot):
    threads = []
    renderer = NoteRenderer(
        lambda notes: threads.append(threading.get_ident()) or ["x"] * len(notes)
    )
    with qtbot.waitSignal(renderer.rendered):
        assert renderer.html("one") is None
    assert renderer.html("one") == "x"
    assert threads != [threading.get_ident()]
    assert len(threads) == 1


def test_a_failure_leaves_the_markdown(qapp, qtbot):
    def fail(_notes):
        raise UserError("It took too long")

    renderer = NoteRenderer(fail)
    with qtbot.waitSignal(renderer.rendered):
        renderer.html("one")
    assert renderer.html("one") is None
    assert not renderer._soon.isActive()


def test_taller_renderings_do_not_move_the_cards_above(sidebar, mark, notes, qtbot):
    notes.html = lambda _note: "<p>a</p>" * 9
    mark("For years"), mark("the council", note="x"), mark("Most observers")
    cards = sidebar.marks.list
    tops = [cards.visualRect(cards.model().index(row)).top() for row in range(3)]
    qtbot.waitUntil(lambda: cards.visualRect(cards.model().index(2)).top() > tops[2])
    assert cards.visualRect(cards.model().index(1)).top() == tops[1]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>" * 20,
        "<blockquote>" * 500 + "x",
        "<table><tr><td colspan='99999'>x</td></tr></table>",
        "<TABLE><TR><TD ROWSPAN=9>x</TD></TR></TABLE>",
    ],
)
def test_what_would_hang_the_layout_shows_as_plain_text(html, look):
    assert not is_layable(html)
    assert note_document("the note", html, look).toPlainText() == "the note"


def test_ordinary_notes_are_laid_out():
    page = "<table><tr><td>1</td></tr></table><ul><li>a<ul><li>b<br></li></ul></li></ul>" * 20
    assert is_layable(page)


def test_documents_load_nothing(look, qapp):
    document = NoteDocument()
    kinds = QTextDocument.ResourceType
    image = document.resource(kinds.ImageResource.value, QUrl("file:///etc/hostname"))
    assert (image.width(), image.height()) == (1, 1)
    sheet = document.resource(kinds.StyleSheetResource.value, QUrl("http://localhost/x.css"))
    assert not bytes(sheet)
    shown = note_document("", "<img src='http://localhost/x.png'><p>text</p>", look)
    assert shown.toPlainText().endswith("text")


def test_long_notes_are_cut_on_cards():
    assert shown_part("short") == "short"
    cut = shown_part("word " * 100_000)
    assert len(cut) < 4_100
    assert cut.endswith("word …")
    assert len(shown_part("x" * 100_000)) < 4_100


def click_link(sidebar):
    cards = sidebar.marks.list
    layout = cards._layout(0)
    place = cards.visualRect(cards.model().index(0)).topLeft()
    place += QPoint(layout.left + 8, layout.note_top + 8)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)


def with_link(sidebar, mark, notes, qtbot, address):
    notes.html = lambda _note: f'<p><a href="{address}">linked words</a></p>'
    mark("the council", note="note")
    qtbot.waitUntil(lambda: note_text(sidebar) == "linked words")


def test_links_show_where_they_lead_and_open_after_a_yes(sidebar, mark, notes, qtbot, answers):
    with_link(sidebar, mark, notes, qtbot, "https://b\u00fccher.example/a?b=1")
    answers.will(False)
    with qtbot.assertNotEmitted(sidebar.address_wanted):
        click_link(sidebar)
    assert "xn--bcher-kva.example" in answers.asked[0][2]
    answers.will(True)
    with qtbot.waitSignal(sidebar.address_wanted):
        click_link(sidebar)


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "javascript:alert(1)", "smb://host/x", "data:text/html,x"]
)
def test_other_links_are_dead(sidebar, mark, notes, qtbot, answers, address):
    with_link(sidebar, mark, notes, qtbot, address)
    with qtbot.assertNotEmitted(sidebar.address_wanted):
        click_link(sidebar)
    assert not answers.asked


def test_real_notes_come_out_as_they_should(look):
    html = render_notes(["Compared with **what**?\n\n- one\n- two"])[0]
    document = note_document("", html, look)
    assert document.toPlainText() == "Compared with what?\none\ntwo"
    assert document.lastBlock().blockFormat().bottomMargin() == 0


def test_the_bullets_of_right_to_left_items_stand_inside(look):
    document = note_document("x", "<ul><li>قال المجلس</li><li>left</li></ul>", look)
    first, second = document.begin(), document.begin().next()
    room = first.blockFormat().rightMargin()
    assert room > 0
    assert first.blockFormat().leftMargin() == second.blockFormat().rightMargin() == 0
    assert second.blockFormat().leftMargin() == room
