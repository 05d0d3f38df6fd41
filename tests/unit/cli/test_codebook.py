"""`postil codebook` through `main`."""

import json

import pytest

from postil.cli import main

FILE = (
    '{"id": "river", "name": "River talk", "version": "1",'
    ' "groups": [{"id": "wet", "name": "Wet", "colour": "#99DDFF"}],'
    ' "tags": [{"id": "flood", "name": "Flood talk", "group": "wet", "code": "FL"}]}'
)


@pytest.fixture
def run(tmp_path, capsysbinary):
    """Return a function that runs the command and returns standard output and error."""

    def run(*words, code=0):
        library = str(tmp_path / "library.sqlite")
        assert main(["codebook", "--library", library, *map(str, words)]) == code
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err
        return out.decode(), err.decode()

    main(["import", "--library", str(tmp_path / "library.sqlite"), str(_article(tmp_path))])
    capsysbinary.readouterr()
    return run


def _article(folder):
    path = folder / "ferry.txt"
    path.write_text("The ferry that was promised\n\nMost observers agree.")
    return path


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "river.json"
    path.write_text(FILE, "utf-8")
    return path


def test_codebooks_are_listed(run):
    out, _ = run("list")
    assert "persuasion23" in out
    rows = json.loads(run("list", "--json")[0])
    assert rows[0]["id"] == "persuasion23"
    assert (rows[0]["enabled"], rows[0]["tags"], rows[0]["marks"]) == (True, 23, 0)


def test_a_codebook_is_added_once_and_exported_again(run, file, tmp_path):
    assert "taken in" in run("add", file)[0]
    assert json.loads(run("add", file, "--json")[0]) == {
        "id": "river",
        "name": "River talk",
        "status": "known",
    }
    out, _ = run("export", "river")
    assert json.loads(out)["tags"] == json.loads(FILE)["tags"]
    target = tmp_path / "out.qdc"
    out, err = run("export", "river talk", "--to", "qdc", "-o", target)
    assert out.strip() == str(target)
    assert "letter codes" in err
    assert b"Flood talk" in target.read_bytes()
    _, err = run("export", "river", "-o", target, code=1)
    assert "exists" in err
    run("export", "river", "-o", target, "--force", "--json")
    assert "Flood talk" in run("add", target)[0] or json.loads(target.read_bytes())["id"] == "river"


def test_a_qdc_file_is_added(run, tmp_path):
    path = tmp_path / "Field.qdc"
    path.write_text('<CodeBook><Codes><Code name="Flood"/></Codes></CodeBook>')
    assert "taken in" in run("add", path)[0]
    rows = {row["id"]: row["name"] for row in json.loads(run("list", "--json")[0])}
    assert rows["field"] == "Field"


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("add", "nowhere.json"), 1, "does not exist"),
        (("export", "nobody"), 1, "No codebook is called"),
        (("export", "my"), 1, "no tags yet"),
        (("export", "persuasion23", "-o", ""), 2, "names no file"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run, words, code, reason):
    out, err = run(*words, code=code)
    assert out == ""
    assert reason in err
    assert err.count("\n") == 1


def test_a_broken_file_changes_nothing(run, file):
    before = run("list", "--json")
    file.write_text(FILE.replace('"FL"', '"too long"'))
    _, err = run("add", file, code=1)
    assert "tag 1, code" in err
    assert run("list", "--json") == before


def test_options_may_stand_before_and_behind_what_is_to_be_done(run, tmp_path, file):
    library = str(tmp_path / "other.sqlite")
    main(["import", "--library", library, str(_article(tmp_path))])
    assert main(["codebook", "add", "--library", library, str(file)]) == 0
    assert main(["codebook", "--json", "add", str(file), "--library", library]) == 0
    assert "river" in run("list", "--library", library)[0]
    assert "river" not in run("list")[0]


@pytest.mark.parametrize(
    ("words", "reason"),
    [(["add"], "are required: FILE"), (["list", "x"], "unrecognized arguments: x")],
)
def test_wrong_usage_is_told_with_the_usage(run, words, reason):
    out, err = run(*words, code=2)
    assert (out, err[:6]) == ("", "usage:")
    assert reason in err
