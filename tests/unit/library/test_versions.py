"""Versions of an article: taken in, told apart by address, brought back, corrected by hand."""

from dataclasses import replace

import pytest

from factories import FERRY, make_article
from postil.domain import limits
from postil.domain.annotation import Placement
from postil.domain.article import BlockKind, Metadata, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.errors import UserError
from postil.library import AddAnnotation, DeleteArticles
from postil.library.correcting import CorrectText
from postil.library.intake import keep_apart, take_in
from postil.library.versions import GoBack
from unit.library.test_intake import imported

PAGE = "https://example.org/ferry"
EDITED = (FERRY[0], "Nobody agrees it was a plot any more, and that is new.", FERRY[2])


def at(library, source, *paragraphs, **metadata):
    """Take in an article from an address."""
    article = make_article(*paragraphs, source=source, **metadata)
    return take_in(library, imported(article, data=repr(paragraphs).encode()))


def mark(library, article_id, words):
    start = library.article(article_id).article.text.index(words)
    command = AddAnnotation(article_id, start, start + len(words))
    library.do(command)
    return command.id


def marks(library, article_id):
    return {found.id: found for found in library.annotations(article_id)}


def correct(library, article_id, first, text, count=1):
    revision = library.article(article_id).record.revision_id
    return library.do(CorrectText(article_id, revision, first, count, text))


def text(library, article_id):
    return library.article(article_id).article.text


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "http://www.example.org/ferry/",
        "https://EXAMPLE.org/ferry?utm_source=mail#top",
    ],
)
def test_the_same_address_makes_a_new_version(library, address):
    first = at(library, PAGE)
    found = mark(library, first.article_id, "that club of dinosaurs")
    again = at(library, address, *EDITED)
    assert (again.article_id, again.status, again.because) == (
        first.article_id,
        "revised",
        "address",
    )
    assert again.carried == (Placement.EXACT,)
    assert marks(library, first.article_id)[found].anchor.exact == "that club of dinosaurs"


def test_a_version_tells_when_it_was_changed(library):
    first = at(library, PAGE, published="2026-05-04", modified="2026-05-05")
    at(library, PAGE, *EDITED, published="2026-05-04", modified="2026-05-06")
    known = library.article(first.article_id).record.metadata
    assert (known.published, known.modified) == ("2026-05-04", "2026-05-06")
    at(library, PAGE, FERRY[0], "It says no more when.")
    assert library.article(first.article_id).record.metadata.modified == "2026-05-06"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://example.org/train"),
        (PAGE + "?id=1", PAGE + "?id=2"),
        ("https://example.org/", "https://example.org/"),
        ("", ""),
    ],
)
def test_another_page_is_another_article(library, one, other):
    first = at(library, one)
    assert at(library, other, *EDITED).status == "new"
    assert len(library.articles()) == 2
    assert len(library.versions(first.article_id)) == 1


def test_one_text_from_two_outlets_can_be_two_articles(library):
    first = at(library, PAGE, outlet="Herald")
    twin = make_article(source="https://example.net/wire", outlet="Post")
    known = take_in(library, imported(twin))
    assert (known.article_id, known.status, known.because) == (first.article_id, "known", "text")
    second = take_in(library, imported(twin), separate=True)
    assert (second.status, len(library.articles())) == ("new", 2)
    for separate in (True, False):
        again = take_in(library, imported(twin), separate=separate)
        assert (again.article_id, again.status, again.because) == (
            second.article_id,
            "known",
            "",
        )


def test_a_file_is_taken_as_a_version_when_that_is_said(library):
    first = at(library, "")
    gone = mark(library, first.article_id, "Most observers agree")
    kept = mark(library, first.article_id, "said Ada Lind")
    intake = take_in(
        library, imported(make_article(FERRY[0], FERRY[2])), version_of=first.article_id
    )
    assert (intake.article_id, intake.status) == (first.article_id, "revised")
    now = marks(library, first.article_id)
    assert (now[kept].placement, now[gone].placement) == (Placement.MOVED, Placement.UNPLACED)
    newest, oldest = library.versions(first.article_id)
    assert (newest.number, newest.kind, newest.placed, newest.loose) == (2, "file", 1, 0)
    assert (oldest.number, oldest.kind, oldest.placed, oldest.loose) == (1, "first", 0, 1)
    assert library.version_text(oldest.id).text == make_article().text


