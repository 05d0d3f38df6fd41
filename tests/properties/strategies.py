"""Hypothesis strategies for articles, marks and notes that try to be taken for markup.

Texts are strung together from pieces that some reader of Markdown takes for more than words,
and cleaned as every importer cleans them, so that what comes out is canonical.
"""

from dataclasses import replace

from hypothesis import strategies as st

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import (
    Anchor,
    Annotation,
    Confidence,
    Link,
    Relation,
    Status,
    Voice,
)
from postil.domain.article import Article, BlockKind, Metadata, Span, SpanKind
from postil.domain.builder import ArticleBuilder, merge_spans
from postil.domain.canonical import clean_line, clean_note
from postil.domain.errors import UserError
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet

PIECES = (
    *("*", "_", "__", "**", "`", "``", "```", "~~", "=", "==", "---", "- ", "+ ", "++", "%%"),
    *("# ", "> ", "1. ", "12) ", "a) ", "(iv) ", "A. ", ":", "::: ", ":smile:", "|", "$", "$x$"),
    *("[", "]", "[^1]", "[^a1]", "[^a1]: x", "](http://x)", "![", "[[x]]", "{.x}", "{==", "}"),
    *("<", ">", "<b>", "</b>", "<!--", "-->", "<!-- row -->", "<mark>", "</mark>", "<br>"),
    *('<mark class="a1">', '<sup class="n">3</sup> ', "<small>", "</code>", "<code>"),
    *("&", "&amp;", "&lt;", "&#65;", "&#9;", "R&D", "\\", "\\*", "\\(x\\)", "^", "^id"),
    *("@key", "a_b@c.co", "http://e.org/a_b_c", "www.e.org", "://", "!", "(", ")", "'", '"'),
    *("“", "”", "’", "—", "…", ".", ",", " ", " ", " ", "  ", "word", "Word", "the", "x", "5"),
    *("\u2028", "\u00a0", "\u3000", "\u200b", "\u00ad", "\ufeff", "\u202e", "\u0338", "\u0301"),
    *("é", "e\u0301", "שלום", "مرحبا", "नि", "漢字", "😀", "👩‍🏫", "🇳🇴"),
)
KINDS = tuple(BlockKind)
ADDRESSES = (
    "http://x.y/a_b?c=1&amp;d=2",
    "https://example.org/%20*b*[1]$a$",
    "mailto:a@b.c",
)

nasty = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=12).map(
    "".join
)
nasty_lines = nasty.map(clean_line)
runs = nasty | st.sampled_from(("one two ", "word", "“Yes.” ", "(so", "on) ", "x = 1"))
NOTE_LINES = (
    *("", "", "# heading", "> quoted", "- one", "    - two", "        deep", "1. first"),
    *("```", "~~~~", "``` py", "`a` <b> `<c>`", "a `open", "[^a1]: x", "  [^a2]", "&#091;^x"),
    *("&lt;", "&#60;", "&#0060;", "<!-- note -->", "<!-- end of notes -->", "`id=x at=1-2`"),
    *("[x]: http://y", "two  ", "\\", "---", "***", "**A** — “q”"),
)


def notes():
    """Return notes in canonical form, with code, lists, and what looks like our own signs."""
    lines = st.lists(st.sampled_from(NOTE_LINES) | nasty, max_size=6)
    return lines.map("\n".join).map(clean_note)


def metadata():
    """Return metadata; lines of other programs are among them."""
    foreign = st.lists(
        st.sampled_from((("mood: calm",), ("list: [a,", "  b]"), ("# said",), ("empty:",))),
        max_size=3,
    )
    return st.builds(
        Metadata,
        *(st.just("") | nasty_lines for _ in range(8)),
        extra=foreign.map(lambda chunks: tuple(line for chunk in chunks for line in chunk)),
    )


@st.composite
def spans_of(draw, start, end):
    """Return spans of one block: nested, crossing, touching, as the builder leaves them."""
    edges = st.integers(start, end)
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(edges), draw(edges)))
        kind = draw(st.sampled_from((SpanKind.EMPHASIS, SpanKind.STRONG, SpanKind.CODE)))
        spans.append((kind, low, high, ""))
    ends = sorted(draw(st.lists(edges, max_size=4, unique=True)))
    for low, high in zip(ends[::2], ends[1::2], strict=False):
        spans.append((SpanKind.LINK, low, high, draw(st.sampled_from(ADDRESSES))))
    return merge_spans([Span(*span) for span in spans if span[1] < span[2]])


