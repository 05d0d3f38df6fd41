"""The repository's own text: no place on a machine, nothing left to do, no banned call."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
OURS = ("app", "packaging", "tests", "resources", ".ci")
TEXT = {".py", ".md", ".toml", ".json", ".svg", ".html", ".txt", ".css", ".mako"}
NAMED = {"LICENSE", "run", ".gitignore"}


def our_files():
    """Yield the text files of the repository, generated ones left out."""
    places = [*TOP.iterdir(), *(path for name in OURS for path in (TOP / name).rglob("*"))]
    for path in sorted(places):
        folders = path.relative_to(TOP).parts[:-1]
        if any(folder.startswith(".") and folder not in OURS for folder in folders):
            continue  # caches of tools
        if path.is_file() and (path.suffix in TEXT or path.name in NAMED):
            yield path


@cache
def trees():
    """Return the syntax tree of every module of the program by its path."""
    paths = sorted((TOP / "app").rglob("*.py"))
    return {path.relative_to(TOP).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def lines_with(pattern, *, outside=()):
    """Return path:number of the lines in which a pattern is found."""
    found = []
    for path in our_files():
        name = path.relative_to(TOP).as_posix()
        if path == Path(__file__).resolve() or name.startswith(tuple(outside)):
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    return found


def test_no_place_on_somebodys_machine_is_named():
    assert lines_with(r"(?<![\w.])/(work|opt|root|Users|home/\w+)/") == []


def test_only_tests_read_what_lies_beside_the_repository():
    assert lines_with(r"\.\./shared|[\"']shared[\"']|\bshared/", outside=["tests/"]) == []


def test_nothing_is_left_to_do():
    assert lines_with(r"\b(TODO|FIXME|XXX|HACK)\b", outside=["tests/data/"]) == []


def test_text_is_clean():
    outside = ["tests/data/"]
    assert lines_with(r"[ \t]+$|^<{7} |^>{7} ", outside=outside) == []
    unclosed = [
        path.relative_to(TOP).as_posix()
        for path in our_files()
        if (data := path.read_bytes()) and not data.endswith(b"\n")
    ]
    assert [name for name in unclosed if not name.startswith("tests/data/")] == []


def calls(name):
    """Yield path:line of each call of `name`, plain or of an object, in the program."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called == name:
                yield f"{path}:{node.lineno}"


@pytest.mark.parametrize("name", ["processEvents", "exec_", "eval", "setMarkdown"])
def test_what_must_not_be_called_is_not(name):
    assert list(calls(name)) == []


def test_only_the_command_line_prints():
    assert [place for place in calls("print") if not place.startswith("app/postil/cli")] == []


def test_every_module_says_what_it_is_for():
    silent = [path for path, tree in trees().items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []
