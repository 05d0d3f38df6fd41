"""R19, R20: marks of texts that change are found again or wait, and none is dropped in silence.

The short form of R19 is tests/benchmarks/test_anchoring.py.
"""

import random

import pytest

import edited_texts as anchoring
from factories import FERRY, make_article
from postil.library import AddAnnotation, Library
from postil.library.intake import take_in
from properties.strategies import PIECES
from unit.library.test_intake import imported

SEEDS = 3
PAGE = "https://example.org/ferry"


@pytest.mark.only_long
@pytest.mark.parametrize("edit", [anchoring.scatter, anchoring.block, anchoring.typo])
def test_marks_are_found_again_with_other_seeds(edit, seed, tell):
    scores = [anchoring.measure(edit, seed + n, knows_before=False) for n in range(SEEDS)]
    for number, score in enumerate(scores):
        tell(f"R19 {anchoring.tell(edit.__name__, score).strip()}, {number} after")
    # A thousand marks of one seed say no more than to half a per cent.
    assert sum(score.found for score in scores) / SEEDS >= anchoring.LEAST_FOUND
    assert max(score.wrong for score in scores) <= anchoring.MOST_WRONG


def test_places_taken_as_they_were_are_found_out(monkeypatch, seed):
    """The negative control of R19: offsets alone."""
    monkeypatch.setattr(anchoring, "CHARACTERS", 60_000)
    monkeypatch.setattr(anchoring, "MARKS", 100)
    honest = anchoring.TextIndex.resolve

    def by_offsets(index, *, start, end, exact, prefix, suffix):
        del exact, prefix, suffix
        return honest(index, start=start, end=end, exact=None, same_text=True)

    monkeypatch.setattr(anchoring.TextIndex, "resolve", by_offsets)
    assert anchoring.measure(anchoring.scatter, seed, knows_before=False).found < 0.5


def edited(text, chance):
    """Return a text somebody else may have at that address now, in paragraphs."""
    words = text.split(" ")
    match chance.randrange(6):
        case 0:
            return [chance.choice(("Gone.", "404", "…"))]
        case 1:
            return ["".join(chance.choices(PIECES, k=200)) + " words"]
        case 2:
            return [text.encode().decode("latin-1")]  # another encoding
        case 3:
            return [" ".join(word for word in words if chance.random() < 0.8) or "Nothing."]
        case 4:
            return chance.sample(text.split("\n"), len(text.split("\n")))
        case _:
            return [text.replace("a", "o"), text.upper()]


def rounds_of(library, chance, count):
    """Take in one text after the other at one address; return how many marks had a place."""
    first = take_in(library, imported(make_article(*FERRY, source=PAGE)))
    text = library.article(first.article_id).article.text
    notes = {}
    while len(notes) < 12:
        start = chance.randrange(len(text) - 20)
        end = start + chance.randrange(1, 20)
        if text[start:end].strip("\n"):
            command = AddAnnotation(first.article_id, start, end, note=f"note {len(notes)}")
            library.do(command)
            notes[command.id] = f"note {len(notes)}"
    placed = loose = 0
    for number in range(count):
        article = make_article(*edited(text, chance), source=PAGE)
        bytes_ = imported(article, data=f"{number}".encode())
        take_in(library, bytes_, version_of=first.article_id)
        with_place = library.placed_marks(first.article_id)
        without = library.loose_marks(first.article_id)
        assert {mark.id: mark.note for mark in (*with_place, *without)} == notes
        assert len(with_place) + len(without) == len(notes)
        words = library.article(first.article_id).article.text
        assert all(words[mark.start : mark.end] == mark.anchor.exact for mark in with_place)
        placed, loose = placed + len(with_place), loose + len(without)
        if number % 3 == 0:
            library.undo()
    return placed, loose


def test_no_mark_is_dropped_by_another_text(library, chance, rounds, tell):
    count = rounds(40, 1_000)
    placed, loose = rounds_of(library, chance, count)
    tell(f"R20 {count} other texts, 12 marks: {placed} times placed, {loose} times waiting, 0 gone")
    assert placed > 0
    assert loose > 0


def test_a_library_that_hides_waiting_marks_is_found_out(library, monkeypatch):
    """The negative control of R20."""
    monkeypatch.setattr(Library, "loose_marks", lambda *_: [])
    with pytest.raises(AssertionError):
        rounds_of(library, random.Random(1), 30)
