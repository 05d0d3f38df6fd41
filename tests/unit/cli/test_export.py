"""`postil export` of many articles: names, one file for all, and what goes wrong half way."""

import errno
import json
import os
import zipfile
from pathlib import Path

import pytest

from factories import make_article
from postil.cli import main
from postil.library import AddArticle, Library

LONG = "x" * 300
TITLES = ("CON", "a/b: <c>?", "The Ferry", "the ferry", LONG, LONG, "Ärger")


@pytest.fixture
def library(tmp_path):
    """Return the file of a library whose titles are trouble as file names."""
    path = tmp_path / "library.sqlite"
    with Library.open(path, create=True) as library:
        for number, title in enumerate(TITLES):
            library.do(AddArticle(make_article(f"Words of article {number}.", title=title)))
    return path


@pytest.fixture
def run(library, tmp_path, capsys):
    """Return a function that exports everything into a folder and returns the output."""
    (tmp_path / "out").mkdir()

    def run(*words, code=0):
        command = ["export", "--library", str(library), "--all", *map(str, words)]
        assert main(command) == code
        return capsys.readouterr()

    return run


def test_every_article_gets_a_name_that_every_system_takes(run, tmp_path):
    out = tmp_path / "out"
    told = run("-o", out).out.splitlines()
    names = sorted(path.name for path in out.iterdir())
    assert sorted(told) == sorted(str(out / name) for name in names)
    assert len({name.casefold() for name in names}) == len(TITLES)
    folded = {"_con.md", "a b c.md", "the ferry.md", "the ferry (2).md", "ärger.md"}
    assert folded <= {name.casefold() for name in names}
    assert max(len(name.encode()) for name in names) <= 124
    for path in out.iterdir():
        assert path.read_text(encoding="utf-8").endswith("<!-- end of file -->\n")


def test_all_articles_are_one_file_where_the_format_can(run, tmp_path):
    target = tmp_path / "out" / "project.qdpx"
    written = json.loads(run("--to", "qdpx", "-o", target, "--json").out)
    assert {one["path"] for one in written} == {str(target)}
    assert len({one["id"] for one in written}) == len(TITLES)
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 1 + len(TITLES)
    assert "exists already" in run("--to", "qdpx", "-o", target, code=1).err
    assert run("--to", "labels", "-o", "-").out == ""
    assert "takes one article" in run("--to", "csv", "-o", "-", code=1).err
    refused = run("--to", "csv", "-o", tmp_path / "all.csv", code=1).err
    assert "several articles do not go into one file" in refused


def test_a_folder_that_is_missing_is_made_with_those_above_it(run, tmp_path):
    folder = tmp_path / "new" / "deep"
    run("-o", folder)
    assert len(list(folder.iterdir())) == len(TITLES)
    run("--to", "qdpx", "-o", f"{tmp_path / 'each'}{os.sep}")
    assert len(list((tmp_path / "each").iterdir())) == len(TITLES)
    remarks = run("--to", "lesson", "--as", "markdown", "-o", tmp_path / "packs").err
    assert "erry - lesson (2).zip”: There" in remarks  # of which of two is told
    assert "its folder is a file" in run("-o", folder / "_CON.md" / "in", code=1).err
    (tmp_path / "file").touch()
    assert "file” is no folder" in run("-o", tmp_path / "file", code=1).err


@pytest.fixture
def export(library, tmp_path, capsys):
    """Return a function that exports one article with two marks, and returns the output."""
    marks = tmp_path / "m.jsonl"
    marks.write_text(
        '{"quote": "Words", "author": "Dana", "tags": ["Label"]}\n{"quote": "article"}\n'
    )
    assert main(["annotate", "Ärger", "--from", str(marks), "--library", str(library)]) == 0
    capsys.readouterr()

    def export(*words, code=0, article="Ärger"):
        command = ["export", article, "--library", str(library), "-o", "-", *words]
        assert main(command) == code
        return capsys.readouterr()

    return export


