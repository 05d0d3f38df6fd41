"""REFI-QDA codebook, `.qdc`: the codebooks of which a tag is in use, as codes."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from postil import refi
from postil.annotated_markdown import HandedOn
from postil.domain.errors import UserError
from postil.domain.tags import TagSet
from postil.exporters.exporter import Exported, ExportOptions

_REMARK = "Only the codebook is in the file, with names, colours and definitions; no marks."


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the codebooks in use in one article.

    Raises:
        UserError: no tag is in use.
    """
    return together([handed_on], options)


def together(articles: Sequence[HandedOn], _: ExportOptions) -> Exported:
    """Return the codebooks in use in some articles, each once.

    Raises:
        UserError: no tag is in use.
    """
    root = ET.Element("CodeBook", {"xmlns": refi.CODEBOOK, "origin": refi.ORIGIN})
    if not len(refi.add_codes(root, sets_in_use(articles))):
        raise UserError("No tag is in use here, so there is no codebook", "Tag a mark first.")
    return Exported(refi.as_bytes(root), (_REMARK,))


def sets_in_use(articles: Iterable[HandedOn]) -> list[TagSet]:
    """Return the codebooks of some articles, each once, by id."""
    found = {one.codebook.id: one for handed_on in articles for one in handed_on.sets_in_use}
    return [found[codebook_id] for codebook_id in sorted(found)]