def test_an_older_version_comes_back_with_its_marks_and_goes_again(library):
    first = at(library, PAGE)
    gone = mark(library, first.article_id, "Most observers agree")
    at(library, PAGE, FERRY[0], FERRY[2])
    before = marks(library, first.article_id)
    oldest = library.versions(first.article_id)[-1]
    library.do(GoBack(first.article_id, oldest.id))
    assert text(library, first.article_id) == make_article().text
    found = marks(library, first.article_id)[gone]
    assert (found.placement, found.anchor.exact) == (Placement.EXACT, "Most observers agree")
    kinds = [(v.number, v.kind, v.same_as) for v in library.versions(first.article_id)]
    assert kinds == [(3, "back", 1), (2, "file", 0), (1, "first", 0)]
    library.undo()
    assert text(library, first.article_id) == "\n".join((FERRY[0], FERRY[2]))
    assert marks(library, first.article_id) == before


def test_a_version_of_another_article_is_refused(library):
    first, other = at(library, PAGE), at(library, PAGE + "2", *EDITED)
    with pytest.raises(UserError, match="no such version"):
        library.do(GoBack(first.article_id, library.versions(other.article_id)[0].id))


def test_a_typing_error_is_mended_and_marks_stay(library):
    first = at(library, "", *FERRY)
    before = mark(library, first.article_id, "Most observers")
    inside = mark(library, first.article_id, "agree it was a plot")
    after = mark(library, first.article_id, "said Ada Lind")
    correct(library, first.article_id, 1, "Most observers agreed  it was a plot.")
    now = marks(library, first.article_id)
    assert now[before].placement is Placement.EXACT
    assert (now[inside].anchor.exact, now[inside].placement) == (
        "agreed  it was a plot",
        Placement.CHANGED,
    )
    assert (now[after].anchor.exact, now[after].placement) == ("said Ada Lind", Placement.EXACT)
    assert library.versions(first.article_id)[0].kind == "corrected"
    assert library.original(first.article_id) is not None


def test_corrections_in_a_row_are_one_version_and_a_step_each(library):
    first = at(library, "", *FERRY)
    for words in ("One.", "Two.", "Three."):
        correct(library, first.article_id, 1, words)
    assert [v.kind for v in library.versions(first.article_id)] == ["corrected", "first"]
    library.undo()
    assert "Two." in text(library, first.article_id)
    library.undo()
    library.undo()
    assert text(library, first.article_id) == make_article().text
    library.redo()
    assert "One." in text(library, first.article_id)


def test_a_paragraph_is_split_joined_and_taken_out(library):
    first = at(library, "", "Alpha beta.Gamma delta.", "Epsilon")
    found = mark(library, first.article_id, "beta.Gamma")
    correct(library, first.article_id, 0, "Alpha beta.\nGamma delta.")
    assert text(library, first.article_id) == "Alpha beta.\nGamma delta.\nEpsilon"
    assert marks(library, first.article_id)[found].anchor.exact == "beta.\nGamma"
    correct(library, first.article_id, 1, "Gamma delta. Epsilon", count=2)
    assert text(library, first.article_id) == "Alpha beta.\nGamma delta. Epsilon"
    correct(library, first.article_id, 1, "")
    assert text(library, first.article_id) == "Alpha beta."
    assert marks(library, first.article_id)[found].placement.is_placed
    correct(library, first.article_id, 0, "Quite other")
    with pytest.raises(UserError, match="without words"):
        correct(library, first.article_id, 0, " \n ")


def test_a_mark_whose_words_are_taken_out_waits(library):
    first = at(library, "", *FERRY)
    found = mark(library, first.article_id, "observers")
    correct(library, first.article_id, 1, "Most agree it was a plot.")
    assert marks(library, first.article_id)[found].placement is Placement.UNPLACED


