import json

import pytest

from postil.importers.html_metadata import as_date, as_language, read_metadata
from postil.importers.html_tree import parse, survey


def metadata(head="", body="<p>words</p>", html="<html>", address=""):
    root = parse(f"{html}<head>{head}</head><body>{body}</body></html>")
    return read_metadata(root, survey(root), address)


def json_ld(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_what_meta_elements_say():
    found = metadata(
        "<title>T | Post</title><meta property='og:title' content='The title'>"
        "<meta name=author content='Ada Lind'><meta property='og:site_name' content='Harbour Post'>"
        "<link rel='canonical' href='https://example.org/a b'>"
        "<meta property='article:published_time' content='2026-05-04T10:00:00+02:00'>",
        html="<html lang='en_GB'>",
    )
    assert (found.title, found.author, found.outlet) == ("The title", "Ada Lind", "Harbour Post")
    assert (found.source, found.published) == ("https://example.org/a%20b", "2026-05-04")
    assert found.language == "en-GB"


def test_the_only_heading_is_the_title():
    assert (
        metadata("<title>T | Post</title>", "<h1>The <i>real</i>\n title</h1>").title
        == "The real title"
    )
    assert metadata("<title>T | Post</title>", "<h1>A</h1><h1>B</h1>").title == "T | Post"


def test_what_json_ld_says():
    found = metadata(
        json_ld(
            {
                "@graph": [
                    {"@type": "WebSite", "name": "no"},
                    {
                        "@type": ["NewsArticle"],
                        "headline": "H",
                        "author": [
                            {"name": "A B"},
                            "C D",
                            {"name": "A B"},
                            {"name": "https://x.example/"},
                        ],
                        "publisher": {"name": "P"},
                        "datePublished": "2026-01-02",
                        "url": "https://example.org/x",
                    },
                ]
            }
        )
    )
    assert (found.title, found.author, found.outlet) == ("H", "A B, C D", "P")
    assert (found.source, found.published) == ("https://example.org/x", "2026-01-02")


@pytest.mark.parametrize(
    "text",
    ["{", "[" * 100_000, "1" * 5000, "null", '[null, 1, "x"]', '{"@type": {"a": 1}, "author": 3}',
     '{"@type": "Article", "author": [[["x"]]], "headline": [], "url": 5, "publisher": []}'],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_json_ld_that_is_broken_is_passed_over(text):
    found = metadata(f"<title>T</title><script type='application/ld+json'>{text}</script>")
    assert found.title == "T"


def test_a_byline_loses_its_by_and_a_profile_is_no_name():
    assert metadata("<meta name=byl content='By Ada Lind'>").author == "Ada Lind"
    profile = "<meta name='article:author' content='https://example.org/ada'>"
    assert metadata(profile).author == ""
    assert metadata(profile + "<meta name=byl content='Ada'>").author == "Ada"


def test_when_a_page_was_changed_is_a_date_of_its_own():
    published = "<meta property='article:published_time' content='2026-05-04T10:00:00+02:00'>"
    changed = "<meta property='article:modified_time' content='2026-05-{:02}T10:00:00+02:00'>"
    assert metadata(published + changed.format(6)).modified == "2026-05-06"
    assert metadata(published + changed.format(4)).modified == ""  # it was not changed since
    twice = "<meta property='x:published' itemprop=datePublished content='20260504'>"
    assert metadata(twice).published == "2026-05-04"
    told = {"@type": "NewsArticle", "headline": "T", "dateModified": "2026-05-07T08:00:00Z"}
    assert metadata(published + changed.format(6) + json_ld(told)).modified == "2026-05-07"


def test_addresses_are_web_addresses_or_nothing():
    assert metadata("<link rel=canonical href='javascript:x'>").source == ""
    assert metadata("<link rel=canonical href='/x'>").source == ""
    assert (
        metadata("<link rel=canonical href='/x'>", address="https://e.org/").source
        == "https://e.org/x"
    )
    assert metadata(address="https://e.org/y").source == "https://e.org/y"


def test_fields_are_one_line_and_not_endless():
    title = metadata(f"<title>a\n b\x00\u2028c {'x' * 5000}</title>").title
    assert title.startswith("a b c x")
    assert len(title) == 500


def test_nothing_said_is_nothing_known():
    found = metadata()
    assert (found.title, found.author, found.source, found.language) == ("", "", "", "")


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026-05-04T23:30:00-05:00", "2026-05-04"),
        ("20260504", "2026-05-04"),
        ("2026-05-04 somewhen", "2026-05-04"),
        ("Mon, 04 May 2026 10:00:00 GMT", "2026-05-04"),
        ("4 May 2026, in the morning", "4 May 2026, in the morning"),
        ("2026-99-99", "2026-99-99"),
        ("", ""),
        ("spring", "spring"),
        ("0" * 400, "0" * 400),
    ],
    ids=lambda value: value[:30],
)
def test_dates_are_iso_where_they_can_be_read(said, date):
    assert as_date(said) == date


def test_language_tags():
    assert as_language(" pt-BR ") == "pt-BR"
    assert as_language("English (UK)") == ""


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ("<p itemprop='author'>By Ada Byron</p>", "Ada Byron"),
        ("<div itemprop='author'>By <b itemprop='name'>Ada</b>, London</div>", "Ada"),
        ("<a rel='author' href='/ada'>Ada</a>", "Ada"),
        ("<a href='/ada'>Ada</a>", ""),
        ("<p itemprop='author'>https://example.org/ada</p>", ""),
        (f"<p itemprop='author'>{'Ada is a writer. ' * 9}</p>", ""),
    ],
)
def test_a_visible_byline_counts_where_the_page_marks_it_as_one(markup, author):
    root = parse(f"<body>{markup}<p>Words</p></body>")
    assert read_metadata(root, survey(root)).author == author
