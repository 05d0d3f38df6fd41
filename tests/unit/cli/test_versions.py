"""Versions on the command line: taken in, listed, compared."""

import json

import pytest

from postil.cli import main

PAGE = """<html><head><link rel="canonical" href="https://example.org/{path}"></head><body>
<h1>The ferry</h1><p>{words}</p><p>It rained all day long.</p></body></html>"""


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command on a library of its own and returns its output."""

    def run(*words, code=0):
        words = [words[0], "--library", str(tmp_path / "l.sqlite"), *map(str, words[1:])]
        assert main(words) == code
        return capsys.readouterr()

    return run


@pytest.fixture
def page(tmp_path):
    """Return a function that writes a page from an address."""

    def write(words, path="ferry"):
        file = tmp_path / "page.html"
        file.write_text(PAGE.format(words=words, path=path), "utf-8")
        return file

    return write


def taken(run, *words):
    return json.loads(run("import", "--json", *words).out)[0]


def test_the_same_address_is_reported_as_revised(run, page, tmp_path):
    first = taken(run, page("For years nothing was done by the council."))
    marks = tmp_path / "marks.jsonl"
    marks.write_text('{"start": 10, "end": 19}\n', "utf-8")
    run("annotate", first["id"], "--from", marks)
    captured = run("import", "--json", page("For many years little was done by the council."))
    second = json.loads(captured.out)[0]
    assert (second["id"], second["status"]) == (first["id"], "revised")
    assert sum(second["carried"].values()) == 1
    assert "--separate" in captured.err
    third = taken(run, "--separate", page("Quite another text at this place."))
    assert third["status"] == "new"


def test_the_same_text_elsewhere_is_told_and_can_be_an_article(run, page):
    first = taken(run, page("The same words."))
    captured = run("import", page("The same words.", "wire"))
    assert "known" in captured.out
    assert "--separate" in captured.err
    other = taken(run, "--separate", page("The same words.", "wire"))
    assert other["status"] == "new"
    assert other["id"] != first["id"]


def test_a_file_is_a_version_of_the_article_named(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Some words here.\n\nAnd there.", "utf-8")
    first = taken(run, path)
    path.write_text("Other words here.\n\nAnd there.", "utf-8")
    second = taken(run, "--as-version-of", first["id"], path)
    assert (second["id"], second["status"]) == (first["id"], "revised")
    refused = run("import", "--as-version-of", first["id"], path, path, code=2)
    assert "one file" in refused.err
    assert "No article" in run("import", "--as-version-of", "nobody", path, code=1).err


def test_versions_are_listed(run, page):
    first = taken(run, page("For years nothing was done."))
    taken(run, page("For years much was done."))
    newest, oldest = json.loads(run("show", first["id"], "--versions", "--json").out)
    assert (newest["number"], newest["kind"], oldest["number"]) == (2, "file", 1)
    lines = run("show", first["id"], "--versions").out.splitlines()
    assert len(lines) == 3
    assert lines[1].split()[0] == "2"
    assert "page.html" in lines[2]


def test_the_difference_is_told_word_by_word(run, page):
    first = taken(run, page("For years nothing was done."))
    taken(run, page("For years much was done."))
    told = run("diff", first["id"]).out
    assert "For years [-nothing-]{+much+} was done." in told
    assert "rained" not in told
    assert "[-much-]{+nothing+}" in run("diff", first["id"], "--from", 2, "--to", 1).out
    assert "the same" in run("diff", first["id"], "--from", 2, "--to", 2).out
    changes = json.loads(run("diff", first["id"], "--json").out)["changes"]
    assert [(c["kind"], c["words"]) for c in changes] == [
        ("deleted", "nothing"),
        ("inserted", "much"),
    ]
    assert "versions 1 to 2" in run("diff", first["id"], "--from", 7, code=2).err


def test_a_paragraph_taken_out_is_shown_whole(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One here.\n\nTwo is gone.\n\nThree stays.", "utf-8")
    first = taken(run, path)
    path.write_text("One here.\n\nThree stays.", "utf-8")
    taken(run, "--as-version-of", first["id"], path)
    assert "[-Two is gone.-]" in run("diff", first["id"]).out
