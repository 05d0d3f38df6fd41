"""Our own annotated Markdown: the child's side of reading it."""

import re
from typing import Final

import msgspec

from postil.annotated_markdown import parse
from postil.domain.errors import UserError
from postil.importers import front_matter
from postil.importers.crossing import Reading, request

_CLAIM: Final = re.compile(r"^text_sha256:[ \t]*[\"'“”]?([0-9a-f]{64})\b", re.MULTILINE)


def convert(payload: bytes) -> bytes:
    """Read an annotated Markdown file.

    Args:
        payload: a `Request`.

    Raises:
        UserError: there are no words in it, or too much of something.
    """
    asked = request(payload)
    parsed = parse(asked.text)
    if len(parsed.article.text) > asked.max_characters:
        raise UserError(
            f"The text is longer than {asked.max_characters:,} characters", "Take it in in parts."
        )
    reading = Reading(
        parsed.article,
        parsed.marks,
        is_ours=parsed.is_ours,
        hash_matches=parsed.hash_matches,
        claimed_sha256=_claimed(asked.text),
        tag_sets=parsed.tag_sets,
        codebooks=parsed.codebooks,
        note=parsed.note,
        answers=parsed.answers,
        partial=parsed.partial,
        remarks=parsed.remarks,
    )
    return msgspec.json.encode(reading)


def _claimed(text: str) -> str:
    """Return the hash of the article's text as the front matter says it, or empty."""
    found = _CLAIM.search(front_matter.split(text.removeprefix("\ufeff"))[0])
    return found[1] if found else ""
