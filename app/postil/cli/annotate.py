"""`postil annotate`: marks from a file onto an article that is there."""

import argparse
from pathlib import Path

from postil.cli.session import (
    find_article,
    open_library,
    print_json,
    print_new_tags,
    print_remarks,
)

HELP = "add marks from JSON-LD, Hypothesis JSON, JSON Lines or annotated Markdown"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="an id, its start, or part of a title")
    parser.add_argument(
        "--from", dest="source", metavar="FILE", required=True, help="the file with the marks"
    )


def run(arguments: argparse.Namespace) -> int:
    """Add the marks in one step and report each one."""
    from postil.importers import read_marks, source_from_file
    from postil.library.intake import add_marks

    marks, remarks = read_marks(source_from_file(Path(arguments.source)))
    with open_library(arguments) as library:
        article_id = find_article(library, arguments.article).id
        placed = add_marks(library, article_id, marks)
    print_remarks(remarks, about=arguments.source)
    print_new_tags([name for mark in placed for name in mark.new_tags], about=arguments.source)
    if arguments.json:
        print_json(
            [
                {
                    "id": mark.id,
                    "placement": mark.placement.value,
                    "start": mark.start,
                    "end": mark.end,
                    "outcome": mark.outcome,
                    "new_tags": list(mark.new_tags),
                }
                for mark in placed
            ]
        )
    else:
        for mark in placed:
            where = "" if mark.start is None else f"{mark.start}-{mark.end}"
            quote = " ".join(mark.quote.split())
            print(f"{mark.placement.value:9}  {mark.outcome:7}  {where:13}  “{quote}”")
    return 1 if remarks else 0
