from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postil.importers.addresses import safe_address, web_address

BASE = "https://example.org/news/ferry.html"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("HTTP://Example.org", "http://Example.org"),
        ("  https://example.org/a b  ", "https://example.org/a%20b"),
        (
            "https://example.org/a(b)'\"<c>`|^{}\\$",
            "https://example.org/a%28b%29%27%22%3Cc%3E%60%7C%5E%7B%7D%5C%24",
        ),
        ("https://example.org/ä%C3%A4", "https://example.org/%C3%A4%C3%A4"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://me:secret@example.org/", "https://example.org/"),
        ("https://example.org:8080/", "https://example.org:8080/"),
        ("https://[2001:db8::1]:80/x", "https://[2001:db8::1]:80/x"),
        ("mailto:a@example.org?subject=x", "mailto:a@example.org?subject=x"),
        ("ht\ntps://example.org/", "https://example.org/"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
    ],
)
def test_web_and_mail_addresses_are_kept_in_one_form(written, kept):
    assert safe_address(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/hostname",
        "vbscript:x",
        "ftp://example.org/",
        "ms-word:x",
        "blob:https://x",
        "//example.org/x",
        "/x",
        "x.html",
        "#part",
        "",
        "https://",
        "https:///x",
        "http://[bad",
        "mailto:",
        "mailto:nobody",
        "\\\\host\\share",
        "https://" + "a" * 5000,
        "https://exa\ud800mple.org/\ud800",
    ],
    ids=lambda value: repr(value)[:30],
)
def test_everything_else_is_dropped(written):
    assert safe_address(written) == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("other.html", "https://example.org/news/other.html"),
        ("/a", "https://example.org/a"),
        ("//example.com/a", "https://example.com/a"),
        ("?b", "https://example.org/news/ferry.html?b"),
        ("#part", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_relative_addresses_start_from_the_base(written, kept):
    assert safe_address(written, BASE) == kept


def test_a_mail_address_is_no_page():
    assert web_address("mailto:a@example.org") == ""
    assert web_address("https://example.org/") == "https://example.org/"


@given(st.text(max_size=60), st.sampled_from(["", BASE]))
@example("https://example.org/%zz%", "")
@example("mailto:a@b?", "")
def test_what_is_kept_is_ascii_and_stays_the_same(written, base):
    kept = safe_address(written, base)
    if kept:
        assert kept.isascii()
        assert kept.isprintable()
        assert not set(" ()<>\"'\\`{}|^$").intersection(kept)
        assert urlsplit(kept).scheme in ("http", "https", "mailto")
        assert safe_address(kept) == kept
