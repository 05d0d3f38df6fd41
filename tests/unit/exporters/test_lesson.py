"""The lesson pack: what lies in it, for whom, and that it is a function of content."""

from dataclasses import replace

import pytest

from factories import make_annotation, make_article
from postil.annotated_markdown import HandedOn, parse
from postil.domain.tags import Tag
from postil.exporters import EXPORTERS, Copy, ExportOptions, Guide, Lesson, Sheet
from postil.exporters.lesson import lesson_exporter, unpacked

CROWD = Tag(
    "book/crowd", "g", "Vague crowd", "VC", definition="A crowd.", example="All agree.",
    question="Who exactly?",
)  # fmt: skip
LABEL = Tag("book/label", "g", "Label", "", question="Which plain word fits?")
BARE = Tag("book/bare", "g", "Bare", "BA")
PACK = lesson_exporter(EXPORTERS)


@pytest.fixture
def handed_on():
    article = make_article(heading="The ferry")
    return HandedOn(
        article,
        (
            make_annotation(article, "Most observers agree", tags=(CROWD.id,), note="Secret."),
            make_annotation(article, "club of dinosaurs,", number=2, tags=(LABEL.id,)),
            make_annotation(article, "dinosaurs, has told us nothing", number=3),
            make_annotation(article, "“", number=4),
        ),
        tags={tag.id: tag for tag in (CROWD, LABEL, BARE)},
    )


def files(handed_on, *formats, **options):
    how = ExportOptions(lesson=Lesson(formats=formats or ("markdown",)), **options)
    made = PACK.export(handed_on, how)
    return {name: data.decode() for name, data in unpacked(made.data)}, made


def words_of(text):
    return parse(text).article.text.split("\n")


def test_what_is_for_the_class_and_what_is_for_the_teacher_lie_apart(handed_on):
    found, made = files(handed_on, "markdown", "html")
    assert sorted(found) == [
        f"{name}.{suffix}"
        for name in (
            "for students/glossary", "for students/guided-copy", "for students/practice-copy",
            "for students/questions", "for students/source-check", "for students/student-copy",
            "for students/tag-cards", "for the teacher/key", "for the teacher/rubric",
        )
        for suffix in ("html", "md")
    ]  # fmt: skip
    assert made.remarks == ()
    assert "Secret." in found["for the teacher/key.md"]
    secret = [name for name, text in found.items() if "Secret." in text]
    assert all(name.startswith("for the teacher/") for name in secret)
    again = replace(handed_on, annotations=handed_on.annotations[::-1])
    assert files(again, "html", "markdown")[1].data == made.data


def test_the_sheets_say_what_the_teacher_chose(handed_on):
    found, _ = files(handed_on)
    cards = words_of(found["for students/tag-cards.md"])
    assert cards == [
        "Tag cards", "Label", "Ask: Which plain word fits?", "Vague crowd (VC)",
        "Means: A crowd.", "Example: All agree.", "Ask: Who exactly?",
    ]  # fmt: skip
    chosen, _ = files(handed_on, focus=(CROWD.id, "book/gone"), guide=Guide.QUESTIONS)
    assert words_of(chosen["for students/tag-cards.md"])[1] == "Vague crowd (VC)"
    questions = words_of(chosen["for students/questions.md"])
    assert questions[:2] == ["Questions on “The ferry”", "1. Who exactly?"]
    assert "plain word" not in chosen["for students/questions.md"]
    assert "Who exactly?" in chosen["for students/guided-copy.md"]
    assert "<mark" not in chosen["for students/guided-copy.md"]
    assert "Vague crowd: A crowd." in chosen["for the teacher/rubric.md"]
    assert "Article: The ferry" in words_of(found["for students/source-check.md"])


def test_the_glossary_has_short_marked_passages_by_the_alphabet(handed_on):
    found, _ = files(handed_on)
    words = words_of(found["for students/glossary.md"])
    assert words[1::2] == ["club of dinosaurs ¶ 1", "Most observers agree ¶ 2"]


def test_what_has_nothing_on_it_is_left_out_and_told():
    found, made = files(HandedOn(make_article()), focus=(BARE.id,))
    assert sorted(made.remarks) == [
        "There are no tag cards: no tag is in use.",
        "There is no glossary: no passage of a few words is marked.",
        "There is no question sheet: the tags have no questions.",
    ]
    assert words_of(found["for students/source-check.md"])[1] == "What the article says of itself"


def test_only_what_was_chosen_is_packed(handed_on):
    lesson = Lesson((Copy.STUDENT,), (Sheet.RUBRIC,), ("html",))
    made = PACK.export(handed_on, ExportOptions(lesson=lesson))
    names = [name for name, _ in unpacked(made.data)]
    assert names == ["for students/student-copy.html", "for the teacher/rubric.html"]
