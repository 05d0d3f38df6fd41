"""What the pages for people promise is there: commands, keys, pictures, files."""

import re
import shlex
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from postil.annotated_markdown import parse
from postil.cli import commands
from postil.cli.names import COMMANDS
from postil.ui.action_table import TABLE
from postil.ui.present.keys import BINDINGS
from postil.ui.reader.keys import KEYS

TOP = Path(__file__).resolve().parents[2]
README = (TOP / "README.md").read_text("utf-8")
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")


def section(title):
    """Return the text under a heading of the README."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def examples():
    """Return the commands the README shows, without the program's name."""
    lines = re.findall(r"^postil (.+?)(?: {2,}#.*)?$", section("Command line"), re.MULTILINE)
    return [shlex.split(line) for line in lines]


def test_the_two_commands_open_the_readme():
    first = README.split("```")[1].split("\n")
    assert [line.split("#")[0].strip() for line in first if line.strip()] == [
        "python3 packaging/start.py",
        "python3 packaging/start.py test",
    ]
    assert README.index("```") < README.index("\n\nA *postil*")


@pytest.mark.parametrize("words", examples(), ids=" ".join)
def test_shown_commands_are_understood(words):
    commands.parser("postil").parse_args(words)


def test_every_command_is_shown():
    assert {words[0] for words in examples()} == set(COMMANDS)


def test_keys_of_the_window_exist_and_none_is_left_out():
    table = section("Keys").partition("| everywhere |")[2]
    shown = {QKeySequence(key).toString() for key in re.findall(r"`([^`]+)`", table)}
    known = {QKeySequence(key).toString() for spec in TABLE for key in spec.keys}
    assert shown - known == set()
    untold = {spec.id for spec in TABLE if spec.keys and spec.where == "window"} - {
        spec.id for spec in TABLE for key in spec.keys if QKeySequence(key).toString() in shown
    }
    assert untold <= {"save", "quit"}, "habits everybody brings along need no line"


def test_keys_of_the_article_exist():
    table = section("Keys").partition("| everywhere |")[0].partition("| in the article |")[2]
    known = {QKeySequence(chord[0].value | chord[1].value).toString() for chord in KEYS}
    known |= {QKeySequence(k).toString() for s in TABLE if s.where == "reader" for k in s.keys}
    shown = [QKeySequence(key).toString() for key in re.findall(r"`([^`]+)`", table)]
    single = [key for key in shown if key not in {"Esc", "Shift", "", "1", "9", "Del", "Ins"}]
    assert set(single) - known - {"Shift+O", "F7"} == set()
    assert {"T", "N", "H", "Q", "J", "K", "O", "E", "F7"} <= set(shown)


def test_keys_of_a_presentation_exist_and_none_is_left_out():
    shown = {QKeySequence(k).toString() for k in re.findall(r"`([^`]+)`", section("Presenting"))}
    for binding in BINDINGS:
        keys = {QKeySequence(key).toString() for key in binding.keys}
        assert keys & shown or binding.step == "up", binding.step
        shown -= keys
    assert shown == set()


@pytest.mark.parametrize("name", PAGES)
def test_files_named_exist(name):
    text = (TOP / name).read_text("utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    written = re.findall(r"`((?:app|packaging|resources|tests)/[\w./-]+)`", text)
    packages = re.findall(
        r"`((?:importers|exporters|library|store|ui|page|isolation)/[\w./]+)`", text
    )
    missing = [path for path in linked + written if not (TOP / path).exists()]
    missing += [path for path in packages if not (TOP / "app" / "postil" / path).exists()]
    assert missing == []


def test_the_file_shown_is_one_of_ours():
    shown = section("The file").partition("```markdown\n")[2].partition("```")[0]
    parsed = parse(shown)
    assert parsed.is_ours
    assert parsed.hash_matches
    quoted = [parsed.article.text[one.mark.start : one.mark.end] for one in parsed.marks]
    assert quoted == ["inevitable, and only cranks", "only cranks disagree."]


def test_architecture_is_short():
    assert len((TOP / "ARCHITECTURE.md").read_text("utf-8").splitlines()) < 100
