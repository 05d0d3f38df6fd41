"""Codebooks as files of ours: what is written is read back the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.codebooks import new_code, read_codebook, shipped, slug, write_codebook
from postil.domain.canonical import clean_line
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet

WORDS = st.text(max_size=30).map(clean_line)
NAMES = WORDS.filter(bool)


@st.composite
def tag_sets(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=lambda n: n.casefold()))
    groups = [
        Group("own", f"g{number}", f"Group {number}", colour, number)
        for number, colour in enumerate(draw(st.lists(st.just("#99DDFF"), min_size=1, max_size=3)))
    ]
    tags: list[Tag] = []
    for position, name in enumerate(names):
        tags.append(
            Tag(
                id=f"own/{slug(name)}-{position}",
                group_id=draw(st.sampled_from(groups)).id,
                name=name,
                code=new_code(name, {tag.code for tag in tags}),
                line_style=draw(st.sampled_from(LineStyle)),
                definition=draw(WORDS),
                example=draw(WORDS),
                question=draw(WORDS),
                confused_with=tuple(tag.id for tag in tags[:1]),
                labels=(("corpus", "Label"),) if draw(st.booleans()) else (),
                position=position,
            )
        )
    return TagSet(
        Codebook("own", draw(NAMES), "1", description=draw(WORDS)), tuple(groups), tuple(tags)
    )


@given(tag_sets())
def test_what_is_written_is_read_back_the_same(tag_set):
    assert read_codebook(write_codebook(tag_set), "own.json") == tag_set


@pytest.mark.parametrize("tag_set", shipped(), ids=lambda tag_set: tag_set.codebook.id)
def test_shipped_codebooks_come_back_the_same(tag_set):
    back = read_codebook(write_codebook(tag_set), "shipped.json")
    local = replace(
        tag_set.codebook, enabled=back.codebook.enabled, position=back.codebook.position
    )
    assert back == replace(tag_set, codebook=local)
