from factories import make_annotation, make_article
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Changes, Edit
from postil.domain.tags import Tag


def test_changes_tell_the_marks_of_one_article():
    article = make_article()
    here = make_annotation(article, "council", article_id="here")
    there = make_annotation(article, "council", number=2, article_id="there")
    changes = Changes((Edit(None, here), Edit(there, None)))
    assert list(changes.annotations("here")) == [(None, here)]
    assert list(changes.annotations("there")) == [(there, None)]
    assert changes.touches(type(here))
    assert not changes.touches(Tag, ArticleRecord)
    assert Changes(everything=True).touches(Tag)


def test_an_edit_reversed_twice_is_itself():
    edit = Edit(None, make_annotation(make_article(), "council"))
    assert edit.reversed() != edit == edit.reversed().reversed()


def test_a_refusal_is_one_sentence_with_its_remedy():
    assert str(UserError("The disk is full")) == "The disk is full."
    assert str(UserError("The disk is full", "Make room.")) == "The disk is full. Make room."
