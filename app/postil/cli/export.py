"""`postil export`: articles with their marks into files."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from postil.cli.names import COPIES, FORMATS, GUIDES, NOTES_PLACES, PACKED, PAPERS
from postil.cli.refusals import UsageError, quoted
from postil.cli.session import find_article, open_library, print_json, print_remarks
from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.domain.listing import ArticleRow
from postil.domain.tags import Tag, TagSet

if TYPE_CHECKING:
    from postil.exporters import Exported, Exporter, ExportOptions

_MADE_FOR_READING = "Write markdown, html or pdf."
HELP = "write articles with their marks to files"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="an id or part of a title")
    parser.add_argument("--all", action="store_true", help="every article of the library")
    parser.add_argument("--to", choices=FORMATS, default="markdown", help="the format")
    parser.add_argument(
        "-o", dest="target", metavar="PATH", help="a file, a folder, or - for standard output"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    parser.add_argument("--tag", action="append", default=[], help="only marks with this tag")
    parser.add_argument("--author", action="append", default=[], help="only marks by this author")
    parser.add_argument(
        "--status",
        action="append",
        default=[],
        choices=[status.value for status in Status if status],
        help="only marks with this status",
    )
    parser.add_argument("--numbers", action="store_true", help="print paragraph numbers")
    parser.add_argument("--legend", action="store_true", help="add the tags' definitions")
    parser.add_argument("--room", action="store_true", help="add a place to write")
    parser.add_argument("--neutral", action="store_true", help="one tint for all marks, no labels")
    copies = parser.add_mutually_exclusive_group()
    copies.add_argument("--copy", choices=COPIES, help="a copy for a class (markdown, html, pdf)")
    copies.add_argument(
        "--quotes-only",
        action="store_const",
        dest="copy",
        const="quotations",
        help="the marked words and what is said of them, not the article (markdown, html, pdf)",
    )
    parser.add_argument(
        "--guide", choices=GUIDES, default=GUIDES[0], help="what a guided copy shows"
    )
    parser.add_argument(
        "--focus", action="append", default=[], help="a tag that questions and lesson are about"
    )
    parser.add_argument(
        "--as",
        action="append",
        choices=PACKED,
        dest="packed",
        help="a format of the files in a lesson pack (default: all three)",
    )
    parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="the paper (pdf)")
    parser.add_argument(
        "--notes", choices=NOTES_PLACES, default=NOTES_PLACES[0], help="where notes stand (pdf)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files, once all are known to have a place; each is told when it is there."""
    from postil.library.handing_on import HandingOn

    if bool(arguments.articles) == arguments.all:
        raise UsageError("Export takes either articles or --all", "Name some, or give --all.")
    exporter = _exporter(arguments)
    written: list[dict[str, object]] = []
    with open_library(arguments) as library:
        if arguments.all:
            rows = library.articles()
        else:
            rows = [find_article(library, words) for words in dict.fromkeys(arguments.articles)]
        statuses = [Status(status) for status in arguments.status]
        tags = _tag_ids(arguments.tag, library.tag_sets())
        options = _options(arguments, _tag_ids(arguments.focus, library.tag_sets()))
        hand_on = HandingOn(library, tags=tags, authors=arguments.author, statuses=statuses)
        for target, ids in _targets(arguments, rows, exporter):
            content = [hand_on(article_id) for article_id in ids]
            if len(content) == 1:
                exported = exporter.export(content[0], options)
                about = quoted(content[0].article.metadata.title)
            else:
                assert exporter.together is not None
                exported, about = exporter.together(content, options), ""
            _write(arguments, target, exported, about)
            path = str(target) if target else "-"
            written += [{"id": article_id, "path": path} for article_id in ids]
    if arguments.json and arguments.target != "-":
        print_json(written)
    return 0


def _options(arguments: argparse.Namespace, focus: list[str]) -> "ExportOptions":
    """Return what was chosen; `focus` is of tag ids."""
    from postil.exporters import Copy, ExportOptions, Guide, Lesson, NotesPlace, Paper

    return ExportOptions(
        numbers=arguments.numbers,
        legend=arguments.legend,
        room=arguments.room,
        neutral=arguments.neutral,
        copy=Copy(arguments.copy or Copy.WHOLE),
        guide=Guide(arguments.guide),
        focus=tuple(focus),
        lesson=Lesson(formats=tuple(dict.fromkeys(arguments.packed or PACKED))),
        paper=Paper(arguments.paper),
        notes=NotesPlace(arguments.notes),
    )


