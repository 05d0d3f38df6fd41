import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.domain import limits
from postil.notes import render_notes
from postil.notes.rendering import clean, render

ALLOWED = re.compile(
    r"</?(?:blockquote|br|code|del|em|h[1-6]|hr|li|ol|p|pre|strong|su[bp]|table|tbody|t[dhr]|thead|ul|a)>"
    r'|<a(?: href="(?:https?|mailto):[^"<>]*")? rel="noreferrer">|<ol start="\d+">',
    re.IGNORECASE,
)


def words(markup):
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_markdown_is_rendered():
    [rendered] = render_notes(["*a* **b** `c`\n\n3. x\n4. y\n\n- z\n\n```\ncode\n```"])
    for piece in ("<em>a</em>", "<strong>b</strong>", '<ol start="3">', "<ul>", "<pre><code>code"):
        assert piece in rendered


def test_tables_are_rendered():
    assert "<td>1</td>" in render_notes(["| a | b |\n| --- | --- |\n| 1 | 2 |"])[0]


def test_each_note_has_its_place():
    assert render_notes(["b", "", "a", "b"]) == ["<p>b</p>", "", "<p>a</p>", "<p>b</p>"]
    assert render_notes([]) == []


@pytest.mark.parametrize(
    "note",
    [
        "<script>alert(1)</script>x",
        "<img src=file:///etc/passwd onerror=alert(1)>x",
        "![x](https://example.org/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](//example.org/)",
        "[x](/local)",
        "[x](data:text/html,hi)",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<p style='position:fixed' class=a id=b onclick=c>x</p>",
        "<svg><script>alert(1)</script></svg>x",
        "<math><mi xlink:href='javascript:1'>x</mi></math>x",
        "<iframe src=https://example.org></iframe>x",
        "<form action=https://example.org><input></form>x",
        "<!-- x --><style>p{}</style>x",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
    ],
)
def test_nothing_loads_runs_or_leads_astray(note):
    [rendered] = render_notes([note])
    assert not re.sub(ALLOWED, "", rendered).count("<")
    assert "href" not in rendered


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=1", "http://example.org/", "mailto:a@example.org"]
)
def test_plain_addresses_stay(address):
    assert f'href="{address}"' in render_notes([f"[x]({address})"])[0]


@pytest.mark.timeout(90)
def test_a_hostile_note_becomes_plain_text_and_the_others_do_not():
    hostile = ["[" * 8_000, "[a](" * 8_000]
    rendered = render_notes(["*first*", *hostile, "*last*"])
    assert rendered[0] == "<p><em>first</em></p>"
    assert rendered[1:3] == [f"<p>{note}</p>" for note in hostile]
    assert rendered[3] == "<p><em>last</em></p>"


def test_plain_text_is_escaped_and_keeps_its_lines():
    note = "a <b> & c\nd\n\n" + "[" * 8_000
    assert render_notes([note])[0] == f"<p>a &lt;b&gt; &amp; c<br>d</p>\n<p>{'[' * 8_000}</p>"


def test_a_note_over_the_limit_is_plain_text_at_once():
    note = "*a*" + "b" * limits.NOTE_CHARACTERS
    assert render_notes([note])[0] == f"<p>{note}</p>"


def test_a_call_full_of_hostile_notes_ends(monkeypatch):
    monkeypatch.setattr(limits, "NOTE_CHARACTERS", 100)
    hostile = ["*a*" + "x" * 100 + str(n) for n in range(12)]
    rendered = render_notes(["*first*", *hostile, "*last*", ""])
    assert rendered[0] == "<p><em>first</em></p>"
    assert rendered[1:-2] == [f"<p>{note}</p>" for note in hostile]
    assert rendered[-2:] == ["<p>*last*</p>", ""]


def test_deep_nesting_harms_nobody():
    rendered = render_notes(["<div>" * 100_000 + "x", "> " * 5_000 + "x", "*ok*"])
    assert "x" in words(rendered[0])
    assert "x" in words(rendered[1])
    assert rendered[2] == "<p><em>ok</em></p>"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab <>&\"'=/!-[](){}:*_`#\n\t😀é")), max_size=60))
def test_whatever_is_written_only_allowed_elements_come_out(note):
    rendered = render(note.encode()).decode()
    assert "<" not in re.sub(ALLOWED, "", rendered)
    assert clean(rendered) == rendered


def test_addresses_without_a_known_scheme_go_and_their_words_stay():
    markup = "<a href='x.html'>a</a><a href='HTTPS://example.org'>b</a><ol start=-1><li>c</ol>"
    assert clean(markup) == (
        '<a rel="noreferrer">a</a><a href="HTTPS://example.org" rel="noreferrer">b</a>'
        "<ol><li>c</li></ol>"
    )
    assert clean("<ol start=12><li>c</ol>") == '<ol start="12"><li>c</li></ol>'


def test_lone_surrogates_and_nul_are_left_out():
    assert render_notes(["a\ud800\x00b"]) == ["<p>ab</p>"]
