"""What people and other editors do to a file, and what is left of its marks.

In `how`, p, w, t and n stand for right pieces, words, tags and note of a mark.
"""

import re
import unicodedata

import pytest

from postil.annotated_markdown import parse

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
