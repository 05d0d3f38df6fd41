"""Collections: made, renamed, moved, deleted, articles in and out; each is one step back."""

import pytest

from factories import make_article
from postil.domain.errors import UserError
from postil.domain.shelf import UNFILED, ShelfQuestion
from postil.library import (
    AddArticle,
    ChangeArticles,
    CollectArticles,
    DeleteArticles,
    DeleteCollection,
    MoveCollection,
    NewCollection,
    RenameCollection,
    RestoreDeleted,
    UncollectArticles,
)


def put(library, title, **metadata):
    command = AddArticle(make_article(f"All about {title}.", heading=title, **metadata))
    library.do(command)
    return command.id


def make(library, name, parent_id=None, *articles):
    command = NewCollection(name, parent_id, articles)
    library.do(command)
    return command.id


def paths(library):
    return list(library.shelving.collection_paths().values())


def inside(library, collection):
    return set(library.shelving.answers(ShelfQuestion(collection=collection)))


@pytest.fixture
def tree(library):
    """Return articles a, b, c; collections unit > week, with a in unit, a and b in week."""
    names = {title: put(library, title) for title in "abc"}
    names["unit"] = make(library, "Unit 3", None, names["a"])
    names["week"] = make(library, "Week 1", names["unit"], names["a"], names["b"])
    return names


def test_a_collection_holds_what_is_in_it_and_within(library, tree):
    assert paths(library) == ["Unit 3", "Unit 3/Week 1"]
    assert inside(library, tree["unit"]) == {tree["a"], tree["b"]}
    assert inside(library, UNFILED) == {tree["c"]}
    counts = library.shelving.counts()
    assert (counts.all, counts.unfiled) == (3, 1)
    assert counts.collections == {tree["unit"]: 2, tree["week"]: 2}


def test_every_step_is_taken_back_alone(library, tree):
    def seen():
        every = [*library.shelving.collection_paths(), UNFILED]
        return paths(library), {one: inside(library, one) for one in every}, len(library.articles())

    steps = [
        RenameCollection(tree["week"], "Week 2"),
        MoveCollection(tree["week"], None),
        CollectArticles((tree["c"], tree["a"]), tree["week"]),
        UncollectArticles((tree["a"], tree["c"]), tree["week"]),
        DeleteCollection(tree["unit"]),
        DeleteArticles((tree["a"], tree["b"])),
    ]
    states = [seen()]
    for step in steps:
        assert library.do(step).edits
        states.append(seen())
    assert len({str(state) for state in states}) == len(states)
    for state in reversed(states[:-1]):
        library.undo()
        assert seen() == state
    for state in states[1:]:
        library.redo()
        assert seen() == state


def test_deleting_takes_the_inner_ones_along_and_leaves_the_articles(library, tree):
    library.do(DeleteCollection(tree["unit"]))
    assert paths(library) == []
    assert inside(library, UNFILED) == {tree["a"], tree["b"], tree["c"]}


def test_taken_out_of_an_outer_one_is_taken_out_of_the_inner_ones(library, tree):
    library.do(UncollectArticles((tree["a"],), tree["unit"]))
    assert inside(library, tree["unit"]) == {tree["b"]}


def test_nothing_changed_is_no_step(library, tree):
    for command in (
        RenameCollection(tree["week"], "  Week 1 "),
        MoveCollection(tree["week"], tree["unit"]),
        CollectArticles((tree["a"],), tree["unit"]),
        UncollectArticles((tree["c"],), tree["unit"]),
    ):
        assert not library.do(command).edits


def test_what_cannot_be_is_refused_and_changes_nothing(library, tree):
    before = library.undo_step()
    for command, said in (
        (NewCollection("  "), "needs a name"),
        (NewCollection("x" * 201), "may have 200"),
        (NewCollection("UNIT 3"), "at this place already"),
        (NewCollection("x", "gone"), "not in the library"),
        (RenameCollection("gone", "x"), "not in the library"),
        (MoveCollection(tree["unit"], tree["week"]), "cannot lie in itself"),
        (MoveCollection(tree["unit"], tree["unit"]), "cannot lie in itself"),
        (CollectArticles(("gone",), tree["unit"]), "not in the library"),
    ):
        with pytest.raises(UserError, match=said):
            library.do(command)
    assert library.undo_step() == before


def test_the_same_name_may_stand_elsewhere_and_any_letters_may(library, tree):
    name = "\u202e“%_*'\"; DROP 😀 كتاب"
    strange = make(library, name, tree["week"])
    make(library, "Unit 3", strange)
    # What turns the direction of the names after it is no letter.
    assert f"Unit 3/Week 1/{name[1:]}/Unit 3" in paths(library)


def test_many_articles_are_described_alike_in_one_step(library, tree):
    ids = (tree["a"], tree["b"], tree["c"])
    library.do(ChangeArticles(ids, outlet=" Harbour  Post ", language="pt-BR"))
    for one in ids:
        about = library.article(one).record.metadata
        assert (about.outlet, about.author, about.language) == ("Harbour Post", "", "pt-BR")
    assert library.undo_step().subject == "Harbour Post, pt-BR"
    library.undo()
    assert {row.outlet for row in library.articles()} == {""}
    with pytest.raises(UserError, match="no short name of a language"):
        library.do(ChangeArticles(ids, language="G"))


def test_a_language_said_of_many_articles_is_no_guess_any_more(library):
    one = put(library, "ferries", language="en", language_guessed=True)
    library.do(ChangeArticles((one,), outlet="Post"))
    assert library.article(one).record.metadata.language_guessed
    library.do(ChangeArticles((one,), language="en"))
    assert not library.article(one).record.metadata.language_guessed


def test_what_a_step_deleted_comes_back_into_its_collections(library, tree):
    library.do(DeleteArticles((tree["a"],)))
    first = library.undo_step().id
    library.do(DeleteCollection(tree["unit"]))
    second = library.undo_step().id
    library.do(RestoreDeleted(second))
    assert paths(library) == ["Unit 3", "Unit 3/Week 1"]
    assert inside(library, tree["unit"]) == {tree["b"]}
    library.do(RestoreDeleted(first))
    assert inside(library, tree["week"]) == {tree["a"], tree["b"]}
    with pytest.raises(UserError, match="Nothing that this step deleted is missing"):
        library.do(RestoreDeleted(second))


def test_several_steps_at_once_go_there_and_back(library, tree):
    """Also where what was made first lies in what was made later."""
    before = library.undo_step().id
    inner = make(library, "Alone")
    outer = make(library, "Around", None, tree["c"])
    library.do(MoveCollection(inner, outer))
    library.do(DeleteCollection(tree["unit"]))
    after = library.undo_step().id
    library.history.go_to(before)
    assert paths(library) == ["Unit 3", "Unit 3/Week 1"]
    assert inside(library, tree["week"]) == {tree["a"], tree["b"]}
    library.history.go_to(after)
    assert paths(library) == ["Around", "Around/Alone"]
    assert inside(library, outer) == {tree["c"]}
