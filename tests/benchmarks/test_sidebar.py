"""The list of cards against a bare QListView with plain strings, in the same run.

Figures are printed as ratios; nothing fails on a clock. The marks come from a seed.
"""

import random
import statistics
import time

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QPlainTextEdit

from factories import make_article, make_id
from postil.domain.annotation import Anchor, Annotation, Voice
from postil.domain.history import Changes, Edit
from postil.domain.tags import Codebook, Group, Tag, TagSet
from postil.library import AddAnnotation, AddArticle, AddCodebook
from postil.page.marks import MarkIndex
from postil.ui.desk import Desk
from postil.ui.dialogs.choose_tag import ChooseTag
from postil.ui.reader import ReaderView
from postil.ui.sidebar.sidebar import Sidebar
from postil.ui.sidebar.tag_chips import TagField
from postil.ui.theme import Theme

pytestmark = pytest.mark.benchmark

WORDS = ("ferry", "toll", "bridge", "council", "harbour", "plot", "Bürger", "opportunity", "valley")
FRAMES = 150
STEP = 60  # pixels a frame


class Unasked:
    """Nobody is asked anything here."""

    def confirm(self, *_):
        return False


def timed(action):
    """Return milliseconds an action takes."""
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def frames(view, places):
    """Return the median and the 95th percentile of milliseconds to scroll and paint."""

    def frame(place):
        view.verticalScrollBar().setValue(place)
        view.viewport().repaint()

    times = sorted(timed(lambda place=place: frame(place)) for place in places)
    return statistics.median(times), times[int(0.95 * len(times))]


