"""Editing codebooks through the library's door: what changes, is refused, and is undone."""

from dataclasses import replace

import pytest

from factories import make_article
from postil.codebooks import read_codebook
from postil.domain.article import Original
from postil.domain.errors import UserError
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet
from postil.importers import Imported
from postil.library import (
    AddAnnotation,
    AddArticle,
    AddCodebook,
    AddGroup,
    AddTag,
    ChangeCodebook,
    ChangeGroup,
    ChangeTag,
    CopyCodebook,
    DeleteCodebook,
    DeleteGroup,
    DeleteTag,
    Library,
    MergeTags,
    MoveTag,
)
from postil.library.intake import take_in

RIVER = TagSet(
    Codebook("river", "River talk", "1"),
    (Group("river", "wet", "Wet", "#99DDFF"), Group("river", "dry", "Dry", "#EEDD88", 1)),
    (
        Tag("river/flood", "wet", "Flood talk", "FL", confused_with=("river/drought",)),
        Tag("river/drought", "dry", "Drought talk", "DR", position=1),
        Tag("river/ebb", "wet", "Ebb talk", "EB", position=2),
    ),
)


@pytest.fixture
def ferry(library):
    command = AddArticle(make_article(heading="The ferry"))
    library.do(command)
    library.do(AddCodebook(RIVER))
    return command.id


def mark(library, article_id, words, *tags):
    start = library.article(article_id).article.text.index(words)
    command = AddAnnotation(article_id, start, start + len(words), tags=tags)
    library.do(command)
    return command.id


def tags_of(library, article_id):
    return [found.tags for found in library.annotations(article_id)]


def answer(library, answers):
    """Take in the article once more, with answers to guiding questions."""
    words = make_article(heading="The ferry")
    original = Original(b"x", "0" * 64, "text/plain", "ferry.md", "utf-8", "2026-01-01T00:00:00Z")
    take_in(library, Imported(words, original, answers=answers))


def tag_set(library, codebook_id):
    return next(s for s in library.tag_sets() if s.codebook.id == codebook_id)


def tag(library, tag_id):
    (found,) = [t for s in library.tag_sets() for t in s.tags if t.id == tag_id]
    return found


def seen(library, article_id):
    return library.tag_sets(), library.annotations(article_id), library.article(article_id).record


def refused(library, command, words):
    before = library.tag_sets(), library.undo_step()
    with pytest.raises(UserError, match=words):
        library.do(command)
    assert (library.tag_sets(), library.undo_step()) == before


def test_a_codebook_from_a_file_is_on_and_last(library, ferry):
    *others, last = library.tag_sets()
    assert last.codebook == replace(RIVER.codebook, enabled=True, position=len(others))
    assert (last.groups, last.tags) == (RIVER.groups, RIVER.tags)
    library.undo()
    assert library.tag_sets() == others


def test_a_newer_file_brings_a_codebook_up_to_it_and_takes_nothing_away(library, ferry):
    newer = replace(
        RIVER,
        codebook=replace(RIVER.codebook, version="2"),
        tags=(replace(RIVER.tags[0], name="Flood words"), Tag("river/tide", "wet", "Tide", "TI")),
    )
    library.do(AddCodebook(newer))
    found = tag_set(library, "river")
    assert found.codebook.version == "2"
    assert {t.name for t in found.tags} == {"Flood words", "Tide", "Drought talk", "Ebb talk"}
    step = library.undo_step()
    library.do(AddCodebook(newer))
    assert library.undo_step() == step


def test_a_file_with_the_id_of_a_shipped_codebook_is_refused(library):
    clash = replace(RIVER, codebook=replace(RIVER.codebook, id="claims"))
    refused(library, AddCodebook(clash), "comes with Postil")


def test_somebody_elses_own_tags_stay_theirs(library, ferry):
    mark(library, ferry, "dinosaurs", "Doubtful")
    theirs = TagSet(
        Codebook("my", "Tags of Dana", "1"),
        (Group("my", "own", "My tags", "#DDDDDD"),),
        (Tag("my/doubtful", "own", "Doubtful", "DF", definition="Theirs"),),
    )
    library.do(AddCodebook(theirs))
    assert tag(library, "my/doubtful").definition == ""
    assert tag(library, "tags-of-dana/doubtful").definition == "Theirs"


def test_a_newer_file_with_a_code_twice_is_refused(library, ferry):
    clash = replace(RIVER, tags=(Tag("river/tide", "wet", "Tide", "fl"),))
    refused(library, AddCodebook(clash), "already the code of “Flood talk”")


def test_shipped_codebooks_stay_as_they_are(library, ferry):
    for command in (
        AddTag("claims", library.tag_sets()[0].groups[0].id, "New"),
        ChangeTag("persuasion23/doubt", name="Other"),
        DeleteTag("persuasion23/doubt"),
        MergeTags("persuasion23/doubt", "river/flood"),
        MoveTag("persuasion23/doubt", "river", "wet"),
        AddGroup("persuasion23", "More", "#112233"),
        ChangeCodebook("persuasion23", name="Mine"),
        DeleteCodebook("persuasion23"),
    ):
        refused(library, command, "comes with Postil")


