import pytest

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn, parse, write
from postil.annotated_markdown.code_line import read_code_line
from postil.annotated_markdown.footnotes import (
    Quotations,
    read_footnote,
    shortened,
    write_footnote,
)
from postil.annotated_markdown.note_text import note_from_file, note_to_file
from postil.domain.annotation import Confidence, Link, Relation, Status, Voice

CODE = "`id=x at=0-1 tags=my/a,my/b`"


def footnote(*lines):
    return read_footnote("a1", lines)


def test_a_mark_says_all_it_knows_in_its_line_of_code():
    article = make_article("one two")
    mark = make_annotation(
        article,
        "two",
        tags=("my/a", "p-2/b_c"),
        author="Dana Ö. & Co",
        created="2026-05-06T09:00:00Z",
        edited="2026-05-07T09:00:00Z",
        voice=Voice.QUOTED,
        confidence=Confidence.UNSURE,
        status=Status.TO_CHECK,
        links=(Link(Relation.ANSWERS, make_id(2)), Link(Relation.SOURCE_OF, make_id(3))),
        extra=(("their key", "a=b `c`"), ("color", "red")),
    )
    line = write_footnote("a1", mark, (4, 7), article.text, {}).split("\n\n")[-1]
    assert line == (
        f"    `id={make_id(1)} at=4-7 tags=my/a,p-2/b_c by=Dana%20%C3%96.%20%26%20Co"
        " on=2026-05-06T09:00:00Z edited=2026-05-07T09:00:00Z voice=quoted confidence=unsure"
        f" status=to-check links=answers:{make_id(2)},source-of:{make_id(3)}"
        " their%20key=a%3Db%20%60c%60 color=red`"
    )
    found = read_code_line([line])
    assert (found.id, found.at, found.tags) == (mark.id, (4, 7), mark.tags)
    assert (found.author, found.created, found.edited) == (mark.author, mark.created, mark.edited)
    assert (found.voice, found.confidence, found.status) == ("quoted", "unsure", "to-check")
    assert (found.links, found.extra) == (mark.links, mark.extra)


def test_a_time_that_is_none_and_an_odd_star_are_kept_as_they_are():
    found = read_code_line(["`id=x at=0-1 edited=yesterday star=perhaps`"])
    assert (found.edited, found.starred) == ("", False)
    assert set(found.extra) == {("edited", "yesterday"), ("star", "perhaps")}


def test_values_of_a_newer_version_are_kept_and_written_back():
    newer = "`id=x at=0-1 voice=choir status=open links=parent-of:y,answers:z id=again`"
    found = read_code_line([newer])
    assert (found.voice, found.status, found.links) == (Voice.UNSAID, Status.OPEN, ())
    assert found.extra == (
        ("id", "again"),
        ("voice", "choir"),
        ("links", "parent-of:y,answers:z"),
    )
    article = make_article("one")
    mark = make_annotation(article, "one", status=found.status, extra=found.extra)
    back = parse(write(HandedOn(article, (mark,)))).marks[0].mark
    assert back.extra == found.extra[1:]


@pytest.mark.parametrize(
    "line",
    ["", "`at=0-1`", "`id=`", "id=x", "`id=x` and", "``id=x``", "`x`", "`=x id`"],
)
def test_what_is_no_line_of_code(line):
    assert read_code_line([line]) is None


def test_a_line_of_code_may_be_broken_and_odd():
    found = read_code_line(["  `id=x  at=1-x", "tags=,my/a, by=%FF tag`"])
    assert (found.id, found.at, found.tags, found.author) == ("x", None, ("my/a",), "\ufffd")
    assert read_code_line(["`id=x links=answers:`"]).extra == (("links", "answers:"),)


@pytest.mark.parametrize(
    ("head", "names", "quotation", "note"),
    [
        ("**A**, **B c** — “q”", ("A", "B c"), "q", ""),
        ("**A** **B** - “q”", ("A", "B"), "q", ""),
        ('__A__ – "q"', ("A",), "q", ""),
        ("**x\\*y** — “a \\*b\\* “c” d”", ("x*y",), "a *b* “c” d", ""),
        ("**x&#42;y**, **(1) -**", ("x*y", "(1) -"), None, ""),
        ("“q”", (), "q", ""),
        (" — “q”", (), "q", ""),
        ("**A** — why", ("A",), None, "why"),
        ("**A** — “q” and why", ("A",), None, "“q” and why"),
        ("**No!** Not so.", (), None, "**No!** Not so."),
        ("“Inevitable” closes it.", (), None, "“Inevitable” closes it."),
        ("plain words", (), None, "plain words"),
        ("** ** — why", (), None, "** ** — why"),
        ("", (), None, ""),
    ],
)
def test_heads_of_footnotes(head, names, quotation, note):
    found = footnote(head)
    assert (found.names, found.quotation, found.note) == (names, quotation, note)
    assert found.code is None
    assert found.says_something is bool(head)


