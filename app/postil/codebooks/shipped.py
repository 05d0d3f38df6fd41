"""The codebooks that come with the program.

Reading them in full takes as long as a good part of the start of the command line, so a
library asks for the versions first and reads only when it lacks one.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from postil.codebooks.reading import read_codebook
from postil.domain.tags import TagSet
from postil.resources import resource

# The order in the window; the first one is on in a new library.
_IDS = ("persuasion23", "sources", "claims", "frames15", "reading_questions", "genre")


def _files() -> Iterator[Path]:
    return (resource("codebooks", f"{codebook_id}.json") for codebook_id in _IDS)


def shipped() -> list[TagSet]:
    """Return the shipped codebooks in their order, validated; the first one is enabled.

    Raises:
        UserError: a shipped file was changed and is no longer a codebook.
    """
    found = [read_codebook(path.read_bytes(), path.name) for path in _files()]
    return [
        replace(
            tag_set,
            codebook=replace(tag_set.codebook, enabled=position == 0, position=position),
        )
        for position, tag_set in enumerate(found)
    ]


def is_shipped(codebook_id: str) -> bool:
    """Return whether a codebook comes with the program."""
    return codebook_id in _IDS


def shipped_versions() -> dict[str, str]:
    """Return the version of each shipped codebook by id, without reading them in full."""
    heads = (json.loads(path.read_bytes()) for path in _files())
    return {head["id"]: head["version"] for head in heads}
