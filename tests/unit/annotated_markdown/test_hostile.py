"""Hostile files take time in proportion to their length, and give words or a sentence."""

import time

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
SHORT, LONG = 4_000, 32_000


def seconds(text):
    """Return the processor time of reading a file."""
    start = time.process_time()
    try:
        parse(text)
    except UserError as error:
        assert error.what  # noqa: PT017 - either way is right
    return time.process_time() - start


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
def test_time_grows_with_length_only(unit, frame):
    short, long = (frame.format(unit * (length // len(unit))) for length in (SHORT, LONG))
    quick = min(seconds(short) for _ in range(2))
    # Eight times the length: quadratic time would be sixty-four times as much.
    assert seconds(long) < 24 * quick + 0.25


def test_many_marks_over_each_other_are_read():
    classes = " ".join(f"a{number}" for number in range(5_000))
    assert seconds(f'{FRONT}<mark class="{classes}">x <em>y</mark> z</em>') < 5
