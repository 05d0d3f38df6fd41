import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.annotated_markdown import HandedOn, ParsedFile, WriteOptions, parse, write
from postil.annotated_markdown.escape import escape, unescape
from postil.annotated_markdown.note_text import note_from_file, note_to_file
from postil.annotated_markdown.wholeness import refuse_beginning
from postil.domain.annotation import Anchor, Annotation, reading_order
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from properties.strategies import handed_on, nasty, notes

options = st.builds(WriteOptions, numbers=st.booleans(), legend=st.booleans(), room=st.booleans())


def handed_on_again(parsed: ParsedFile, given_before: HandedOn) -> HandedOn:
    """Return what an import makes of a file, with the tags and questions of the library."""
    text = parsed.article.text
    return replace(
        given_before,
        article=parsed.article,
        annotations=tuple(
            Annotation(
                id=found.mark.id,
                article_id="article",
                revision_id="revision",
                anchor=Anchor(
                    found.mark.start, found.mark.end, text[found.mark.start : found.mark.end]
                ),
                tags=found.mark.tags,
                note=found.mark.note,
                author=found.mark.author,
                created=found.mark.created,
                edited=found.mark.edited,
                voice=found.mark.voice,
                confidence=found.mark.confidence,
                starred=found.mark.starred,
                status=found.mark.status,
                links=found.mark.links,
                extra=found.mark.extra,
            )
            for found in parsed.marks
        ),
        tag_sets=parsed.tag_sets,
        codebooks=parsed.codebooks,
        original_sha256=parsed.article.metadata.original_sha256,
        note=parsed.note,
        answers=parsed.answers,
        partial=parsed.partial,
    )


@given(handed_on(), options)
def test_what_is_written_comes_back(given_on, how):
    parsed = parse(write(given_on, how))
    back = handed_on_again(parsed, given_on)
    assert parsed.is_ours
    assert parsed.hash_matches
    assert parsed.remarks == ()
    assert back.article == given_on.article
    assert back.annotations == tuple(sorted(given_on.annotations, key=reading_order))
    assert replace(back, annotations=()) == replace(given_on, annotations=())


@given(handed_on(), options)
def test_the_same_file_is_written_again(given_on, how):
    written = write(given_on, how)
    assert write(handed_on_again(parse(written), given_on), how) == written
    shuffled = replace(given_on, annotations=given_on.annotations[::-1])
    assert write(shuffled, how) == written


def parsed_as_by_importers(text: str) -> ParsedFile:
    """Return what a text says; one too short to name its format is looked at before."""
    refuse_beginning(text)
    return parse(text)


@given(handed_on(), options, st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_refused(given_on, how, part):
    written = write(given_on, how)
    cut = written[: int(part * (len(written) - 1))]
    with pytest.raises(UserError):
        parsed_as_by_importers(cut)
    assert parse(written[:-1]) == parse(written)


@given(handed_on())
def test_marks_alone_give_the_same_places(given_on):
    written = write(given_on)
    parsed = parse(re.sub(r" at=\d+-\d+", "", written))
    expected = sorted(given_on.annotations, key=reading_order)
    assert [found.mark.start for found in parsed.marks] == [None] * len(expected)
    assert [found.pieces for found in parsed.marks] == [(m.start, m.end) for m in expected]
    assert [found.mark.exact for found in parsed.marks] == [m.anchor.exact for m in expected]


@given(handed_on())
def test_other_line_ends_and_a_byte_order_mark_change_nothing(given_on):
    written = write(given_on)
    for damaged in ("\ufeff" + written, written.replace("\n", "\r\n"), written.replace("\n", "\r")):
        assert parse(damaged) == parse(written)


@given(handed_on(), st.randoms(use_true_random=False))
def test_an_edited_file_is_read_without_a_crash(given_on, random):
    lines = write(given_on).split("\n")
    for _ in range(3):
        action = random.randrange(3)
        at = random.randrange(len(lines))
        if action == 0:
            del lines[at : at + 2]
        elif action == 1:
            lines[at] = lines[at][random.randrange(len(lines[at]) + 1) :]
        else:
            lines.insert(at, lines[random.randrange(len(lines))] if lines else "")
        lines = lines or [""]
    try:
        parsed = parse("\n".join(lines))
    except UserError:
        return  # nothing of the article is left
    for found in parsed.marks:
        if found.pieces:
            start, end = found.pieces
            assert 0 <= start < end <= len(parsed.article.text)


@given(st.text() | nasty)
def test_any_text_is_read_or_refused_in_words(text):
    try:
        parsed = parse(text)
    except UserError:
        return
    assert not parsed.is_ours


@given(nasty.map(clean_line), st.booleans())
def test_words_come_back_from_their_escaped_form(words, entities):
    assert unescape(escape(words, entities=entities)) == words


@given(notes())
def test_notes_come_back_from_the_file(note):
    assert note_from_file(note_to_file(note)) == note
