"""`postil show`: one article's data, marks and tags."""

import argparse
from dataclasses import asdict
from typing import Any

from postil.cli.session import find_article, open_library, print_json
from postil.domain.annotation import Annotation
from postil.domain.listing import OpenArticle
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


def run(arguments: argparse.Namespace) -> int:
    """Print the article."""
    if arguments.versions:
        return _show_versions(arguments)
    with open_library(arguments) as library:
        opened = library.article(find_article(library, arguments.article).id)
        marks = library.annotations(opened.id)
        names = {tag.id: tag.name for tag_set in library.tag_sets() for tag in tag_set.tags}
    if arguments.json:
        print_json(_as_json(opened, marks))
        return 0
    about = opened.article.metadata
    print(about.title)
    parts = (about.author, about.outlet, about.published, about.source)
    print(" · ".join(part for part in parts if part) or "no source data")
    print(f"{len(opened.article.text):,} characters · {len(marks)} marks · id {opened.id}\n")
    for mark in marks:
        place = _place(opened, mark)
        tags = ", ".join(names.get(tag, tag) for tag in mark.tags) or "no tag"
        print(f"{place:>6}  {mark.start}-{mark.end}  “{' '.join(mark.anchor.exact.split())}”")
        print(f"        {tags}" + (f"\n        {mark.note!r}" if mark.note else ""))
    return 0


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
        marks = f"{version.placed} marks" if version is versions[0] else ""
        if version is versions[0] and loose:
            marks += f", {loose} loose"
        elif version.loose:
            marks = f"{version.loose} loose marks stood here"
        parts = (version.created, f"{version.characters:,} characters", how, marks)
        print(f"{version.number:>4}  " + " · ".join(part for part in parts if part))
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
        "source": about.source,
        "language": about.language,
        "language_guessed": about.language_guessed,
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
            }
            for mark in marks
        ],
    }
