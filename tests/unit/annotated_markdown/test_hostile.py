"""Hostile files take time in proportion to their length, and give words or a sentence."""

import contextlib

import pytest

from postil.annotated_markdown import parse
from postil.domain.errors import UserError

FRONT = '---\nformat: "postil/1"\n---\n\n'
UNITS = (
    *("[", "*", "_", "**a", "a*", "*a**b", "***", "`", "``` ", "`a``b```c", "\\", "\\\n", "&"),
    *("<", "<mark", "<mark>", '<mark class="a">', "</mark>", "<!--", "<em>", "</em>", "<br> "),
    *("<em><strong></em>", '<em><mark class="x">', '<a href="', "<x ", "<small>", "&#9;"),
    *("[^a", "[^a1]", "[^a1]: ", "[^a1]: x\n", "![", "](", "[a](", '](x "', "](a()a()"),
    *("- ", "- a\n", "    - a\n", "1. a\n", "> ", "# ", "=\n", "---\n", "a  \n", " ", "\t"),
    *("a\u0301", "\u2028", "“", '"', "<!-- question a/b -->\n", "<!-- note -->\n", "a\n"),
)
LENGTH = 32_000


def read(text):
    """Read a file; a refusal in words is as good."""
    with contextlib.suppress(UserError):
        parse(text)


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(FRONT + "x {}", id="ours"),
        pytest.param(FRONT + "x[^q]\n\n[^q]: {}", id="footnote"),
        pytest.param(FRONT + "x\n\n<!-- note -->\n\n{}", id="section"),
        pytest.param("---\ntitle: {}\n---\n\nx", id="front matter"),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.timeout(60)  # a reader that is not linear takes minutes
def test_hostile_files_are_read_or_refused(unit, frame):
    read(frame.format(unit * (LENGTH // len(unit))))


@pytest.mark.timeout(60)
def test_many_marks_over_each_other_are_read():
    classes = " ".join(f"a{number}" for number in range(5_000))
    read(f'{FRONT}<mark class="{classes}">x <em>y</mark> z</em>')
