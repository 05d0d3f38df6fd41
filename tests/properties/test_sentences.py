"""Sentences tile their block, in order, whatever stands in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from postil.sentences import sentences_in

LANGUAGES = ("en", "de", "it", "ja", "ar", "zh", "ru", "fa", "sk", "sv", "", "xx-nonsense")
PIECES = st.sampled_from(
    [*"aA1 .!?…()[]\"'“”«»。？؟\t\u2028\u00a0ȸ∯♬&ᓴ-:;,é😀", "Mr.", " e.g. ", "1) ", "\\", "U.S. "]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=80),
)


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_sentences_tile_their_block(text, language):
    found = sentences_in(text, language)
    assert "".join(text[start:end] for start, end in found) == text
    ends = [0, *(end for _, end in found)]
    assert ends[:-1] == [start for start, _ in found]
    assert all(start < end for start, end in found)
