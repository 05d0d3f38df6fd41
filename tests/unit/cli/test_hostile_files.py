"""Files that mean harm, through the commands: an article or one sentence, and nothing else.

Nothing is asked of the network, no file is opened but the one that was named, nothing is left.
"""

import json
import os
import re
import socket
import sys
import tempfile
from pathlib import Path

import pytest

from hostile_files import KINDS, hostile_codebooks, hostile_files, hostile_marks
from postil import isolation
from postil.cli import main
from postil.domain import limits
from watched import Watched

SECRET = "Nobody was to read these words."
SOURCES = ["fifo", "device", "socket", "loop", "link to a device", "folder"]


@pytest.fixture
def library(tmp_path, capsys):
    """Return a library with one article in it."""
    source = tmp_path / "ferry.txt"
    source.write_text("The ferry\n\nThe ferry left at noon.", encoding="utf-8")
    path = tmp_path / "library.sqlite"
    assert main(["import", str(source), "--library", str(path)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def secret(tmp_path):
    """Return a file that nothing may read, in a folder that is watched until the test ends."""
    folder = tmp_path / "secret"
    folder.mkdir()
    path = folder / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    with Watched(folder) as watched:
        yield path
        assert watched.opened() == []


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return an empty folder that is the current one and the one for temporary files."""
    made = tmp_path / "here"
    made.mkdir()
    monkeypatch.chdir(made)
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def refusals(capsys, code):
    """Return the lines that were told, each of which is one of ours."""
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert "Traceback" not in told.err
    assert all(line.startswith("postil: ") and len(line) < 500 for line in lines), lines
    assert code in (0, 1)
    return told.out, lines


def test_what_is_watched_is_seen(tmp_path):
    if not Watched.can_see:
        pytest.skip("only Linux tells who opens a file")
    (tmp_path / "a").write_text("x")
    with Watched(tmp_path) as watched:
        assert watched.opened() == []
        (tmp_path / "a").read_text()
        assert "a" in watched.opened()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_becomes_an_article_or_one_sentence(kind, library, secret, folder, site, capsys):
    site.page("/asked", b"x")
    sources = dict(hostile_files(kind, secret, site.address("/asked")))
    outside = folder.parent / "files"
    outside.mkdir()
    for name, data in sources.items():
        (outside / name).write_bytes(data)
    paths = [str(outside / name) for name in sources]
    code = main(["import", *paths, "--json", "--library", str(library)])
    out, lines = refusals(capsys, code)
    taken = {Path(answer["source"]).name for answer in json.loads(out)}
    for name in sources.keys() - taken:
        assert sum(f"{name} " in line or f"“{name}”" in line for line in lines) == 1, (name, lines)
    assert sources.keys() & taken, "nothing is taken in: the test tries nothing"
    assert main(["list", "--json", "--library", str(library)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == 1 + len({a["id"] for a in json.loads(out)})
    for answer in listed:
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer["title"])
        assert main(["show", answer["id"], "--library", str(library)]) == 0
        assert SECRET not in capsys.readouterr().out
    assert main(["check", "--library", str(library)]) == 0
    assert not list(folder.iterdir())
    assert {path: (outside / path).read_bytes() for path in sources} == sources
    assert site.asked == []


@pytest.mark.parametrize("words", [["annotate", "ferry", "--from"], ["merge"]])
def test_i21_marks_that_cannot_be_are_refused(words, library, tmp_path, folder, capsys):
    for name, data in hostile_marks():
        path = tmp_path / name
        path.write_bytes(data)
        before = library.read_bytes()
        code = main([*words, str(path), "--library", str(library)])
        _, lines = refusals(capsys, code)
        assert code == 1, name
        assert name in lines[0]
        assert len(lines) == (2 if words == ["merge"] else 1), lines  # merge says what next
        assert library.read_bytes() == before
    assert not list(folder.iterdir())


def test_codebooks_are_refused_in_words(library, secret, tmp_path, folder, capsys):
    for name, data in hostile_codebooks(secret):
        path = tmp_path / name
        path.write_bytes(data)
        before = library.read_bytes()
        code = main(["codebook", "add", str(path), "--library", str(library)])
        _, lines = refusals(capsys, code)
        assert code == 1, name
        assert len(lines) == 1, lines
        assert name in lines[0]
        assert "sys." not in lines[0]  # Python's own advice is for programmers
        assert library.read_bytes() == before
    assert not list(folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files in folders")
@pytest.mark.parametrize(
    "words",
    [["import"], ["annotate", "ferry", "--from"], ["codebook", "add"], ["merge"]],
    ids=lambda words: words[0],
)
def test_what_is_no_regular_file_is_refused_and_never_hangs(
    words, library, tmp_path, monkeypatch, capsys
):
    folder = tmp_path / "odd"
    folder.mkdir()
    for kind in SOURCES:
        path = folder / kind
        match kind:
            case "fifo":
                os.mkfifo(path)
            case "device":
                path = Path("/dev/zero")
            case "socket":
                monkeypatch.chdir(folder)  # the paths of sockets are short
                with socket.socket(socket.AF_UNIX) as listening:
                    listening.bind(kind)
            case "loop":
                path.symlink_to(path)
            case "link to a device":
                path.symlink_to("/dev/zero")
            case "folder":
                path.mkdir()
        before = library.read_bytes()
        code = main([*words, str(path), "--library", str(library)])
        _, lines = refusals(capsys, code)
        assert code == 1, kind
        assert len(lines) == (2 if words == ["merge"] else 1), lines  # merge says what next
        assert library.read_bytes() == before


def test_a_child_that_read_hostile_files_stays_within_its_memory():
    if sys.platform == "win32":
        pytest.skip("the system does not tell")
    import resource

    isolation.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert used * (1 if sys.platform == "darwin" else 1024) <= limits.CHILD_BYTES
