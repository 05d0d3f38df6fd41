"""Commands that make, change, move and delete marks."""

from dataclasses import dataclass, field, replace

from postil.domain import limits
from postil.domain.annotation import Anchor, Annotation, Confidence, Placement, Status, Voice
from postil.domain.article import Article
from postil.domain.canonical import clean_note
from postil.domain.errors import UserError
from postil.domain.history import Edit
from postil.library.conflicts import both_texts
from postil.library.plan import Plan, Situation, new_id, shortened
from postil.library.tagging import Tagging


def checked_note(note: str) -> str:
    """Return a note in canonical form.

    Raises:
        UserError: it is too long.
    """
    if len(note) > limits.NOTE_CHARACTERS:
        raise UserError(
            f"A note may have {limits.NOTE_CHARACTERS:,} characters", "Split it into several notes."
        )
    return clean_note(note)


def resolved(text: str, stored: str, based_on: str | None) -> tuple[str, bool]:
    """Return what to keep of a text, and whether it is two texts.

    Args:
        text: what was written.
        stored: what is kept now.
        based_on: what was kept when writing began; None: what is kept now does not matter.

    Raises:
        UserError: it is too long.
    """
    text = checked_note(text)
    if based_on is None:
        return text, False
    both = both_texts(text, stored, based_on)
    if both in (text, stored):
        return both, False
    return checked_note(both), True


def checked_anchor(article: Article, start: int, end: int) -> Anchor:
    """Return the anchor of a range, trimmed of block breaks.

    Raises:
        UserError: it is empty or lies outside the text.
    """
    from postil.anchoring import describe  # with it comes all that finds marks again

    try:
        return describe(article.text, start, end)
    except ValueError as error:
        raise UserError(
            f"The range {start}-{end} marks no words of this article", "Select some words."
        ) from error


@dataclass(frozen=True)
class AddAnnotation:
    """Mark a range of an article.

    Args:
        article_id: the article.
        start: first code point.
        end: code point after the last.
        tags: tag ids or names; names nobody knows become tags of "My tags".
        note: Markdown.
        voice: who speaks.
        confidence: how sure the annotator is.
        status: how far its check has come.
        id: of the new mark.
    """

    article_id: str
    start: int
    end: int
    tags: tuple[str, ...] = ()
    note: str = ""
    voice: Voice = Voice.UNSAID
    confidence: Confidence = Confidence.UNSAID
    status: Status = Status.UNSAID
    id: str = field(default_factory=new_id)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: tags made up on the spot, then the mark."""
        record = situation.article(self.article_id)
        article = situation.text(record.revision_id)
        tagging = Tagging(situation)
        mark = Annotation(
            id=self.id,
            article_id=record.id,
            revision_id=record.revision_id,
            anchor=checked_anchor(article, self.start, self.end),
            tags=tagging.resolve(self.tags),
            note=checked_note(self.note),
            author=situation.author,
            created=situation.now,
            voice=self.voice,
            confidence=self.confidence,
            status=self.status,
        )
        edits = (*tagging.edits, Edit(None, mark))
        return Plan("add-mark", shortened(mark.anchor.exact), record.id, edits)


@dataclass(frozen=True)
class AddAnnotations:
    """Mark several ranges alike, in one step.

    Args:
        article_id: the article.
        ranges: code points, half open.
        tags: ids or names.
        extends: a mark with the very range of one takes the tags instead of being doubled.
    """

    article_id: str
    ranges: tuple[tuple[int, int], ...]
    tags: tuple[str, ...] = ()
    extends: bool = False

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: tags made up on the spot, then the marks."""
        record = situation.article(self.article_id)
        article = situation.text(record.revision_id)
        tagging = Tagging(situation)
        tags = tagging.resolve(self.tags)
        twins = self._by_range(situation, tags) if self.extends else {}
        pairs: list[tuple[Annotation | None, Annotation]] = []
        for start, end in self.ranges:
            anchor = checked_anchor(article, start, end)
            twin = twins.get((anchor.start, anchor.end))
            if twin is None:
                mark = Annotation(
                    id=new_id(),
                    article_id=record.id,
                    revision_id=record.revision_id,
                    anchor=anchor,
                    tags=tags,
                    author=situation.author,
                    created=situation.now,
                )
                pairs.append((None, mark))
            elif not set(tags) <= set(twin.tags):
                both = tuple(dict.fromkeys((*twin.tags, *tags)))
                pairs.append((twin, replace(twin, tags=both, edited=situation.now)))
        edits = (*tagging.edits, *(Edit(*pair) for pair in pairs)) if pairs else ()
        subject = shortened(pairs[0][1].anchor.exact) if pairs else ""
        return Plan("add-marks", subject, record.id, edits)

    def _by_range(
        self, situation: Situation, tags: tuple[str, ...]
    ) -> dict[tuple[int, int], Annotation]:
        """Return the marks of the article by range; of several, rather one with the tags."""
        placed = (
            mark
            for mark in situation.article_annotations(self.article_id)
            if mark.placement.is_placed
        )
        ranked = sorted(placed, key=lambda mark: set(tags) <= set(mark.tags))
        return {(mark.start, mark.end): mark for mark in ranked}


