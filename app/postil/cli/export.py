"""`postil export`: articles with their marks into files."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from postil.cli import export_options
from postil.cli.names import FORMAT_OF_SUFFIX, FORMATS
from postil.cli.refusals import UsageError, quoted
from postil.cli.session import find_article, open_library, print_json, print_remarks
from postil.domain.annotation import Status
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.listing import ArticleRow
from postil.domain.overview import Grouping, MarkQuery
from postil.domain.tags import Tag, TagSet
from postil.library import Library

if TYPE_CHECKING:
    from postil.exporters import Exported, Exporter

_NAMED = 5  # authors in a sentence
HELP = "write articles with their marks to files"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="an id or part of a title")
    parser.add_argument("--all", action="store_true", help="every article of the library")
    parser.add_argument(
        "--to", choices=FORMATS, help="the format (default: what the name after -o ends in)"
    )
    parser.add_argument(
        "-o", dest="target", metavar="PATH", help="a file, a folder, or - for standard output"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    export_options.add(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the files, once all are known to have a place; each is told when it is there."""
    from postil.library.handing_on import HandingOn, Wanted

    if bool(arguments.articles) == arguments.all:
        raise UsageError("Export takes either articles or --all", "Name some, or give --all.")
    arguments.to = arguments.to or _format_of(arguments.target)
    exporter = _exporter(arguments)
    written: list[dict[str, object]] = []
    marks = 0
    with open_library(arguments) as library:
        if arguments.all:
            rows = library.articles()
        else:
            rows = [find_article(library, words) for words in dict.fromkeys(arguments.articles)]
        statuses = [Status(status) for status in arguments.status]
        tags = _tag_ids(arguments.tag, library.tag_sets())
        authors = _authors(arguments.author, library)
        options = export_options.chosen(arguments, _tag_ids(arguments.focus, library.tag_sets()))
        targets = _targets(arguments, rows, exporter)
        print_remarks(list(export_options.idle(arguments, options, exporter)))
        hand_on = HandingOn(library, Wanted(tags, authors, statuses))
        for target, ids in targets:
            content = [hand_on(article_id) for article_id in ids]
            if len(content) == 1:
                exported = exporter.export(content[0], options)
                title = content[0].article.metadata.title
                about = quoted(target.name if target and len(targets) > 1 else title)
            else:
                assert exporter.together is not None
                exported, about = exporter.together(content, options), ""
            _write(arguments, target, exported, about)
            path = str(target) if target else "-"
            written += [{"id": article_id, "path": path} for article_id in ids]
            marks += sum(len(one.annotations) for one in content)
    print_remarks(list(export_options.nothing_marked(arguments, written, marks)))
    if arguments.json and arguments.target != "-":
        print_json(written)
    return 0


def _format_of(target: str | None) -> str:
    """Return the format that the name of a file asks for; annotated Markdown of any other."""
    return FORMAT_OF_SUFFIX.get(Path(target or "").suffix.lower(), "markdown")


def _write(
    arguments: argparse.Namespace, target: Path | None, exported: "Exported", about: str
) -> None:
    """Write one file, and tell its name and what could not be said in it."""
    from postil.exporters.lesson import unpacked
    from postil.files import make_folder, write_atomically, write_folder

    if target is not None and arguments.target and target != Path(arguments.target):
        make_folder(target.parent)  # that was named for the files
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
    export_options.refuse_unsafe(arguments, exporter)
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


def _authors(names: list[str], library: Library) -> list[str]:
    """Return the aliases that are meant, as they are written on marks; "" is nobody.

    Raises:
        UserError: nobody of that name made a mark.
    """
    if not names:
        return []
    known = [group.key for group in library.overview(MarkQuery(), Grouping.ANNOTATOR).groups]
    found = []
    for name in names:
        wanted = clean_line(name).casefold()
        meant = [alias for alias in known if alias.casefold() == wanted]
        if not meant:
            there = [quoted(alias) for alias in sorted(known) if alias]
            others = ", ".join(there[:_NAMED]) + (", …" if there[_NAMED:] else "")
            remedy = f"There are marks by {others}." if there else "No mark has an author."
            whose = f"by {quoted(name)}" if wanted else "without an author"
            raise UserError(f"There is no mark {whose}", remedy)
        found += meant
    return found


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
        is_folder = named.endswith(("/", os.sep)) or (several and not together)
        if not is_folder or (arguments.to == "lesson" and not several):
            _refuse_existing([Path(named)], "name", force=arguments.force)
            return [(Path(named), list(titles))]
        _refuse_as_folder(named, exporter)
    suffix = ending(exporter.suffix, Copy(arguments.copy or Copy.WHOLE))
    return _in_folder(Path(named or ""), titles, suffix, force=arguments.force)


def _refuse_as_folder(named: str, exporter: "Exporter") -> None:
    """Refuse a file, and what looks like the name of one, where a folder is to be.

    Raises:
        UserError: it is no folder.
    """
    name = quoted(Path(named).name)
    if os.path.lexists(named):
        raise UserError(f"{name} is no folder", "Choose another name.")
    if Path(named).suffix.lower() == exporter.suffix:
        what = f"{name} is no folder, and several articles do not go into one file"
        raise UserError(what, "Name a folder.")


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
    _refuse_existing([*targets.values()], "folder", force=force)
    return [(path, [article_id]) for article_id, path in targets.items()]


def _refuse_existing(paths: list[Path], other: str, *, force: bool) -> None:
    """Refuse to write over files that are there.

    Args:
        paths: the files.
        other: what else might be chosen: another "name" or "folder".
        force: whether they may be replaced.

    Raises:
        UserError: one is there already.
    """
    there = [path.name for path in paths if os.path.lexists(path)]
    if there and not force:
        others = f", and {len(there) - 1} more files do" if len(there) > 1 else ""
        raise UserError(
            f"{quoted(there[0])} exists already{others}",
            f"Choose another {other}, or give --force.",
        )
