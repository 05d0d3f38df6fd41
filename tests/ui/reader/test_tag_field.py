"""The tag field: what is offered for what was typed, what a tag means, names nearly there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView

from factories import make_article
from postil.domain.tags import Tag
from postil.ui.reader.offers import Offer, found, taken_by_enter


class Field:
    """The field of a reader, as a person sees it."""

    def __init__(self, hand):
        self.panel = hand.view.tag_field
        self.line = self.panel.findChild(QLineEdit, "tag_field")
        self.list = self.panel.findChild(QListView, "tag_list")
        self.label = self.panel.findChild(QLabel, "tag_definition")

    def type(self, text):
        self.line.clear()
        QTest.keyClicks(self.line, text)

    def key(self, key):
        QTest.keyClick(self.line, key)

    @property
    def rows(self):
        model = self.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def meaning(self):
        return QTextDocumentFragment.fromHtml(self.label.text()).toPlainText()


@pytest.fixture
def field(hand):
    hand.drag_words("dinosaurs")
    hand.key(Qt.Key.Key_T)
    return Field(hand)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ll", "Loaded language"),
        ("loaded lang", "Loaded language"),
        ("language", "Loaded language"),
    ],
)
def test_code_name_and_words_of_it_come_first(field, typed, name):
    field.type(typed)
    assert field.rows[0] == name


def test_case_and_accents_make_no_difference(field):
    field.line.insert("LÖaded láng")  # keys of a test have no such letters
    assert field.rows[0] == "Loaded language"


def test_groups_and_definitions_are_searched(hand, field):
    tag = next(tag for tag in hand.desk.tags.values() if tag.code == "LL")
    group = hand.desk.groups[tag.codebook_id, tag.group_id]
    field.type(group.name)
    assert tag.name in field.rows
    field.type(tag.definition[4:24])
    assert field.rows[0] == tag.name
    assert field.list.currentIndex().row() == len(field.rows) - 1  # Enter makes what was typed
    field.type(tag.code)
    assert field.list.currentIndex().row() == 0


def test_definition_question_and_what_it_is_confused_with_are_in_view(hand, field):
    tag = next(tag for tag in hand.desk.tags.values() if tag.confused_with and tag.question)
    field.type(tag.name)
    assert tag.definition in field.meaning
    assert tag.question in field.meaning
    for other in tag.confused_with:
        assert hand.desk.tags[other].name in field.meaning
    field.line.clear()
    first = field.meaning
    field.key(Qt.Key.Key_Down)
    assert field.meaning != first


def test_the_longest_meaning_has_room(hand, field):
    for tag in hand.desk.tags.values():
        if tag.codebook_id != "persuasion23":
            continue
        field.type(tag.code)
        label = field.label
        assert label.heightForWidth(label.width()) <= label.height(), tag.name


def test_a_name_nearly_there_offers_the_old_one_first_and_warns(hand, field):
    field.type("Loaded languages")
    assert field.rows[0] == "Loaded language"
    assert field.rows[-1] == "Make the tag “Loaded languages”"
    field.key(Qt.Key.Key_Up)
    assert "Nearly “Loaded language”" in field.meaning
    field.key(Qt.Key.Key_Down)
    field.key(Qt.Key.Key_Return)
    [(_, tags)] = hand.marks()
    assert [hand.desk.tags[tag].code for tag in tags] == ["LL"]


def test_the_new_name_can_be_made_all_the_same(hand, field):
    field.type("Loaded languages")
    field.key(Qt.Key.Key_Up)
    field.key(Qt.Key.Key_Return)
    [(_, tags)] = hand.marks()
    assert [hand.desk.tags[tag].name for tag in tags] == ["Loaded languages"]


def test_a_name_of_its_own_is_not_warned_about(field):
    field.type("Harbour talk")
    assert field.rows == ["Make the tag “Harbour talk”"]
    assert "My tags" in field.meaning


def test_it_fits_into_a_small_reader(make_hand):
    hand = make_hand(make_article("Some words to mark."), width=340, height=330)
    hand.drag_words("words")
    hand.key(Qt.Key.Key_T)
    assert hand.view.rect().contains(hand.view.tag_field.geometry())


def test_digits_put_tags_on_the_active_mark_and_take_them_off(hand, recent):
    hand.desk.choose(hand.mark("dinosaurs"))
    hand.key(Qt.Key.Key_1)
    hand.key(Qt.Key.Key_2)
    [(_, tags)] = hand.marks()
    assert len(tags) == 2
    order = hand.desk.library.recent_tags()
    hand.key(Qt.Key.Key_1 + order.index(tags[0]))
    assert hand.marks()[0][1] == tags[1:]


def test_enter_takes_what_is_found_with_its_accents_typed():
    tag = Tag("own/ubertreibung", "g", "Übertreibung", "UE")
    offers = [Offer(tag, tag.name, "Own", "#EE8866")]
    for typed in ("über", "UBER", "Übertr"):
        shown = found(offers, typed)
        assert [offer.tag for offer in shown] == [tag, None]
        assert taken_by_enter(shown, typed) == 0
