"""Telling a file that was cut off from one that people have shortened by hand.

A file of ours says in its front matter which comment ends it. Where that is said and the
comment is gone, the rest is gone too. Older files say nothing; of those only what cannot have
been meant is refused: an article without its end, a line of code without its end, and marks
whose notes are missing from one number on.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from postil.annotated_markdown.document import FORMAT, LAST_LINE
from postil.annotated_markdown.front_matter import FENCE, FrontMatter
from postil.annotated_markdown.pieces import is_our_label
from postil.annotated_markdown.regions import Regions
from postil.annotated_markdown.sections import END_OF_FILE
from postil.domain.errors import UserError

_BEGINNING: Final = f'{FENCE}\nformat: "{FORMAT}"'
_FORMAT_KEY = re.compile(r"format:[ \t]*[\"'“”]?postil/")
# A line of code, or a comment, that does not end.
_OPEN = re.compile(r"`(?:i|id|id=[^`]*)?|<(?:!-?|!--[^>]*)?")
_AGAIN: Final = "Get the whole file again"


def refuse_beginning(text: str) -> None:
    """Refuse a text that is no more than the first characters of a file of ours.

    Args:
        text: of a file, with LF line ends.

    Raises:
        UserError: says so.
    """
    if text and _BEGINNING.startswith(text):
        raise UserError("It breaks off in its first lines", f"{_AGAIN}.")


def refuse_open_front(lines: Sequence[str]) -> None:
    """Refuse a file of ours whose front matter has no end.

    Args:
        lines: of a file in which no front matter was found.

    Raises:
        UserError: says so.
    """
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == FENCE and any(map(_FORMAT_KEY.match, lines[first + 1 :])):
        raise UserError(
            f"It breaks off in its front matter (the line “{FENCE}” that ends it is missing)",
            f"{_AGAIN}; if nothing else is missing, add that line.",
        )


def refuse_cut(
    front: FrontMatter,
    regions: Regions,
    text: str,
    named: Iterable[str],
    last_line: str,
    *,
    hash_matches: bool,
) -> None:
    """Refuse a file of ours that was cut off after its front matter.

    Args:
        front: what its front matter says.
        regions: its lines by what they belong to.
        text: of the article as far as it is there.
        named: labels of marks and references in the article.
        last_line: that has anything in it.
        hash_matches: whether the article is the one the file was written with.

    Raises:
        UserError: says what is missing and what to do.
    """
    if regions.is_ended:
        return
    if front.text("last_line") == LAST_LINE:
        what = f"its last line, “{END_OF_FILE}”, is missing"
    elif not regions.goes_on_after_article and not hash_matches and _is_short(front, text):
        what = f"the text has {len(text):,} of {int(front.text('text_length')):,} characters"
    elif _OPEN.fullmatch(last_line.strip()):
        what = "its last line is not whole"
    elif first := _first_lost({label for label, _ in regions.footnotes}, named, front, regions):
        what = f"the note [^a{first}] and all after it are missing"
    else:
        return
    raise UserError(
        f"It is cut off: {what}",
        f"{_AGAIN}; if nothing is missing, write “{END_OF_FILE}” as its last line.",
    )


def _is_short(front: FrontMatter, text: str) -> bool:
    length = front.text("text_length")
    return length.isascii() and length.isdigit() and len(text) < int(length[:12])


def _first_lost(
    defined: Iterable[str], named: Iterable[str], front: FrontMatter, regions: Regions
) -> int:
    """Return the number of the first mark whose note is missing, if none after it has one."""
    if regions.has_sections or not front.text("text_length"):
        return 0
    numbers = {int(label[1:]) for label in defined if is_our_label(label)}
    lost = {int(label[1:]) for label in named if is_our_label(label)} - numbers
    return min(lost) if lost and min(lost) > max(numbers, default=0) else 0