def test_a_copy_of_a_shipped_codebook_can_be_edited(library):
    library.do(CopyCodebook("persuasion23", "  Our   techniques "))
    found = tag_set(library, "our-techniques")
    original = tag_set(library, "persuasion23")
    assert found.codebook.name == "Our techniques"
    assert [t.name for t in found.tags] == [t.name for t in original.tags]
    named = {other.partition("/")[0] for t in found.tags for other in t.confused_with}
    assert "our-techniques" in named
    assert "persuasion23" not in named
    library.do(ChangeTag("our-techniques/doubt", name="Doubts", code="DO2"))
    assert tag(library, "persuasion23/doubt").name != "Doubts"
    library.do(CopyCodebook("persuasion23", "Our techniques"))
    assert tag_set(library, "our-techniques-2").tags
    refused(library, CopyCodebook("persuasion23", "  "), "needs a name")


def test_a_new_tag_has_an_id_a_code_and_a_place(library, ferry):
    library.do(
        AddTag("river", "dry", "Dust  talk", definition=" Of\ndust ", line_style=LineStyle.WAVE)
    )
    assert tag_set(library, "river").tags[-1] == Tag(
        "river/dust-talk", "dry", "Dust talk", "DT", LineStyle.WAVE, "Of dust", position=3
    )
    library.undo()
    assert tag_set(library, "river").tags == RIVER.tags


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "n" * 201}, "200 characters"),
        ({"name": "flood TALK"}, "already the name of “Flood talk”"),
        ({"code": "eb"}, "is already the code"),
        ({"code": "a b"}, "no code"),
        ({"code": "12345"}, "no code"),
        ({"definition": "d" * 4001}, "4,000 characters"),
    ],
)
def test_a_tag_that_cannot_be_is_refused(library, ferry, fields, words):
    refused(library, AddTag("river", "dry", **({"name": "Dust"} | fields)), words)
    wanted = {"name": "Drought talk"} | fields
    refused(library, ChangeTag("river/drought", **wanted), words)
    refused(library, AddTag("river", "nowhere", "Dust"), "no group")


def test_a_changed_tag_keeps_its_marks(library, ferry):
    mark(library, ferry, "dinosaurs", "river/flood")
    library.do(ChangeTag("river/flood", name="Deluge", question="Who drowns?"))
    changed = tag(library, "river/flood")
    assert (changed.name, changed.question, changed.code) == ("Deluge", "Who drowns?", "FL")
    assert tags_of(library, ferry) == [("river/flood",)]
    step = library.undo_step()
    library.do(ChangeTag("river/flood", name="Deluge"))
    assert library.undo_step() == step


def test_merged_tags_leave_one_on_every_mark(library, ferry):
    mark(library, ferry, "dinosaurs", "river/flood", "persuasion23/doubt")
    mark(library, ferry, "observers", "persuasion23/doubt", "river/flood", "river/ebb")
    mark(library, ferry, "figures", "river/flood")
    answer(library, (("river/flood", "Wet"), ("river/ebb", "Low")))
    before = seen(library, ferry)
    library.do(MergeTags("river/flood", "river/ebb"))
    assert tags_of(library, ferry) == [
        ("river/ebb", "persuasion23/doubt"),
        ("persuasion23/doubt", "river/ebb"),
        ("river/ebb",),
    ]
    assert [t.id for t in tag_set(library, "river").tags] == ["river/drought", "river/ebb"]
    assert dict(library.article(ferry).record.answers) == {"river/ebb": "Low\n\nWet"}
    library.undo()
    assert seen(library, ferry) == before
    library.redo()
    assert tags_of(library, ferry)[2] == ("river/ebb",)
    refused(library, MergeTags("river/ebb", "river/ebb"), "into itself")
    refused(library, MergeTags("river/flood", "river/ebb"), "not in the library")


def test_merging_into_a_shipped_tag_is_how_a_made_up_one_finds_home(library, ferry):
    mark(library, ferry, "dinosaurs", "Doubtful")
    library.do(MergeTags("my/doubtful", "persuasion23/doubt"))
    assert tags_of(library, ferry) == [("persuasion23/doubt",)]
    assert tag_set(library, "my").tags == ()


def test_a_tag_moves_within_its_codebook(library, ferry):
    library.do(MoveTag("river/ebb", "river", "dry", position=0))
    found = tag_set(library, "river").tags
    assert [(t.id, t.group_id) for t in found] == [
        ("river/ebb", "dry"),
        ("river/flood", "wet"),
        ("river/drought", "dry"),
    ]
    library.do(MoveTag("river/ebb", "river", "wet"))
    assert tag_set(library, "river").tags[-1].id == "river/ebb"
    library.undo()
    library.undo()
    assert tag_set(library, "river").tags == RIVER.tags


