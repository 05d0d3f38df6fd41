"""`postil import` with parts: chapters of books, and what stands round an article."""

import json

import pytest

from postil.cli import main
from unit.importers.books import book

BOOK = book(
    ["<h1>Wood</h1><p>It burnt.</p>", "<p>It stands still.</p>", "<p>It rusts.</p>"],
    contents=((1, "Wood"), (2, "Stone"), (3, "Iron")),
)
WORDS = "The council met on Tuesday to talk about a bridge that nobody had asked for so far. "


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command on a library of its own and returns its output."""

    def run(*words, code=0):
        library = str(tmp_path / "library.sqlite")
        assert main([words[0], "--library", library, *map(str, words[1:])]) == code
        return capsys.readouterr()

    return run


@pytest.fixture
def epub(tmp_path):
    path = tmp_path / "bridges.epub"
    path.write_bytes(BOOK)
    return path


def titles(run):
    return sorted(row["title"] for row in json.loads(run("list", "--json").out))


def test_chapters_are_listed_and_nothing_is_taken_in(run, epub, tmp_path):
    listed = run("import", "--list-chapters", epub).out.splitlines()
    assert listed[0].split("  ") == ["1", "9", "Wood", "It burnt."]
    assert listed[1].split("  ") == ["2", "16", "Stone", "It stands still."]
    (found,) = json.loads(run("import", "--json", "--list-chapters", epub).out)
    assert [part["title"] for part in found["parts"]] == ["Wood", "Stone", "Iron"]
    assert run("import", "--list-chapters", tmp_path / "missing.epub", code=1).out == ""
    run("import", epub)
    assert titles(run) == ["Four Bridges"]


def test_chapters_are_chosen_as_one_article(run, epub):
    (taken,) = json.loads(run("import", "--json", "--chapters", "3, 1-1", epub).out)
    shown = json.loads(run("show", "--json", taken["id"]).out)
    assert shown["text"] == "Wood\nIt burnt.\nIt rusts."
    assert taken["title"] == "Four Bridges"


def test_each_chapter_is_an_article(run, epub):
    taken = json.loads(run("import", "--json", "--chapters", "2-3", "--each-chapter", epub).out)
    assert [one["title"] for one in taken] == ["Stone", "Iron"]
    assert titles(run) == ["Iron", "Stone"]


def test_chapters_among_other_sources_are_counted_and_undone_with_them(run, epub, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Some words.", "utf-8")
    run("import", path)
    other = tmp_path / "other.epub"
    other.write_bytes(book(["<p>It floats.</p>", "<p>It stands still.</p>"], title="Rafts"))
    taken = run("import", "--each-chapter", "--language", "en", epub, other)
    assert taken.err.splitlines()[-1].endswith("5 taken in")
    rows = json.loads(run("list", "--json").out)
    assert [row["language"] for row in rows if row["title"] == "Stone"] == ["en"]
    run("undo")
    assert titles(run) == ["a"]


@pytest.mark.parametrize("told", ["4", "2-1", "0", "x", "", "1,,2"])
def test_chapters_that_are_not_there_are_refused(run, epub, told):
    refused = run("import", "--chapters", told, epub, code=1)
    assert "has chapters 1 to 3" in refused.err
    assert titles(run) == []


def test_what_has_no_chapters_is_refused(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Some words.", "utf-8")
    assert "a.txt has no chapters" in run("import", "--chapters", "1", path, code=1).err
    assert run("import", "--list-chapters", path).out == ""
    (taken,) = json.loads(run("import", "--json", path).out)
    refused = run("import", "--each-chapter", "--as-version-of", taken["id"], path, code=2)
    assert "--each-chapter" in refused.err


def test_what_is_left_out_of_a_page_is_counted_and_listed(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<aside>Beside it</aside><p>{WORDS * 3}</p><p>{WORDS * 3}</p>", "utf-8")
    assert run("import", "--list-left-out", page).out == "Beside it\n"
    (found,) = json.loads(run("import", "--json", "--list-left-out", page).out)
    assert found["parts"] == [{"text": "Beside it"}]
    (taken,) = json.loads(run("import", "--json", page).out)
    assert taken["left_out"] == 1


def test_a_saved_page_and_its_folder_are_taken_in_once(run, tmp_path):
    folder = tmp_path / "in"
    (folder / "page_files").mkdir(parents=True)
    (folder / "page_files" / "frame.html").write_text("<p>An advert</p>", "utf-8")
    (folder / "page.html").write_text("<h1>The Bridge</h1><p>Nobody asked.</p>", "utf-8")
    for given in ([folder], [folder / "page_files"], [folder / "page.html", folder]):
        (taken,) = json.loads(run("import", "--json", *given).out)
        assert taken["title"] == "The Bridge"
    assert titles(run) == ["The Bridge"]
