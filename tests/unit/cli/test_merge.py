"""`postil merge`: all or nothing, dry runs, what is skipped, and what is printed."""

import json

import pytest

from factories import make_article, make_id
from postil.annotated_markdown import write
from postil.cli import main
from postil.library import AddAnnotation, AddArticle, Library
from postil.library.handing_on import handed_on

WORDS = "For years the council, that club of dinosaurs, has told us nothing can be done."


@pytest.fixture
def path(tmp_path):
    """Return a library with one article and one mark."""
    path = tmp_path / "library.sqlite"
    with Library.open(path, author="reader") as library:
        library.do(AddArticle(make_article(WORDS, title="Ferry"), id=make_id(1)))
        library.do(AddAnnotation(make_id(1), 28, 45, note="Mine.", id=make_id(2)))
    return path


@pytest.fixture
def run(path, capsys):
    def run(*words, code=0):
        assert main(["merge", "--library", str(path), *map(str, words)]) == code
        return capsys.readouterr()

    return run


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file of work."""

    def write_file(name, text):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write_file


def marks(path):
    with Library.open(path) as library:
        return {mark.note: mark.author for mark in library.annotations(make_id(1))}


def line(words, note, **more):
    return json.dumps({"quote": words, "note": note, **more})


def test_files_come_in_under_their_names_or_a_given_one(run, path, file):
    ana = file("ana.jsonl", line("nothing can be done", "Why?"))
    ben = file("ben.jsonl", line("nothing can be done", "Who?"))
    printed = run(ana).out
    assert "quotations" in printed
    assert "1 new" in printed
    run("--as", "Ben B.", ben)
    assert marks(path) == {"Mine.": "reader", "Why?": "ana", "Who?": "Ben B."}


def test_a_dry_run_changes_nothing_and_says_the_same(run, path, file):
    with Library.open(path) as library:
        text = write(handed_on(library, make_id(1)))
    ben = file("ben.md", text.replace("Mine.", "Theirs."))
    before = path.read_bytes()
    dry = json.loads(run("--dry-run", "--json", ben).out)
    assert path.read_bytes() == before
    wet = json.loads(run("--json", ben).out)
    assert (dry.pop("merged"), wet.pop("merged")) == (False, True)
    assert dry == wet
    (told,) = wet["files"]
    assert (told["recognition"], told["counts"]["conflict"]) == ("text", 1)
    assert told["marks"][0]["conflict_of"] == make_id(2)
    assert f"conflict: “{WORDS[28:45]}”" not in run(ben).out
    assert set(marks(path)) == {"Mine.", "Theirs."}


def test_one_broken_file_stops_all_unless_it_is_skipped(run, path, file):
    good = file("ana.jsonl", line("nothing can be done", "Why?"))
    files = (good, file("broken.json", "{"), file("far.jsonl", line("of nobody here", "x")))
    refused = run(*files, code=1)
    assert refused.out == ""
    assert "broken.json" in refused.err
    assert "far.jsonl” is of no article" in refused.err
    assert "Nothing was merged" in refused.err
    assert set(marks(path)) == {"Mine."}
    told = json.loads(run("--skip-broken", "--json", *files, code=1).out)
    assert [one["file"] for one in told["refused"]] == ["broken.json"]
    assert set(marks(path)) == {"Mine.", "Why?"}


def test_several_articles_with_one_text_are_named_and_one_can_be_chosen(run, path, file):
    with Library.open(path) as library:
        library.do(AddArticle(make_article(WORDS, title="Ferry again"), id=make_id(900)))
    work = file("ana.jsonl", line("nothing can be done", "Why?"))
    assert "may be of 2 articles" in run(work, code=1).err
    run("--into", "Ferry again", work)
    assert set(marks(path)) == {"Mine."}
    assert "1 known" in run("--into", make_id(900), work).out
