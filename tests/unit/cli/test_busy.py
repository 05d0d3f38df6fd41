"""Commands beside another program: they wait, say so, and give up; reading needs no leave."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from factories import FERRY, make_article
from postil.cli import main, session
from postil.library import AddArticle, Library
from postil.store import store as store_module


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        library.do(AddArticle(make_article(*FERRY, title="The ferry")))
    return path


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "more.txt"
    path.write_text("More words.", "utf-8")
    return path


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(store_module, "_TOLD_AFTER_SECONDS", 0.05)


def test_a_command_says_that_it_waits_and_goes_on(path, text, capsys, monkeypatch):
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        telling = session._telling_once

        def telling_ends_it(library):
            tell = telling(library)
            return lambda: (tell(), other.in_transaction and other.execute("ROLLBACK"))

        monkeypatch.setattr(session, "_telling_once", telling_ends_it)
        assert main(["import", str(text), "--library", str(path)]) == 0
    told = capsys.readouterr().err
    assert told.count("postil: waiting for") == 1
    assert "library.sqlite" in told


@pytest.mark.parametrize("command", ["import", "list"])
def test_a_command_gives_up_in_a_sentence(path, text, command, capsys, monkeypatch):
    monkeypatch.setattr(session, "_WAIT_SECONDS", 0.2)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        words = [str(text)] if command == "import" else []
        assert main([command, *words, "--library", str(path)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("postil: waiting for")
    assert "in use by another program" in told[1]
    assert len(told) == 2


def test_what_is_not_held_is_not_waited_for(path, capsys):
    assert main(["list", "--library", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_where_nothing_can_be_written_commands_still_read(path, text, capsys, monkeypatch):
    before = path.read_bytes()
    # As on a medium without writing, which root meets too; permissions do not stop root.
    monkeypatch.setattr(os, "access", lambda _place, _mode: False)
    assert main(["list", "--library", str(path)]) == 0
    assert "The ferry" in capsys.readouterr().out
    assert main(["import", str(text), "--library", str(path)]) == 1
    assert "is read-only" in capsys.readouterr().err
    assert path.read_bytes() == before


WRITER = """
import sys, pathlib
from postil.library import AddAnnotation, ChangeAnnotation, Library
path, article, name = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Library.open(path, wait_seconds=30) as library:
    first = AddAnnotation(article, 0, 3, id=name)
    library.do(first)
    for number in range(20):
        library.do(AddAnnotation(article, number, number + 3, id=f"{name}-{number}"))
        library.drafts.keep(name, f"draft {number}")
        based = next(m.note for m in library.annotations(article) if m.id == "shared")
        library.do(ChangeAnnotation("shared", note=f"{based}\\n{name}-{number};", based_on=based))
        library.do(ChangeAnnotation(name, note=f"{number}"))
"""


def test_two_processes_write_at_once_and_nothing_is_lost(path):
    """Some 80 operations each; a note both write on keeps every line of both."""
    from postil.library import AddAnnotation

    with Library.open(path) as library:
        (article,) = library.article_ids()
        library.do(AddAnnotation(article, 0, 3, note="Begun.", id="shared"))
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), article, name])
        for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Library.open(path) as library:
        marks = {mark.id: mark for mark in library.annotations(article)}
        assert library.drafts.kept() == []
        assert library.check() == []
    for name in ("one", "two"):
        assert marks[name].note == "19"
        for number in range(20):
            assert f"{name}-{number}" in marks
            assert f"{name}-{number};" in marks["shared"].note