def test_kinds_and_spans_survive_outside_of_the_edited_words(library):
    builder = ArticleBuilder(Metadata(title="A headlin"))
    builder.block(BlockKind.HEADING, "A headlin", level=1)
    builder.begin(BlockKind.ITEM, level=2, number=4).text("Some ")
    builder.open_span(SpanKind.STRONG).text("very").close_span().text(" bold ")
    builder.open_span(SpanKind.LINK, "https://example.org/").text("linked words").close_span()
    first = take_in(library, imported(builder.finish()))
    correct(library, first.article_id, 0, "A headline")
    assert library.article(first.article_id).record.metadata.title == "A headline"
    correct(library, first.article_id, 1, "Some quite very bold\nnew linked words")
    article = library.article(first.article_id).article
    assert [(b.kind.value, b.level, b.number) for b in article.blocks] == [
        ("heading", 1, None),
        ("item", 2, 4),
        ("item", 2, None),
    ]
    assert [article.text[s.start : s.end] for s in article.spans] == ["very", "linked words"]


def test_a_text_that_changed_meanwhile_is_not_corrected(library):
    first = at(library, PAGE)
    revision = library.article(first.article_id).record.revision_id
    at(library, PAGE, *EDITED)
    with pytest.raises(UserError, match="changed meanwhile"):
        library.do(CorrectText(first.article_id, revision, 0, 1, "x"))


def test_the_same_words_are_no_step(library):
    first = at(library, "", *FERRY)
    step = library.undo_step()
    correct(library, first.article_id, 1, FERRY[1])
    assert library.undo_step() == step


def test_a_loose_mark_takes_its_place_again_when_its_words_come_back(library):
    first = at(library, PAGE)
    found = mark(library, first.article_id, "Most observers agree it was")
    at(library, PAGE, FERRY[0], FERRY[2])
    again = at(library, PAGE, "New words before.", *FERRY)
    assert again.carried == (Placement.MOVED,)
    assert marks(library, first.article_id)[found].anchor.exact == "Most observers agree it was"


def test_bytes_and_encoding_stay_those_of_the_corrected_text(library):
    article = make_article()
    first = take_in(library, imported(article))
    before = library.original(first.article_id)
    correct(library, first.article_id, 0, "Other.")
    assert library.original(first.article_id) == replace(before)


@pytest.mark.parametrize("is_marked", [False, True])
def test_what_was_taken_for_a_version_can_be_kept_apart(library, is_marked):
    first = at(library, PAGE)
    again = at(library, PAGE, *EDITED)
    if is_marked:
        mark(library, first.article_id, "that club of dinosaurs")
    apart = keep_apart(library, again)
    assert apart.status == "new"
    assert text(library, first.article_id) == make_article().text
    assert text(library, apart.article_id) == make_article(*EDITED).text
    assert len(library.annotations(first.article_id)) == is_marked


def test_a_text_known_from_elsewhere_can_be_kept_apart(library):
    first = at(library, PAGE)
    known = at(library, PAGE + "/wire")
    apart = keep_apart(library, known)
    assert (apart.status, len(library.articles())) == ("new", 2)
    assert apart.article_id != first.article_id


def test_a_mark_that_ends_or_begins_inside_a_corrected_word_takes_the_word(library):
    first = at(library, "", *FERRY)
    ends = mark(library, first.article_id, "Most observ")
    begins = mark(library, first.article_id, "vers agree it")
    correct(library, first.article_id, 1, "Most obsservers agree it was a plot.")
    now = marks(library, first.article_id)
    assert now[ends].anchor.exact == "Most obsservers"
    assert now[begins].anchor.exact == "obsservers agree it"


def test_a_paragraph_that_is_not_there_and_a_text_too_long_are_refused(library, monkeypatch):
    first = at(library, "", *FERRY)
    with pytest.raises(UserError, match="no such paragraph"):
        correct(library, first.article_id, 99, "x")
    monkeypatch.setattr(limits, "ARTICLE_CHARACTERS", 10)
    with pytest.raises(UserError, match="longer than 10 characters"):
        correct(library, first.article_id, 1, "words " * 1000)


def test_an_article_that_is_gone_has_no_versions(library):
    first = at(library, "", *FERRY)
    library.do(DeleteArticles((first.article_id,)))
    assert library.versions(first.article_id) == []
