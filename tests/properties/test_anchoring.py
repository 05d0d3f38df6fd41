"""Anchors for arbitrary texts: there and back, after edits elsewhere, and from any selectors."""

from hypothesis import assume, given
from hypothesis import strategies as st

from postil.anchoring import TextIndex, describe
from postil.domain.annotation import Placement

# Astral, combining, right-to-left and no-break characters beside plain ones.
CHARACTERS = "ab .\n\u00a0\u0301\u05e9\u0645\u4e2d\U0001f600\U0001f469\u200d\u2028"
TEXTS = st.text(CHARACTERS, max_size=300) | st.text(max_size=100)
OFFSETS = st.none() | st.integers(-5, 310) | st.integers()


@st.composite
def marked(draw):
    """Draw a text with a range that has words in it."""
    text = draw(st.text(CHARACTERS, min_size=1, max_size=300))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip("\n"))
    return text, start, end


@st.composite
def distinct_words(draw):
    """Draw words of which no two are equal."""
    count = draw(st.integers(30, 120))
    spell = draw(st.sampled_from(["w{}x", "\U0001f600{}\u0301", "\u05e9{}\u05dc"]))
    return [spell.format(format(number * 7919, "x")) for number in range(count)]


def resolve(index, anchor, **more):
    return index.resolve(
        start=anchor.start,
        end=anchor.end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        **more,
    )


@given(marked())
def test_an_anchor_leads_back_to_its_range(drawn):
    text, start, end = drawn
    anchor = describe(text, start, end)
    assert start <= anchor.start < anchor.end <= end
    assert text[anchor.start : anchor.end] == anchor.exact == text[start:end].strip("\n")
    for place in (
        resolve(TextIndex(text), anchor),
        resolve(TextIndex(text), anchor, same_text=True),
        TextIndex(text).resolve(start=start, end=end, exact=None, same_text=True),
        TextIndex(text).resolve(start=start, end=end, exact=text[start:end]),
    ):
        if len(anchor.exact) >= 12 or place.placement.is_placed:
            assert place.placement is Placement.EXACT
            assert (place.start, place.end) == (anchor.start, anchor.end)


@given(distinct_words(), st.data())
def test_edits_elsewhere_move_the_range_and_nothing_else(words, data):
    text = " ".join(words)
    first = data.draw(st.integers(12, len(words) - 14))
    last = data.draw(st.integers(first + 1, len(words) - 12))
    start = len(" ".join(words[:first])) + 1
    anchor = describe(text, start, start + len(" ".join(words[first : last + 1])))
    put_in = data.draw(st.text(CHARACTERS, max_size=60))
    cut = data.draw(st.integers(0, 10))
    before = put_in + " ".join(words[cut:first]) + " "
    edited = before + " ".join(words[first : last + 1 + data.draw(st.integers(8, 11))]) + put_in
    place = resolve(TextIndex(edited, data.draw(st.sampled_from(["", text]))), anchor)
    assert place.placement in {Placement.EXACT, Placement.MOVED}
    assert (place.start, place.end) == (len(before), len(before) + len(anchor.exact))


@given(distinct_words(), st.data())
def test_one_edited_word_is_still_the_place(words, data):
    text = " ".join(words)
    first = data.draw(st.integers(5, len(words) - 15))
    edited_at = data.draw(st.integers(first, first + 7))
    start = len(" ".join(words[:first])) + 1
    anchor = describe(text, start, start + len(" ".join(words[first : first + 8])))
    after = [*words[:edited_at], "edited", *words[edited_at + 1 :]]
    place = resolve(TextIndex(" ".join(after)), anchor)
    assert place.placement is Placement.CHANGED
    assert place.start == start
    assert " ".join(after)[place.start : place.end] == " ".join(after[first : first + 8])


@given(distinct_words(), st.data())
def test_deleted_words_are_not_placed(words, data):
    first = data.draw(st.integers(5, len(words) - 15))
    start = len(" ".join(words[:first])) + 1
    passage = " ".join(words[first : first + 8])
    text = " ".join(words)
    place = resolve(
        TextIndex(" ".join(words[:first] + words[first + 8 :])),
        describe(text, start, start + len(passage)),
    )
    assert not place.placement.is_placed


@given(TEXTS, st.data())
def test_any_selectors_get_a_sound_answer(text, data):
    piece = st.sampled_from([text[:20], text[3:40], text[-15:]])
    words = st.none() | st.text(CHARACTERS, max_size=60) | st.text(max_size=20) | piece
    context = st.text(CHARACTERS, max_size=50) | piece
    exact = data.draw(words)
    before = data.draw(st.just("") | st.just(text) | TEXTS)
    place = TextIndex(text, before).resolve(
        start=data.draw(OFFSETS),
        end=data.draw(OFFSETS),
        exact=exact,
        prefix=data.draw(context),
        suffix=data.draw(context),
        same_text=data.draw(st.booleans()),
    )
    assert 0 <= place.score <= 1
    ranges = [(start, end) for start, end, _ in place.guesses]
    if place.placement.is_placed:
        ranges.append((place.start, place.end))
        assert not place.guesses
    else:
        assert place.start is place.end is None
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip("\n") == text[start:end]
    if exact and place.placement in {Placement.EXACT, Placement.MOVED} and exact.strip("\n"):
        assert text[place.start : place.end] == exact.strip("\n")
    assert all(0 <= score <= 1 for _, _, score in place.guesses)
