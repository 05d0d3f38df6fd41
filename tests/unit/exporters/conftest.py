"""An article with all that a format may have no place for, and marks that cross."""

from dataclasses import replace

import pytest

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn
from postil.codebooks import shipped
from postil.domain.annotation import Confidence, Link, Relation, Status, Voice
from postil.domain.article import Span, SpanKind

PERSUASION = next(one for one in shipped() if one.codebook.id == "persuasion23")
DOUBT, LOADED = "persuasion23/doubt", "persuasion23/loaded_language"


@pytest.fixture
def rich():
    """Return an article with crossing marks, links, notes, stars and fields, by two people."""
    article = make_article(
        "For years 😀 the council, that club of dinosaurs, has told us nothing can be done.",
        "שלום, אמר ראש העיר.",
        heading="The ferry",
        author="Ada Lind",
        outlet="Harbour Post",
        source="https://example.org/ferry",
        language="en",
    )
    at = article.text.index("council")
    emphasis = Span(SpanKind.EMPHASIS, at, at + 7)
    link = Span(SpanKind.LINK, at + 14, at + 31, "https://example.org/dinosaurs")
    article = replace(article, spans=(emphasis, link))
    first = make_annotation(
        article,
        "the council, that club",
        tags=(LOADED, "my/gone"),
        note="Who *says*?\n\n- one\n- two",
        author="Dana Okafor",
        created="2026-05-04T10:00:00Z",
        edited="2026-05-05T10:00:00Z",
        voice=Voice.AUTHOR,
        confidence=Confidence.SURE,
        status=Status.TO_CHECK,
        starred=True,
        links=(Link(Relation.CONTRADICTS, make_id(2)), Link(Relation.REPEATS, make_id(9))),
        extra=(("mood", "calm"),),
    )
    second = make_annotation(
        article,
        "club of dinosaurs, has told",
        number=2,
        tags=(DOUBT,),
        note="Plain words.",
        author="=bo",
        created="some day",
    )
    third = make_annotation(article, "אמר", number=3)
    across = make_annotation(
        article,
        (article.text.index("done"), article.text.index(" אמר")),
        number=4,
        tags=(LOADED,),
    )
    return HandedOn(
        article=article,
        annotations=(third, first, across, second),
        tags={tag.id: tag for tag in PERSUASION.tags},
        sets_in_use=(PERSUASION,),
        note="On the *whole*.",
        answers=(("reading_questions/who", "A ferry company."),),
        questions={"reading_questions/who": "Who pays?"},
    )
