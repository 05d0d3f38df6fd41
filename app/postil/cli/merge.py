"""`postil merge`: the work of others, from files, folders and archives, in one step."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postil.cli.session import (
    find_article,
    open_library,
    print_json,
    print_new_tags,
    print_remarks,
)
from postil.domain.canonical import clean_line, quoted_name
from postil.domain.errors import UserError

if TYPE_CHECKING:
    from postil.importers.returned import Refused
    from postil.library.handed_in import Merged, MergedFile, MergedMark

HELP = "take in annotated Markdown, JSON-LD or other files of marks from others"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, or a ZIP archive of files"
    )
    parser.add_argument(
        "--as",
        dest="alias",
        metavar="ALIAS",
        help="author of marks that name none (default: the name of their file)",
    )
    parser.add_argument(
        "--into",
        metavar="ARTICLE",
        help="all marks go to this article: an id, its start, or part of a title",
    )
    parser.add_argument(
        "--skip-broken", action="store_true", help="leave out what cannot be merged, and go on"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what would become of each file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Merge all files in one step, or none; report each one."""
    from postil.importers import Work
    from postil.importers.returned import gather, proposed_aliases
    from postil.library.handed_in import HandedIn
    from postil.library.handing_in import HandIn

    found = list(gather(map(Path, arguments.files), lambda _done, _total: None))
    refused = [one for one in found if not isinstance(one, Work)]
    alias = clean_line(arguments.alias or "")
    with open_library(arguments, create=True) as library:
        into = find_article(library, arguments.into).id if arguments.into else ""
        work = [one for one in found if isinstance(one, Work)]
        names = proposed_aliases(work)
        files = [HandedIn(one, alias or name, into) for one, name in zip(work, names, strict=True)]
        command = HandIn(tuple(files))
        library.rehearse(command)
        print_remarks([str(one.error) for one in refused])
        print_remarks([_unsettled(file) for file in command.merged.unsettled])
        is_broken = bool(refused or command.merged.unsettled)
        if is_broken and not arguments.skip_broken:
            raise UserError(
                "Nothing was merged", "Mend or leave out these files, or use `--skip-broken`."
            )
        if not arguments.dry_run:
            failure = library.safekeeping.backups.try_to_make("merge")
            print_remarks([str(failure)] if failure else [])
            library.do(command)
    _tell(command.merged, refused, arguments)
    return 1 if is_broken else 0


def _unsettled(file: "MergedFile") -> str:
    """Return why a file was not merged, and what to do."""
    if not file.candidates:
        what, remedy = "is of no article of the library", "Take in the article first"
    else:
        named = ", ".join(f"{one[:8]} {quoted_name(title)}" for one, title in file.candidates)
        what, remedy = f"may be of {len(file.candidates)} articles: {named}", "Merge it by itself"
    return str(UserError(f"{quoted_name(file.name)} {what}", f"{remedy}, or name one by `--into`."))


def _tell(
    merged: "Merged",
    refused: "Sequence[Refused]",
    arguments: argparse.Namespace,
) -> None:
    for file in merged.files:
        print_remarks(file.remarks, about=file.name)
        print_new_tags(file.new_tags, about=file.name)
    if arguments.json:
        print_json(
            {
                "merged": not arguments.dry_run,
                "files": [_as_json(file) for file in merged.files],
                "refused": [{"file": one.name, "reason": str(one.error)} for one in refused],
            }
        )
        return
    for file in merged.files:
        print(_line(file))
        for one in file.marks:
            if one.rival:
                quote = " ".join(one.mark.anchor.exact.split())
                print(f"    conflict: “{quote}”, {one.rival} and {one.mark.id}")
        for mark_id in file.missing:
            print(f"    not in the file, and kept: {mark_id}")


def _line(file: "MergedFile") -> str:
    """Return a file, its article and what became of its marks, as one line."""
    if not file.article_id:
        return f"{file.name}  {file.recognition}"
    counts = [f"{number} {name}" for name, number in _counts(file).items() if number]
    how = str(file.recognition)
    if file.likeness < 1:
        how += f" {file.likeness:.0%}"
    return f"{file.name}  {how}  {file.title}  {', '.join(counts) or 'no marks'}"


def _counts(file: "MergedFile") -> dict[str, int]:
    from postil.library.handed_in import Outcome

    counts = {outcome.value: file.count(outcome) for outcome in Outcome}
    return counts | {"unplaced": file.unplaced}


def _as_json(file: "MergedFile") -> dict[str, Any]:
    return {
        "file": file.name,
        "recognition": file.recognition.value,
        "article": file.article_id,
        "title": file.title,
        "likeness": round(file.likeness, 3),
        "candidates": [article_id for article_id, _ in file.candidates],
        "counts": _counts(file),
        "marks": [_mark_as_json(merged) for merged in file.marks],
        "missing": list(file.missing),
        "new_tags": list(file.new_tags),
    }


def _mark_as_json(merged: "MergedMark") -> dict[str, Any]:
    mark = merged.mark
    return {
        "id": mark.id,
        "outcome": merged.outcome.value,
        "placement": mark.placement.value,
        "start": mark.start if merged.is_placed else None,
        "end": mark.end if merged.is_placed else None,
        "author": mark.author,
        "conflict_of": merged.rival,
    }