@dataclass(frozen=True)
class ChangeAnnotation:
    """Change what is said about a mark; None leaves a field as it is."""

    annotation_id: str
    tags: tuple[str, ...] | None = None  # ids or names
    note: str | None = None  # Markdown
    voice: Voice | None = None
    confidence: Confidence | None = None
    status: Status | None = None
    starred: bool | None = None
    based_on: str | None = None  # the note when writing began; another one since is kept too

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; fields that stay the same make no step."""
        before = situation.annotation(self.annotation_id)
        tagging = Tagging(situation)
        note, is_both = before.note, False
        if self.note is not None:
            note, is_both = resolved(self.note, before.note, self.based_on)
        name = "keep-both-texts" if is_both else "change-mark"
        after = replace(
            before,
            tags=before.tags if self.tags is None else tagging.resolve(self.tags),
            note=note,
            voice=before.voice if self.voice is None else self.voice,
            confidence=before.confidence if self.confidence is None else self.confidence,
            status=before.status if self.status is None else self.status,
            starred=before.starred if self.starred is None else self.starred,
        )
        drafts = () if self.note is None else (self.annotation_id,)
        edits: tuple[Edit, ...] = ()
        if after != before:
            edits = (*tagging.edits, Edit(before, replace(after, edited=situation.now)))
        return Plan(
            name,
            shortened(before.anchor.exact),
            before.article_id,
            edits,
            closed_drafts=drafts,
        )


@dataclass(frozen=True)
class ChangeAnnotations:
    """Change what is said about many marks alike, in one step."""

    ids: tuple[str, ...]
    add: tuple[str, ...] = ()  # tags, ids or names
    remove: tuple[str, ...] = ()  # ids of tags
    status: Status | None = None  # None leaves it as it is

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; marks that stay the same, or are gone already, are passed over."""
        tagging = Tagging(situation)
        added, removed = tagging.resolve(self.add), frozenset(self.remove)
        edits: list[Edit] = []
        for before in situation.annotations(self.ids):
            kept = (tag for tag in before.tags if tag not in removed)
            after = replace(
                before,
                tags=tuple(dict.fromkeys((*kept, *added))),
                status=before.status if self.status is None else self.status,
            )
            if after != before:
                edits.append(Edit(before, replace(after, edited=situation.now)))
        first = edits[0].before if edits else None
        subject = shortened(first.anchor.exact) if isinstance(first, Annotation) else ""
        article_id = first.article_id if isinstance(first, Annotation) else ""
        made = tagging.edits if edits else ()
        return Plan("change-marks", subject, article_id, (*made, *edits))


@dataclass(frozen=True)
class MoveAnnotation:
    """Give a mark another range of the current text; a loose mark finds its place so."""

    annotation_id: str
    start: int  # code points
    end: int

    def plan(self, situation: Situation) -> Plan:
        """Return the edit."""
        before = situation.annotation(self.annotation_id)
        record = situation.article(before.article_id)
        article = situation.text(record.revision_id)
        anchor = checked_anchor(article, self.start, self.end)
        name, subject = "move-mark", shortened(anchor.exact)
        if anchor == before.anchor and before.revision_id == record.revision_id:
            return Plan(name, subject, record.id)
        after = replace(
            before,
            anchor=anchor,
            revision_id=record.revision_id,
            placement=Placement.EXACT,
            edited=situation.now,
        )
        return Plan(name, subject, record.id, (Edit(before, after),))


@dataclass(frozen=True)
class DeleteAnnotations:
    """Delete marks; undo brings them back with the same ids."""

    ids: tuple[str, ...]

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; ids that are gone already are passed over."""
        marks = situation.annotations(self.ids)
        subject = shortened(marks[0].anchor.exact) if marks else ""
        article_id = marks[0].article_id if marks else ""
        name = "delete-mark" if len(marks) == 1 else "delete-marks"
        return Plan(name, subject, article_id, tuple(Edit(mark, None) for mark in marks))
