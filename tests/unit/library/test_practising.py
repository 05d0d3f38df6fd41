"""Practice copies against their key: pairs, credit, other texts, and what is refused."""

import pytest

from factories import FERRY, make_annotation, make_article
from postil.annotated_markdown import HandedOn
from postil.domain.errors import UserError
from postil.domain.tags import Tag
from postil.exporters import EXPORTERS, Copy, ExportOptions
from postil.importers import Source, read_work
from postil.library import practising
from postil.library.practising import Answer, Key, Outcome, key_of_file, key_of_marks

CROWD = Tag("book/crowd", "g", "Vague crowd", "VC")
ARTICLE = make_article(heading="The ferry")


def file(marks, article=ARTICLE, copy=Copy.WHOLE):
    """Return a file of marks as it comes back."""
    content = HandedOn(article, tuple(marks), tags={CROWD.id: CROWD})
    data = EXPORTERS["markdown"].export(content, ExportOptions(copy=copy)).data
    return read_work(Source(data, "a.md", "a.md"))


def marks(*wanted, article=ARTICLE):
    return [
        make_annotation(article, where, number=number, tags=tags)
        for number, (where, *tags) in enumerate(wanted, 1)
    ]


KEY = key_of_file(
    file(marks(("Most observers", CROWD.id), ("club of dinosaurs", "my/label"), ("a plot",)),
         copy=Copy.KEY)
)  # fmt: skip


def outcomes(practice):
    text = KEY.article.text
    return [(text[m.start : m.end], m.outcome.value, round(m.credit, 2)) for m in practice.marks]


def test_the_key_itself_has_all_credit_and_an_empty_copy_none():
    assert KEY.check(file(marks(("Most observers", CROWD.id), ("club of dinosaurs", "my/label"),
                                ("a plot",)))).credit == 1  # fmt: skip
    empty = KEY.check(file([], copy=Copy.PRACTICE))
    assert empty.credit == 0
    assert [empty.count(outcome) for outcome in Outcome] == [0, 3, 0]


def test_words_and_tags_have_half_the_credit_each():
    work = file(marks(("Most", "x/vague"), ("club of dinosaurs", CROWD.id), ("the council",)))
    assert outcomes(KEY.check(work)) == [
        ("the council", "extra", 0),
        ("club of dinosaurs", "found", 0.5),
        ("Most observers", "found", round(4 / 14 / 2, 2)),
        ("a plot", "missed", 0),
    ]


def test_a_tag_counts_by_its_name_too():
    named = file(marks(("Most observers", "my/vague_crowd")))
    text = "Most observers"
    [mark] = [m for m in KEY.check(named).marks if m.outcome is Outcome.FOUND]
    assert mark.agreement == 0
    source = f'---\nformat: "postil/1"\n---\n\n{"".join(FERRY)}\n'.replace(
        text, f'<mark class="a1">{text}</mark>[^a1]'
    )
    by_hand = read_work(Source((source + "\n[^a1]: **vague CROWD**\n").encode(), "a.md", "a.md"))
    [mark] = [m for m in KEY.check(by_hand).marks if m.outcome is Outcome.FOUND]
    assert (mark.agreement, mark.overlap) == (1, 1)


def test_one_mark_answers_one_mark_the_nearest():
    key = Key(ARTICLE, (Answer(0, 10, ()), Answer(0, 4, ())))
    practice = key.check(file([make_annotation(ARTICLE, (0, 4))]))
    assert [(m.outcome, m.end, m.credit) for m in practice.marks] == [
        (Outcome.MISSED, 10, 0),
        (Outcome.FOUND, 4, 1),
    ]


def test_the_key_may_be_an_article_of_the_library():
    key = key_of_marks(
        ARTICLE, marks(("Most observers", CROWD.id), ("a plot", "my/gone")), {CROWD.id: CROWD}
    )
    assert [answer.names for answer in key.answers] == [("Vague crowd",), ("my/gone",)]
    assert key.check(file(marks(("Most observers", CROWD.id)))).credit == 0.5


def test_a_text_that_was_changed_is_the_same_article_and_what_has_no_place_is_counted():
    changed = make_article(
        *FERRY, "A plot of nobody.", "Words of the student.", heading="The ferry"
    )
    work = file(marks(("Most observers", CROWD.id), ("nobody", "my/x"), article=changed), changed)
    practice = KEY.check(work)
    assert practice.unplaced == 1
    assert practice.count(Outcome.FOUND) == 1


def test_what_cannot_be_checked_is_told(monkeypatch):
    with pytest.raises(UserError, match="is of another article than the key"):
        KEY.check(file([], make_article("Quite other words stand in this one here.")))
    with pytest.raises(UserError, match="The key has no marks"):
        key_of_file(file([])).check(file([]))
    line = read_work(Source(b'{"quote": "a plot"}\n{"quote": "club"}\n', "a.jsonl", "a.jsonl"))
    assert KEY.check(line).count(Outcome.FOUND) == 2
    with pytest.raises(UserError, match="has no article in it"):
        key_of_file(line)
    monkeypatch.setattr(practising, "_MOST", 3)
    with pytest.raises(UserError, match="has more than 3 marks"):
        KEY.check(file(marks(*[(word,) for word in ("For", "years", "the", "council")])))
