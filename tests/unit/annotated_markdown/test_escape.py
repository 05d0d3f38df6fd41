import pytest

from postil.annotated_markdown.escape import (
    entity,
    escape,
    escape_address,
    is_address,
    unescape,
)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("snake_case *x* `y`", r"snake\_case \*x\* \`y\`"),
        ("see [1] and {x} and #tag", r"see \[1] and \{x} and \#tag"),
        ("back\\slash", r"back\\slash"),
        ("a < b > c", "a &lt; b > c"),
        ("R&D &amp; &#65; &copy", "R&D &amp;amp; &amp;\\#65; &copy"),
        ("~x~ y^2 a|b", "&#126;x&#126; y&#94;2 a&#124;b"),
        ("a=b a==b", "a=b a&#61;&#61;b"),
        ("5% 5%%", "5% 5&#37;&#37;"),
        ("c+d c++", r"c+d c\+\+"),
        ("$41", "$41"),
        ("$41 or $42", "&#36;41 or &#36;42"),
        ("http://e.org www.e.org WWW.e", "http&#58;//e.org www&#46;e.org WWW&#46;e"),
        ("at 5:30, :smile:", "at 5:30, &#58;smile:"),
        ("@ada a@b.co @ 5", "&#64;ada a@b.co @ 5"),
        ("a\tb", "a&#9;b"),
        ("b\ufeffom a\u0338", "b&#65279;om a&#824;"),
    ],
)
def test_words_that_could_be_markup_are_escaped_anywhere(words, written):
    assert escape(words) == written
    assert unescape(written) == words


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("> said", r"\> said"),
        ("- dash", r"\- dash"),
        ("-- dash", r"\-- dash"),
        ("+ plus", r"\+ plus"),
        ("= rule", "&#61; rule"),
        (": term", "&#58; term"),
        ("1. first", r"1\. first"),
        ("1) first", r"1\) first"),
        ("A. Smith", r"A\. Smith"),
        ("iv) four", r"iv\) four"),
        ("(i) one", r"&#40;i\) one"),
        ("2026.", r"2026\."),
        ("1.5 and no list", "1.5 and no list"),
        ("said > done - 1. too", "said > done - 1. too"),
        (" lead and trail ", "&#32;lead and trail&#32;"),
        ("  ", "&#32;&#32;"),
    ],
)
def test_the_start_of_a_line_is_escaped_where_a_block_could_begin(words, written):
    assert escape(words) == written
    assert unescape(written) == words


def test_every_line_of_a_block_has_a_start_and_an_end():
    assert escape("a \u2028- b\u2028\u20282. c") == r"a&#32;<br>\- b<br><br>2\. c"


def test_inside_an_element_only_entities_stand():
    assert escape("1. *a* \\ <b>", entities=True) == "1&#46; &#42;a&#42; &#92; &lt;b>"


@pytest.mark.parametrize(
    ("written", "character"),
    [
        ("&amp;", "&"),
        ("&nbsp;", "\u00a0"),
        ("&#x41;", "A"),
        ("&#0;", "\ufffd"),
        ("&nothing;", "&nothing;"),
        ("&notit;", "&notit;"),
    ],
)
def test_entities_are_those_of_html(written, character):
    assert entity(written) == character
    assert unescape(written) == character


def test_all_backslashes_of_commonmark_are_undone():
    signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    assert unescape("".join(f"\\{sign}" for sign in signs)) == signs
    assert unescape("\\a\\é\\ ") == "\\a\\é\\ "


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://e.org/a_b", "https://e.org/a_b"),
        ("https://e.org/a b(c)", "https://e.org/a%20b%28c%29"),
        ("https://e.org/<\"'\\`>", "https://e.org/%3C%22%27%5C%60%3E"),
        ("https://e.org/\u2028\u0085é", "https://e.org/%E2%80%A8%C2%85é"),
        ("https://e.org/?a=1&b=$2*3", "https://e.org/?a=1&amp;b=&#36;2&#42;3"),
    ],
)
def test_addresses_are_encoded_for_markdown_and_attributes_alike(address, written):
    assert escape_address(address) == written


def test_links_lead_only_to_pages_and_mailboxes():
    assert all(map(is_address, ("http://a", "HTTPS://a", "mailto:a@b")))
    assert not any(map(is_address, ("javascript:x", "file:///a", "", "data:x", "//e.org")))
