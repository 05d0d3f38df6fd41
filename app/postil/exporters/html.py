"""HTML in one file: the page as the window shows it, with the notes beside it, below it, on paper.

Nothing in it runs and nothing is loaded; its policy forbids both. Tags are chosen and notes
found with style and links alone, so it is read the same from a disk, a stick or a mail.
"""

from collections.abc import Iterator
from heapq import nsmallest
from itertools import chain
from typing import Final

from postil.annotated_markdown import HandedOn
from postil.annotated_markdown.pieces import label
from postil.domain.annotation import Annotation, reading_order, smallest_first
from postil.domain.article import BlockKind
from postil.domain.direction import runs_leftwards
from postil.domain.overlaps import underline_lanes
from postil.exporters.copies import prepared
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.html_sections import MadeOf, language_of, sections
from postil.exporters.html_style import LANES, policy, style_sheet
from postil.exporters.html_words import Row, escaped, rows
from postil.exporters.left_out import Unsaid, left_out, loose_links
from postil.exporters.looks import Look, Looks
from postil.exporters.neutral import neutral
from postil.exporters.wording import (
    PLAIN_MARK,
    quoted,
    relation_words,
    said,
    source_parts,
)
from postil.notes import render_notes

TAKES: Final = frozenset({"numbers", "legend", "room", "neutral", "copy"})
_DEPTH: Final = 12  # marks over one another that each have their own tint and line


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the file."""
    page = _Page(*prepared(handed_on, options))
    return Exported(page.html().encode(), tuple(page.remarks()))


class _Page:
    """One article on its way to a file."""

    def __init__(self, handed_on: HandedOn, options: ExportOptions) -> None:
        self._handed_on = neutral(handed_on) if options.neutral else handed_on
        self._article = handed_on.article
        self._options = options
        self._marks = sorted(self._handed_on.annotations, key=reading_order)
        self._numbers = {mark.id: number for number, mark in enumerate(self._marks, 1)}
        self._by_label = {label(n): mark for n, mark in enumerate(self._marks, 1)}
        from_the_top = sorted(self._by_label, key=lambda name: smallest_first(self._by_label[name]))
        self._heights = {name: height for height, name in enumerate(from_the_top)}
        self._looks = Looks(self._handed_on)
        self._tags = self._looks.in_use(self._marks)
        self._tag_classes = {tag_id: f"t{n}" for n, tag_id in enumerate(self._tags, 1)}
        self._look_classes: dict[Look, str] = {}
        self._lanes = underline_lanes(self._marks)
        self._crowded = 0

    def html(self) -> str:
        """Return the file's text."""
        is_neutral = self._options.neutral
        piece = self._neutral_piece if is_neutral else self._piece
        references = dict.fromkeys(self._by_label, "")
        if not is_neutral:
            references = {name: self._reference(mark) for name, mark in self._by_label.items()}
        ranges = [(mark.start, mark.end) for mark in self._marks]
        done = rows(self._article, ranges, piece, references, numbers=self._options.numbers)
        body = "\n".join(chain(self._rows(done), self._notes(), self._after()))
        style = style_sheet(self._look_classes, self._tag_classes.values())
        return f"{self._head(style)}\n{body}\n</main>\n</body>\n</html>\n"

    def remarks(self) -> Iterator[str]:
        """Yield what the file does not show."""
        if self._crowded:
            yield (
                f"Where more than {_DEPTH} marks lie on the same words, the longest are told"
                f" in their notes only (places: {self._crowded})."
            )
        yield from left_out([self._handed_on], Unsaid.WAITING)
        yield from loose_links([self._handed_on])

    def _head(self, style: str) -> str:
        about = self._article.metadata
        title = escaped(about.title or "Article")
        author = f'<meta name="author" content="{escaped(about.author)}">\n'
        is_beside = bool(self._marks) and not self._options.neutral
        leftwards = runs_leftwards(self._article.text)
        kind = ' class="beside"' if is_beside else ""
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy(style)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"{author if about.author else ''}<title>{title}</title>\n<style>{style}</style>\n"
            f'</head>\n<body{kind} dir="{"rtl" if leftwards else "ltr"}">\n'
            f"{self._filter()}<main>"
        )

    def _filter(self) -> str:
        """Return the choice of one tag; it needs no script, and is not there without effect."""
        if len(self._tags) < 2:
            return ""
        count = len(self._marks)
        choices = [("fall", f"All marks ({count})", " checked")]
        for tag_id, name in self._tag_classes.items():
            having = sum(tag_id in mark.tags for mark in self._marks)
            words = f"{escaped(self._looks.name(tag_id))} ({having})"
            choices.append((f"f{name}", words, ""))
        inputs = "\n".join(
            f'<label><input type="radio" name="tag" id="{name}"{checked}> {words}</label>'
            for name, words, checked in choices
        )
        return (
            '<header class="filter"><details><summary>Show one tag'
            f"</summary>\n<fieldset><legend>Marks shown</legend>\n{inputs}\n</fieldset>"
            "</details></header>\n"
        )

    def _rows(self, done: Iterator[Row]) -> Iterator[str]:
        """Yield the article."""
        about = self._article.metadata
        language = language_of(about)
        yield f'<article lang="{language}">'
        byline = " · ".join(f"<bdi>{escaped(part)}</bdi>" for part in source_parts(about))
        byline = f'<p class="by">{byline}</p>' if byline else ""
        first = self._article.blocks[0]
        has_title = first.kind is BlockKind.HEADING and first.level == 1
        if not has_title:
            title = f'<h1 dir="auto">{escaped(about.title)}</h1>' if about.title else ""
            if title or byline:
                yield f'<div class="row">{title}{byline}</div>'
        for row in done:
            below = byline if has_title and row.first == 0 else ""
            yield f'<div class="row">{row.html}{below}</div>'
        yield "</article>"

    def _notes(self) -> Iterator[str]:
        """Yield what is said of the marks, in their order."""
        if not self._marks or self._options.neutral:
            return
        notes = render_notes([mark.note for mark in self._marks])
        several = len({mark.author for mark in self._marks}) > 1
        yield '<aside class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2><ol>'
        for mark, note in zip(self._marks, notes, strict=True):
            yield self._note(mark, note, several=several)
        yield "</ol></aside>"

    def _after(self) -> Iterator[str]:
        """Yield what follows the article."""
        tags = [
            (self._code(self._looks.of_tag(tag_id)), tag_id, self._looks.name(tag_id))
            for tag_id in self._tags
        ]
        yield from sections(MadeOf(self._handed_on, self._options, tags))

    def _piece(self, labels: tuple[str, ...]) -> tuple[str, str]:
        """Return what stands around words that lie in these marks."""
        top = nsmallest(_DEPTH, labels, key=self._heights.__getitem__)
        marks = [self._by_label[name] for name in top]
        self._crowded += len(labels) > _DEPTH
        opening = "".join(
            f'<mark class="m {self._classes(mark)}{self._lane(mark)}">' for mark in reversed(marks)
        )
        return opening, "</mark>" * len(marks)

    def _neutral_piece(self, _: tuple[str, ...]) -> tuple[str, str]:
        return '<mark class="m">', "</mark>"

    def _lane(self, mark: Annotation) -> str:
        lane = self._lanes[mark.id][0] % LANES
        return f" l{lane}" if lane else ""

    def _classes(self, mark: Annotation) -> str:
        """Return the classes of a mark: its look, and each of its tags."""
        look = self._look_class(self._looks.of_mark(mark))
        return " ".join((look, *(self._tag_classes[tag_id] for tag_id in mark.tags)))

    def _look_class(self, look: Look) -> str:
        bare = Look(look.fill, look.line_style, "")
        return self._look_classes.setdefault(bare, f"k{len(self._look_classes)}")

    def _name(self, mark: Annotation) -> str:
        return ", ".join(map(self._looks.name, mark.tags)) or PLAIN_MARK

    def _reference(self, mark: Annotation) -> str:
        """Return the number and the code that stand where a mark ends, a link to its note."""
        number = self._numbers[mark.id]
        code = escaped(self._looks.of_mark(mark).code)
        name = escaped(self._name(mark))
        return (
            f'<sup class="r {self._classes(mark)}" dir="ltr" lang="en"><a id="r{number}"'
            f' href="#n{number}" title="{name}" aria-label="Note {number}: {name}">'
            f"{number}{f' {code}' if code else ''}</a></sup>"
        )

    def _code(self, look: Look) -> str:
        if not look.code:
            return ""
        return f'<span class="code {self._look_class(look)}">{escaped(look.code)}</span> '

    def _note(self, mark: Annotation, note: str, *, several: bool) -> str:
        """Return what is said of a mark."""
        number = self._numbers[mark.id]
        tags = [
            f"{self._code(self._looks.of_tag(tag_id))}<bdi>{escaped(self._looks.name(tag_id))}</bdi>"
            for tag_id in mark.tags
        ]
        place = self._article.number_at(mark.start) if self._options.numbers else 0
        where = f' <bdi class="where">¶{place}</bdi>' if place else ""
        words = escaped(quoted(mark.anchor.exact))
        remarks = [escaped(part) for part in said(mark, with_author=several)]
        remarks += self._links(mark)
        language = language_of(self._article.metadata)
        quotation = f'<a href="#r{number}">{words}</a>'
        parts = [
            f'<li class="note {self._classes(mark)}" id="n{number}" value="{number}">',
            f'<p><span class="num">{number}</span> {", ".join(tags) or PLAIN_MARK}{where}</p>',
            f'<p class="q" lang="{language}" dir="auto">{quotation}</p>',
            f'<div lang="" dir="auto">{note}</div>' if note else "",
            f'<p class="said">{" · ".join(remarks)}</p>' if remarks else "",
            "</li>",
        ]
        return "".join(parts)

    def _links(self, mark: Annotation) -> Iterator[str]:
        for link in mark.links:
            number = self._numbers.get(link.target)
            if number is not None:
                yield f'{relation_words(link.relation)} <a href="#n{number}">{number}</a>'
