"""What people and other editors do to a file, and what is left of its marks.

In `how`, p, w, t and n stand for right pieces, words, tags and note of a mark.
"""

import re
import unicodedata

import pytest

from postil.annotated_markdown import parse
from postil.domain import limits
from postil.domain.article import BlockKind
from postil.domain.errors import UserError

ALL = ["pwtn"] * 5


def front_and_rest(written):
    front, rest = written.split("\n---\n\n", 1)
    return front, rest


def in_article(pattern, replacement):
    """Return a function that changes what a file says before its notes."""

    def changed(written):
        article, mark, rest = written.partition("[^a1]: ")
        return re.sub(pattern, replacement, article) + mark + rest

    return changed


def wrapped(written):
    """Return the file with lines broken at every third space of the article's paragraphs."""
    front, rest = front_and_rest(written)
    lines = [
        re.sub(r"((?:[^ ]+ ){3})(?=[^<])", lambda m: f"{m[1].rstrip(' ')}\n", line)
        if line.startswith("The council")
        else line
        for line in rest.split("\n")
    ]
    return front + "\n---\n\n" + "\n".join(lines)


def moved_footnotes(written):
    """Return the file with its footnotes after all sections, last first, as 1, 2, 3."""
    parts = re.split(r"\n\n(?=\[\^a\d\]: |<!-- end of notes)", written)
    article, *footnotes = parts[:-1]
    whole = "\n\n".join([article, parts[-1].rstrip("\n"), *reversed(footnotes)]) + "\n"
    order = iter(range(1, 10))
    new = {old: next(order) for old in dict.fromkeys(re.findall(r"\[\^(a\d)\]", article))}
    return re.sub(r"\[\^(a\d)\]", lambda match: f"[^{new[match[1]]}]", whole)


