"""The rows of the house: contracts hold, no package stands outside them, Qt stays above."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application.use_cases import lint_imports

TOP = Path(__file__).resolve().parents[2]
PACKAGE = TOP / "app" / "postil"
KNOW_QT = {"ui", "page", "printing", "desktop"}


def modules(*, outside):
    """Return the dotted names of all modules that do not stand in these packages."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if "migrations" in parts:  # Alembic runs them
            continue
        if parts[0] not in outside and parts[-1] not in {"__init__", "__main__"}:
            yield ".".join(("postil", *parts))


def test_imports_keep_the_contracts():
    configuration.configure()
    assert lint_imports(
        config_filename=str(TOP / "pyproject.toml"), cache_dir=None, is_debug_mode=True
    ), "a contract is broken; run lint-imports to see where"


def test_every_package_stands_in_a_row():
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    in_rows = {name.strip("() ") for layer in layers for name in layer.split("|")}
    there = {
        f"postil.{path.stem}"
        for path in PACKAGE.iterdir()
        if path.name != "__init__.py"
        and (path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py"))))
    }
    assert there <= in_rows, "name new packages in the layers of pyproject.toml"


@pytest.mark.parametrize(
    ("names", "left_out"),
    [
        pytest.param(
            list(modules(outside=KNOW_QT)), "PySide6", id="all but the window leave Qt out"
        ),
        pytest.param(["postil.cli"], "PySide6 sqlalchemy alembic lxml markdown", id="cli is light"),
        pytest.param(["postil.desktop"], "alembic lxml markdown", id="the window starts light"),
        pytest.param(["postil.library"], "alembic", id="a library of today needs no migrations"),
    ],
)
def test_importing_leaves_heavy_things_out(names, left_out):
    lines = [f"import {name}" for name in names]
    lines += ["import sys", f"print(*[n for n in {left_out.split()!r} if n in sys.modules])"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_command_imports_what_it_needs_alone():
    run = 'import sys; from postil.cli import main; main(["list", "--help"])'
    told = "print(*[n for n in sys.modules if n.startswith('postil.')], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{run}; {told}"], capture_output=True, text=True, check=True
    )
    imported = set(done.stderr.split())
    assert "postil.cli.list_" in imported
    others = {"postil.cli.diff", "postil.cli.restore", "postil.library.commands.tags"}
    assert imported & {*others, "postil.differences", "postil.library.recovery"} == set()
