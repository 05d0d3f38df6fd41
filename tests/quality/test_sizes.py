"""Small rooms: files, classes and functions stay small enough to be read at once."""

import ast
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
FILE_LINES = 400
TEST_FILE_LINES = 600  # examples are long and plain
CLASS_LINES = 350
FUNCTION_LINES = 60

# Path or path::name -> why it may be longer. Each entry must still be needed.
MAY_BE_LONGER = {
    "app/postil/store/migrations/versions/0001_first_schema.py::upgrade": (
        "one list of tables, read from top to bottom and never edited again"
    ),
}

CODE = sorted((TOP / "app").rglob("*.py")) + sorted((TOP / "packaging").rglob("*.py"))
TESTS = sorted((TOP / "tests").rglob("*.py"))


def too_long(path, *, inside):
    """Yield what is too long in a file, as path or path::name."""
    name = path.relative_to(TOP).as_posix()
    source = path.read_text("utf-8")
    if len(source.splitlines()) > (FILE_LINES if inside else TEST_FILE_LINES):
        yield name
    for node in ast.walk(ast.parse(source)) if inside else ():
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            if node.end_lineno - node.lineno + 1 > limit:
                yield f"{name}::{node.name}"


@pytest.mark.parametrize(
    ("paths", "inside"),
    [pytest.param(CODE, True, id="code"), pytest.param(TESTS, False, id="tests")],
)
def test_rooms_are_small(paths, inside):
    assert paths
    long = {found for path in paths for found in too_long(path, inside=inside)}
    assert long - set(MAY_BE_LONGER) == set(), "look for the seam"


def test_exceptions_are_still_needed():
    long = {found for path in CODE for found in too_long(path, inside=True)}
    assert set(MAY_BE_LONGER) <= long, "take what is short again off the list"


def test_a_long_file_class_and_function_are_seen(tmp_path, monkeypatch):
    body = "    x = 1\n"
    source = "def f():\n" + body * 60 + "class C:\n" + body * 350 + "def g():\n" + body
    (tmp_path / "long.py").write_text(source, "utf-8")
    monkeypatch.setitem(globals(), "TOP", tmp_path)
    found = list(too_long(tmp_path / "long.py", inside=True))
    assert found == ["long.py", "long.py::f", "long.py::C"]
