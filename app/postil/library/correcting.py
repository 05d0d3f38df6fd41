"""Correcting a text by hand: some paragraphs get other words, breaks or none; marks stay put.

What was replaced is known to the word, so places are carried and not looked for. Corrections
that follow each other are one version of the article, and one step of the history each.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from postil.anchoring import describe
from postil.differences import replacements
from postil.domain import limits
from postil.domain.annotation import Annotation, Placement
from postil.domain.article import Article, Block, BlockKind, Metadata, Span
from postil.domain.builder import merge_spans
from postil.domain.canonical import (
    BLOCK_BREAK,
    CELL_BREAK,
    LINE_BREAK,
    clean_line,
    clean_run,
    normalise,
)
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.library.plan import Plan, Situation, new_id, shortened
from postil.store import version_queries


@dataclass(frozen=True)
class CorrectText:
    """Give neighbouring paragraphs other words.

    Args:
        article_id: the article.
        revision_id: the text that was looked at.
        first: index of the first paragraph (block).
        count: how many paragraphs are replaced.
        text: the words instead; each line is a paragraph, none takes the paragraphs out.
    """

    article_id: str
    revision_id: str
    first: int
    count: int
    text: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: the entry with the new text, and every mark carried to it.

        Raises:
            UserError: the text changed meanwhile, or nothing or too much would be left of it.
        """
        record = situation.article(self.article_id)
        if record.revision_id != self.revision_id:
            raise UserError("The text was changed meanwhile", "Look at it again.")
        before = situation.text(record.revision_id)
        rewriting = _Rewriting(before, self.first, self.count, self.text)
        subject = shortened(record.metadata.title)
        if not rewriting.changes:
            return Plan("correct-text", subject, record.id)
        revision = self._revision(situation, rewriting.article)
        after = replace(record, revision_id=revision.id, metadata=self._titled(record, rewriting))
        marks = situation.article_annotations(record.id)
        moved = (Edit(mark, rewriting.carried(mark, revision.id)) for mark in marks)
        edits = (Edit(record, after), *(edit for edit in moved if edit.before != edit.after))
        return Plan("correct-text", subject, record.id, edits, revisions=(revision,))

    def _revision(self, situation: Situation, article: Article) -> Revision:
        """Return the new text as a version; it takes the place of a correction just before."""
        current = situation.revisions[self.revision_id]
        previous = current.id
        line = situation.transaction.ask(version_queries.version_line, current.id)
        if line[0].kind == "corrected":
            previous = line[1].id
        return Revision(
            new_id(),
            previous,
            article,
            current.original_sha256,
            situation.now,
            current.encoding,
        )

    def _titled(self, record: ArticleRecord, rewriting: "_Rewriting") -> Metadata:
        """Return the entry's data; a title that was this heading follows it."""
        heading = rewriting.before.blocks[self.first]
        title = clean_line(rewriting.before.block_text(heading))
        if heading.kind is not BlockKind.HEADING or record.metadata.title != title:
            return record.metadata
        return replace(record.metadata, title=clean_line(rewriting.first_line) or title)


