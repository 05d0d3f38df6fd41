"""Copies for a class: what was said of an article changes nothing in them; they come back."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from postil.annotated_markdown import HandedOn, parse
from postil.domain.annotation import Anchor, Annotation
from postil.domain.article import Metadata
from postil.exporters import EXPORTERS, Copy, ExportOptions, Guide
from properties.strategies import handed_on

FORMATS = ("markdown", "html")
made_of_the_article = st.sampled_from([Copy.STUDENT, Copy.PRACTICE])


def export(name, content, copy, **options):
    return EXPORTERS[name].export(content, ExportOptions(copy=copy, **options)).data


def letters(words):
    return "".join(words.split())


def public(article):
    """Return an article with what any reader of it sees, and nothing else known of it."""
    about = article.metadata
    names = ("title", "author", "outlet", "source", "published", "language")
    return replace(article, metadata=Metadata(**{name: getattr(about, name) for name in names}))


@given(handed_on(), made_of_the_article, st.booleans())
@settings(max_examples=15)
def test_a_student_copy_is_a_function_of_the_article_alone(content, copy, legend):
    alone = HandedOn(public(content.article))
    for name in FORMATS:
        assert export(name, content, copy, legend=legend) == export(name, alone, copy)


@given(handed_on())
@settings(max_examples=15)
def test_a_guided_copy_knows_of_marks_only_where_they_are(content):
    marks = tuple(
        Annotation(str(number), "", "", Anchor(mark.start, mark.end, ""))
        for number, mark in enumerate([*content.annotations, *content.annotations])
    )
    places = HandedOn(public(content.article), marks)
    for name in FORMATS:
        assert export(name, content, Copy.GUIDED) == export(name, places, Copy.GUIDED)


@given(handed_on(), st.sampled_from([Copy.STUDENT, Copy.GUIDED, Copy.PRACTICE]))
@settings(max_examples=15)
def test_a_copy_comes_back_to_the_same_text(content, copy):
    parsed = parse(export("markdown", content, copy, guide=Guide.BOTH).decode())
    assert parsed.hash_matches
    assert parsed.article.text == content.article.text
    assert parsed.article.blocks == content.article.blocks
    if copy is not Copy.GUIDED:
        assert parsed.marks == ()
        assert parsed.note == ""
    assert parsed.answers == ()


@given(handed_on())
@settings(max_examples=15)
def test_quotations_hold_the_marked_words_and_their_notes(content):
    parsed = parse(export("markdown", content, Copy.QUOTATIONS).decode())
    assert parsed.hash_matches
    text = parsed.article.text
    found = [
        (letters(text[m.mark.start : m.mark.end]), m.mark.note, m.mark.tags) for m in parsed.marks
    ]
    kept = [
        (letters(words), mark.note, mark.tags)
        for mark in content.annotations
        if letters(words := content.article.text[mark.start : mark.end])
    ]
    assert sorted(found) == sorted(kept)
