"""The options of `postil export`: what was chosen, and which of it does nothing there."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from postil.cli.names import COPIES, GUIDES, NOTES_PLACES, PACKED, PAPERS
from postil.cli.refusals import UsageError
from postil.domain.annotation import Status

if TYPE_CHECKING:
    from postil.exporters import Exporter, ExportOptions

_OF_MARKS = ("jsonld", "hypothesis", "csv", "labels")  # formats that hold nothing else
_MADE_FOR_READING = "Write markdown, html or pdf."


def add(parser: argparse.ArgumentParser) -> None:
    """Add what says which marks are written, and how."""
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
        "--guide", choices=GUIDES, help=f"what a guided copy shows (default: {GUIDES[0]})"
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
    parser.add_argument("--paper", choices=PAPERS, help=f"the paper (pdf; default: {PAPERS[0]})")
    parser.add_argument(
        "--notes",
        choices=NOTES_PLACES,
        help=f"where notes stand (pdf; default: {NOTES_PLACES[0]})",
    )


def chosen(arguments: argparse.Namespace, focus: list[str]) -> "ExportOptions":
    """Return what was chosen.

    Args:
        arguments: of the command.
        focus: ids of the tags that were named for it.
    """
    from postil.exporters import Copy, ExportOptions, Guide, Lesson, NotesPlace, Paper

    return ExportOptions(
        numbers=arguments.numbers,
        legend=arguments.legend,
        room=arguments.room,
        neutral=arguments.neutral,
        copy=Copy(arguments.copy or Copy.WHOLE),
        guide=Guide(arguments.guide or GUIDES[0]),
        focus=tuple(focus),
        lesson=Lesson(formats=tuple(dict.fromkeys(arguments.packed or PACKED))),
        paper=Paper(arguments.paper or PAPERS[0]),
        notes=NotesPlace(arguments.notes or NOTES_PLACES[0]),
    )


def refuse_unsafe(arguments: argparse.Namespace, exporter: "Exporter") -> None:
    """Refuse what would write more than was asked for.

    Raises:
        UsageError: something is to be left out where it cannot be.
    """
    if arguments.neutral and "neutral" not in exporter.takes:
        raise UsageError(f"--neutral does not go with {arguments.to}", _MADE_FOR_READING)
    if arguments.neutral and arguments.copy == "key":
        raise UsageError("--neutral does not go with --copy key", "Leave one of them out.")
    if arguments.copy and "copy" not in exporter.takes:
        asked = "--quotes-only" if arguments.copy == "quotations" else "--copy"
        raise UsageError(f"{asked} does not go with {arguments.to}", _MADE_FOR_READING)


def idle(
    arguments: argparse.Namespace, options: "ExportOptions", exporter: "Exporter"
) -> Iterator[str]:
    """Yield a sentence for each option that was given and does nothing here."""
    from postil.exporters.copies import settled

    takes, made = exporter.takes, settled(options)
    there = f"in a {options.copy.value} copy" if arguments.copy else "beside --neutral"
    for name in ("numbers", "legend", "room", "paper", "notes"):
        given = getattr(arguments, name)
        if given and name not in takes:
            yield f"--{name} does nothing in {arguments.to}."
        elif given and str(getattr(made, name)) != str(given):
            yield f"--{name} does nothing {there}."
    is_guided = arguments.copy == "guided"
    if arguments.guide and not is_guided and "guide" not in takes:
        yield "--guide does nothing without --copy guided."
    if arguments.focus and "focus" not in takes and not (is_guided and options.guide != GUIDES[0]):
        yield "--focus does nothing without questions: --copy guided --guide both, or a lesson."
    if arguments.packed and "lesson" not in takes:
        yield "--as does nothing without --to lesson."
    for name in ("tag", "author", "status"):
        if getattr(arguments, name) and arguments.copy in ("student", "practice"):
            yield f"--{name} does nothing {there}, which has no marks."


def nothing_marked(
    arguments: argparse.Namespace, written: Sequence[object], marks: int
) -> Iterator[str]:
    """Yield a sentence where no mark was there for what was written.

    Args:
        arguments: of the command.
        written: what was written; nothing where the library has no article.
        marks: how many marks there were for it.
    """
    is_narrowed = arguments.tag or arguments.author or arguments.status
    if not written:
        yield "The library has no article."
    elif marks == 0 and is_narrowed:
        yield "No mark of what was written is as --tag, --author and --status ask."
    elif marks == 0 and (arguments.to in _OF_MARKS or arguments.copy == "quotations"):
        yield "There are no marks in what was written."
