"""`search`, `list --tag` and `check` through `main`."""

import json
import sqlite3
from contextlib import closing

import pytest

from postil.cli import main

TEXT = (
    "The ferry that was promised\n\n"
    "For years the council, that club of dinosaurs, has told us nothing can be done.\n\n"
    "Most observers agree 😀 it was a plot. The café met again.\n"
)


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command on a library with two articles and three marks."""
    path = tmp_path / "library.sqlite"

    def run(command, *words, code=0):
        assert main([command, "--library", str(path), *map(str, words)]) == code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return captured

    for name, text in (("ferry.txt", TEXT), ("zoo.txt", "Zoo\n\nNo club here, but bears.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        run("import", tmp_path / name)
    marks = (
        {"quote": "club of dinosaurs", "tags": ["Name game"], "note": "A *label*"},
        {"quote": "it was a plot", "tags": ["persuasion23/doubt"]},
    )
    (tmp_path / "marks.jsonl").write_text("\n".join(map(json.dumps, marks)), encoding="utf-8")
    run("annotate", "ferry", "--from", tmp_path / "marks.jsonl")
    run.path = path
    return run


def test_words_are_found_with_their_places(run):
    (answer,) = json.loads(run("search", "--json", "label", "club").out)
    assert (answer["title"], len(answer["hits"])) == ("The ferry that was promised", 1)
    (answer,) = json.loads(run("search", "--json", "CAFE").out)
    (hit,) = answer["hits"]
    text = json.loads(run("show", "--json", "ferry").out)["text"]
    assert text[hit["start"] : hit["end"]] == "café"
    assert (hit["kind"], hit["paragraph"], hit["annotation"]) == ("text", 2, None)
    ((start, end),) = hit["matches"]
    assert hit["words"][start:end] == "café"
    out = run("search", "label").out
    assert "¶1" in out
    assert "A label" in out


def test_phrases_filters_and_limits(run):
    assert "Zoo" not in run("search", '"club of"').out
    assert "Zoo" in run("search", "club -dinosaurs").out
    assert "“club of dinosaurs”" in run("search", "tag:game").out
    out = run("search", "--limit", "1", "club").out
    assert "and 1 more" in out
    assert run("search", "nowhere").out == ""
    assert run("search", "--json", "nowhere").out == "[]\n"
    assert "Zoo" in run("search", "--", "-ferry").out


@pytest.mark.parametrize("words", ["before:soon", "in:space", "tag:nobody", "***", "status:wrong"])
def test_what_cannot_be_meant_is_refused(run, words):
    error = run("search", words, code=1).err
    assert error.startswith("postil: ")
    assert error.count("\n") == 1


@pytest.mark.parametrize("limit", ["0", "x", "², ", "9" * 5_000])
def test_a_limit_is_a_number(run, limit):
    assert "no number" in run("search", "club", "--limit", limit, code=2).err


def test_the_list_takes_a_tag(run):
    for tag in ("Name game", "persuasion23/doubt"):
        (row,) = json.loads(run("list", "--json", "--tag", tag).out)
        assert row["title"] == "The ferry that was promised"
    assert "no tag “nobody”" in run("list", "--tag", "nobody", code=1).err


def damage(run, *statements):
    with closing(sqlite3.connect(run.path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_a_whole_library_is_whole(run):
    assert "is whole" in run("check").out
    assert json.loads(run("check", "--json").out) == []


def test_an_index_that_does_not_fit_is_made_anew(run):
    damage(run, "INSERT INTO search_note(search_note) VALUES ('delete-all')")
    assert run("search", "label").out == ""
    (finding,) = json.loads(run("check", "--json").out)
    assert (finding["kind"], finding["mended"]) == ("index", True)
    assert "label" in run("search", "label").out
    assert "is whole" in run("check").out


def test_an_index_of_the_same_words_elsewhere_does_not_fit(run):
    damage(
        run,
        "INSERT INTO search_note(search_note, rowid, quote, note) "
        "SELECT 'delete', number, 'club of dinosaurs', 'a label' FROM annotation "
        "WHERE note != ''",
        "INSERT INTO search_note(rowid, quote, note) "
        "SELECT number, 'of club dinosaurs', 'a label' FROM annotation WHERE note != ''",
    )
    assert "made anew" in run("check").out


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE annotation SET start = start + 1 WHERE note != ''", {"mark", "sum"}),
        ("UPDATE revision SET text = replace(text, 'bears', 'hares')", {"text"}),
        ("DELETE FROM tag WHERE id = 'persuasion23/doubt'", {"row"}),
    ],
)
def test_faults_are_told(run, statement, kinds):
    damage(run, statement)
    captured = run("check", "--json", code=1)
    faults = {finding["kind"] for finding in json.loads(captured.out) if not finding["mended"]}
    assert faults == kinds
    assert "faults" in run("check", code=1).err


def test_a_damaged_file_is_refused_in_words(run):
    data = bytearray(run.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    run.path.write_bytes(data)
    assert "damaged" in run("check", code=1).err
