"""Search over a library: what answers, in which order, and what is shown of it."""

from dataclasses import replace

import pytest

from factories import make_article
from postil.domain.annotation import Status
from postil.domain.article import Original
from postil.domain.found import HitKind
from postil.domain.overview import MarkQuery
from postil.importers import Imported
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    ChangeMetadata,
    DeleteArticles,
    Library,
)
from postil.library.intake import take_in
from postil.search import parse

CLUB = "that club of dinosaurs"


@pytest.fixture
def shelf(library):
    """Return the library with four articles, and their ids by name."""
    articles = {
        "ferry": make_article(
            heading="The ferry that was promised",
            author="Ada Lind",
            outlet="Harbour Post",
            published="2026-05-04",
        ),
        "bridge": make_article(
            "A bridge and a ferry, says the council.",
            "No ferry on Sundays. The ferry rests.",
            title="Bridges",
            author="Bo Rahm",
            outlet="Evening Café",
            published="2025-11",
        ),
        "zoo": make_article("Dinosaurs are gone.", title="Zoo"),
    }
    ids = {}
    for name, article in articles.items():
        command = AddArticle(article)
        library.do(command)
        ids[name] = command.id
    return library, ids


def mark(library, article_id, words, *tags, **fields):
    start = library.article(article_id).article.text.index(words)
    command = AddAnnotation(article_id, start, start + len(words), tags, **fields)
    library.do(command)
    return command.id


def names(shelf, text, **how):
    library, ids = shelf
    by_id = {article_id: name for name, article_id in ids.items()}
    return [by_id[article_id] for article_id in library.search(parse(text, **how)).ids]


def hits(shelf, name, text):
    library, ids = shelf
    found = library.search(parse(text))
    (answer,) = library.hits(found, [ids[name]])
    return answer.hits


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ferry", ["ferry", "bridge"]),  # a title counts for more
        ("lind ferry", ["ferry"]),  # words may stand in different places of the article
        ('"club of"', ["ferry"]),
        ('"of club"', []),
        ("dinosaurs -council", ["zoo"]),
        ("-council", ["zoo"]),
        ("outlet:cafe", ["bridge"]),
        ('author:"ada lind" ferry', ["ferry"]),
        ("after:2026", ["ferry"]),
        ("before:2026", ["bridge"]),
        ("before:2026 dinosaurs", []),
        ("in:title ferry", ["ferry"]),
        ("in:text lind", ["ferry"]),  # she is quoted
        ("in:text promised", ["ferry"]),  # the heading is part of the text
        ("in:note ferry", []),
        ("", []),
    ],
)
def test_which_articles_answer(shelf, text, wanted):
    assert names(shelf, text) == wanted


def test_filters_alone_list_the_newest_first(shelf):
    assert names(shelf, "after:2025") == ["bridge", "ferry"]


def test_the_last_word_is_a_beginning_while_one_is_typing(shelf):
    assert names(shelf, "dinos") == []
    assert set(names(shelf, "dinos", is_typing=True)) == {"ferry", "zoo"}


def test_a_hit_in_a_note_is_shown_without_the_signs_of_markdown(shelf):
    library, ids = shelf
    mark(
        library, ids["ferry"], CLUB, note="- **Claim:** it *sank*\n- see [x](https://wreck.example)"
    )
    (hit,) = hits(shelf, "ferry", "sank")
    assert hit.words[slice(*hit.matches[0])] == "sank"
    assert hit.words.startswith("Claim: it sank")
    (hit,) = hits(shelf, "ferry", "wreck")  # stands in the Markdown alone
    assert hit.words[slice(*hit.matches[0])] == "wreck"


def test_quotations_and_notes_are_found(shelf):
    library, ids = shelf
    made = mark(library, ids["ferry"], CLUB, note="A *label* that judges")
    assert names(shelf, "judges") == ["ferry"]
    assert names(shelf, "in:quote dinosaurs") == ["ferry"]
    assert names(shelf, "club label") == ["ferry"]  # one mark has both
    assert names(shelf, "promised label") == []  # no place has both
    (hit,) = hits(shelf, "ferry", "judges")
    text = library.article(ids["ferry"]).article.text
    assert (hit.kind, hit.annotation_id, hit.number) == (HitKind.NOTE, made, 1)
    assert text[hit.start : hit.end] == CLUB
    assert [hit.words[start:end] for start, end in hit.matches] == ["judges"]


def test_tags_and_statuses_are_those_of_marks(shelf):
    library, ids = shelf
    first = mark(library, ids["ferry"], CLUB, "Name game", status=Status.OPEN)
    mark(library, ids["ferry"], "Most observers", "Vague throng", note="club?")
    mark(library, ids["bridge"], "No ferry", "Vague throng")
    assert names(shelf, 'tag:"name game"') == ["ferry"]
    assert names(shelf, "tag:throng") == ["bridge", "ferry"]
    assert names(shelf, "tag:throng -tag:game") == ["bridge"]
    assert names(shelf, "-tag:throng") == ["zoo"]
    assert names(shelf, "ferry -tag:game") == ["bridge"]
    assert names(shelf, "status:open") == ["ferry"]
    assert names(shelf, "status:open tag:throng") == []
    (hit,) = hits(shelf, "ferry", "status:open")
    assert (hit.annotation_id, hit.words, hit.matches) == (first, CLUB, ())
    marked = {hit.annotation_id for hit in hits(shelf, "ferry", "club tag:game")} - {""}
    assert marked == {first}


