"""Tags of a mark in a file of ours: the ids it names, held against the names in bold.

A person edits the names, so they count: an id whose name was struck out goes, a name that
belongs to no id comes in. A file written with another version of a codebook may have other
names for the same tags; there the ids count.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from postil.annotated_markdown import ParsedMark
from postil.importers import Imported
from postil.library.tagging import Tagging, folded

_ALIKE = str.maketrans("‘’‚“”„«»", '\'\'\'"""""')


def meant_marks(imported: Imported, tagging: Tagging, *, with_pieces: bool) -> Iterator[ParsedMark]:
    """Yield a file's marks with the tags a person means, and the range they stand in.

    Args:
        imported: the file.
        tagging: knows every tag, those that travelled in the file too.
        with_pieces: whether the pieces in the file lie in the text the marks go to; they
            count only where there are no offsets.
    """
    if not imported.marks:  # nothing about all codebooks is asked in vain
        return
    names = tagging.names() if imported.is_ours else {}
    ours = tagging.versions()
    theirs = dict(named.partition("@")[::2] for named in imported.codebooks)
    others = {book for book, version in theirs.items() if ours.get(book, version) != version}
    for parsed in imported.marks:
        mark = parsed.mark
        if imported.is_ours and parsed.tag_names is not None:
            tags = reconciled(mark.tags, parsed.tag_names, names, others)
            mark = replace(mark, tags=tags)
        pieces = parsed.pieces if with_pieces and mark.start is None else None
        yield replace(parsed, mark=mark, pieces=pieces)


def reconciled(
    ids: Sequence[str],
    names: Sequence[str],
    known: Mapping[str, str],
    other_versions: Collection[str],
) -> tuple[str, ...]:
    """Return the tags a person means: ids that hold, then names added by hand.

    Args:
        ids: the tag ids of the mark's line of code; names where it has no such line.
        names: the names in bold, in order.
        known: names of tags by id.
        other_versions: ids of codebooks the file knew in another version than we do.
    """
    standing = Counter(map(_alike, names))
    tags: list[str] = []
    for place, tag_id in enumerate(ids):
        name = _alike(known.get(tag_id, tag_id))
        is_other = tag_id in known and tag_id.partition("/")[0] in other_versions
        if is_other and not standing[name] and place < len(names):
            name = _alike(names[place])  # what the other version called it
        if standing[name] or is_other:
            standing[name] = max(standing[name] - 1, 0)
            tags.append(tag_id)
    for name in names:
        if standing[_alike(name)]:
            standing[_alike(name)] -= 1
            tags.append(name)
    return tuple(dict.fromkeys(tags))


def _alike(name: str) -> str:
    """Return a name as it is compared: editors change quotation marks, people change case."""
    return folded(name.translate(_ALIKE))
