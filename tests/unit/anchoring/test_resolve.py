"""From selectors to a place, one kind of answer after the other."""

import pytest

from postil.anchoring import Place, TextIndex, describe
from postil.domain.annotation import Placement

TEXT = (
    "The ferry that was promised\n"
    "The council says the bridge is inevitable, and only cranks disagree. That costs $41 million.\n"
    "Most observers agree that it was a plot, and a clumsy one at that.\n"
    "“We looked at the figures,” said Ada Lind, “and then we looked away.”"
)
FILLER = " ".join(f"word{number} fills the room{number % 7}." for number in range(4_000))


def resolve(anchor, text, before="", **changes):
    selectors = {
        "start": anchor.start,
        "end": anchor.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    return TextIndex(text, before).resolve(**(selectors | changes))


def anchor_of(words, text=TEXT):
    return describe(text, text.index(words), text.index(words) + len(words))


def words_at(place, text):
    return text[place.start : place.end]


class TestPosition:
    def test_the_same_text(self):
        anchor = anchor_of("only cranks")
        assert resolve(anchor, TEXT, same_text=True) == Place(
            Placement.EXACT, anchor.start, anchor.end, 1.0
        )

    def test_the_same_text_needs_no_quotation(self):
        place = resolve(anchor_of("only cranks"), TEXT, exact=None, same_text=True)
        assert place.placement is Placement.EXACT
        assert words_at(place, TEXT) == "only cranks"

    def test_block_breaks_are_trimmed(self):
        end = TEXT.index("\n")
        place = TextIndex(TEXT).resolve(start=18, end=end + 1, exact=None, same_text=True)
        assert (place.start, place.end) == (18, end)
        place = TextIndex(TEXT).resolve(start=18, end=end + 1, exact=" promised\n")
        assert (place.placement, place.start, place.end) == (Placement.EXACT, 18, end)

    def test_in_the_same_text_too_the_quotation_is_verified(self):
        anchor = anchor_of("only cranks disagree")
        place = resolve(anchor, TEXT, start=3, end=23, same_text=True)
        assert place.placement is Placement.MOVED
        assert place.start == anchor.start

    def test_another_text_with_the_words_at_the_place(self):
        text = TEXT.replace("$41", "$99")
        place = resolve(anchor_of("inevitable, and only"), text)
        assert place.placement is Placement.EXACT

    def test_a_wrong_end_does_not_matter(self):
        anchor = anchor_of("only cranks")
        assert resolve(anchor, TEXT, end=anchor.start).placement is Placement.EXACT
        assert resolve(anchor, TEXT, end=None).placement is Placement.EXACT

    def test_an_end_alone_is_a_position(self):
        assert resolve(anchor_of("only cranks"), TEXT, start=None).placement is Placement.EXACT

    def test_short_words_at_the_place_by_chance_are_not_the_place(self):
        text = "Then that went by. " + "Some say it was a plot, and a clumsy one at that."
        first = text.index("that")
        place = TextIndex(text).resolve(
            start=first, end=first + 4, exact="that", prefix="and a clumsy one at ", suffix="."
        )
        assert place.placement is Placement.MOVED
        assert place.start == text.rindex("that")

    def test_in_the_same_text_short_words_need_no_context(self):
        anchor = anchor_of("that was promised")
        place = resolve(anchor, TEXT, exact="that", prefix="?", suffix="?", same_text=True)
        assert (place.placement, place.start) == (Placement.EXACT, anchor.start)
        other = resolve(anchor, TEXT, exact="that", prefix="?", suffix="?")
        assert other.placement is Placement.AMBIGUOUS

    @pytest.mark.parametrize(
        ("start", "end"), [(None, None), (4, None), (9, 4), (-2, 4), (0, 10**30), (27, 28)]
    )
    def test_neither_words_nor_a_sound_position(self, start, end):
        for exact in (None, "", "\n"):
            place = TextIndex(TEXT).resolve(start=start, end=end, exact=exact, same_text=True)
            assert place == Place(Placement.UNPLACED, None, None, 0.0)

    def test_a_position_without_words_is_only_a_guess_in_another_text(self):
        place = TextIndex(TEXT).resolve(start=4, end=9, exact=None)
        assert place == Place(Placement.UNPLACED, None, None, 0.0, ((4, 9, 0.0),))


class TestWords:
    def test_moved_by_an_edit_before_them(self):
        anchor = anchor_of("only cranks disagree")
        text = "A new first paragraph.\n" + TEXT
        place = resolve(anchor, text)
        assert (place.placement, place.score) == (Placement.MOVED, 1.0)
        assert words_at(place, text) == "only cranks disagree"

    def test_a_short_mark_moves_with_its_context(self):
        text = "That is that.\n" + TEXT
        anchor = anchor_of("that", "x " + TEXT)
        place = resolve(anchor, text)
        assert place.placement is Placement.MOVED
        assert text[place.start - 10 : place.end + 4] == "The ferry that was"

    def test_without_any_position_equal_words_are_exact(self):
        place = TextIndex(TEXT).resolve(start=None, end=None, exact="only cranks disagree")
        assert (place.placement, place.start) == (Placement.EXACT, TEXT.index("only cranks"))

    @pytest.mark.parametrize("start", [-5, 10**6, 10**400, -(10**400)])
    def test_a_wrong_position_falls_through(self, start):
        place = resolve(anchor_of("only cranks disagree"), TEXT, start=start, end=start + 20)
        assert place.placement is Placement.MOVED
        assert words_at(place, TEXT) == "only cranks disagree"

    @pytest.mark.parametrize(
        "words", ["\U0001f6a2 sinks", "e\u0301 tude", "\u05e9\u05dc\u05d5\u05dd"]
    )
    def test_astral_combining_and_right_to_left_characters_do_not_shift(self, words):
        text = f"\U0001f600\U0001f600 e\u0301e\u0301 {words} \u05d0\u05d1 \U0001f680 end."
        edited = "\U0001f680\U0001f680\n" + text
        place = resolve(anchor_of(words, text), edited)
        assert (place.placement, words_at(place, edited)) == (Placement.MOVED, words)

    def test_the_context_tells_equal_passages_apart(self):
        text = "Alice said it was a plot. Bob asked. Carol said it was a plot. Dora left."
        second = text.rindex("it was a plot")
        anchor = describe(text, second, second + 13)
        edited = "Well. " + text
        assert resolve(anchor, edited).start == second + 6

    def test_the_position_tells_equal_passages_apart(self):
        text = ("Read on after the advertisement. " + FILLER[:9_000] + "\n") * 5
        at = text.index("after the adv", 10_000)
        edited = "New.\n" + text
        place = TextIndex(edited).resolve(start=at, end=at + 13, exact="after the adv")
        assert (place.placement, place.start) == (Placement.MOVED, at + 5)


class TestChangedWords:
    def test_an_edited_word(self):
        text = TEXT.replace("cranks", "clowns")
        place = resolve(anchor_of("inevitable, and only cranks disagree"), text)
        assert place.placement is Placement.CHANGED
        assert words_at(place, text) == "inevitable, and only clowns disagree"
        assert 0.8 < place.score < 1

    def test_an_edited_last_word_is_taken_whole(self):
        text = TEXT.replace("cranks", "cantankerous people")
        place = resolve(anchor_of("the bridge is inevitable, and only cranks"), text)
        assert words_at(place, text).startswith("the bridge is inevitable, and only")
        assert text[place.end] in " ."

    def test_other_line_ends_and_spaces_in_the_quotation(self):
        place = TextIndex(TEXT).resolve(
            start=None, end=None, exact="and a clumsy\r\n  one at\r\n  that."
        )
        assert (place.placement, words_at(place, TEXT)) == (
            Placement.CHANGED,
            "and a clumsy one at that.",
        )

    @pytest.mark.parametrize("offset", [0, 70_000])
    def test_in_a_large_text_near_or_far_from_the_expected_place(self, offset):
        text = f"{FILLER}\n{TEXT}\n{FILLER}"
        anchor = anchor_of("inevitable, and only cranks disagree. That costs", text)
        edited = "x" * offset + text.replace("cranks", "clowns")
        place = resolve(anchor, edited)
        assert place.placement is Placement.CHANGED
        assert words_at(place, edited) == "inevitable, and only clowns disagree. That costs"

    def test_near_the_expected_place_no_run_of_words_need_be_left(self):
        text = f"{FILLER}\n{TEXT}\n{FILLER}"
        anchor = anchor_of("inevitable, and only cranks disagree", text)
        low, high = anchor.start - 50, anchor.end + 50
        words = text[low:high].split(" ")
        words[::2] = [word[:-1] + "_" if word else "" for word in words[::2]]
        edited = text[:low] + " ".join(words) + text[high:]
        place = resolve(anchor, edited, start=anchor.start + 1_000)
        assert place.placement is Placement.CHANGED
        assert (place.start, place.end) == (anchor.start, anchor.end)

    def test_equal_words_elsewhere_do_not_end_the_search(self):
        elsewhere = "Once more they wrote: “only cranks disagree!”"
        text = TEXT.replace("only cranks disagree", "only cranks will disagree") + "\n" + elsewhere
        place = resolve(anchor_of("only cranks disagree"), text, start=None, end=None)
        assert (place.placement, words_at(place, text)) == (
            Placement.CHANGED,
            "only cranks will disagree",
        )

    def test_in_a_large_text_without_a_position(self):
        text = f"{FILLER}\n{TEXT}\n{FILLER}"
        place = TextIndex(text).resolve(
            start=None, end=None, exact="inevitable, and only very old cranks disagree."
        )
        assert words_at(place, text) == "inevitable, and only cranks disagree."

    def test_a_long_passage_with_a_paragraph_put_in(self):
        words = FILLER[30_000:36_000]
        edited = FILLER.replace(words, words[:3_000] + " A new thought. " + words[3_000:])
        place = resolve(anchor_of(words, FILLER), edited)
        assert place.placement is Placement.CHANGED
        assert (place.start, place.end) == (30_000, 36_016)


class TestDeletedWords:
    @pytest.mark.parametrize(
        "words",
        [
            "and only cranks disagree",
            " and a clumsy one at that",
            "“We looked at the figures,” said Ada Lind, ",
            "The ferry that was promised\n",
            "cranks",
        ],
    )
    def test_are_never_placed_but_guessed(self, words):
        place = resolve(anchor_of(words), TEXT.replace(words, ""))
        assert place.placement in {Placement.UNPLACED, Placement.AMBIGUOUS}
        assert place.start is place.end is None
        assert len(place.guesses) <= 5

    def test_guesses_come_best_first(self):
        text = TEXT.replace("only cranks disagree", "all who can count agree")
        place = resolve(anchor_of("only cranks disagree"), text)
        assert place.placement is Placement.UNPLACED
        assert place.score == place.guesses[0][2]
        start, end, _ = place.guesses[0]
        assert start < text.index("count") < end

    def test_nothing_like_it(self):
        place = TextIndex("aaaa").resolve(start=None, end=None, exact="\u4e2d\u6587")
        assert place.placement is Placement.UNPLACED

    @pytest.mark.parametrize("exact", ["only cronks", "thot"])
    def test_edited_words_that_are_short_need_context(self, exact):
        place = TextIndex(TEXT).resolve(start=None, end=None, exact=exact)
        assert place.placement is Placement.UNPLACED
        assert place.guesses

    def test_edited_short_words_are_placed_by_their_context(self):
        text = TEXT.replace("cranks", "crank")
        place = resolve(anchor_of("cranks"), text)
        assert (place.placement, words_at(place, text)) == (Placement.CHANGED, "crank")

    def test_edited_short_words_in_other_surroundings_are_not_placed(self):
        text = "Here the crank is on a ship with wheels."
        place = resolve(anchor_of("cranks"), text)
        assert place.placement is Placement.UNPLACED

    def test_edited_words_without_context_must_be_nearly_equal(self):
        index = TextIndex(TEXT)
        near = index.resolve(start=None, end=None, exact="it was a plott, and a clumsey one")
        far = index.resolve(start=None, end=None, exact="it was no plan, but one so clumsy")
        assert near.placement is Placement.CHANGED
        assert far.placement is Placement.UNPLACED

    def test_a_block_break_is_no_guess(self):
        place = TextIndex("\n\n").resolve(start=0, end=1, exact="x\ny", prefix="\n")
        assert place == Place(Placement.UNPLACED, None, None, 0.0)

    @pytest.mark.parametrize("text", ["", "\n"])
    def test_an_empty_text(self, text):
        place = resolve(anchor_of("only cranks"), text)
        assert place == Place(Placement.UNPLACED, None, None, 0.0)


class TestAmbiguity:
    def test_the_same_passage_twice(self):
        text = f"{TEXT}\n{TEXT}"
        place = TextIndex(text).resolve(start=None, end=None, exact="only cranks disagree")
        assert place.placement is Placement.AMBIGUOUS
        assert place.start is place.end is None
        assert {guess[0] for guess in place.guesses} == {
            text.index("only cranks"),
            text.rindex("only cranks"),
        }

    def test_short_words_in_several_places(self):
        place = TextIndex(TEXT).resolve(start=5, end=9, exact="that")
        assert place.placement is Placement.AMBIGUOUS

    def test_short_words_in_several_places_with_a_context_of_none(self):
        place = TextIndex(TEXT).resolve(
            start=5, end=9, exact="that", prefix="\u4e2d" * 32, suffix="\u6587" * 32
        )
        assert place.placement is Placement.AMBIGUOUS

    def test_short_words_in_one_place_only(self):
        place = TextIndex(TEXT).resolve(start=5, end=9, exact="plot")
        assert (place.placement, words_at(place, TEXT)) == (Placement.MOVED, "plot")

    def test_equal_words_that_overlap_are_several_places(self):
        place = TextIndex("so no no no no").resolve(start=None, end=None, exact="no no no")
        assert place.placement is Placement.AMBIGUOUS

    def test_two_edited_passages(self):
        text = "It was a clever plot of theirs. And so on. It was a cleaner plot of theirs."
        place = TextIndex(text).resolve(
            start=None, end=None, exact="It was a cleaver plot of theirs."
        )
        assert place.placement is Placement.AMBIGUOUS

    def test_words_that_stand_everywhere_are_found_by_their_context(self):
        text = "no. " * 500 + "The council said no. And so on. " + "no. " * 500
        at = text.index("said no") + 5
        place = TextIndex(text).resolve(
            start=None, end=None, exact="no.", prefix="The council said ", suffix=" And so on."
        )
        assert (place.placement, place.start) == (Placement.EXACT, at)

    def test_words_that_stand_everywhere_are_found_near_their_place(self):
        text = "no. " * 500 + "The council said no. And so on. " + "no. " * 500
        at = text.index("said no") + 5
        place = TextIndex(text).resolve(
            start=at + 3, end=at + 6, exact="no.", prefix="A council say: ", suffix=" And on."
        )
        assert place.guesses == () or at in {guess[0] for guess in place.guesses}
        assert place.start in {None, at}


class TestFormerText:
    """What stands further around a mark tells equal passages apart."""

    NOTICE = "Subscribe to our letter for more of the same from all over the place."

    def texts(self):
        pages = [FILLER[at : at + 9_000] for at in range(0, 90_000, 9_000)]
        before = f"\n{self.NOTICE}\n".join(pages)
        return before, "\n".join(["A wholly new paragraph."] * 300) + "\n" + before

    def test_it_places_what_the_position_alone_leaves_open(self):
        before, after = self.texts()
        at = before.index(self.NOTICE, 40_000)
        anchor = describe(before, at + 10, at + 50)
        assert resolve(anchor, after, prefix="", suffix="").placement is Placement.AMBIGUOUS
        place = resolve(anchor, after, before, prefix="", suffix="")
        assert place.placement is Placement.MOVED
        assert place.start == anchor.start + len(after) - len(before)

    @pytest.mark.parametrize("start", [-1, None, 10**9])
    def test_it_does_not_help_without_the_position_of_the_words_in_it(self, start):
        before, after = self.texts()
        place = TextIndex(after, before).resolve(start=start, end=None, exact=self.NOTICE)
        assert place.placement is Placement.AMBIGUOUS

    def test_it_does_not_matter_when_nothing_of_it_is_left(self):
        place = resolve(anchor_of("only cranks disagree"), FILLER, TEXT)
        assert place.placement is Placement.UNPLACED
