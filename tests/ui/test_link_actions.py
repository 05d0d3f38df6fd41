"""Links between marks: made, seen at both ends, followed, taken away, undone; by keys and mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from postil.domain.annotation import Link, Relation
from postil.domain.errors import UserError
from postil.library import ChangeMetadata, DeleteAnnotations, DeleteArticles, LinkMarks, UnlinkMarks
from ui.filling import mark, put


@pytest.fixture
def two(window, ferry, library):
    window.desk.open_article(ferry)
    text = window.desk.opened.article.text
    club, plot = text.index("that club of dinosaurs"), text.index("it was a plot")
    return mark(library, ferry, club, club + 22), mark(library, ferry, plot, plot + 13)


def lines(window, annotation_id):
    return [
        link.text
        for link in window.sidebar.marks._words.of(window.desk.marks.get(annotation_id)).links
    ]


def choose(window, annotation_id):
    window.desk.choose(annotation_id)
    window.reader.page.setFocus()


def pick(words, relation):
    """Answer the dialog as a person does: choose, type, Enter."""

    def answer(dialog):
        dialog.relation.setCurrentIndex(dialog.relation.findData(relation))
        QTest.keyClicks(dialog.filter, words)
        return True

    return answer


def test_a_link_is_made_from_the_page_and_seen_at_both_ends(window, two, answers, library):
    one, other = two
    choose(window, one)
    answers.will(pick("plot", Relation.CONTRADICTS))
    QTest.keyClick(window.reader.page, Qt.Key.Key_L)
    assert window.desk.marks.get(one).links == (Link(Relation.CONTRADICTS, other),)
    assert lines(window, one) == ["contradicts ¶2 “it was a plot”"]
    assert lines(window, other) == ["contradicted by ¶1 “that club of dinosaurs”"]
    assert window.actions_["undo"].text().startswith("&Undo Link Marks")
    library.undo()
    assert lines(window, one) == lines(window, other) == []


def test_a_link_is_made_from_a_card_and_left_alone_by_cancel(window, two, answers):
    one, _ = two
    window.desk.choose(one)
    window.sidebar.marks.list.setFocus()
    answers.will(False)
    QTest.keyClick(window.sidebar.marks.list, Qt.Key.Key_L)
    assert window.desk.marks.get(one).links == ()
    answers.will(pick("it was", Relation.REPEATS))
    QTest.keyClick(window.sidebar.marks.list, Qt.Key.Key_L)
    assert len(window.desk.marks.get(one).links) == 1


def test_the_list_of_the_dialog_is_narrowed_and_walked_by_keys(window, two, answers, library):
    one, other = two
    third = mark(library, window.desk.opened.id, 0, 3)

    def answer(dialog):
        assert dialog.marks.model().rowCount() == 2
        QTest.keyClick(dialog.filter, Qt.Key.Key_Down)
        assert dialog.answer()[1] == other
        QTest.keyClicks(dialog.filter, "nothing has this")
        assert dialog.answer() is None
        assert dialog.nothing.text() == "No other mark has these words."
        assert not dialog.nothing.isHidden()
        dialog.filter.clear()
        assert dialog.nothing.isHidden()
        assert dialog.answer()[1] == third
        return False

    answers.will(answer)
    choose(window, one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_L)
    assert window.desk.marks.get(one).links == ()


def test_a_link_is_followed_by_key_from_both_ends(window, two, library, qtbot):
    one, other = two
    library.do(LinkMarks(one, Relation.REPEATS, other))
    choose(window, one)
    with qtbot.waitSignal(window.desk.place_wanted):
        QTest.keyClick(window.reader.page, Qt.Key.Key_G)
    assert window.desk.chosen == other
    QTest.keyClick(window.reader.page, Qt.Key.Key_G)
    assert window.desk.chosen == one
    window.sidebar.marks.list.setFocus()
    QTest.keyClick(window.sidebar.marks.list, Qt.Key.Key_G)
    assert window.desk.chosen == other


def test_a_click_on_the_card_follows_a_link(window, two, library):
    one, other = two
    library.do(LinkMarks(one, Relation.REPEATS, other))
    cards = window.sidebar.marks.list
    row = window.sidebar.marks.model.row_of(one)
    layout = cards._layout(row)
    _, top = layout.links[0]
    corner = cards.visualRect(cards.model().index(row)).topLeft()
    place = corner + QPoint(layout.left + 10, top + 5)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.desk.chosen == other


@pytest.mark.parametrize("end", [0, 1])
def test_a_link_is_taken_away_in_the_editor_of_either_end(window, two, library, end):
    library.do(LinkMarks(two[0], Relation.ANSWERS, two[1]))
    window.sidebar.marks.edit(two[end])
    off = window.sidebar.marks.editor.findChild(QToolButton, "link_off")
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    assert window.desk.marks.get(two[0]).links == ()
    assert not window.sidebar.marks.editor.links.isVisible()
    library.undo()
    assert len(window.desk.marks.get(two[0]).links) == 1
    assert window.sidebar.marks.editor.links.isVisible()


def test_a_link_to_a_deleted_mark_says_so_and_leads_there_again_once_it_is_back(
    window, two, library
):
    one, other = two
    library.do(LinkMarks(one, Relation.ANSWERS, other))
    library.do(DeleteAnnotations((other,)))
    assert lines(window, one) == ["answers a mark that is not in the library"]
    choose(window, one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_G)
    assert window.desk.chosen == one
    assert "not in the library" in window.notices.toast.text()
    library.undo()
    assert lines(window, one) == ["answers ¶2 “it was a plot”"]


@pytest.fixture
def far(window, library):
    """Put a mark into another article; return its id."""
    bridge = put(library, "Bridge over calm water", "They say it is inevitable.")
    return mark(library, bridge, 38, 48, "persuasion23/doubt")


def test_a_mark_of_another_article_is_found_by_its_words_its_tag_and_its_title(
    window, two, far, answers
):
    one, _ = two

    def answer(dialog):
        for words in ("inev", "doubt BRIDGE", "over water", "tag:doubt", "INEVITABLE calm"):
            dialog.filter.setText(words)
            assert dialog.answer()[1] == far, words
            assert "Bridge over calm water" in dialog.marks.currentIndex().data()
        dialog.filter.setText("doubt nothing")
        assert dialog.answer() is None
        dialog.filter.clear()
        return pick("inev", Relation.EVIDENCE_FOR)(dialog)

    answers.will(answer)
    choose(window, one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_L)
    assert window.desk.marks.get(one).links == (Link(Relation.EVIDENCE_FOR, far),)
    assert lines(window, one) == ["supports “inevitable” · Bridge over calm water"]


def test_a_link_across_articles_is_followed_from_both_ends_and_back(
    window, two, far, library, ferry
):
    one, _ = two
    library.do(LinkMarks(one, Relation.CONTRADICTS, far))
    choose(window, one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_G)
    bridge = window.desk.opened.id
    assert (window.desk.chosen, bridge == ferry) == (far, False)
    title = "The ferry that was promised"
    said = f"contradicted by “that club of dinosaurs” · {title}"
    assert lines(window, far) == [said]
    model = window.sidebar.marks.model
    assert said in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    window.actions_["go-back"].trigger()
    assert window.desk.opened.id == ferry
    window.desk.open_article(bridge)
    window.desk.choose(far)
    window.sidebar.marks.list.setFocus()
    QTest.keyClick(window.sidebar.marks.list, Qt.Key.Key_G)
    assert (window.desk.chosen, window.desk.opened.id) == (one, ferry)


def test_of_several_links_one_is_chosen_from_a_menu_also_in_the_list(window, two, far, library):
    one, other = two
    library.do(LinkMarks(one, Relation.REPEATS, other))
    library.do(LinkMarks(one, Relation.REPEATS, far))
    window.desk.choose(one)
    cards = window.sidebar.marks.list
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_G)
    (menu,) = window.findChildren(QMenu, "link_menu")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.desk.chosen == far


def test_the_other_end_in_another_article_is_followed_as_it_changes(window, two, far, library):
    one, _ = two
    (bridge,) = (r.id for r in library.articles() if r.title.startswith("Bridge"))
    cards, row = window.sidebar.marks.list, window.sidebar.marks.model.row_of(one)

    def shown():
        return [link.text for link in cards._layout(row).text.links]

    assert shown() == []
    library.do(LinkMarks(far, Relation.SOURCE_OF, one))  # said by the other one
    assert shown() == ["drawn from “inevitable” · Bridge over calm water"]
    about = library.article(bridge).record.metadata
    library.do(ChangeMetadata(bridge, replace(about, title="Bridges")))
    assert shown() == ["drawn from “inevitable” · Bridges"]
    library.do(DeleteArticles((bridge,)))
    assert shown() == []
    library.undo()
    assert len(shown()) == 1
    window.sidebar.marks.edit(one)
    off = window.sidebar.marks.editor.findChild(QToolButton, "link_off")
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    assert shown() == []


def test_marks_looked_at_lately_are_offered_before_anything_is_typed(
    window, two, far, ferry, answers
):
    one, _ = two
    window.desk.mark_wanted.emit(far)
    window.desk.open_article(ferry)

    def answer(dialog):
        assert dialog.marks.model().rowCount() == 2
        QTest.keyClick(dialog.filter, Qt.Key.Key_Down)
        assert dialog.answer()[1] == far
        assert dialog.marks.currentIndex().data().startswith("lately:")
        return True

    answers.will(answer)
    choose(window, one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_L)
    assert window.desk.marks.get(one).links == (Link(Relation.EVIDENCE_FOR, far),)


def test_what_cannot_be_linked_is_said(window, ferry, library, answers):
    window.desk.open_article(ferry)
    window.actions_["link-mark"].trigger()
    assert window.notices.toast.text() == "Choose a mark first"
    alone = mark(library, ferry, 0, 3)
    window.desk.choose(alone)
    window.actions_["link-mark"].trigger()
    assert "no other mark" in window.notices.toast.text()
    window.actions_["follow-link"].trigger()
    assert "No link" in window.notices.toast.text()
    with pytest.raises(UserError, match="to itself"):
        library.do(LinkMarks(alone, Relation.REPEATS, alone))


def test_what_is_there_or_gone_already_is_no_step(two, library):
    library.do(LinkMarks(two[0], Relation.REPEATS, two[1]))
    step = library.undo_step()
    library.do(LinkMarks(two[0], Relation.REPEATS, two[1]))
    library.do(UnlinkMarks(two[0], Relation.ANSWERS, two[1]))
    assert library.undo_step() == step
