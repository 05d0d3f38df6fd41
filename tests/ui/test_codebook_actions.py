"""The Codebook menu: codebooks, groups and tags are made, changed, moved and deleted."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest

from postil.domain.tags import MY_TAGS, Codebook, Group, LineStyle, Tag, TagSet
from postil.library import AddAnnotation, AddCodebook, AddTag
from ui.filling import drag_place, put

WILD = 'Ümläut 🦕 "quoted" 50% _x_ \\ & <b>'


@pytest.fixture
def own(library):
    """Put a codebook of three tags in two groups into the library; return its id."""
    tags = (("one", "a", "Red herring"), ("two", "a", "Straw man"), ("three", "b", WILD))
    library.do(
        AddCodebook(
            TagSet(
                Codebook("own", "Own book", "1"),
                (Group("own", "a", "First", "#77AADD"), Group("own", "b", "Second", "#EE8866", 1)),
                tuple(
                    Tag(f"own/{slug}", group, name, f"T{n}", position=n)
                    for n, (slug, group, name) in enumerate(tags)
                ),
            )
        )
    )
    return "own"


@pytest.fixture
def tree(window, own, ferry):
    window.desk.open_article(ferry)
    window.sidebar.show_codebook()
    tree = window.sidebar.codebook.tree
    tree.setFocus()
    return tree


@pytest.fixture
def choose(tree, qtbot):
    def choose(tag_id):
        qtbot.waitUntil(lambda: tag_id in tree.rows)
        tree.setCurrentItem(tree.rows[tag_id])

    return choose


def group_row(tree, tag_id):
    return tree.rows[tag_id].parent()


def tags(library, codebook_id="own"):
    return next(s.tags for s in library.tag_sets() if s.codebook.id == codebook_id)


def order(library, group_id):
    return [tag.id.partition("/")[2] for tag in tags(library) if tag.group_id == group_id]


def test_a_tag_is_added_to_the_chosen_group_by_keys(tree, choose, library, answers):
    choose("own/three")

    def fill(dialog):
        QTest.keyClicks(dialog.name, "Loaded word")
        dialog.look()
        assert dialog.code.placeholderText() == "LW"
        dialog.definition.setPlainText("Says more than it shows")
        dialog.line.setCurrentIndex(dialog.line.findData(LineStyle.WAVE))
        dialog.accept()
        return dialog.result()

    answers.will(fill)
    QTest.keyClick(tree, Qt.Key.Key_Insert)
    made = tags(library)[-1]
    assert (made.name, made.code, made.group_id) == ("Loaded word", "LW", "b")
    assert (made.line_style, made.definition) == (LineStyle.WAVE, "Says more than it shows")


def test_a_taken_code_or_name_is_told_while_typing_and_cannot_be_saved(
    tree, choose, library, answers, qtbot
):
    choose("own/one")

    def fill(dialog):
        dialog.name.clear()
        QTest.keyClicks(dialog.name, "Straw men")
        qtbot.waitUntil(lambda: "Straw man" in dialog.warning)
        assert dialog.save.isEnabled()  # much like it, but another one
        dialog.code.setText("t1")
        qtbot.waitUntil(lambda: "already the code of “Straw man”" in dialog.warning)
        dialog.accept()
        assert not dialog.result()
        dialog.code.setText("T0")
        dialog.name.setText("straw man")
        qtbot.waitUntil(lambda: "already the name" in dialog.warning)
        assert not dialog.save.isEnabled()
        dialog.reject()
        return dialog.result()

    answers.will(fill)
    QTest.keyClick(tree, Qt.Key.Key_F2)
    assert tags(library)[0].name == "Red herring"


def test_a_tag_is_changed_and_often_confused_with_another(tree, choose, library, answers):
    choose("own/three")
    answers.will(
        lambda dialog: (dialog._add_confused(), dialog.question.setPlainText("Who?"), True)[-1],
        lambda chooser: (chooser.field.setText("straw"), chooser._take(), True)[-1],
    )
    QTest.keyClick(tree, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    changed = tags(library)[2]
    assert (changed.question, changed.confused_with) == ("Who?", ("own/two",))
    assert changed.name == WILD


def test_names_with_emoji_quotes_and_wildcards_are_shown_as_they_are(tree, choose, window):
    choose("own/three")
    assert tree.rows["own/three"].text(0) == WILD
    assert window.sidebar.codebook.panel._heading.text() == f"T2  {WILD}"


def test_keys_move_a_tag_within_its_group_and_beyond(tree, choose, library):
    choose("own/one")
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(tree, Qt.Key.Key_Down, alt)
    assert order(library, "a") == ["two", "one"]
    choose("own/one")
    QTest.keyClick(tree, Qt.Key.Key_Down, alt)
    assert (order(library, "a"), order(library, "b")) == (["two"], ["one", "three"])
    QTest.keyClick(tree, Qt.Key.Key_Up, alt)
    assert (order(library, "a"), order(library, "b")) == (["two", "one"], ["three"])
    library.undo()
    assert order(library, "b") == ["one", "three"]


def drag(tree, tag_id, over):
    """Send a drag of a tag to the middle of a row; return whether it may be dropped there."""
    data = tree.mimeData([tree.rows[tag_id]])
    at = tree.visualItemRect(over).center()
    place = drag_place(at.x(), at.y())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = Qt.DropAction.MoveAction
    tree.dragEnterEvent(QDragEnterEvent(place, move, data, left, none))
    moving = QDragMoveEvent(place, move, data, left, none)
    tree.dragMoveEvent(moving)
    if moving.isAccepted():
        tree.dropEvent(QDropEvent(QPointF(at), move, data, left, none))
    return moving.isAccepted()


def test_a_tag_is_dragged_before_another_one_and_into_a_group(tree, choose, library, window):
    choose("own/three")
    tree.scrollToItem(tree.rows["own/one"])
    assert drag(tree, "own/three", tree.rows["own/one"])
    assert order(library, "a") == ["three", "one", "two"]
    assert "Moved tag" in window.notices.toast.text()
    library.undo()
    choose("own/two")
    assert drag(tree, "own/two", group_row(tree, "own/three"))
    assert order(library, "b") == ["three", "two"]
    top = group_row(tree, "own/three").parent()
    assert not drag(tree, "own/two", top)


def test_a_tag_goes_to_another_codebook_with_its_marks(tree, choose, library, answers, ferry):
    made = AddAnnotation(ferry, 0, 3, ("own/one",))
    library.do(made)
    choose("own/one")
    answers.will(0)
    tree.window().actions_["move-tag"].trigger()
    asked = answers.asked[-1]
    target = asked[3][0]
    moved = library.annotations(ferry)[0].tags[0]
    assert not moved.startswith("own/")
    assert target.startswith("My tags")


def test_merging_gives_the_marks_the_other_tag_and_can_be_undone(
    tree, choose, library, answers, ferry, window
):
    library.do(AddAnnotation(ferry, 0, 3, ("own/one",)))
    choose("own/one")

    def take(chooser):
        chooser.show()
        QTest.keyClicks(chooser.field, "straw")
        QTest.keyClick(chooser.field, Qt.Key.Key_Return)
        return chooser.result()

    answers.will(take)
    QTest.keyClick(tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert library.annotations(ferry)[0].tags == ("own/two",)
    assert "own/one" not in {tag.id for tag in tags(library)}
    assert window.notices.toast.text().startswith("Merged tags")
    QTest.mouseClick(window.notices.toast._button, Qt.MouseButton.LeftButton)
    assert library.annotations(ferry)[0].tags == ("own/one",)


def test_deleting_an_unused_tag_asks_nothing(tree, choose, library, answers, window):
    choose("own/two")
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert answers.asked == []
    assert order(library, "a") == ["one"]
    assert window.notices.toast.text() == "Deleted tag “Straw man”"


@pytest.mark.parametrize(
    ("answer", "left"), [("other", ()), ("take", ("own/two",)), ("cancel", ("own/one",))]
)
def test_deleting_a_tag_in_use_offers_another_one_for_its_marks(
    tree, choose, library, answers, ferry, answer, left
):
    library.do(AddAnnotation(ferry, 0, 3, ("own/one",)))
    choose("own/one")

    def take(chooser):
        QTest.keyClicks(chooser.field, "straw")
        if answer == "cancel":
            chooser.reject()
        else:
            QTest.mouseClick(getattr(chooser, answer), Qt.MouseButton.LeftButton)
        return chooser.result()

    answers.will(take)
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert library.annotations(ferry)[0].tags == left


def test_after_a_tag_is_deleted_the_keys_stay_beside_it(tree, choose, library, qtbot):
    library.do(AddTag("own", "a", "Third man"))
    choose("own/one")
    for expected in ("two", "third-man"):
        QTest.keyClick(tree, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda slug=expected: tree.place.tag_id == f"own/{slug}")
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not tree.place.tag_id)
    assert tree.place.group_id == "a"  # it is empty now
    assert [tag.id for tag in tags(library)] == ["own/three"]


def test_groups_are_made_recoloured_and_deleted(tree, choose, library, answers):
    choose("own/one")

    def fill(dialog):
        assert dialog.colour == "#EEDD88"  # the first that the codebook has not
        assert not dialog.save.isEnabled()
        QTest.keyClicks(dialog.name, "first")
        assert not dialog.save.isEnabled()  # there is one
        QTest.keyClicks(dialog.name, " aid")
        dialog.take_colour("#000080")
        assert "lightened" in dialog.sample.text()
        dialog.accept()
        return dialog.result()

    answers.will(fill)
    QTest.keyClick(tree, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    groups = next(s.groups for s in library.tag_sets() if s.codebook.id == "own")
    assert [(g.name, g.colour) for g in groups][-1] == ("first aid", "#000080")
    library.undo()
    choose("own/one")
    tree.setCurrentItem(group_row(tree, "own/one"))
    answers.will(lambda dialog: (dialog.take_colour("#AAAA00"), True)[-1])
    QTest.keyClick(tree, Qt.Key.Key_F2)
    groups = next(s.groups for s in library.tag_sets() if s.codebook.id == "own")
    assert groups[0].colour == "#AAAA00"


def test_a_shipped_codebook_offers_a_copy_that_can_be_changed(
    tree, choose, library, answers, window, qtbot
):
    shipped = next(s for s in library.tag_sets() if s.codebook.enabled and s.tags)
    choose(shipped.tags[0].id)
    QTest.keyClick(tree, Qt.Key.Key_F2)
    assert "stays as it is" in window.notices.toast.text()
    answers.will("Mine")
    QTest.mouseClick(window.notices.toast._button, Qt.MouseButton.LeftButton)
    copy = next(s for s in library.tag_sets() if s.codebook.name == "Mine")
    assert len(copy.tags) == len(shipped.tags)
    choose(copy.tags[0].id)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert len(tags(library, copy.codebook.id)) == len(shipped.tags) - 1


def test_a_codebook_is_begun_renamed_and_deleted(tree, library, answers, window, qtbot):
    answers.will("  Unit 3 🦕 ")
    window.actions_["new-codebook"].trigger()
    made = next(s for s in library.tag_sets() if s.codebook.name == "Unit 3 🦕")
    assert made.codebook.enabled
    assert len(made.groups) == 1

    def top():
        rows = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
        return next((row for row in rows if row.text(0).startswith("Unit")), None)

    qtbot.waitUntil(lambda: top() is not None)
    tree.setCurrentItem(top())

    def rewrite(dialog):
        dialog.name.clear()
        assert not dialog.save.isEnabled()
        QTest.keyClicks(dialog.name, "Unit 4")
        QTest.keyClicks(dialog.description, "For the second term.")
        assert dialog.save.isEnabled()
        return True

    answers.will(rewrite)
    QTest.keyClick(tree, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: top().text(0) == "Unit 4")
    assert top().toolTip(0) == "Unit 4\nFor the second term."
    assert tree.place.codebook_id == made.codebook.id  # it stays chosen
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert made.codebook.id not in {s.codebook.id for s in library.tag_sets()}


def test_a_tag_without_a_choice_lands_in_my_tags(window, library, answers):
    answers.will(lambda dialog: (dialog.name.setText("Hunch"), True)[-1])
    window.actions_["new-tag"].trigger()
    assert [tag.name for tag in tags(library, MY_TAGS)] == ["Hunch"]


def test_marks_of_a_tag_are_listed_over_all_articles_and_opened(
    tree, choose, library, ferry, window, qtbot
):
    from postil.ui.dialogs.tag_uses import TagUses

    other = put(library, "Another", "Words of another article stand here.")
    library.do(AddAnnotation(ferry, 0, 3, ("own/one",)))
    second = AddAnnotation(other, 10, 20, ("own/one",))
    library.do(second)
    choose("own/one")
    assert [tree.rows["own/one"].text(column) for column in (1, 2)] == ["1", "2"]
    QTest.keyClick(tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(TagUses)
    texts = [dialog.model.index(row).data() for row in range(dialog.model.rowCount())]
    assert [text.partition("\n")[2] for text in texts] == [
        "Another",
        "The ferry that was promised",
    ]
    dialog.list.setCurrentIndex(dialog.model.index(0))
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert window.desk.opened.id == other
    assert window.desk.chosen == second.id
    library.undo()
    assert dialog.model.rowCount() == 1
    dialog.close()


def test_a_tag_is_offered_no_more_and_again(tree, choose, library, window, qtbot):
    choose("own/one")
    QTest.keyClick(tree, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert window.notices.toast.text() == "“Red herring” is not offered any more"
    qtbot.waitUntil(lambda: tree.rows["own/one"].text(0) == "Red herring, not offered")
    QTest.keyClick(tree, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tree.rows["own/one"].text(0) == "Red herring")


def test_digits_are_shown_and_follow_use(tree, choose, library, ferry):
    choose("own/three")
    library.do(AddAnnotation(ferry, 0, 3, ("own/three",)))
    assert tree.rows["own/three"].text(3) == "1"
    library.do(AddAnnotation(ferry, 0, 4, ("own/one",)))
    assert [tree.rows[tag_id].text(3) for tag_id in ("own/one", "own/three")] == ["1", "2"]


@pytest.mark.parametrize("ending", ["json", "qdc"])
def test_a_codebook_goes_out_and_comes_back(
    tree, choose, library, answers, window, tmp_path, qtbot, ending
):
    choose("own/one")
    path = tmp_path / f"book.{ending}"
    answers.will(path)
    window.actions_["export-codebook"].trigger()
    assert path.is_file()
    before = {tag.name for tag in tags(library)}
    for tag_id in ("own/one", "own/two", "own/three"):
        choose(tag_id)
        QTest.keyClick(tree, Qt.Key.Key_Delete)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)

    def names():
        return {t.name for s in library.tag_sets() for t in s.tags if s.codebook.id != MY_TAGS}

    qtbot.waitUntil(lambda: before <= names())
    assert "Took in codebook" in window.notices.toast.text()


def test_a_file_over_the_tree_is_left_to_the_window(tree):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/somewhere/book.json")])
    event = QDragEnterEvent(
        drag_place(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree.dragEnterEvent(event)
    assert not event.isAccepted()


def test_a_damaged_codebook_changes_nothing_and_is_told(tree, library, window, tmp_path, qtbot):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"id": "bad", "groups": [], "tags": "none"}))
    before = library.tag_sets()
    window.files.take_files([path])
    qtbot.waitUntil(window.banner.isVisible)
    assert "bad.json" in window.banner.text()
    assert library.tag_sets() == before


def test_what_is_folded_stays_folded_when_tags_change(tree, choose, library, qtbot):
    choose("own/three")
    group_row(tree, "own/one").setExpanded(False)
    library.do(AddTag("own", "b", "Fourth"))
    qtbot.waitUntil(lambda: "own/fourth" in tree.rows)
    assert not group_row(tree, "own/one").isExpanded()
    assert group_row(tree, "own/three").isExpanded()
    assert tree.place.tag_id == "own/three"
