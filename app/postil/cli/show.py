"""`postil show`: one article's data, marks and tags."""

import argparse
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from postil.cli.refusals import UsageError, quoted
from postil.cli.session import find_article, open_library, print_json
from postil.domain import counting
from postil.domain.annotation import Annotation
from postil.domain.counting import counted
from postil.domain.errors import UserError
from postil.domain.listing import OpenArticle
from postil.domain.tags import Tag
from postil.sentences import sentences_at

HELP = "show one article with its marks"
_HOW = {
    "first": "from {origin}",
    "file": "from {origin}",
    "encoding": "read again as {version.encoding}",
    "back": "version {version.same_as} again",
    "corrected": "corrected by hand",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="an id, its start, or part of a title")
    parser.add_argument(
        "--versions", action="store_true", help="list the texts it has had, the newest first"
    )
    parser.add_argument(
        "--original", action="store_true", help="write the bytes it came from to a file again"
    )
    parser.add_argument(
        "-o", dest="target", metavar="FILE", help="for --original: a file, or - for standard output"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(arguments: argparse.Namespace) -> int:
    """Print the article."""
    if (arguments.target is not None or arguments.force) and not arguments.original:
        raise UsageError("-o and --force go with --original", "Leave them out, or add it.")
    if arguments.original:
        return _write_original(arguments)
    if arguments.versions:
        return _show_versions(arguments)
    with open_library(arguments) as library:
        opened = library.article(find_article(library, arguments.article).id)
        marks = library.annotations(opened.id)
        tags = {tag.id: tag for tag_set in library.tag_sets() for tag in tag_set.tags}
    if arguments.json:
        print_json(_as_json(opened, marks))
        return 0
    _print_article(opened, len(marks), tags)
    for mark in marks:
        _print_mark(opened, mark, tags)
    return 0


def _print_article(opened: OpenArticle, marks: int, tags: Mapping[str, Tag]) -> None:
    """Print the article's data and what was written on the whole of it."""
    about = opened.article.metadata
    print(about.title)
    parts = (about.author, about.outlet, about.published, about.source)
    print(" · ".join(part for part in parts if part) or "no source data")
    size = f"{_characters(len(opened.article.text))} · {counting.marks(marks)}"
    print(f"{size} · id {opened.id}\n")
    if opened.record.note:
        print(_indented(opened.record.note, 4), end="\n\n")
    for tag_id, answer in opened.record.answers:
        question = tags[tag_id].question or tags[tag_id].name if tag_id in tags else tag_id
        print(f"    {question}\n{_indented(answer, 8)}\n")


def _print_mark(opened: OpenArticle, mark: Annotation, tags: Mapping[str, Tag]) -> None:
    names = ", ".join(tags[i].name if i in tags else i for i in mark.tags) or "no tag"
    star = "★" if mark.starred else ""
    said = (names, star, mark.voice.value, mark.confidence.value, mark.status.value)
    place = _place(opened, mark)
    print(f"{place:>6}  {mark.start}-{mark.end}  “{' '.join(mark.anchor.exact.split())}”")
    print("        " + " · ".join(part for part in said if part))
    if mark.note:
        print(_indented(mark.note, 8))
    for link in mark.links:
        print(f"        {link.relation.value} {link.target}")


def _indented(text: str, spaces: int) -> str:
    return textwrap.indent(text, " " * spaces)


def _show_versions(arguments: argparse.Namespace) -> int:
    """Print the versions of the article."""
    with open_library(arguments) as library:
        row = find_article(library, arguments.article)
        versions = library.versions(row.id)
        loose = len(library.loose_marks(row.id))
    if arguments.json:
        print_json([asdict(version) for version in versions])
        return 0
    print(f"{row.title} · id {row.id}")
    for version in versions:
        how = _HOW[version.kind].format(origin=version.origin or "unknown", version=version)
        marks = counting.marks(version.placed) if version is versions[0] else ""
        if version is versions[0] and loose:
            marks += f", {loose} loose"
        elif version.loose:
            marks = counted(version.loose, "1 loose mark stood here", "{0} loose marks stood here")
        parts = (version.created, _characters(version.characters), how, marks)
        print(f"{version.number:>4}  " + " · ".join(part for part in parts if part))
    return 0


def _characters(number: int) -> str:
    return counted(number, "1 character", "{0} characters")


def _write_original(arguments: argparse.Namespace) -> int:
    """Write the bytes the article came from, under the name they had unless one is given."""
    from postil.files import write_atomically
    from postil.library.originals import original_name

    with open_library(arguments) as library:
        row = find_article(library, arguments.article)
        original = library.original(row.id)
    if original is None:
        raise UserError(
            f"The bytes {quoted(row.title)} came from were not kept", "Export it instead."
        )
    if arguments.target == "-":
        sys.stdout.buffer.write(original.data)
        return 0
    if arguments.target == "":
        raise UsageError("-o names no file", "Name one.")
    path = Path(arguments.target or original_name(original, row.title))
    write_atomically(path, original.data, overwrite=arguments.force)
    if arguments.json:
        print_json({"id": row.id, "path": str(path), "sha256": original.sha256})
    else:
        print(path)
    return 0


def _place(opened: OpenArticle, mark: Annotation) -> str:
    """Return the printed number of the paragraph a mark begins in."""
    if not mark.placement.is_placed:
        return "loose"
    number = opened.article.number_at(mark.start)
    return f"¶{number}" if number else "title"


def _as_json(opened: OpenArticle, marks: list[Annotation]) -> dict[str, Any]:
    article, about = opened.article, opened.article.metadata
    return {
        "id": opened.id,
        "title": about.title,
        "author": about.author,
        "outlet": about.outlet,
        "published": about.published,
        "modified": about.modified,
        "source": about.source,
        "language": about.language,
        "language_guessed": about.language_guessed,
        "note": opened.record.note,
        "answers": dict(opened.record.answers),
        "text": article.text,
        "text_sha256": article.sha256,
        "blocks": [
            {
                "kind": block.kind.value,
                "start": block.start,
                "end": block.end,
                "level": block.level,
                "number": block.number,
                "sentences": sentences_at(article, block.start),
            }
            for block in article.blocks
        ],
        "annotations": [
            {
                "id": mark.id,
                "start": mark.start if mark.placement.is_placed else None,
                "end": mark.end if mark.placement.is_placed else None,
                "quote": mark.anchor.exact,
                "tags": list(mark.tags),
                "note": mark.note,
                "author": mark.author,
                "created": mark.created,
                "edited": mark.edited,
                "voice": mark.voice.value,
                "confidence": mark.confidence.value,
                "status": mark.status.value,
                "star": mark.starred,
                "placement": mark.placement.value,
                "links": [
                    {"relation": link.relation.value, "target": link.target} for link in mark.links
                ],
            }
            for mark in marks
        ],
    }
