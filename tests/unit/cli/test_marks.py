"""`postil marks`: the marks of all articles, narrowed, as lines and as JSON."""

import json

import pytest

from factories import make_article
from postil.cli import main
from postil.domain.annotation import Status
from postil.library import AddAnnotation, AddArticle, Library


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs the command on a library with three marks."""
    path = tmp_path / "library.sqlite"
    with Library.open(path, author="reader") as library:
        for title, outlet, author in (("Ferry", "Harbour Post", "Ada"), ("Bridge", "", "Bo")):
            article = AddArticle(
                make_article("One two 😀 four.", title=title, outlet=outlet, author=author)
            )
            library.do(article)
            library.do(AddAnnotation(article.id, 8, 9, ("Doubt",), status=Status.OPEN))
            if title == "Ferry":
                library.do(AddAnnotation(article.id, 0, 3, ("Label",), note="why"))

    def run(*words, code=0):
        assert main(["marks", "--library", str(path), *words]) == code
        return capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), [("Bridge", "😀"), ("Ferry", "One"), ("Ferry", "😀")]),
        (("--tag", "doubt"), [("Bridge", "😀"), ("Ferry", "😀")]),
        (("--status", "open", "--author", "ada"), [("Ferry", "😀")]),
        (("--outlet", "harbour post"), [("Ferry", "One"), ("Ferry", "😀")]),
        (("--outlet", "nobody"), []),
    ],
)
def test_marks_are_listed(run, words, expected):
    rows = json.loads(run("--json", *words).out)
    assert [(row["title"], row["quotation"]) for row in rows] == expected


def test_json_tells_all_of_a_mark(run):
    (row,) = json.loads(run("--json", "--tag", "label").out)
    assert (row["start"], row["end"], row["note"], row["tags"]) == (0, 3, "why", ["my/label"])
    assert (row["confidence"], row["star"]) == ("", False)
    assert (row["outlet"], row["annotator"], row["placement"]) == (
        "Harbour Post",
        "reader",
        "exact",
    )


def test_a_line_names_place_words_tags_and_article(run):
    (line,) = run("--author", "Bo").out.splitlines()
    assert line.endswith("8-9  “😀”  (Doubt · open · Bridge)")


def test_a_tag_nobody_knows_is_refused(run):
    said = run("--tag", "nobody", code=1)
    assert said.out == ""
    assert "There is no tag" in said.err


def test_fields_of_notes_are_told_and_asked_for(run, tmp_path):
    with Library.open(tmp_path / "library.sqlite") as library:
        (first, *_) = library.article_ids()
        note = "- **Claim:** it rains\n- **Verdict:** so\n- **Date:**"
        library.do(AddAnnotation(first, 0, 3, (), note=note))
    (row,) = json.loads(run("--json", "--field", "verdict: so").out)
    assert row["fields"] == {"Claim": "it rains", "Verdict": "so"}
    assert json.loads(run("--json", "--field", "verdict: no").out) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--status", "open"), ["Bridge", "Ferry"]),
        (("--status", "open", "--tag", "label"), []),  # that is another mark
        (("--status", "open", "--author", "bo", "--outlet", ""), ["Bridge"]),
        (("--status", "refuted"), []),
    ],
)
def test_articles_are_listed_by_the_status_of_their_marks(run, tmp_path, capsys, words, expected):
    assert main(["list", "--json", "--library", str(tmp_path / "library.sqlite"), *words]) == 0
    assert [row["title"] for row in json.loads(capsys.readouterr().out)] == expected