@st.composite
def articles(draw, kinds=KINDS, max_blocks=5):
    """Return articles of blocks of all kinds, with spans.

    Args:
        draw: given by Hypothesis.
        kinds: of blocks.
        max_blocks: how many at most.
    """
    builder = ArticleBuilder(draw(metadata()))
    for _ in range(draw(st.integers(1, max_blocks))):
        kind = draw(st.sampled_from(kinds))
        builder.begin(
            kind,
            level=draw(st.sampled_from((1, 1, 1, 2, 2, 3, 5, 12))),
            number=draw(st.sampled_from((None, None, 1, 2, 3, 7, 99, 100, -3, 10**10))),
        )
        for run in draw(st.lists(runs, min_size=1, max_size=4)):
            builder.text(run)
            if kind is BlockKind.ROW and draw(st.booleans()):
                builder.cell_break()
    try:
        article = builder.finish()
    except UserError:
        article = builder.block(BlockKind.PARAGRAPH, "Words.").finish()
    spans = [span for block in article.blocks for span in draw(spans_of(block.start, block.end))]
    return replace(article, spans=tuple(spans))


def _tag(number, name, book):
    return Tag(
        id=f"{book}/t{number}",
        group_id="own",
        name=name,
        code="ABCDEF"[number],
        line_style=tuple(LineStyle)[number % 5],
        definition=name * (number % 2),
        confused_with=("my/t0",) * (number % 3 == 2),
        labels=(("corpus", name),) * (number % 3 == 1),
        position=number % 4,
    )


TAG_NAMES = ("Loaded language", "A, B", "x*y__z", "“q” — z", "Loaded language", "(1) שלום 😀")
TAGS = {
    tag.id: tag
    for number, name in enumerate(TAG_NAMES)
    for tag in [_tag(number, name, ("my", "p23")[number % 2])]
}
MY_TAGS = TagSet(
    Codebook("my", "My tags", "1", description="Made up on the spot: *all* of them"),
    (Group("my", "own", "Own", "#aabbcc", 2),),
    tuple(tag for tag in TAGS.values() if tag.codebook_id == "my"),
)


@st.composite
def annotations_for(draw, article: Article, max_marks=5, bodies=None):
    """Return marks of an article, overlapping and crossing blocks, in no order.

    Args:
        draw: given by Hypothesis.
        article: which they lie in.
        max_marks: how many at most.
        bodies: their notes.
    """
    marks = []
    for number in range(draw(st.integers(0, max_marks))):
        place = st.integers(0, len(article.text))
        start, end = sorted((draw(place), draw(place)))
        words = article.text[start:end]
        start, end = end - len(words.lstrip("\n")), start + len(words.rstrip("\n"))
        if start >= end:
            continue
        extra = st.tuples(st.sampled_from(("k", "é", "x y", "a=b")), nasty)
        marks.append(
            Annotation(
                id=f"{draw(st.sampled_from('abcdef'))}-{number}",
                article_id="article",
                revision_id="revision",
                anchor=Anchor(start, end, article.text[start:end]),
                tags=tuple(draw(st.lists(st.sampled_from(list(TAGS)), max_size=3, unique=True))),
                note=draw(notes() if bodies is None else bodies),
                author=draw(st.just("") | nasty_lines),
                created=draw(st.sampled_from(("", "2026-05-06T09:00:00Z"))),
                edited=draw(st.sampled_from(("", "2026-05-07T09:00:00Z"))),
                voice=draw(st.sampled_from(Voice)),
                confidence=draw(st.sampled_from(Confidence)),
                starred=draw(st.booleans()),
                status=draw(st.sampled_from(Status)),
                links=tuple(
                    Link(relation, "0197c0e2-0000")
                    for relation in draw(st.lists(st.sampled_from(Relation), max_size=2))
                ),
                extra=tuple(
                    (key, value)
                    for key, value in draw(st.lists(extra, max_size=2))
                    if value.isprintable()
                ),
            )
        )
    return tuple(draw(st.permutations(marks)))


@st.composite
def handed_on(draw, bodies=None, kinds=KINDS):
    """Return articles with all that is handed on with them.

    Args:
        draw: given by Hypothesis.
        bodies: the notes of the marks.
        kinds: of blocks.
    """
    article = draw(articles(kinds))
    answers = st.tuples(st.sampled_from(list(TAGS)), notes())
    return HandedOn(
        article=article,
        annotations=draw(annotations_for(article, bodies=bodies)),
        tags=TAGS,
        tag_sets=draw(st.sampled_from(((), (MY_TAGS,)))),
        codebooks=draw(st.sampled_from(((), ("p23@0.1",)))),
        original_sha256=article.metadata.original_sha256,
        note=draw(notes()),
        answers=tuple(draw(st.lists(answers, max_size=2))),
        questions={"my/t0": "Who is *speaking*?"},
        partial=draw(st.booleans()),
    )