def test_a_footnote_without_line_of_code_is_all_note():
    found = footnote("**A** — “q”", "", "why", "", "- one", "`at=0-1`")
    assert (found.note, found.code) == ("why\n\n- one\n`at=0-1`", None)


def test_a_line_of_code_right_below_the_note_counts():
    found = footnote("“q”", "", "why", CODE)
    assert (found.note, found.code.id) == ("why", "x")
    assert footnote(CODE).code.id == "x"
    assert footnote("“q”", "", CODE, "", CODE, "").note == CODE


def test_long_quotations_are_shortened_in_the_middle():
    words = "word " * 30
    assert shortened("a \n b\u2028c\td") == "a b c d"
    assert shortened("x" * 90) == "x" * 90
    assert shortened("x" * 91) == f"{'x' * 60} … {'x' * 25}"
    assert shortened(words) == f"{('word ' * 12).strip()} … {('word ' * 5).strip()}"


def test_quotations_are_found_in_the_text():
    text = f"start {'word ' * 10}\nnext\u2028{'more ' * 30}the very end of it all."
    quotations = Quotations(text)
    assert quotations.whole("next more") == "next\u2028more"
    assert quotations.whole(shortened(text[57:-12])) == text[57:-12]
    assert quotations.whole("nowhere") == "nowhere"
    assert quotations.whole("nowhere … end") == "nowhere … end"
    assert quotations.whole("next … nowhere") == "next … nowhere"


def test_quotations_are_not_looked_for_without_end(monkeypatch):
    monkeypatch.setattr("postil.annotated_markdown.footnotes._SEARCHED", 1)
    quotations = Quotations("one\ntwo")
    assert quotations.whole("one two") == "one\ntwo"
    quotations = Quotations("one\ntwo")
    assert quotations.whole("three") == "three"
    assert quotations.whole("one two") == "one two"


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("**Name A**, **New** — “q”", ("Name A", "New")),
        ("“q”", ()),
        ("words of a note", None),
    ],
)
def test_names_in_bold_are_told_beside_the_ids(head, names):
    written = write(HandedOn(make_article("one two")))
    (mark,) = parse(f"{written}\n[^a1]: {head}\n\n    {CODE}\n").marks
    assert mark.mark.tags == ("my/a", "my/b")
    assert mark.tag_names == names


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("a <b> c", "a &lt;b> c"),
        ("a &lt; b", "a &#60; b"),
        ("a &#60; b &#0060;", "a &#060; b &#00060;"),
        ("[^1]: x\n  [^2]\na [^3]", "&#91;^1]&#58; x\n  &#91;^2]\na [^3]"),
        ("&#91;^1] &#091;^1]", "&#091;^1] &#091;^1]"),
        ("`<b>` <b> ``a`<c>`` <d>", "`<b>` &lt;b> ``a`<c>`` &lt;d>"),
        ("`open <b>", "`open &lt;b>"),
        ("\\`<b>`", "\\`&lt;b>`"),
        ("```\n<b>\n[^1]\n```\n<c>", "```\n&lt;b>\n&#91;^1]\n```\n&lt;c>"),
        ("``` <b>\n`<c>`\n\n`<d>`", "``` &lt;b>\n`&lt;c>`\n\n`<d>`"),
        ("a ` b\n`<c>`", "a ` b\n`&lt;c>`"),
        ("~~~~ x\n~~~\n<b>\n~~~~~\n<c>", "~~~~ x\n~~~\n&lt;b>\n~~~~~\n&lt;c>"),
        ("``` a`b <c>", "``` a`b &lt;c>"),
        ("```\n<open", "```\n&lt;open"),
        ("![x](//a.test/p)", "&#33;[x]&#40;//a.test/p)"),
        ("[a](javascript:x)", "[a]&#40;javascript:x)"),
        ("[a]( https://a.test) [b](#c)", "[a]( https://a.test) [b](#c)"),
        ("[r]: data:x", "[r]&#58; data:x"),
        ("&#33;[x] &#033;[y]", "&#033;[x] &#0033;[y]"),
        ("`![x](y)` Oh!", "`![x](y)` Oh!"),
    ],
)
def test_notes_are_escaped_outside_code_only(note, written):
    assert note_to_file(note) == written
    assert note_from_file(written) == note


def test_a_note_written_by_hand_is_taken_as_it_is():
    assert note_from_file("a <b> [^1]") == "a <b> [^1]"


def test_words_that_turn_the_direction_are_quoted_as_they_are():
    article = make_article("say \u202ethis")
    given = HandedOn(article, (make_annotation(article, "say \u202ethis"),), {})
    (found,) = parse(write(given).replace(" at=0-9", "")).marks
    assert (found.mark.exact, found.pieces) == ("say \u202ethis", (0, 9))
