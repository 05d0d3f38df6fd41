"""What the package says about itself, what it stands on, and under which licences."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import postil

TOP = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
DIRECT = [Requirement(line) for line in PROJECT["project"]["dependencies"]]


def closure():
    """Return the names of all distributions a user gets with ours, on this Python."""
    names, todo = set(), list(DIRECT)
    while todo:
        requirement = todo.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in names or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        todo += map(Requirement, importlib.metadata.requires(name) or [])
    return sorted(names)


def licences(name):
    """Return what a distribution says of its licence, alternatives apart."""
    metadata = importlib.metadata.metadata(name)
    said = [metadata.get("License-Expression") or metadata.get("License") or ""]
    said += [
        line.rpartition("::")[2]
        for line in metadata.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    return [
        part.strip() for line in said for part in re.split(r"\bOR\b", line[:300]) if part.strip()
    ]


def is_free_to_use(licence):
    """Return whether an MIT program may stand on it: anything but GPL and AGPL."""
    licence = licence.replace("Lesser General Public License", "LGPL")
    return not re.search(r"(?<!L)GPL|General Public License", licence)


def test_the_version_stands_in_one_place():
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+|rc\d+)?", postil.__version__)
    assert "version" in PROJECT["project"]["dynamic"]
    assert f"## [{postil.__version__}]" in (TOP / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_is_mit_and_there():
    assert PROJECT["project"]["license"] == "MIT"
    assert "MIT License" in (TOP / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("name", closure())
def test_what_we_stand_on_may_be_used(name):
    said = licences(name)
    assert said, f"{name} says nothing of its licence"
    assert any(is_free_to_use(licence) for licence in said), said


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0", False),
        ("GNU General Public License v2 (GPLv2)", False),
    ],
)
def test_licences_are_told_apart(licence, free):
    assert is_free_to_use(licence) is free


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_every_dependency_has_a_lower_bound_and_a_reason(requirement):
    assert any(bound.operator == ">=" for bound in requirement.specifier)
    assert f"`{requirement.name}`" in (TOP / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("python", "fits", "version"),
    [
        ("3.11", True, "6.11.3"),
        ("3.11", False, "6.12.0"),
        ("3.12", True, "6.12.0"),
        ("3.13", True, "6.13.0"),
        ("3.13", False, "6.9.9"),
    ],
)
def test_the_qt_that_ends_python_3_11_is_kept_from_it(python, fits, version):
    bounds = [
        requirement.specifier
        for requirement in DIRECT
        if requirement.name == "PySide6-Essentials"
        and requirement.marker.evaluate({"python_version": python})
    ]
    assert len(bounds) == 1
    assert (version in SpecifierSet(str(bounds[0]))) is fits


def test_this_environment_has_a_qt_that_fits():
    version = importlib.metadata.version("PySide6-Essentials")
    assert sys.version_info >= (3, 12) or version < "6.12"


def test_the_core_is_what_was_agreed():
    names = {requirement.name for requirement in DIRECT}
    assert {"PySide6-Essentials", "SQLAlchemy", "alembic", "Markdown", "appdirs"} <= names
