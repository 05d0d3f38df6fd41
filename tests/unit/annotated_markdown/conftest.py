from dataclasses import replace

import pytest

from factories import make_annotation
from postil.annotated_markdown import HandedOn, parse, write
from postil.domain.article import BlockKind, Metadata, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.tags import Codebook, Group, Tag, TagSet

TAGS = {
    tag.id: tag
    for tag in (
        Tag("persuasion23/loaded_language", "words", "Loaded language", "LL"),
        Tag("persuasion23/name_calling", "words", "Name calling or labelling", "NC"),
        Tag("my/harbour", "own", "Harbour talk", "HT", definition="Said of *ports*."),
    )
}
MY_TAGS = TagSet(
    Codebook("my", "My tags", "1"), (Group("my", "own", "Own", "#aabbcc"),), (TAGS["my/harbour"],)
)


def body(written):
    """Return the article's part of a file that has no sections."""
    rest = written.split("\n---\n\n", 1)[1].removesuffix("\n\n<!-- end of file -->\n")
    return rest.split("\n\n[^a1]: ")[0].rstrip("\n")


@pytest.fixture
def article():
    """Return an article with a block of every kind."""
    builder = ArticleBuilder(
        Metadata(
            title="The ferry", author="Ada Lind", published="2026-05-04", extra=("mood: calm",)
        )
    )
    builder.block(BlockKind.HEADING, "The ferry that was promised", level=1)
    builder.block(
        BlockKind.PARAGRAPH,
        "The council says the bridge is inevitable, and only cranks disagree. It was said twice"
        " that everyone knows it, and that the money, as always, will come from elsewhere.",
    )
    builder.block(BlockKind.ITEM, "first", level=1, number=3)
    builder.block(BlockKind.ITEM, "under it", level=2)
    builder.block(BlockKind.ITEM, "last", level=1, number=4)
    builder.begin(BlockKind.QUOTATION).text("We looked at").line_break().text("snake_case.").end()
    builder.block(BlockKind.QUOTATION, "Then away.")
    builder.begin(BlockKind.PARAGRAPH).text("See ")
    builder.open_span(SpanKind.LINK, "https://example.org/a_b").text("the plan").close_span()
    builder.text(" or ").open_span(SpanKind.EMPHASIS).text("not").close_span().text(". It is $41.")
    builder.begin(BlockKind.ROW).text("year").cell_break().text("cost").end()
    builder.block(BlockKind.CAPTION, "A boât.")
    builder.block(BlockKind.PREFORMATTED, "x = 1\n  y = 2")
    return builder.finish()


@pytest.fixture
def ferry(article):
    """Return the article with marks: crossing blocks, overlapping, inside a link."""

    def mark(number, first, last, **fields):
        start = article.text.index(first)
        end = article.text.index(last, start) + len(last)
        return make_annotation(article, (start, end), number=number, **fields)

    return HandedOn(
        article=article,
        annotations=(
            mark(
                1,
                "inevitable",
                "only cranks",
                tags=("persuasion23/loaded_language", "my/harbour"),
                note="“Inevitable” closes it.\n\n- one",
                author="dana",
            ),
            mark(2, "only cranks", "under it", tags=("persuasion23/name_calling",)),
            mark(3, "everyone", "elsewhere", note="A long one."),
            mark(4, "the pl", "the pl"),
            mark(5, "e plan", "e plan", tags=("persuasion23/loaded_language",)),
        ),
        tags=TAGS,
        tag_sets=(MY_TAGS,),
        codebooks=("my@1", "persuasion23@0.1"),
        note="On the whole: *fine*.",
        answers=(("persuasion23/loaded_language", "Yes."),),
        questions={"persuasion23/loaded_language": "Is it #1?"},
    )


@pytest.fixture
def written(ferry):
    """Return the file of that article."""
    return write(ferry)


@pytest.fixture
def lay_out():
    """Return a function: how these blocks stand in a file."""

    def lay_out(*blocks, options=None):
        builder = ArticleBuilder()
        for kind, text, *place in blocks:
            level, number = (*place, None, None)[:2]
            builder.block(kind, text, level=level or 0, number=number)
        article = builder.finish()
        written = write(HandedOn(article), options)
        assert parse(written).article == replace(article)
        return body(written)

    return lay_out


@pytest.fixture
def how():
    """Return a function: per mark, whether pieces, words, tags and note are what they were."""

    def how(parsed, given_on):
        found = {mark.mark.id: mark for mark in parsed.marks}
        assert sorted(found) == sorted(mark.id for mark in given_on.annotations)
        told = []
        for mark in given_on.annotations:
            back = found[mark.id]
            same = (
                back.pieces and parsed.article.text[slice(*back.pieces)] == mark.anchor.exact,
                back.mark.exact == mark.anchor.exact,
                back.mark.tags == mark.tags,
                back.mark.note == mark.note,
            )
            told.append(
                "".join(sign for sign, is_same in zip("pwtn", same, strict=True) if is_same)
            )
        return told

    return how
