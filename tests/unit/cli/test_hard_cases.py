"""What goes wrong around a command: names, folders, outputs, other programs at work."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from postil.cli import main

LONG = "x" * 300
FULL = Path("/dev/full")


@pytest.fixture
def library(tmp_path, capsys):
    """Return a library with one article in it."""
    source = tmp_path / "ferry.txt"
    source.write_text("The ferry\n\nWords — of the article — stand here.", encoding="utf-8")
    path = tmp_path / "library.sqlite"
    assert main(["import", str(source), "--library", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def refused(library, capsys):
    """Return a function that runs a command and returns the one line that refuses it."""

    def refused(*words, code=1):
        before = library.read_bytes()
        assert main([words[0], "--library", str(library), *map(str, words[1:])]) == code
        error = capsys.readouterr().err
        assert error.startswith("postil: ")
        assert error.count("\n") == 1
        assert library.read_bytes() == before
        return error

    return refused


def shell(*words, library, **settings):
    """Start a command as its own process."""
    return subprocess.Popen(
        [sys.executable, "-m", "postil", words[0], "--library", library, *words[1:]],
        stderr=subprocess.PIPE,
        **settings,
    )


@pytest.mark.parametrize(
    "words",
    [["import", LONG], ["annotate", "ferry", "--from", LONG], ["export", "ferry", "-o", LONG]],
)
def test_a_name_too_long_for_the_disk_is_refused(refused, words):
    assert "oo long" in refused(*words)


@pytest.mark.parametrize("command", ["list", "import"])
def test_a_library_with_a_name_too_long_is_refused(tmp_path, capsys, command):
    words = [command, *(["a.txt"] if command == "import" else [])]
    assert main([*words, "--library", str(tmp_path / LONG)]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_an_empty_name_never_stands_for_the_folder_one_is_in(refused, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.txt").write_text("Other words.")
    refused("import", "")
    refused("export", "ferry", "-o", "", code=2)


def test_an_empty_name_never_stands_for_the_own_library(capsys):
    assert main(["list", "--library", ""]) == 2
    assert "names no file" in capsys.readouterr().err


def test_a_folder_tells_what_it_could_not_give(library, tmp_path, capsys):
    folder = tmp_path / "in"
    (folder / "empty").mkdir(parents=True)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / ".hidden").write_text("not meant")
    (folder / "good.txt").write_text("Good words.")
    (folder / "round").symlink_to(folder)
    assert main(["import", str(folder), "--library", str(library), "--json"]) == 1
    captured = capsys.readouterr()
    assert [one["title"] for one in json.loads(captured.out)] == ["good"]
    refusal, _summary = captured.err.splitlines()
    assert "gone.txt" in refusal


def test_a_folder_without_files_is_refused(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "holds no file" in refused("import", tmp_path / "empty")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_that_may_not_be_read_is_refused(refused, tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    assert "cannot be read" in refused("import", tmp_path / "closed")


def test_a_remark_names_its_file(library, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("Words ![picture](http://127.0.0.1/x.png) here.")
    assert main(["import", str(page), "--library", str(library)]) == 0
    assert "page.md: " in capsys.readouterr().err


def test_an_export_of_several_writes_all_or_none(refused, library, tmp_path):
    other = tmp_path / "second.txt"
    other.write_text("Words of a second article.")
    assert main(["import", str(other), "--library", str(library)]) == 0
    out = tmp_path / "out"
    out.mkdir()
    (out / "The ferry.md").write_text("mine")
    assert "“The ferry.md” exists already" in refused("export", "--all", "-o", out)
    assert [path.name for path in out.iterdir()] == ["The ferry.md"]
    assert (out / "The ferry.md").read_text() == "mine"


@pytest.mark.parametrize("words", [["--all", "-o", "missing"], ["ferry", "-o", "missing/"]])
def test_a_folder_that_is_not_there_is_made_and_is_no_file(library, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--library", str(library), *words]) == 0
    assert [path.name for path in (tmp_path / "missing").iterdir()] == ["The ferry.md"]


@pytest.mark.parametrize("words", [["export"], ["export", "x", "--all"]])
def test_export_takes_articles_or_all(refused, words):
    refused(*words, code=2)


def test_a_date_that_is_none_is_wrong_usage(library, capsys):
    assert main(["list", "--after", "tomorrow", "--library", str(library)]) == 2
    assert "no date" in capsys.readouterr().err
    assert main(["list", "--after", "2026-05", "--library", str(library)]) == 0


def test_a_misspelt_command_opens_no_window(capsys):
    assert main(["exprot", "ferry"]) == 2
    assert "“exprot” is neither a command nor a file" in capsys.readouterr().err


def test_a_whole_title_wins_over_a_piece_of_another(library, tmp_path, capsys):
    other = tmp_path / "other.txt"
    other.write_text("The ferry again\n\nWords of a second article stand here.")
    assert main(["import", str(other), "--library", str(library)]) == 0
    capsys.readouterr()
    assert main(["show", "the ferry", "--library", str(library)]) == 0
    assert capsys.readouterr().out.startswith("The ferry\n")


def test_a_command_waits_for_the_one_before_it(library, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Other words.")
    with closing(sqlite3.connect(library, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with shell("import", other, library=library, stdout=subprocess.PIPE) as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.communicate(timeout=3)
            holder.rollback()
            assert waiting.wait(60) == 0


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_output_is_utf8_whatever_the_locale(library, locale):
    settings = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for words in (["show", "ferry"], ["show", "ferry", "--json"]):
        with shell(
            *words, library=library, stdout=subprocess.PIPE, env=os.environ | settings
        ) as done:
            out, error = done.communicate()
        assert (done.returncode, error) == (0, b"")
        assert "·" in out.decode() or "Words — of" in json.loads(out)["text"]


@pytest.mark.parametrize("words", [["show", "ferry", "--json"], ["export", "ferry", "-o", "-"]])
def test_a_reader_that_leaves_hears_nothing(library, words):
    reading, writing = os.pipe()
    os.close(reading)
    with shell(*words, library=library, stdout=writing) as done:
        os.close(writing)
        assert done.stderr.read() == b""
    assert done.returncode == 1


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["list"], ["export", "ferry", "-o", "-"]])
def test_a_full_disk_behind_the_output_is_one_line(library, words):
    with FULL.open("wb") as full, shell(*words, library=library, stdout=full) as done:
        error = done.stderr.read().decode()
    assert done.returncode == 1
    assert error.startswith("postil: The output cannot be written: ")
    assert error.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise")
def test_stopping_a_command_is_one_line(library):
    with shell("import", "-", library=library, stdin=subprocess.PIPE) as running:
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(3)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b"postil: Stopped.\n"