class _Rewriting:
    """An article before and after some of its paragraphs were written anew."""

    def __init__(self, before: Article, first: int, count: int, text: str) -> None:
        self.before = before
        replaced = before.blocks[first : first + count]
        if not replaced:
            raise UserError("There is no such paragraph", "Look at the article again.")
        start, end = replaced[0].start, replaced[-1].end
        lines = list(_lines(text, has_cells=any(b.kind is BlockKind.ROW for b in replaced)))
        self.first_line = lines[0] if lines else ""
        if not lines:
            if len(replaced) == len(before.blocks):
                raise UserError("An article without words is none", "Leave a paragraph of it.")
            # With the paragraphs goes the break after them, or the one before the last.
            end, start = (end + 1, start) if end < len(before.text) else (end, start - 1)
        words = BLOCK_BREAK.join(lines)
        self.changes = [
            ((a + start, b + start), words[c:d])
            for (a, b), (c, d) in replacements(before.text[start:end], words)
        ]
        after = before.text[:start] + words + before.text[end:]
        if len(after) > max(limits.ARTICLE_CHARACTERS, len(before.text)):
            raise UserError(
                f"The text is longer than {limits.ARTICLE_CHARACTERS:,} characters", "Shorten it."
            )
        self._starts = [a for (a, _), _ in self.changes]
        self._shifts = [0]
        for (a, b), new in self.changes:
            self._shifts.append(self._shifts[-1] + len(new) - (b - a))
        blocks = (
            *before.blocks[:first],
            *self._blocks(lines, replaced, start),
            *(
                replace(b, start=b.start + self._shifts[-1], end=b.end + self._shifts[-1])
                for b in before.blocks[first + count :]
            ),
        )
        self.article = Article(after, blocks, tuple(self._spans(blocks)))

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a range is now; None when nothing of its words is left.

        What was put in right before or after a range stays outside; a word at its end that
        was replaced stays inside.
        """
        number = bisect_right(self._starts, start)
        low = start + self._shifts[number]
        if number:
            (a, b), _ = self.changes[number - 1]
            if start < b:
                low = a + self._shifts[number - 1]
        number = bisect_right(self._starts, end - 1)
        high = end + self._shifts[number]
        if number:
            (a, b), new = self.changes[number - 1]
            if end < b:
                high = a + self._shifts[number - 1] + len(new)
        return (low, high) if low < high else None

    def carried(self, mark: Annotation, revision_id: str) -> Annotation:
        """Return a mark on the new text; loose when its words were taken out."""
        if not mark.placement.is_placed:
            return mark
        place = self.place(mark.start, mark.end)
        if place is None or not self.article.text[slice(*place)].strip():
            return replace(mark, placement=Placement.UNPLACED)
        anchor = describe(self.article.text, *place)
        same = anchor.exact.split() == mark.anchor.exact.split()
        placement = mark.placement if same else Placement.CHANGED
        return replace(mark, anchor=anchor, revision_id=revision_id, placement=placement)

    def _blocks(self, lines: list[str], replaced: tuple[Block, ...], start: int) -> Iterator[Block]:
        """Yield the paragraphs written anew; each is what the one was that it begins in."""
        at, used = start, -1
        for line in lines:
            old = self._former(at)
            index = bisect_right(replaced, old, key=lambda block: block.start) - 1
            index = min(max(index, used, 0), len(replaced) - 1)
            block = replaced[index]
            kind, number = block.kind, block.number
            if index == used:  # the rest of a paragraph that was split
                number = None
                kind = BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind
            level = block.level if kind is block.kind else 0
            yield Block(kind, at, at + len(line), level, number)
            used = index
            at += len(line) + 1

    def _former(self, position: int) -> int:
        """Return where something in the new text stood before."""
        number = bisect_right(
            range(len(self.changes)),
            position,
            key=lambda i: self._starts[i] + self._shifts[i] + len(self.changes[i][1]),
        )
        former = position - self._shifts[number]
        if number < len(self.changes):
            former = min(former, self.changes[number][0][1])
        return former

    def _spans(self, blocks: tuple[Block, ...]) -> list[Span]:
        """Return the spans on the new text; breaks cut them."""
        spans = []
        for span in self.before.spans:
            place = self.place(span.start, span.end)
            if place is None:
                continue
            index = bisect_right(blocks, place[0], key=lambda block: block.start) - 1
            for block in blocks[max(index, 0) :]:
                low, high = max(place[0], block.start), min(place[1], block.end)
                if block.start >= place[1]:
                    break
                if low < high:
                    spans.append(replace(span, start=low, end=high))
        return merge_spans(spans)


def _lines(text: str, *, has_cells: bool) -> Iterator[str]:
    """Yield the paragraphs of a text in canonical form, without empty ones."""
    for line in text.split(BLOCK_BREAK):
        words = normalise(clean_run(line, tab=CELL_BREAK if has_cells else " "))
        words = words.strip(" " + LINE_BREAK)
        if words.strip():
            yield words