def test_a_tag_moves_to_another_codebook_with_all_that_names_it(library, ferry):
    mark(library, ferry, "dinosaurs", "Doubtful", "river/flood")
    before = seen(library, ferry)
    library.do(MoveTag("my/doubtful", "river", "dry"))
    assert tags_of(library, ferry) == [("river/doubtful", "river/flood")]
    library.do(MoveTag("river/drought", "my", "own"))
    assert tag(library, "river/flood").confused_with == ("my/drought",)
    library.undo()
    library.undo()
    assert seen(library, ferry) == before


def test_a_deleted_tag_goes_and_its_marks_stay(library, ferry):
    mark(library, ferry, "dinosaurs", "river/drought", "river/flood")
    mark(library, ferry, "figures", "river/drought")
    answer(library, (("river/drought", "Dry"),))
    before = seen(library, ferry)
    library.do(DeleteTag("river/drought"))
    assert dict(library.article(ferry).record.answers) == {"river/drought": "Dry"}
    assert tags_of(library, ferry) == [("river/flood",), ()]
    library.do(AddTag("river", "wet", "Flood – talk"))
    assert tag_set(library, "river").tags[-1].id == "river/flood-talk"
    library.do(AddTag("river", "wet", "Flood, talk!"))
    assert tag_set(library, "river").tags[-1].id == "river/flood-talk-2"
    library.undo()
    library.undo()
    assert tag(library, "river/flood").confused_with == ()
    library.undo()
    assert seen(library, ferry) == before


def test_groups_are_made_changed_and_deleted(library, ferry):
    library.do(AddGroup("river", "Muddy", "#aabbcc"))
    assert tag_set(library, "river").groups[-1] == Group("river", "muddy", "Muddy", "#AABBCC", 2)
    library.do(ChangeGroup("river", "muddy", name="Silty", colour="#112233"))
    assert tag_set(library, "river").groups[-1] == Group("river", "muddy", "Silty", "#112233", 2)
    library.do(AddTag("river", "muddy", "Wet talk"))
    library.do(AddGroup("river", "Wet!", "#112233"))
    assert tag_set(library, "river").groups[-1].id == "wet-2"
    library.undo()
    library.undo()
    library.do(ChangeGroup("river", "muddy", colour="#445566"))
    assert tag_set(library, "river").groups[-1].name == "Silty"
    library.undo()
    refused(library, AddGroup("river", "silty", "#112233"), "already")
    refused(library, AddGroup("river", "New", "red"), "no colour")
    refused(library, ChangeGroup("river", "wet", name="dry"), "already")
    refused(library, DeleteGroup("river", "wet"), "Tags stand in")
    refused(library, DeleteGroup("my", "own"), "made up on the spot")
    library.do(DeleteGroup("river", "muddy"))
    assert tag_set(library, "river").groups == RIVER.groups


def test_a_codebook_is_renamed_and_deleted_while_no_mark_needs_it(library, ferry):
    library.do(ChangeCodebook("river", name="Water", description=" Of  water "))
    changed = tag_set(library, "river").codebook
    assert (changed.name, changed.description) == ("Water", "Of water")
    mark(library, ferry, "dinosaurs", "river/flood")
    refused(library, DeleteCodebook("river"), "1 use of its tags keeps")
    library.undo()
    before = library.tag_sets()
    library.do(DeleteCodebook("river"))
    assert "river" not in {s.codebook.id for s in library.tag_sets()}
    library.undo()
    assert library.tag_sets() == before
    refused(library, DeleteCodebook("my"), "made up on the spot")
    refused(library, DeleteCodebook("nobody"), "no codebook")


def test_the_library_counts_the_uses_of_tags(library, ferry):
    mark(library, ferry, "dinosaurs", "river/flood", "river/ebb")
    mark(library, ferry, "figures", "river/flood")
    assert library.tag_uses() == {"river/flood": 2, "river/ebb": 1}
    assert [m.anchor.exact for m in library.annotations_with_tag("river/ebb")] == ["dinosaurs"]


def test_edits_of_codebooks_outlive_a_restart_and_are_undone_after_it(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        library.do(AddCodebook(read_codebook(_file(), "river.json")))
        library.do(AddTag("river", "wet", "Spring tide"))
    with Library.open(path) as library:
        assert tag(library, "river/spring-tide").code == "ST"
        library.undo()
        assert [t.id for t in tag_set(library, "river").tags] == ["river/flood"]


def _file():
    return (
        b'{"id": "river", "name": "River", "version": "1",'
        b' "groups": [{"id": "wet", "name": "Wet", "colour": "#99DDFF"}],'
        b' "tags": [{"id": "flood", "name": "Flood", "group": "wet", "code": "FL"}]}'
    )