def _write(
    arguments: argparse.Namespace, target: Path | None, exported: "Exported", about: str
) -> None:
    """Write one file, and tell its name and what could not be said in it."""
    from postil.exporters.lesson import unpacked
    from postil.files import write_atomically, write_folder

    if target is None:
        sys.stdout.buffer.write(exported.data)
    elif arguments.to == "lesson" and target.suffix.lower() != ".zip":
        write_folder(target, unpacked(exported.data))
    else:
        write_atomically(target, exported.data, overwrite=arguments.force)
    if target is not None and not arguments.json:
        print(target, flush=True)
    print_remarks(exported.remarks, about=about)


def _exporter(arguments: argparse.Namespace) -> "Exporter":
    """Return what writes the format that was asked for.

    Raises:
        UsageError: something is to be left out in a format that cannot do without it.
    """
    from postil.exporters import EXPORTERS

    if arguments.to in EXPORTERS:
        exporter = EXPORTERS[arguments.to]
    else:  # pages take Qt, which nothing else here needs
        from postil.exporters.lesson import lesson_exporter
        from postil.printing import PDF

        exporter = PDF if arguments.to == "pdf" else lesson_exporter({**EXPORTERS, "pdf": PDF})
    if arguments.neutral and "neutral" not in exporter.takes:
        raise UsageError(f"--neutral does not go with {arguments.to}", _MADE_FOR_READING)
    if arguments.copy and "copy" not in exporter.takes:
        asked = "--quotes-only" if arguments.copy == "quotations" else "--copy"
        raise UsageError(f"{asked} does not go with {arguments.to}", _MADE_FOR_READING)
    return exporter


def _tag_ids(words: list[str], tag_sets: list[TagSet]) -> list[str]:
    """Return the ids of tags given by id, with or without its codebook, by code or by name.

    Raises:
        UserError: nobody knows the tag.
    """
    tags = [tag for tag_set in tag_sets for tag in tag_set.tags]
    ids = []
    for word in words:
        wanted = word.casefold()
        found = [t.id for t in tags if wanted in _words_for(t)]
        if not found:
            raise UserError(f"There is no tag {quoted(word)}", "Give its id, code or whole name.")
        ids += found
    return ids


def _words_for(tag: Tag) -> tuple[str, ...]:
    return (tag.id, tag.id.rpartition("/")[2], tag.code.casefold(), tag.name.casefold())


def _targets(
    arguments: argparse.Namespace, rows: list[ArticleRow], exporter: "Exporter"
) -> list[tuple[Path | None, list[str]]]:
    """Return each file to write, None for standard output, with the ids of its articles.

    Raises:
        UserError: several articles would go into one file that can hold one, or a file is
            there already.
    """
    from postil.exporters import Copy
    from postil.exporters.copies import ending

    named = arguments.target
    titles = {row.id: row.title for row in rows}
    several = arguments.all or len(titles) > 1
    together = exporter.together is not None and bool(titles)
    if named == "":
        raise UsageError("-o names no file", "Name a file or a folder.")
    if named == "-":
        if len(titles) > 1 and not together:
            raise UserError("Standard output takes one article", "Name a folder with -o.")
        return [(None, list(titles))] if titles else []
    if named is not None and not os.path.isdir(named):  # noqa: PTH112  # refuses no name
        if named.endswith(("/", os.sep)) or (several and not together):
            raise UserError(f"{quoted(named)} is no folder", "Make the folder first.")
        return [(Path(named), list(titles))]
    suffix = ending(exporter.suffix, Copy(arguments.copy or Copy.WHOLE))
    return _in_folder(Path(named or ""), titles, suffix, force=arguments.force)


def _in_folder(
    folder: Path, titles: dict[str, str], suffix: str, *, force: bool
) -> list[tuple[Path | None, list[str]]]:
    """Return a file of its own for each article.

    Args:
        folder: where to.
        titles: by article id.
        suffix: of the files.
        force: whether files that are there may be replaced.

    Raises:
        UserError: a file is there already.
    """
    from postil.files import safe_file_name, unused_name

    taken: set[str] = set()
    targets = {
        article_id: folder / unused_name(safe_file_name(title, suffix), taken)
        for article_id, title in titles.items()
    }
    there = [path.name for path in targets.values() if os.path.lexists(path)]
    if there and not force:
        others = f", and {len(there) - 1} more files do" if len(there) > 1 else ""
        raise UserError(
            f"{quoted(there[0])} exists already{others}", "Choose another folder, or give --force."
        )
    return [(path, [article_id]) for article_id, path in targets.items()]