def test_an_unknown_tag_is_said(shelf):
    found = shelf[0].search(parse("tag:nobody"))
    assert found.ids == ()
    assert found.problems == ("No tag is called “nobody”.",)


def test_hits_have_their_places(shelf):
    library, ids = shelf
    text = library.article(ids["bridge"]).article.text
    first, second = hits(shelf, "bridge", "ferry")
    assert (first.kind, first.number, second.number) == (HitKind.TEXT, 1, 2)
    assert text[first.start : first.end] == "ferry"
    assert text[second.start : second.end] == "ferry"
    assert second.start == text.index("No ferry") + 3
    assert second.words == "No ferry on Sundays. The ferry rests."
    assert second.matches == ((3, 8), (25, 30))
    title, source, *_ = hits(shelf, "ferry", "ferry harbour")
    assert (title.kind, source.kind) == (HitKind.TITLE, HitKind.SOURCE)
    assert source.words == "Ada Lind · Harbour Post"


def test_what_a_quotation_shows_is_not_shown_twice(shelf):
    library, ids = shelf
    made = mark(library, ids["ferry"], CLUB)
    (hit,) = hits(shelf, "ferry", "dinosaurs")
    assert (hit.kind, hit.annotation_id) == (HitKind.QUOTATION, made)


def test_paragraphs_with_more_of_the_words_come_first(library):
    paragraphs = [f"Only one {number}." for number in range(5)] + ["Here are one and two."]
    command = AddArticle(make_article(*paragraphs))
    library.do(command)
    found = library.search(parse("one two"))
    (answer,) = library.hits(found, found.ids, each=1)
    assert [hit.number for hit in answer.hits if hit.kind is HitKind.TEXT] == [6]


def test_notes_on_the_whole_and_answers_are_found(library):
    original = Original(b"x", "0" * 64, "text/plain", "f.md", "utf-8", "2026-05-04T10:00:00Z")
    imported = Imported(
        make_article(),
        original,
        note="A calm piece",
        answers=(("persuasion23/doubt", "Nobody is named"),),
    )
    intake = take_in(library, imported)
    for word in ("calm", "named"):
        found = library.search(parse(word))
        assert found.ids == (intake.article_id,)
        ((hit,),) = [answer.hits for answer in library.hits(found, found.ids)]
        assert (hit.kind, hit.annotation_id) == (HitKind.NOTE, "")
    assert library.search(parse('"piece nobody"')).ids == ()
    library.undo()
    assert library.search(parse("calm")).ids == ()


def test_changes_are_found_at_once_and_undo_takes_them_back(shelf):
    library, ids = shelf
    made = mark(library, ids["zoo"], "gone")
    library.do(ChangeAnnotation(made, note="Extinct"))
    metadata = library.article(ids["zoo"]).record.metadata
    library.do(ChangeMetadata(ids["zoo"], replace(metadata, title="Fossils")))
    assert names(shelf, "extinct") == names(shelf, "fossils") == ["zoo"]
    assert names(shelf, "in:title zoo") == []
    library.undo()
    assert names(shelf, "fossils") == []
    library.do(DeleteArticles((ids["zoo"],)))
    assert names(shelf, "extinct") == names(shelf, "gone") == []
    library.undo()
    assert names(shelf, "extinct") == ["zoo"]


def test_an_article_that_went_meanwhile_is_left_out(shelf):
    library, ids = shelf
    found = library.search(parse("dinosaurs"))
    library.do(DeleteArticles((ids["zoo"],)))
    assert [answer.row.id for answer in library.hits(found, found.ids)] == [ids["ferry"]]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ta", ["tag:"]),
        ("ferry o", ["outlet:"]),
        ("author:", ["Ada Lind", "Bo Rahm"]),
        ("author:ra", ["Bo Rahm"]),
        ("outlet:cafe", ["Evening Café"]),
        ("status:to", ["to-check"]),
        ("in:ti", ["title"]),
        ("before:", []),
        ("ferry ", []),
    ],
)
def test_what_is_typed_can_go_on(shelf, text, offered):
    options = shelf[0].completions(text)
    assert [option.label.removesuffix(" ") for option in options] == offered
    for option in options:
        whole = text[: option.start] + option.text
        assert parse(whole).problems == ()


def test_tags_are_offered_by_name_and_by_code(shelf):
    library, _ = shelf
    (option,) = library.completions("tag:casting")
    assert option.text == '"Casting doubt" '
    assert any("Casting doubt" in option.label for option in library.completions("tag:do"))