def test_an_option_that_does_nothing_says_so(export):
    said = {
        "--copy student --legend --room": ["--legend does nothing in a student copy"],
        "--copy practice --tag label": ["--tag does nothing in a practice copy"],
        "--neutral --legend": ["--legend does nothing beside --neutral"],
        "--to csv --numbers --paper A4": ["--numbers does nothing in csv", "--paper does"],
        "--guide both": ["--guide does nothing without --copy guided"],
        "--copy guided --focus label": ["--focus does nothing without questions"],
        "--copy guided --guide both --focus label": [],
        "--as html": ["--as does nothing without --to lesson"],
        "--copy key --legend --numbers": [],
    }
    for words, told in said.items():
        lines = export(*words.split()).err.splitlines()
        assert len(lines) == len(told)
        assert all(start in line for start, line in zip(told, lines, strict=True))


def test_labels_are_left_out_or_it_is_refused(export):
    refused = export("--copy", "key", "--neutral", code=2)
    assert "--neutral does not go with --copy key" in refused.err


def test_authors_are_known_by_any_spelling_and_unknown_ones_refused(export):
    assert "by=Dana" in export("--author", "dana").out
    unsigned = export("--author", "").out
    assert "by=" not in unsigned
    assert unsigned.count("[^a1]:") == 1
    assert export("--author", "Dan", code=1).err.endswith("There are marks by “Dana”.\n")


def test_nothing_to_write_is_said(export, tmp_path, capsys):
    told = export("--to", "csv", article="CON").err
    assert told == "postil: There are no marks in what was written.\n"
    assert "as --tag, --author and --status ask" in export("--author", "Dana", article="CON").err
    assert export(article="CON").err == ""
    empty = tmp_path / "empty.sqlite"
    Library.open(empty, create=True).close()
    assert main(["export", "--all", "-o", "-", "--library", str(empty)]) == 0
    assert capsys.readouterr().err == "postil: The library has no article.\n"


def test_the_name_of_the_file_says_the_format(run, library, tmp_path):
    command = ["export", "--library", str(library), "Ärger", "-o"]
    for name, begins in (("a.HTML", b"<!DOCTYPE"), ("a.docx", b"PK"), ("a.txt", b"---")):
        assert main([*command, str(tmp_path / name), "--force"]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert main([*command, str(tmp_path / "a.csv"), "--to", "markdown"]) == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"---")


def test_what_could_not_be_said_is_told_on_the_error_line(library, tmp_path, capsys):
    marks = tmp_path / "m.jsonl"
    marks.write_text(
        '{"quote": "Words of", "note": "Why?", "star": true}\n{"quote": "Not there"}\n'
    )
    assert main(["annotate", "Ärger", "--from", str(marks), "--library", str(library)]) == 0
    capsys.readouterr()
    words = ["export", "Ärger", "--to", "labels", "-o", "-", "--library", str(library)]
    assert main(words) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "postil: “Ärger”: 1 mark that waits for its place is left out.",
        "postil: “Ärger”: 1 mark without a tag is left out.",
        "postil: “Ärger”: The note of 1 mark is left out.",
        "postil: “Ärger”: 1 star is left out.",
    ]


@pytest.fixture
def fails_at(monkeypatch):
    """Return a function that has the third file that is written fail."""

    def fails_at(error):
        real, calls = os.fsync, []

        def fsync(descriptor):
            calls.append(descriptor)
            if len(calls) == 5:  # each file and its folder
                raise error
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)

    return fails_at


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(errno.ENOSPC, "full"), 1, "the disk is full"),
        (OSError(errno.EACCES, "no"), 1, "no permission"),
        (KeyboardInterrupt(), 130, "Stopped"),
    ],
)
def test_what_was_written_before_it_failed_is_whole_and_nothing_else(
    run, tmp_path, fails_at, error, code, sentence
):
    out = tmp_path / "out"
    (out / "Ärger.md").write_text("mine")  # is replaced, as the first one
    fails_at(error)
    captured = run("-o", out, "--force", code=code)
    assert sentence in captured.err
    told = captured.out.splitlines()
    assert len(told) == 2
    assert {str(path) for path in out.iterdir()} == set(told)
    for path in map(Path, told):
        assert path.read_text(encoding="utf-8").endswith("<!-- end of file -->\n")


