from dataclasses import replace

import msgspec
import pytest

from postil.annotated_markdown import ParsedMark
from postil.domain.annotation import IncomingMark, Voice
from postil.domain.article import Article, Block, BlockKind, Metadata, Span, SpanKind
from postil.domain.errors import UserError
from postil.importers.crossing import MarksReading, Reading, accept, accept_marks

ARTICLE = Article(
    "Head 😀\na\tb",
    (Block(BlockKind.HEADING, 0, 6, 1), Block(BlockKind.ROW, 7, 10)),
    (Span(SpanKind.LINK, 0, 4, "https://example.org/"),),
    Metadata(title="Head", extra=("a: b",)),
)
MARK = ParsedMark(IncomingMark(exact="Head", voice=Voice.QUOTED, tags=("x",)), (0, 4), ("X",))
READING = Reading(ARTICLE, (MARK,), note="n", answers=(("a", "b"),), remarks=("r",))


def test_a_reading_crosses_whole():
    assert accept(msgspec.json.encode(READING), "f") == READING
    assert ARTICLE.sha256  # known now, and no part of what crosses
    assert accept(msgspec.json.encode(READING), "f") == READING


def test_marks_cross_whole():
    reading = MarksReading((MARK.mark,), ("r",))
    assert accept_marks(msgspec.json.encode(reading), "f") == reading


def lie(**fields):
    """Return an answer in which fields of the article are not what they should be."""
    answer = msgspec.json.decode(msgspec.json.encode(READING))
    answer["article"].update(fields)
    return msgspec.json.encode(answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\xff",
        lie(text="Head 😀"),
        lie(text="Head 😀\nb\x00c"),
        lie(text="Hea\u0301 😀\na\tb"),
        lie(text="Head\u2029😀\na\tb"),
        lie(blocks=[]),
        lie(blocks=[{"kind": "paragraph", "start": -5, "end": 2**70}]),
        lie(blocks=[{"kind": "script", "start": 0, "end": 10}]),
        lie(blocks=[{"kind": "item", "start": 0, "end": 6, "number": 10**12},
                    {"kind": "row", "start": 7, "end": 10}]),
        lie(spans=[{"kind": "link", "start": 0, "end": 4, "address": "javascript:alert(1)"}]),
        lie(spans=[{"kind": "strong", "start": 0, "end": 4, "address": "file:///x"}]),
        lie(spans=[{"kind": "code", "start": 3, "end": 9}]),
        lie(metadata={"title": "two\nlines"}),
        lie(metadata={"title": 5}),
        msgspec.json.encode(replace(READING, marks=(replace(MARK, pieces=(0, 99)),))),
        msgspec.json.encode(replace(READING, marks=(replace(MARK, pieces=(3, 3)),))),
    ],
    ids=lambda value: value[:20].decode("ascii", "replace"),
)  # fmt: skip
def test_what_no_child_of_ours_would_send_is_refused(answer):
    with pytest.raises(UserError, match=r"f\.html could not be read"):
        accept(answer, "f.html")


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b'{"marks": [{"start": "x"}]}', b'{"marks": [{"voice": "x"}]}']
)
def test_marks_that_no_child_of_ours_would_send_are_refused(answer):
    with pytest.raises(UserError):
        accept_marks(answer, "f")