def bare_list(qtbot, texts):
    """Return a bare list that wraps its words, and the milliseconds until it was painted."""
    view = QListView()
    qtbot.addWidget(view)
    view.resize(360, 900)
    view.setWordWrap(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    with qtbot.waitExposed(view):
        view.show()
    model = QStringListModel(view)
    view.setModel(model)

    def fill():
        model.setStringList(texts)
        view.viewport().repaint()

    return view, timed(fill)


@pytest.fixture
def desk(qapp, library):
    """Return a desk with a long article and no marks."""
    chance = random.Random(1)
    paragraphs = [" ".join(chance.choice(WORDS) for _ in range(60)) for _ in range(1000)]
    command = AddArticle(make_article(*paragraphs))
    library.do(command)
    desk = Desk(library)
    desk.open_article(command.id)
    yield desk
    desk.close()


def make_marks(desk, count, first=0):
    """Return marks with tags and, every other one, a note."""
    chance = random.Random(first + count)
    text, tags = desk.opened.article.text, sorted(desk.tags)
    marks = []
    for number in range(first, first + count):
        start = chance.randrange(len(text) - 200)
        end = start + chance.randrange(5, 200)
        note = " ".join(chance.choice(WORDS) for _ in range(number % 2 * 25))
        marks.append(
            Annotation(
                make_id(number),
                desk.opened.id,
                desk.opened.record.revision_id,
                Anchor(start, end, text[start:end]),
                tags=(chance.choice(tags),),
                note=note,
                author="reader",
                voice=chance.choice(list(Voice)),
            )
        )
    return marks


def change(desk, before, after):
    desk.marks.replace(before, after)
    desk.marks_changed.emit(Changes((Edit(before, after),)))


@pytest.mark.parametrize("count", [500, 10_000, pytest.param(50_000, marks=pytest.mark.large)])
def test_cards_against_a_bare_list(qtbot, desk, count):
    marks = make_marks(desk, count)
    sidebar = Sidebar(
        desk, Theme("light"), Unasked(), render=lambda notes: [f"<p>{n}</p>" for n in notes]
    )
    qtbot.addWidget(sidebar)
    sidebar.resize(360, 900)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    cards = sidebar.marks.list
    desk.marks = MarkIndex(marks)

    def open_article():
        desk.article_opened.emit()
        cards.viewport().repaint()

    opened = timed(open_article)
    qtbot.wait(200)
    places = range(0, FRAMES * STEP, STEP)
    scrolled, slow = frames(cards, places)
    chance = random.Random(2)
    ends = [chance.randrange(cards.verticalScrollBar().maximum()) for _ in range(40)]
    jumped, _ = frames(cards, ends)

    def add(mark):
        change(desk, None, mark)
        cards.viewport().repaint()

    added = statistics.median(timed(lambda m=m: add(m)) for m in make_marks(desk, 25, count))
    bar = sidebar.marks.filter_bar
    by_tag = timed(lambda: (bar.choose_tag(marks[0].tags[0]), cards.viewport().repaint()))
    bar.clear()

    bare, bare_opened = bare_list(qtbot, [mark.anchor.exact for mark in marks])
    bare_scrolled, _ = frames(bare, places)
    bare_jumped, _ = frames(bare, ends)
    assert sidebar.marks.model.rowCount() == count + 25
    print(
        f"\n{count} cards: opened {opened:.0f} ms = {opened / bare_opened:.2f} x bare; "
        f"frame {scrolled:.1f} ms (95 %: {slow:.1f}) = {scrolled / bare_scrolled:.1f} x bare; "
        f"jump {jumped:.1f} ms = {jumped / bare_jumped:.1f} x bare; "
        f"one mark added {added:.1f} ms; filter by tag {by_tag:.0f} ms"
    )


@pytest.fixture(params=[False, True], ids=["alone", "screen reader"])
def is_heard(request):
    """Tell whether assistive tools follow what is typed."""
    before = QAccessible.isActive()
    QAccessible.setActive(request.param)
    yield request.param
    QAccessible.setActive(before)


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_i18_a_key_in_a_note(qtbot, desk, size, is_heard):
    sidebar = Sidebar(desk, Theme("light"), Unasked(), render=list)
    bare = QPlainTextEdit()
    qtbot.addWidget(sidebar)
    qtbot.addWidget(bare)
    sidebar.resize(360, 900)
    bare.resize(360, 300)
    with qtbot.waitExposed(sidebar), qtbot.waitExposed(bare):
        sidebar.show()
        bare.show()
    mark = make_marks(desk, 1)[0]
    change(desk, None, mark)
    sidebar.marks.edit(mark.id)
    note = sidebar.marks.editor.note
    text = "\n\n".join(["word " * 100] * (size // 500))
    note.begin(text)
    bare.setPlainText(text)
    bare.moveCursor(QTextCursor.MoveOperation.End)

    def key(field):
        QTest.keyClick(field, "x")
        if is_heard:
            spoken = QAccessible.queryAccessibleInterface(field).textInterface()
            spoken.text(spoken.cursorPosition() - 1, spoken.cursorPosition())
        field.viewport().repaint()

    ours, plain = (
        statistics.median(timed(lambda field=field: key(field)) for _ in range(25))
        for field in (note, bare)
    )
    heard = ", assistive tools on" if is_heard else ""
    print(f"\na key in a note of {size}{heard}: {ours:.1f} ms = {ours / plain:.1f} x bare")
    note.begin(mark.note)


def many_tags(count):
    """Return a codebook with names and definitions of made-up words."""
    chance = random.Random(5)

    def words(number):
        return " ".join(chance.choice(WORDS) for _ in range(number))

    tags = tuple(
        Tag(f"big/t{n}", "g", f"{words(3)} {n}", f"{n:04X}", definition=words(15))
        for n in range(count)
    )
    book = Codebook("big", "Big", "1", enabled=True)
    return TagSet(book, (Group("big", "g", "Group", "#AACCEE"),), tags)


def test_a_key_where_a_tag_is_chosen_among_5000(desk, qtbot):
    desk.library.do(AddCodebook(many_tags(5_000)))
    command = AddAnnotation(desk.opened.id, 0, 5)
    desk.library.do(command)
    reader, sidebar = ReaderView(desk), Sidebar(desk, Theme("light"), Unasked())
    dialog = ChooseTag(desk, "Tag", "Which?", "big", (), "Take")
    for widget in (reader, sidebar, dialog):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()

    def keys(field):
        field.setFocus()
        times = [timed(lambda key=key: QTest.keyClick(field, key)) for key in "harbour toll"]
        return times[0], statistics.median(times)

    reader.select(10, 20)
    reader.keys.ask_tag()
    figures = {"reader": keys(reader.tag_field.findChild(QLineEdit))}
    desk.edit_wanted.emit(command.id)
    figures["card"] = keys(sidebar.findChild(TagField))
    figures["dialog"] = keys(dialog.field)
    for where, (first, median) in figures.items():
        print(f"5,000 tags, a key in the {where}: first {first:.0f} ms, median {median:.0f} ms")
    sidebar.leave()