HARMLESS = {
    "nothing": lambda written: written,
    "a byte order mark": lambda written: "\ufeff" + written,
    "CR LF": lambda written: written.replace("\n", "\r\n"),
    "CR": lambda written: written.replace("\n", "\r"),
    "no new line at the end": lambda written: written.rstrip("\n"),
    "more empty lines": in_article("\n\n", "\n\n \n\t\n"),
    "spaces at the end": in_article(r"(?m)(?<=.)$", " "),
    "decomposed": lambda written: unicodedata.normalize("NFD", written),
    "curly quotes in front": lambda written: (
        front_and_rest(written)[0].replace('"', "”") + "\n---\n\n" + front_and_rest(written)[1]
    ),
    "lines broken": wrapped,
    "footnotes moved and renumbered": moved_footnotes,
    "classes lost": lambda written: re.sub(r' class="a[^"]*"', "", written),
    "stars for underscores": lambda written: written.replace("*not*", "_not_"),
    "other bullets": lambda written: written.replace("    - <", "   *   <"),
    "numbers by one": lambda written: written.replace("4. last", "4) last"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_changes_leave_everything(name, written, ferry, how):
    damaged = HARMLESS[name](written)
    parsed = parse(damaged)
    assert damaged != written or name == "nothing"
    assert parsed.article == ferry.article
    assert parsed.hash_matches
    assert how(parsed, ferry) == ALL
    assert (parsed.note, parsed.answers) == (ferry.note, ferry.answers)
    assert parsed.remarks == ()


def test_without_front_matter_marks_stand_by_their_pieces(written, ferry, how):
    parsed = parse(front_and_rest(written)[1])
    assert not parsed.is_ours
    assert parsed.article.text == ferry.article.text
    assert how(parsed, ferry) == ALL
    assert all(found.mark.start is None for found in parsed.marks)


def test_when_the_words_changed_pieces_and_quotations_are_what_there_is(written, ferry, how):
    edited = written.replace("The council", "The whole council")
    parsed = parse(edited)
    assert parsed.is_ours
    assert not parsed.hash_matches
    assert how(parsed, ferry) == ALL
    assert all(found.mark.start is None for found in parsed.marks)


@pytest.mark.parametrize("lost", ["</?mark[^>]*>", r"(?<=[\w>.])\[\^a\d\]"])
def test_when_marks_or_references_are_lost_too_the_words_are_known(written, ferry, how, lost):
    edited = re.sub(lost, "", written).replace("The council", "The whole council")
    assert [told[-3:] for told in how(parse(edited), ferry)] == ["wtn"] * 5


def test_moved_footnotes_and_changed_words(written, ferry, how):
    parsed = parse(moved_footnotes(written).replace("The council", "The whole council"))
    assert how(parsed, ferry) == ALL


def test_lost_classes_and_changed_words(written, ferry, how):
    lost = re.sub(r' class="a[^"]*"', "", written).replace("The council", "The whole council")
    assert [told[1:] for told in how(parse(lost), ferry)] == ["wtn"] * 5


def test_changed_words_in_a_mark_keep_its_quotation(written, ferry):
    parsed = parse(written.replace("inevitable, and </mark>", "quite certain, and </mark>"))
    first = parsed.marks[0]
    assert parsed.article.text[slice(*first.pieces)] == "quite certain, and only cranks"
    assert first.mark.exact == "inevitable, and only cranks"
    second = parse(written.replace("said twice", "said once")).marks[1]
    assert second.mark.exact.startswith("only cranks disagree. It was said once that")


def test_a_quotation_whose_words_are_gone_is_told_as_it_is(written):
    changed = in_article("only cranks", "some")(re.sub("</?mark[^>]*>", "", written))
    parsed = parse(changed)
    assert parsed.marks[1].pieces is None
    assert parsed.marks[1].mark.exact == (
        "only cranks disagree. It was said twice that everyone knows … elsewhere. first under it"
    )


def test_offsets_outside_the_text_do_not_count(written):
    parsed = parse(written.replace("at=59-86", "at=59-8600"))
    assert parsed.hash_matches
    assert (parsed.marks[0].mark.start, parsed.marks[0].mark.end) == (None, None)
    assert parsed.marks[0].pieces == (59, 86)


def test_the_same_id_twice_is_a_new_mark(written):
    parsed = parse(written.replace("000005 at=", "000004 at="))
    assert [bool(found.mark.id) for found in parsed.marks] == [True, True, True, True, False]
    assert parsed.remarks == ("The note [^a5] has the id of another; it is a new mark.",)


def test_a_mark_added_by_hand(written):
    edited = written.replace("Then away.", "Then <mark>away</mark>[^mine].")
    edited = edited.replace("[^a1]: ", "[^mine]: **Fear** — why?\n\n[^a1]: ", 1)
    parsed = parse(edited)
    mine = parsed.marks[0]
    assert parsed.hash_matches
    assert (mine.mark.id, mine.mark.tags, mine.mark.note) == ("", ("Fear",), "why?")
    assert parsed.article.text[slice(*mine.pieces)] == mine.mark.exact == "away"
    assert (mine.mark.start, mine.mark.end) == (None, None)


def test_pieces_without_class_are_told_apart_by_the_quotation():
    parsed = parse(
        "<mark>one </mark><mark>two</mark>[^1]<mark> three</mark>[^2] four [^3]\n\n"
        "[^1]: “one two”\n\n[^2]: “two three”\n\n[^3]: no mark here"
    )
    text = parsed.article.text
    assert [found.pieces and text[slice(*found.pieces)] for found in parsed.marks] == [
        "one two",
        "two three",
        None,
    ]
    assert [found.mark.exact for found in parsed.marks] == ["one two", "two three", None]
    mixed = parse('<mark class="x">one</mark><mark>two</mark>[^1]\n\n[^1]: note')
    assert mixed.article.text[slice(*mixed.marks[0].pieces)] == "two"


def test_marks_in_marks_and_marks_not_closed():
    nested = "<mark class='a'>x <mark class='b c'>y</mark> z\n\nw</mark>\n\n"
    parsed = parse(nested + "[^a]: n\n\n[^b]: n\n\n[^c]: n")
    text = parsed.article.text
    assert [text[slice(*found.pieces)] for found in parsed.marks] == ["x y z", "y", "y"]
    assert parse("<mark>" * 50 + "x" + "</mark>" * 60).article.text == "x"


def test_a_mark_of_no_words_has_no_place():
    parsed = parse("<mark></mark>[^1] x\n\n[^1]: n")
    assert parsed.marks[0].pieces is None


def test_an_empty_footnote_counts_only_with_its_reference():
    parsed = parse("<mark>a</mark>[^1] b\n\n[^1]:\n\n[^2]:\n")
    assert [(found.mark.exact, found.pieces) for found in parsed.marks] == [("a", (0, 1))]


def test_footnotes_may_stand_in_the_article_if_its_end_is_said(written):
    first = "[^a3]: “everyone"
    before, after = written.split(first, 1)
    note, after = after.split("\n\n[^a4]: ", 1)
    before = before.replace("\n\n3. ", f"\n\n{first}{note}\n\n3. ", 1)
    before = before.replace("\n\n[^a1]: ", "\n\n<!-- end of article -->\n\n[^a1]: ", 1)
    parsed = parse(f"{before}[^a4]: {after}")
    assert parsed.hash_matches
    assert len(parsed.marks) == 5


def test_words_after_the_notes_are_left_out_with_a_remark(written):
    parsed = parse(written.replace("<!-- end of notes -->", "Added at the end."))
    assert parsed.hash_matches
    assert parsed.remarks == ("Words after the notes were left out.",)


def test_lines_of_a_note_that_lost_their_indentation():
    note = "[^1]: “x”\n\n    one\ntwo\n\tthree\n\n\n    four\n  five\n\nafter"
    parsed = parse(f"<mark>x</mark>[^1]\n\n{note}")
    assert parsed.marks[0].mark.note == "one\ntwo\nthree\n\n\nfour\nfive"
    assert parsed.article.text == "x\nafter"


def test_the_output_of_pandoc_keeps_all_marks(written, ferry, how):
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
    for arguments in ([], ["-s"], ["-s", "--wrap=none"]):
        converted = pypandoc.convert_text(written, "gfm", "gfm", extra_args=arguments)
        parsed = parse(converted)
        assert how(parsed, ferry) == ALL
        assert (parsed.note, parsed.answers) == (ferry.note, ferry.answers)


def test_a_note_that_was_deleted_takes_its_reference_with_it(written):
    edited = re.sub(r"\[\^a4\]: .*?\n\n(?=\[\^a5\])", "", written, flags=re.DOTALL)
    parsed = parse(edited)
    assert parsed.hash_matches
    assert [found.mark.id[-1] for found in parsed.marks] == ["1", "2", "3", "5"]
    assert parsed.remarks == ("Marks whose notes are gone were left out: a4.",)
    bare = parse(re.sub("</?mark[^>]*>", "", edited))
    assert bare.hash_matches
    assert len(bare.marks) == 4


@pytest.mark.parametrize(
    "marked",
    [
        "<mark>away</mark>",
        "==away==",
        '<mark class="mine">away</mark>',
        "<mark\nclass=x>away</mark>",
    ],
)
def test_a_mark_put_in_without_a_note_is_a_plain_mark(written, marked):
    parsed = parse(written.replace("Then away.", f"Then {marked}."))
    assert parsed.hash_matches
    assert parsed.remarks == ()
    assert len(parsed.marks) == 6
    plain = parsed.marks[-1]
    assert parsed.article.text[slice(*plain.pieces)] == plain.mark.exact == "away"
    assert (plain.mark.id, plain.mark.start, plain.claimed) == ("", None, None)


def test_a_plain_mark_stands_inside_or_beside_others(written):
    nested = written.replace("only cranks</mark>", "only <mark>cranks</mark></mark>", 1)
    assert [found.mark.exact for found in parse(nested).marks][5:] == ["cranks"]
    beside = written.replace("</mark>[^a1]", "</mark><mark></mark>[^a1]", 1)
    assert len(parse(beside).marks) == 5
    beside = written.replace("cranks</mark>[^a1]", "</mark><mark>cranks</mark>[^a1]", 1)
    assert [found.mark.exact for found in parse(beside).marks][5:] == ["cranks"]


def test_a_plain_mark_where_all_classes_were_lost(written):
    lost = re.sub(r' class="a[^"]*"', "", written)
    parsed = parse(lost.replace("Then away.", "Then <mark>away</mark>."))
    assert [found.mark.exact for found in parsed.marks][5:] == ["away"]
    edited = lost.replace("Then away.", "Then <mark>away</mark> now.")
    assert len(parse(edited).marks) == 5


def test_the_same_id_written_otherwise_is_the_same(written):
    last = "00000000-0000-4000-8000-000000000005 at="
    parsed = parse(written.replace(last, "{00000000-0000-4000-8000-000000000004} at="))
    assert parsed.marks[-1].mark.id == ""
    assert len(parsed.remarks) == 1


def moved(written):
    """Return the file with the pieces of its fourth mark on other words."""
    bare = re.sub(r'<mark class="a4">([^<]*)</mark>', r"\1", written)
    bare = bare.replace('class="a4 a5"', 'class="a5"')
    return bare.replace("Then away.", 'Then <mark class="a4">away</mark>.')


def test_pieces_that_were_moved_count_more_than_offsets(written):
    parsed = parse(moved(written))
    found = parsed.marks[3]
    assert parsed.hash_matches
    assert (found.mark.start, found.mark.exact, found.claimed) == (None, "the pl", (256, 262))
    assert parsed.article.text[slice(*found.pieces)] == "away"
    quoted = parse(moved(written).replace("“the pl”", "“away”")).marks[3]
    assert (quoted.mark.start, quoted.mark.exact) == (None, "away")


def test_offsets_that_were_edited_count_less_than_pieces_and_quotation(written):
    found = parse(written.replace("at=59-86", "at=60-87")).marks[0]
    assert (found.mark.start, found.mark.exact) == (None, "inevitable, and only cranks")
    assert (found.pieces, found.claimed) == ((59, 86), (60, 87))


def test_without_pieces_the_quotation_counts_more_than_edited_offsets(written):
    bare = re.sub("</?mark[^>]*>", "", written).replace("at=59-86", "at=60-87")
    found = parse(bare).marks[0]
    assert (found.mark.start, found.mark.exact) == (None, "inevitable, and only cranks")
    unknown = parse(bare.replace("“inevitable, and only cranks”", "“of my own”")).marks[0]
    assert (unknown.mark.start, unknown.mark.end) == (60, 87)


def test_an_edit_in_the_part_a_quotation_leaves_out_is_a_change(written):
    edited = written.replace("disagree. It was said twice that </mark>", "disagree.</mark>")
    found = parse(edited.replace("</mark>[^a3]", " by then</mark>[^a3]")).marks[1]
    assert found.mark.exact.startswith("only cranks disagree. It was said twice that everyone")
    middle = parse(written.replace("it, and that the money", "it, and the money")).marks[1]
    assert "…" in middle.mark.exact


@pytest.mark.parametrize("indent", ["  ", "   ", "\t", " \t"])
def test_notes_that_another_editor_indented_otherwise(written, indent):
    article, mark, notes = written.partition("[^a1]: ")
    notes, end, rest = notes.partition("<!-- end of notes -->")
    parsed = parse(article + mark + notes.replace("    ", indent) + end + rest)
    assert [found.mark.id[-1] for found in parsed.marks] == ["1", "2", "3", "4", "5"]
    assert parsed.marks[0].mark.note == "“Inevitable” closes it.\n\n- one"
    assert parsed.remarks == ()


def test_a_list_in_a_note_keeps_its_levels_under_any_indentation():
    note = "[^1]: “x”\n\n  - one\n    - two\n\n      more\n\n  end\n\n after"
    parsed = parse(f"<mark>x</mark>[^1]\n\n{note}")
    assert parsed.marks[0].mark.note == "- one\n  - two\n\n    more\n\nend"
    four = note.replace("\n  ", "\n    ").replace("    end", "  end")
    parsed = parse(f"<mark>x</mark>[^1]\n\n{four}")
    assert parsed.marks[0].mark.note == "- one\n  - two\n\n    more\n\nend"


def test_plain_marks_count_against_the_limit(written, monkeypatch):
    monkeypatch.setattr(limits, "MARKS_PER_FILE", 6)
    one = written.replace("Then away.", "<mark>Then</mark> away.")
    assert len(parse(one).marks) == 6
    with pytest.raises(UserError, match="more than 6 marks"):
        parse(one.replace("away.", "<mark>away</mark>."))


def test_many_lost_notes_are_told_in_one_short_sentence():
    pieces = " ".join(f'<mark class="a{number}">x</mark>' for number in range(1, 30))
    parsed = parse(f'---\nformat: "postil/1"\n---\n\n{pieces}\n')
    assert parsed.marks == ()
    assert parsed.remarks == (
        "Marks whose notes are gone were left out: a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, ….",
    )


@pytest.mark.parametrize(
    ("put", "text", "marks"),
    [
        ("==Then *away*==", "Then away", ["Then away"]),
        ("==Then== ==away==", "Then away", ["Then", "away"]),
        ("==Then == away==", "Then == away", ["Then == away"]),
        ("== Then== away", "== Then== away", []),
        ("==Then away", "==Then away", []),
        ("Then===away==", "Then===away==", []),
        ("Then `==away==`", "Then ==away==", []),
        ("Then away==", "Then away==", []),
    ],
)
def test_highlights_as_other_editors_write_them(written, put, text, marks):
    parsed = parse(written.replace("Then away", put))
    assert f"\n{text}.\n" in parsed.article.text
    assert [found.mark.exact for found in parsed.marks][5:] == marks


def test_words_that_look_like_highlights_stay_words(lay_out):
    assert "&#61;" in lay_out((BlockKind.PARAGRAPH, "a ==b== c"))
    assert parse("a ==b== c").article.text == "a ==b== c"
