"""One file on its way into the library: known, revised or new, and the edits that follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from postil.domain.annotation import Annotation, Placement
from postil.domain.article import Metadata
from postil.domain.counting import counted
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.importers import Imported
from postil.library.bold_names import meant_marks
from postil.library.commands.articles import clean_metadata, new_article
from postil.library.merging import Merge, Placed, Placer, carried_over
from postil.library.plan import Plan, Situation, new_id, shortened
from postil.library.recognising import from_address, is_from_there, with_text
from postil.store import queries


@dataclass(frozen=True)
class Intake:
    """What became of a file."""

    article_id: str
    title: str
    status: str  # "new", "known" or "revised"
    placed: tuple[Placed, ...]  # every mark of the file
    missing: tuple[str, ...]  # ids of marks of the article that the file lacks
    remarks: tuple[str, ...]  # sentences about what could not be taken as it was
    new_tags: tuple[str, ...] = ()  # names of tags that are new under "My tags"
    carried: tuple[Placement, ...] = ()  # of each mark that had a place before or has one now
    because: str = ""  # "address" or "text": what it has in common with the article
    left_out: int = 0  # passages of a page beside its article
    step: int = 0  # of the history, 0 where nothing changed
    apart: Imported | None = None  # what may be an article of its own, where `because` says why


class Taking:
    """One file on its way in."""

    def __init__(self, situation: Situation, imported: Imported) -> None:
        self._situation = situation
        self._imported = imported
        self._article = imported.article
        self.intake: Intake

    def plan(self, *, separate: bool, version_of: str) -> Plan:
        """Decide whether the article is known, revised or new, and return the edits."""
        if version_of:
            return self._as_version(self._situation.article(version_of))
        known = with_text(self._situation, self._article, only_now=separate)
        if known is not None:
            is_there = is_from_there(known, self._article.metadata)
            if is_there or not separate:
                plan = self._into_known(known)
                if not is_there:
                    self._say("text")
                return plan
        if separate:
            return self._as_new()
        record = self._revised()
        if record is not None:
            return self._as_revision(record)
        source = "" if self._imported.is_ours else self._article.metadata.source
        record = from_address(self._situation, source)
        if record is not None:
            plan = self._as_revision(record)
            self._say("address")
            return plan
        return self._as_new()

    def _as_version(self, record: ArticleRecord) -> Plan:
        if self._situation.text(record.revision_id).sha256 == self._article.sha256:
            return self._into_known(record)
        return self._as_revision(record)

    def _say(self, because: str) -> None:
        self.intake = replace(self.intake, because=because, apart=self._imported)

    def plan_again(self, record: ArticleRecord, told: Metadata) -> Plan:
        """Return the edits that make this reading the text of an article."""
        if self._situation.text(record.revision_id).sha256 == self._article.sha256:
            return self._into_known(record)
        encoding = self._imported.original.encoding
        ours, anew = record.metadata, clean_metadata(self._article.metadata)
        unchanged = {
            name: getattr(anew, name)
            for name in ("title", "author", "outlet", "published", "modified", "language")
            if getattr(ours, name) == getattr(told, name) and getattr(anew, name)
        }
        if "language" in unchanged:
            unchanged["language_guessed"] = anew.language_guessed
        entry = replace(record, metadata=replace(ours, **unchanged))
        return self._as_revision(record, entry, encoding)

    def _revised(self) -> ArticleRecord | None:
        """Return the article whose marks this file of ours holds under other words."""
        if not self._imported.is_ours:
            return None
        ids = [parsed.mark.id for parsed in self._imported.marks if parsed.mark.id]
        found = Counter(mark.article_id for mark in self._situation.annotations(ids))
        if found:
            return self._situation.article(found.most_common(1)[0][0])
        claimed = self._imported.claimed_sha256
        had = self._situation.transaction.ask(queries.articles_that_had_text, claimed)
        return self._situation.article(had[0]) if had else None

    def _into_known(self, record: ArticleRecord) -> Plan:
        existing = self._situation.article_annotations(record.id)
        current = self._situation.text(record.revision_id)
        merge = Merge(self._situation, record, current, existing)
        merge.tagging.add_sets(self._imported.tag_sets)
        same_text = current.sha256 == self._article.sha256
        merge.take(meant_marks(self._imported, merge.tagging, with_pieces=same_text))
        after = self._told(record)
        entry = (Edit(record, after),) if after != record else ()
        self._report(record, "known", merge, existing)
        edits = (*merge.tagging.edits, *entry, *merge.edits)
        return Plan("take-in-file", shortened(record.metadata.title), record.id, edits)

    def _as_revision(
        self, record: ArticleRecord, entry: ArticleRecord | None = None, encoding: str = ""
    ) -> Plan:
        """Return the edits that give an article another text.

        Args:
            record: the article.
            entry: the same with what is known about it now, where that is not told by the file.
            encoding: in which its bytes were read, where they had been read otherwise before.
        """
        revision = Revision(
            new_id(),
            record.revision_id,
            self._article,
            self._imported.original.sha256,
            self._situation.now,
            encoding,
        )
        after = replace(self._told(entry or record), revision_id=revision.id)
        if modified := clean_metadata(self._article.metadata).modified:  # a date of this text
            after = replace(after, metadata=replace(after.metadata, modified=modified))
        former = self._situation.text(record.revision_id).text
        placer = Placer(self._article, former)
        pieces = {parsed.mark.id: parsed.pieces for parsed in self._imported.marks}
        former_marks = self._situation.article_annotations(record.id)
        carried = [
            carried_over(placer, mark, pieces.get(mark.id), revision.id) for mark in former_marks
        ]
        moves = [Edit(before, now) for before, now in carried if before != now]
        existing = [now for _, now in carried]
        merge = Merge(self._situation, after, self._article, existing)
        merge.tagging.add_sets(self._imported.tag_sets)
        merge.take(meant_marks(self._imported, merge.tagging, with_pieces=True))
        self._report(after, "revised", merge, former_marks)
        placed = [
            now.placement
            for before, now in carried
            if before.placement.is_placed or now.placement.is_placed
        ]
        self.intake = replace(self.intake, carried=tuple(placed))
        edits = (*merge.tagging.edits, Edit(record, after), *moves, *merge.edits)
        return Plan(
            "reread-article" if encoding else "revise-article",
            shortened(record.metadata.title),
            record.id,
            edits,
            originals=(self._imported.original,),
            revisions=(revision,),
        )

    def _as_new(self) -> Plan:
        record, revision = new_article(
            self._article, self._imported.original, article_id=new_id(), now=self._situation.now
        )
        record = self._told(record)
        merge = Merge(self._situation, record, self._article)
        merge.tagging.add_sets(self._imported.tag_sets)
        merge.take(meant_marks(self._imported, merge.tagging, with_pieces=True))
        self._report(record, "new", merge, ())
        edits = (*merge.tagging.edits, Edit(None, record), *merge.edits)
        return Plan(
            "add-article",
            shortened(record.metadata.title),
            record.id,
            edits,
            originals=(self._imported.original,),
            revisions=(revision,),
        )

    def _told(self, record: ArticleRecord) -> ArticleRecord:
        """Return the entry with what the file tells: gaps filled, note and answers taken.

        What a person corrected before it was taken in counts more than what is there.
        """
        answers = dict(record.answers) | dict(self._imported.answers)
        theirs = clean_metadata(self._article.metadata)
        corrected = {name: getattr(theirs, name) for name in self._imported.corrected}
        metadata = replace(record.metadata.filled(self._article.metadata), **corrected)
        if not metadata.title:
            metadata = replace(metadata, title=record.metadata.title)
        return replace(
            record,
            metadata=metadata,
            note=self._imported.note or record.note,
            answers=tuple(answers.items()),
        )

    def _report(
        self,
        record: ArticleRecord,
        status: str,
        merge: Merge,
        existing: Sequence[Annotation],
    ) -> None:
        told = {placed.id for placed in merge.placed}
        complete = self._imported.is_ours and not self._imported.partial
        remarks = list(self._imported.remarks)
        if merge.kept_newer:
            one = "1 mark was edited here after the file was written and stays as it is here."
            many = (
                "{0} marks were edited here after the file was written and stay as they are here."
            )
            remarks.append(counted(merge.kept_newer, one, many))
        self.intake = Intake(
            article_id=record.id,
            title=record.metadata.title,
            status=status,
            placed=tuple(merge.placed),
            missing=tuple(
                mark.id
                for mark in existing  # a file never has the loose ones
                if complete and mark.placement.is_placed and mark.id not in told
            ),
            remarks=tuple(remarks),
            new_tags=tuple(tag.name for tag in merge.tagging.made),
            left_out=self._imported.left_out,
        )
