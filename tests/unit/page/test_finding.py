import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.isolation import Pool
from postil.page import folding
from postil.page.finding import PATTERN_SECONDS, Folded, Hits, Query, find, find_apart, searching

TEXT = (
    "The council, that club of dinosaurs, said “no”.\n"
    "Straße, oﬃce, ﬁgure; İstanbul’s cafés\u00a0and\u2028naïve folk.\tThe End"
)


def words(text, query, **options):
    return [text[start:end] for start, end in find(text, query, **options).ranges]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("the", ["The", "The"]),
        ("CLUB OF", ["club of"]),
        ("strasse", ["Straße"]),
        ("STRAẞE", ["Straße"]),
        ("office", ["oﬃce"]),
        ("figure", ["ﬁgure"]),
        ("istanbul", ["İstanbul"]),
        ("İSTANBUL", ["İstanbul"]),
        ("istanbul's", ["İstanbul’s"]),
        ('"no"', ["“no”"]),
        ("„no”", ["“no”"]),
        ("cafes and naive folk", ["cafés\u00a0and\u2028naïve folk"]),
        ("folk. the", ["folk.\tThe"]),
        ("cafés", ["cafés"]),
        ("càfes", []),
        ('dinosaurs, said "no". straße', ["dinosaurs, said “no”.\nStraße"]),
        ("nobody", []),
        ("", []),
        ("\u00ad", []),
    ],
)
def test_words_as_people_mean_them(query, found):
    assert words(TEXT, query) == found


def test_a_hit_cuts_no_letter():
    assert words("Maße, Masse", "s") == ["s", "s"]
    assert words("Maße, Masse", "ss") == ["ß", "ss"]
    assert words("ﬁn", "i") == []
    assert words("x̂y x", "x") == ["x̂", "x"]
    assert words("x̂y x", "x", match_case=True) == ["x"]


def test_accents_count_once_the_query_has_one():
    assert words("cafe café CAFÉ", "cafe") == ["cafe", "café", "CAFÉ"]
    assert words("cafe café CAFÉ", "café") == ["café", "CAFÉ"]
    assert words("cafe café", "cafe\u0301") == ["café"]
    assert words("αθήνα", "ΑΘΗΝΑ") == ["αθήνα"]


def test_marks_that_make_other_letters_are_no_accents():
    assert words("мой мои", "мои") == ["мои"]
    assert words("がか", "か") == ["か"]
    assert words("한하", "하") == ["하"]


def test_case_can_be_matched():
    assert words("The the", "the", match_case=True) == ["the"]
    assert words("café cafe", "cafe", match_case=True) == ["cafe"]
    assert words("“a\u00a0b” A b", '"a b"', match_case=True) == ["“a\u00a0b”"]


def test_whole_words():
    assert words("art part art's art_ arté art", "art", whole_words=True) == ["art", "art", "art"]
    assert words("a “part” b", "“part”", whole_words=True) == ["“part”"]


def test_spaces_in_a_row_are_one():
    assert words("a  \u00a0b a b", "a   b") == ["a  \u00a0b", "a b"]
    assert words("dino\u00adsaur", "dinosaur") == ["dino\u00adsaur"]


def test_ranges_end_at_no_line_feed():
    assert words("one\ntwo", "one ") == ["one"]
    assert words("one\ntwo", " two") == ["two"]
    assert words("one\ntwo", " ") == []
    assert words("one\ntwo", r"e\s", regex=True) == ["e"]
    assert words("one\ntwo", r"\n", regex=True) == []


def test_there_is_a_limit_to_hits():
    hits = find("a" * 10, "a", limit=4)
    assert (hits.count, hits.is_cut) == (4, True)
    assert find("aaaa", "a", limit=4) == Hits(((0, 1), (1, 2), (2, 3), (3, 4)))
    assert find("aaaaa", "a", regex=True, limit=4).is_cut


def test_hits_do_not_overlap_and_refused_ones_hide_none():
    assert find("aaaaa", "aa").ranges == ((0, 2), (2, 4))
    assert words("aaá", "aá") == ["aá"]


def test_expressions():
    assert words("Ab ab\nab", "^ab", regex=True) == ["Ab", "ab"]
    assert words("Ab ab", "ab", regex=True, match_case=True) == ["ab"]
    assert words("abc ab", "ab", regex=True, whole_words=True) == ["ab"]
    assert words("baab", "a*", regex=True) == ["aa"]
    assert words("a\nb", "a.b", regex=True) == []


@pytest.mark.parametrize(
    ("pattern", "place"), [("(ab", "character 1"), ("ab)", "character 3"), ("a**", "character 3")]
)
def test_a_wrong_expression_is_told_in_a_sentence_with_its_place(pattern, place):
    hits = find("abc", pattern, regex=True)
    assert not hits.ranges
    assert place in hits.error
    assert hits.error.endswith(".")
    assert "\n" not in hits.error


@pytest.mark.parametrize("pattern", ["a{1,99999999999999999999}", "(" * 99 + "a" + ")" * 99])
def test_a_huge_expression_is_no_mistake_of_the_program(pattern):
    assert isinstance(find("a", pattern, regex=True), Hits)


def test_what_another_python_may_read_otherwise_is_no_warning():
    assert words("[a", "[[a]", regex=True) == ["[", "a"]


# In the child process

