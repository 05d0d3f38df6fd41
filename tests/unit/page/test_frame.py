"""What a frame says about places agrees with Qt's own account of the same document."""

import unicodedata

import pytest
from PySide6.QtGui import QTextCursor

from factories import make_annotation, make_article
from postil.page.document import build_document
from postil.page.frame import compose
from postil.page.layers import Layers
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.pointing import nearest_gap, nearest_line
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

pytestmark = pytest.mark.usefixtures("qapp")

LATIN = (
    "Plain words that wrap over several lines, with 😀 and x\u0323\u0302 and no\u00a0breaks. " * 4
)
MIXED = "abc שלום עולם def שָׁלוֹם ghi " * 8
HEBREW = "שָׁלוֹם עולם טוב מאוד " * 10


class Sheet:
    """A laid-out article with marks, and frames of it."""

    def __init__(self, article, *marks, width=420):
        self.article = article
        self.offsets = OffsetMap(article.text)
        self.metrics = Metrics.of(PageStyle())
        self.layers = Layers(article, MarkIndex(marks))
        self.document = build_document(article, PageStyle())
        self.document.setTextWidth(width)
        self.height = self.document.size().height()

    def frame(self, top=0.0, bottom=None):
        bottom = self.height if bottom is None else bottom
        return compose(self.document, self.offsets, self.layers, self.metrics, top, bottom)

    def gap(self, frame, x, y):
        line = nearest_line(frame, y)
        layout = self.document.findBlockByNumber(line.block).layout()
        return self.offsets.to_code_point(nearest_gap(line, layout, x))

    def letters(self):
        """Yield (start, end) of each letter, in code points."""
        cursor = QTextCursor(self.document)
        while not cursor.atEnd():
            start = cursor.position()
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            yield self.offsets.to_code_point(start), self.offsets.to_code_point(cursor.position())


@pytest.mark.parametrize("words", [LATIN, MIXED, HEBREW], ids=["latin", "mixed", "hebrew"])
def test_both_halves_of_every_letter_lead_to_its_gaps(words):
    sheet = Sheet(make_article(unicodedata.normalize("NFC", words)))
    frame = sheet.frame()
    checked = 0
    for start, end in sheet.letters():
        pieces = frame.pieces(sheet.offsets.to_qt(start), sheet.offsets.to_qt(end))
        if len(pieces) != 1 or pieces[0].right - pieces[0].left < 2:
            continue
        [piece] = pieces
        y = (piece.top + piece.bottom) / 2
        gaps = {sheet.gap(frame, x, y) for x in (piece.left + 0.4, piece.right - 0.4)}
        assert gaps == {start, end}, (start, end)
        checked += 1
    assert checked > len(sheet.article.text) / 2


@pytest.mark.parametrize("words", [LATIN, MIXED, HEBREW], ids=["latin", "mixed", "hebrew"])
def test_letters_of_a_line_tile_it(words):
    sheet = Sheet(make_article(words))
    frame = sheet.frame()
    for line in frame.lines:
        [whole] = frame.pieces(line.start, line.end)
        assert whole.right - whole.left == pytest.approx(line.right - line.left, abs=3)
        apart = sum(
            piece.right - piece.left
            for start, end in sheet.letters()
            if line.start <= (at := sheet.offsets.to_qt(start)) < line.end
            for piece in frame.pieces(at, sheet.offsets.to_qt(end))
        )
        assert apart == pytest.approx(whole.right - whole.left, abs=4)


def test_spaces_at_the_end_of_a_broken_line_are_not_covered():
    sheet = Sheet(make_article(LATIN))
    frame = sheet.frame()
    for piece in frame.pieces(0, len(LATIN) * 2):
        assert piece.right <= 420


def test_a_frame_in_the_middle_shows_what_the_whole_shows_there():
    article = make_article(*[f"{n} " + LATIN for n in range(12)])
    marks = [
        make_annotation(article, (at, min(at + 130, len(article.text))), number=at)
        for at in range(0, len(article.text) - 1, 90)
    ]
    sheet = Sheet(article, *marks)
    whole = sheet.frame()
    top, bottom = sheet.height * 0.4, sheet.height * 0.6
    part = sheet.frame(top, bottom)
    inside = [piece for m in whole.marks for piece in m.pieces if top < piece.top < bottom - 30]
    assert len(inside) > 20
    shown = {piece for m in part.marks for piece in m.pieces}
    assert set(inside) <= shown
    assert len(part.lines) < len(whole.lines) / 2


def test_marks_under_a_point_are_those_that_cover_it():
    article = make_article("alpha beta gamma delta")
    wide, narrow = (
        make_annotation(article, "beta gamma"),
        make_annotation(article, "gamma", number=2),
    )
    sheet = Sheet(article, wide, narrow)
    frame = sheet.frame()

    def under(words):
        start = article.text.index(words)
        [piece] = frame.pieces(start, start + 1)
        return frame.marks_at(piece.left + 1, (piece.top + piece.bottom) / 2)

    assert under("gamma") == [narrow, wide]
    assert under("beta") == [wide]
    assert under("alpha") == []


def test_edges_of_a_mark_that_runs_leftwards_are_swapped():
    article = make_article("שלום עולם טוב", "plain words here")
    marks = make_annotation(article, "עולם"), make_annotation(article, "words", number=2)
    sheet = Sheet(article, *marks)
    frame = sheet.frame()
    hebrew, latin = (frame.edges_of(mark.id) for mark in marks)
    assert hebrew["start"].x() > hebrew["end"].x()
    assert latin["start"].x() < latin["end"].x()


def test_what_is_covered_is_joined_and_does_not_touch():
    article = make_article("0123456789" * 6)
    marks = [
        make_annotation(article, place, number=number)
        for number, place in enumerate([(0, 10), (5, 12), (12, 14), (20, 30)])
    ]
    sheet = Sheet(article, *marks)
    frame = sheet.frame()
    assert frame.covered((0, 0), bool) == [(0, 14), (20, 30)]
    assert frame.covered((28, 40), bool) == [(0, 14), (20, 40)]


def test_a_giant_paragraph_costs_no_more_than_its_page():
    words = "word " * 40_000
    article = make_article(words)
    marks = [make_annotation(article, (at, at + 20), number=at) for at in range(0, 190_000, 500)]
    sheet = Sheet(article, *marks)
    frame = sheet.frame(sheet.height / 2, sheet.height / 2 + 800)
    assert 20 < len(frame.lines) < 45
    assert 0 < len(frame.marks) < 15
