"""New codebooks, and the questions the window asks about tags."""

import pytest

from factories import make_article
from postil.domain.errors import UserError
from postil.domain.tags import MY_GROUP, MY_TAGS
from postil.library import AddAnnotation, AddArticle, AddTag, NewCodebook


def test_a_new_codebook_has_a_group_and_is_on(library):
    library.do(NewCodebook("Unit 3", "First group", "#77AADD"))
    library.do(NewCodebook("Unit 3", "First group", "#77AADD"))
    made = [s for s in library.tag_sets() if s.codebook.name == "Unit 3"]
    assert [s.codebook.id for s in made] == ["unit-3", "unit-3-2"]
    assert all(s.codebook.enabled and len(s.groups) == 1 and not s.tags for s in made)
    library.undo()
    assert len([s for s in library.tag_sets() if s.codebook.name == "Unit 3"]) == 1


def test_a_codebook_needs_a_name(library):
    with pytest.raises(UserError, match="needs a name"):
        library.do(NewCodebook("  ", "First", "#77AADD"))


def test_an_objection_is_told_and_nothing_changes(library):
    before = library.undo_step()
    assert library.objection(AddTag(MY_TAGS, MY_GROUP, "Hunch")) is None
    assert "needs a name" in str(library.objection(AddTag(MY_TAGS, MY_GROUP, "")))
    assert library.undo_step() == before
    assert not any(tag.name == "Hunch" for s in library.tag_sets() for tag in s.tags)


def test_marks_of_a_tag_are_listed_in_reading_order_with_their_articles(library):
    ids = []
    for title in ("Older", "Newer"):
        add = AddArticle(make_article("Some words to be marked here.", heading=title))
        library.do(add)
        ids.append(add.id)
    library.do(AddTag(MY_TAGS, MY_GROUP, "Hunch"))
    for article_id, start in ((ids[0], 10), (ids[0], 0), (ids[1], 3)):
        library.do(AddAnnotation(article_id, start, start + 4, ("Hunch",)))
    uses = library.tag_places(f"{MY_TAGS}/hunch")
    assert {use.title for use in uses[:1]} == {"Newer"}
    assert [use.article_id for use in uses] == [ids[1], ids[0], ids[0]]
    first, second = (library.annotations(ids[0])[n].id for n in (0, 1))
    assert [use.annotation_id for use in uses[1:]] == [first, second]
    assert all(use.is_placed for use in uses)
    assert library.tag_places("my/nothing") == []