CHILD = (
    sys.executable,
    "-P",
    "-B",
    "-c",
    "from postil.isolation.serving import serve; serve({'find': 'postil.page.finding:convert'})",
)


@pytest.fixture(scope="module")
def run():
    pool = Pool(CHILD, children=1)
    yield pool.run
    pool.close()


def test_the_child_finds_the_same(run):
    for query in (
        Query(r"\w+", regex=True),
        Query("the", True, True, True),
        Query("(", regex=True),
    ):
        here = find(
            TEXT,
            query.words,
            whole_words=query.whole_words,
            match_case=query.match_case,
            regex=True,
            limit=5,
        )
        assert find_apart(TEXT, query, 5, run=run) == here


@pytest.mark.timeout(PATTERN_SECONDS + 60)  # with the start of a child
def test_an_expression_that_never_ends_is_ended(run):
    text = "a" * 1_000_000 + "!"
    hits = find_apart(text, Query("(a+)+$", regex=True), run=run)
    assert not hits.ranges
    assert "takes too long" in hits.error
    assert find_apart("ab", Query("b", regex=True), run=run) == Hits(((1, 2),))


def test_what_the_child_refuses_is_told():
    def refuse(*_args, **_options):
        from postil.domain.errors import UserError

        raise UserError("It does not start", "Close other programs.")

    hits = find_apart("a", Query("a", regex=True), run=refuse)
    assert hits == Hits(error="It does not start. Close other programs.")


# Against a model that looks at every place

LETTERS = "aAsSßẞéÉeiİıﬁfǰxх йи’'“\" \u00a0\u2028\n\t\u0302\u00ad😀かが"
texts = st.text(st.sampled_from(LETTERS), max_size=40).map(
    lambda text: unicodedata.normalize("NFC", text)
)
queries = st.text(st.sampled_from(LETTERS), min_size=1, max_size=4).map(
    lambda text: unicodedata.normalize("NFC", text)
)


def clusters(text):
    """Return (start, end, folded) of letters with all that leaves nothing behind them."""
    found = []
    for at, letter in enumerate(text):
        is_more_space = letter.isspace() and at > 0 and text[at - 1].isspace()
        folded = "" if is_more_space else folding.folded(letter)
        if folded or not found:
            found.append((at, at + 1, folded))
        else:
            start, _, before = found.pop()
            found.append((start, at + 1, before))
    return [cluster for cluster in found if cluster[2]]


def slow_find(text, query, *, whole_words, match_case):
    wanted = folding.folded(query)
    read = folding.as_written if match_case else folding.without_case
    is_loose = not match_case and folding.without_case(query) == wanted
    parts, ranges, at = clusters(text), [], 0
    while at < len(parts):
        step = 1
        for stop in range(at + 1, len(parts) + 1):
            if not wanted or "".join(part[2] for part in parts[at:stop]) != wanted:
                continue
            start, end = parts[at][0], parts[stop - 1][1]
            if not is_loose and read(text[start:end]) != read(query):
                continue
            if whole_words and (cuts_word(text, start) or cuts_word(text, end)):
                continue
            start += len(text[start:end]) - len(text[start:end].lstrip("\n"))
            end -= len(text[start:end]) - len(text[start:end].rstrip("\n"))
            if start < end:
                ranges.append((start, end))
                step = stop - at
        at += step
    return tuple(ranges)


def cuts_word(text, at):
    return 0 < at < len(text) and all(
        letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"
        for letter in text[at - 1 : at + 1]
    )


@given(texts, queries, st.booleans(), st.booleans(), st.integers(1, 7))
def test_no_hit_is_missed_and_none_is_made_up(text, query, whole_words, match_case, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_PIECE", piece)
        found = find(text, query, whole_words=whole_words, match_case=match_case)
    assert found.ranges == slow_find(text, query, whole_words=whole_words, match_case=match_case)
    for start, end in found.ranges:
        assert folding.folded(text[start:end]).strip(" ") == folding.folded(query).strip(" ")


@given(texts, st.data())
def test_what_stands_in_a_text_is_found_there(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    query = text[start:end]
    parts = {(part[0], part[1]) for part in clusters(text)}
    is_whole = any(part[0] == start for part in parts) and any(part[1] == end for part in parts)
    if is_whole and query.strip():
        assert any(s < end and e > start for s, e in find(text, query, match_case=True).ranges)


def test_every_letter_folds_to_what_folds_no_further():
    for number in [*range(0x3000), *range(0xF900, 0x10000), *range(0x1E900, 0x1E960)]:
        letter = chr(number)
        folded = folding.folded(letter)
        assert folding.folded(folded) == folded, hex(number)


# Large texts


def finished(search):
    while True:
        try:
            next(search)
        except StopIteration as end:
            return end.value


def test_large_texts_are_searched_in_short_steps():
    text = ("For years the “council”, that club of dinosaurs, has told us nothing. " * 75_000)[
        : 5 * 1024 * 1024
    ]
    prepared = Folded(text)
    steps = sum(1 for _ in prepared.prepare())
    assert steps > 100
    hits = [
        finished(searching(prepared, Query(query)))
        for query in ("dinosaurs", "nobody at all", "club")
    ]
    assert [(found.count, found.is_cut) for found in hits] == [
        (10_000, True),
        (0, False),
        (10_000, True),
    ]
