"""The reader against a bare QTextEdit with the same words, in the same run.

Texts and marks are made from a seed. The figures are ratios of processor time and are
printed; nothing is asserted about the clock.
"""

import random
import statistics
import time
from dataclasses import dataclass, replace

import pytest
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from factories import make_article
from postil.domain.annotation import Anchor, Annotation
from postil.domain.article import Article
from postil.domain.tags import LineStyle
from postil.page.marks import MarkIndex
from postil.page.painter import MarkLook
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.ui.reader.page_view import PageView
from postil.ui.reader.strip import Strip

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("qapp")]

MB = 1_000_000
SIZE = (900, 1_000)
ROUNDS = 5
FRAMES = 60
FILLS = ("#EE8866", "#44BB99", "#99DDFF", "#EEDD88", "#BBCC33", "#FFAABB")
LOOKS = [
    MarkLook(fill, style, code)
    for fill, style, code in zip(FILLS, [*LineStyle, LineStyle.SOLID], "ABCDEF", strict=True)
]
CASES = [(MB, 0), (MB, 500), (MB, 5_000), (MB, 50_000), (5 * MB, 50_000)]


@dataclass(frozen=True)
class Sheet:
    article: Article
    marks: list[Annotation]


def look(mark: Annotation) -> MarkLook:
    return LOOKS[int(mark.id) % len(LOOKS)]


def make_sheet(characters: int, count: int) -> Sheet:
    chance = random.Random(20_260_504)
    letters = "etaoinshrdlcumwfgypbvk"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(3_000)]
    paragraphs, length = [], 0
    while length < characters:
        paragraphs.append(" ".join(chance.choices(words, k=chance.randint(30, 130))))
        length += len(paragraphs[-1]) + 1
    article = make_article(*paragraphs)
    ranges = []
    for _ in range(count):
        start = chance.randrange(len(article.text) - 200)
        ranges.append((start, start + chance.randint(5, 150)))
    ranges.sort(key=lambda place: (place[0], -place[1]))  # as the library reads them
    marks = [
        Annotation(str(number), "article", "revision", Anchor(start, end, ""))
        for number, (start, end) in enumerate(ranges)
    ]
    return Sheet(article, marks)


def spent(action) -> float:
    """Return the processor time of an action in milliseconds."""
    begun = time.process_time()
    action()
    return (time.process_time() - begun) * 1_000


def bare_page() -> QTextEdit:
    view = QTextEdit()
    font = QFont(PageStyle().family)
    font.setPointSizeF(PageStyle().size)
    view.setFont(font)
    view.setReadOnly(True)
    view.resize(*SIZE)
    return view


def our_page() -> PageView:
    view = PageView(look, None)
    view.resize(*SIZE)
    return view


def close(view: QWidget) -> None:
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, 52)


def open_bare(view: QTextEdit, sheet: Sheet) -> None:
    view.setPlainText(sheet.article.text)
    view.show()
    view.grab()


def open_ours(view: PageView, sheet: Sheet) -> None:
    view.show_article(sheet.article, MarkIndex(sheet.marks), ("Title", "Byline"))
    view.show()
    view.grab()


def frames(view: QTextEdit) -> list[float]:
    """Return the time of frames at places all over the text, once it is laid out."""
    document = view.document()
    document.documentLayout().blockBoundingRect(document.lastBlock())
    QApplication.processEvents()
    bar, chance, times = view.verticalScrollBar(), random.Random(3), []
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    for _ in range(FRAMES):
        bar.setValue(int(chance.random() * bar.maximum()))
        times.append(spent(lambda: view.viewport().render(image)))
    return sorted(times)


@pytest.mark.parametrize(("characters", "count"), CASES)
def test_first_page_and_frames(characters, count, capsys):
    sheet = make_sheet(characters, count)
    bare_first, our_first = [], []
    for _ in range(ROUNDS):
        bare, ours = bare_page(), our_page()
        bare_first.append(spent(lambda view=bare: open_bare(view, sheet)))
        our_first.append(spent(lambda view=ours: open_ours(view, sheet)))
        if _ < ROUNDS - 1:
            close(bare)
            close(ours)
    bare_frames, our_frames = frames(bare), frames(ours)
    close(bare)
    close(ours)
    first = statistics.median(bare_first), statistics.median(our_first)
    frame = statistics.median(bare_frames), statistics.median(our_frames)
    late = our_frames[int(FRAMES * 0.95)]
    with capsys.disabled():
        print(
            f"\n{characters // MB} MB, {count:6,} marks: first page {first[1]:6.1f} ms, "
            f"{first[1] / first[0]:.2f} x bare; frame {frame[1]:5.1f} ms (95 %: {late:.1f}), "
            f"bare {frame[0]:.1f}"
        )
    assert ours is not bare


@pytest.mark.parametrize("count", [500, 50_000])
def test_one_mark_more(count, capsys):
    sheet = make_sheet(MB, count)
    view, index, times = our_page(), MarkIndex(sheet.marks), []
    view.show_article(sheet.article, index)
    view.show()
    view.grab()
    for number in range(ROUNDS * 4):
        mark = Annotation(str(10**6 + number), "article", "revision", Anchor(300, 340, ""))

        def add(mark=mark):
            index.replace(None, mark)
            view.forget_marks([(mark.start, mark.end)])
            view.viewport().repaint()

        times.append(spent(add))
        moved = replace(mark, anchor=Anchor(400, 450, ""))
        index.replace(mark, moved)
        index.replace(moved, None)
        view.forget_marks([(300, 450)])
    close(view)
    with capsys.disabled():
        print(f"\n1 MB, {count:6,} marks: one more, painted, {statistics.median(times):.1f} ms")
    assert len(index) == count


@pytest.mark.parametrize("width", [0, 1])
def test_resizing_in_the_middle(width, capsys):
    """With the column at its full width nothing is laid out; narrower, all is, as in bare Qt."""
    sheet = make_sheet(5 * MB, 5_000)
    sizes = ([1_200, 1_260, 1_320], [520, 480, 500])[width]
    figures = []
    for view, opening in ((bare_page(), open_bare), (our_page(), open_ours)):
        view.resize(sizes[-1], SIZE[1])
        opening(view, sheet)
        frames(view)
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
        QApplication.processEvents()
        times = []
        for size in sizes:

            def resize(size=size, view=view):
                view.resize(size, SIZE[1])
                view.grab()

            times.append(spent(resize))
        figures.append(statistics.median(times))
        close(view)
    with capsys.disabled():
        print(f"\n5 MB, resizing at {sizes[0]} px: {figures[1]:.0f} ms, bare {figures[0]:.0f} ms")
    assert all(figures)


def test_hovering_and_the_strip(capsys):
    sheet = make_sheet(5 * MB, 50_000)
    view, index = our_page(), MarkIndex(sheet.marks)
    strip = Strip(look, None)
    strip.resize(10, SIZE[1])
    strip.show_marks(index, len(sheet.article.text), Showing())
    strip.show()
    open_ours(view, sheet)
    frames(view)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.grab()
    hovered, scrolled = [], []
    for number, shown in enumerate(view.frame_now().marks[:FRAMES]):
        view.set_hovered(shown.mark.id)
        hovered.append(spent(view.viewport().repaint))
        strip.set_view(number * 1_000, number * 1_000 + 3_000)
        scrolled.append(spent(strip.repaint))
    close(view)
    close(strip)
    with capsys.disabled():
        print(
            f"\n5 MB, 50,000 marks: hovering {statistics.median(hovered):.1f} ms, "
            f"the strip while scrolling {statistics.median(scrolled):.1f} ms"
        )
    assert hovered