def test_a_note_that_comes_with_the_same_text_later_is_found(library):
    original = Original(b"x", "0" * 64, "text/plain", "f.md", "utf-8", "2026-05-04T10:00:00Z")
    first = Imported(make_article(), original, note="A calm piece")
    take_in(library, first)
    take_in(library, replace(first, note="A shrill one"))
    assert library.search(parse("calm")).ids == ()
    assert len(library.search(parse("shrill")).ids) == 1
    library.undo()
    assert len(library.search(parse("calm")).ids) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ferry", ["ferry", "bridge"]),  # the title, though it is older
        ("dinosaurs", ["zoo", "ferry"]),  # the newest first
        ("ferry -sundays", ["ferry"]),
        ("council", ["zoo", "bridge", "ferry"]),  # in a note, and in texts
        ("in:note council", ["zoo"]),
        ("council status:open", ["zoo"]),
        ("in:text ferry", ["bridge", "ferry"]),
    ],
)
def test_words_that_stand_nearly_everywhere_are_found_without_being_ranked(
    shelf, monkeypatch, text, wanted
):
    library, ids = shelf
    mark(library, ids["zoo"], "gone", note="says the council", status=Status.OPEN)
    for name in ("_RANKED_ARTICLES", "_RANKED_NOTES"):
        monkeypatch.setattr(f"postil.store.search_queries.{name}", 0)
    assert names(shelf, text) == wanted


def test_where_every_article_answers_notes_are_shown_all_the_same(library, monkeypatch):
    added = AddArticle(make_article("Dinosaurs are gone."))
    library.do(added)
    made = mark(library, added.id, "Dinosaurs", note="Gone for good.")
    for name in ("_RANKED_ARTICLES", "_RANKED_NOTES"):
        monkeypatch.setattr(f"postil.store.search_queries.{name}", 0)
    found = library.search(parse("gone"))
    assert found.ids == (added.id,)
    (answer,) = library.hits(found, found.ids)
    assert made in {hit.annotation_id for hit in answer.hits}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("field:verdict", ["ferry"]),
        ("field:claim", ["zoo", "ferry"]),  # what is empty elsewhere is not filled
        ("field:verd", ["ferry"]),  # as it is typed
        ('field:"verdict: not so"', ["ferry"]),
        ("field:verdict:gone", []),  # that stands in another field
        ("field:claim:gone", ["zoo"]),
        ("field:claim field:verdict", ["ferry"]),
        ("field:verdict status:open", []),
        ("field:claim club", ["ferry"]),  # the word stands in the quotation
        ("field:nothing", []),
        ("field:-", []),
    ],
)
def test_fields_of_notes_are_asked_for_by_name_and_words(shelf, text, wanted):
    library, ids = shelf
    note = "- **Claim:** it left\n- **Verdict:** not so\n  at all"
    mark(library, ids["ferry"], CLUB, note=note)
    mark(library, ids["zoo"], "Dinosaurs", note="**Claim:** they are gone\n\n**Verdict:** ")
    assert names(shelf, text) == wanted
    assert library.overview(MarkQuery(text=text)).total == len(wanted)


def test_names_of_fields_are_offered(shelf):
    library, ids = shelf
    mark(library, ids["zoo"], "gone", note="- **Where to check:** the map\n- **Found:**")
    offered = [(option.label, option.text) for option in library.completions("field:wh")]
    assert offered == [("Where to check", '"Where to check" ')]


@pytest.mark.parametrize(
    "name",
    ["100 %", "_", "a*b", "🦕 Post", "הארץ", 'The "Sun"', "Le «Soir»", "O'Neil; --", "NEAR(", "\\"],
)
def test_names_with_odd_signs_are_offered_and_found_alone(library, name):
    library.do(AddArticle(make_article("Two.", outlet="Harbour Post", author="Ada")))
    wanted = AddArticle(make_article("One.", outlet=name, author=name))
    library.do(wanted)
    library.do(AddAnnotation(wanted.id, 0, 3, (name,)))
    for operator in ("outlet", "author", "tag"):
        asked = f"{operator}:{name.split()[0][:3]}"
        (way,) = [one for one in library.completions(asked) if one.label.startswith(name)]
        found = library.search(parse(asked[: way.start] + way.text))
        assert (list(found.ids), found.problems) == ([wanted.id], ())


def test_what_is_known_of_all_articles_is_kept_in_step(shelf):
    library, ids = shelf
    assert names(shelf, "author:lind") == ["ferry"]
    metadata = library.article(ids["zoo"]).record.metadata
    library.do(ChangeMetadata(ids["zoo"], replace(metadata, author="Cy Lind")))
    assert names(shelf, "author:lind") == ["zoo", "ferry"]
    with Library.open(library.path) as other:
        other.do(DeleteArticles((ids["ferry"],)))
    library.refresh()
    assert names(shelf, "author:lind") == ["zoo"]
    assert [one.title for one in library.article_facts()] == ["Zoo", "Bridges"]
    library.undo()
    assert names(shelf, "author:lind") == ["zoo", "ferry"]