def test_copies_for_a_class_say_what_they_are_in_their_names(run, library, tmp_path, capsys):
    marks = tmp_path / "m.jsonl"
    mark = '{"quote": "Words", "note": "Why?", "author": "Dana", "tags": ["Label"]}\n'
    marks.write_text(mark + '{"quote": "article", "tags": ["Other"]}\n')
    assert main(["annotate", "Ärger", "--from", str(marks), "--library", str(library)]) == 0
    out = tmp_path / "out"
    run("--copy", "student", "-o", out)
    text = (out / "Ärger - student.md").read_text("utf-8")
    assert "Words of article" in text
    assert not [word for word in ("Why?", "Dana", "Label", "<mark") if word in text]
    assert len(list(out.glob("* - student.md"))) == 5
    words = ["export", "Ärger", "-o", "-", "--library", str(library)]
    guide = ["--copy", "guided", "--guide", "both", "--focus", "Label", "--author", "Dana"]
    assert main([*words, *guide]) == 0
    guided = capsys.readouterr().out
    assert guided.count("<mark>") == 1
    assert "partial" not in guided
    assert main([*words, "--tag", "my/label"]) == main([*words, "--tag", "label"]) == 0
    capsys.readouterr()
    assert main([*words, "--quotes-only", "--tag", "Label"]) == 0
    quotations = capsys.readouterr().out
    assert "of article" not in quotations
    assert "Why?" in quotations
    assert "partial: true" in quotations


@pytest.mark.parametrize("words", ["--copy student", "--quotes-only", "--copy guided"])
def test_formats_for_programs_have_no_copies(run, words):
    asked = run("--to", "jsonld", *words.split(), code=2)
    assert f"{words.split()[0]} does not go with jsonld" in asked.err


@pytest.mark.usefixtures("qapp")
def test_a_lesson_is_packed_or_laid_out_in_a_new_folder(run, library, tmp_path, capsys):
    words = ["export", "Ärger", "--to", "lesson", "--library", str(library), "-o"]
    folder = tmp_path / "lesson"
    assert main([*words, str(folder), "--as", "markdown", "--as", "pdf"]) == 0
    laid_out = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert {"for students/student-copy.pdf", "for the teacher/key.md"} <= laid_out
    assert "There are no tag cards" in capsys.readouterr().err
    run("--to", "lesson", "--as", "markdown", "-o", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "Ärger - lesson.zip") as archive:
        assert set(archive.namelist()) == {name for name in laid_out if name.endswith(".md")}
    assert main([*words, str(library.with_suffix(".sqlite")), "--as", "html"]) == 1
    assert "exists already" in capsys.readouterr().err


def test_a_practice_copy_is_checked_against_the_key(run, library, tmp_path, capsys):
    marks = tmp_path / "m.jsonl"
    marks.write_text('{"quote": "Words", "tags": ["Label"]}\n{"quote": "article"}\n')
    assert main(["annotate", "Ärger", "--from", str(marks), "--library", str(library)]) == 0
    key, copy = tmp_path / "key.md", tmp_path / "copy.md"
    for kind, path in (("key", key), ("practice", copy)):
        words = ["export", "Ärger", "--copy", kind, "-o", str(path), "--library", str(library)]
        assert main(words) == 0
    text = copy.read_text("utf-8").replace("Words of", '<mark class="a1">Words of</mark>[^a1]')
    copy.write_text(text + "\n[^a1]: **Other**\n", "utf-8")
    capsys.readouterr()
    assert main(["practice", str(copy), "--key", str(key)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "copy.md: 1 of 2 found, 0 extra, credit 16%",
        "  found   31%  ¶1   “Words”  Label ← Other",
        "  missed       ¶1   “article”",
    ]
    gone = tmp_path / "gone.md"
    assert main(["practice", str(gone), str(copy), "--key", str(key), "--json"]) == 1
    captured = capsys.readouterr()
    [told] = json.loads(captured.out)
    assert (told["found"], told["missed"], told["extra"], told["credit"]) == (1, 1, 0, 0.1562)
    assert told["marks"][0]["overlap"] == 0.625
    assert "gone.md" in captured.err
