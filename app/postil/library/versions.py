"""The texts an article has had: listed, read, and brought back as a new version."""

from dataclasses import dataclass, replace

from postil.domain.errors import UserError
from postil.domain.history import Edit, Revision
from postil.library.merging import Placer, carried_over
from postil.library.plan import Plan, Situation, new_id, shortened
from postil.store import queries


@dataclass(frozen=True)
class GoBack:
    """Give an article a text it had before; marks are carried over, also those left there."""

    article_id: str
    revision_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: the entry with the old text anew, and every mark that follows.

        Raises:
            UserError: this is no text the article has had.
        """
        record = situation.article(self.article_id)
        subject = shortened(record.metadata.title)
        line = situation.transaction.ask(queries.revision_line, record.revision_id)
        if self.revision_id not in line:
            raise UserError("The article has no such version", "Choose another one.")
        old = situation.text(self.revision_id)
        former = situation.text(record.revision_id)
        if old.sha256 == former.sha256:
            return Plan("go-back", subject, record.id)
        origin = situation.revisions[self.revision_id]
        revision = Revision(
            new_id(),
            record.revision_id,
            old,
            origin.original_sha256,
            situation.now,
            origin.encoding,
        )
        after = replace(record, revision_id=revision.id)
        placer = Placer(old, former.text)
        marks = situation.article_annotations(record.id)
        moved = (Edit(*carried_over(placer, mark, None, revision.id)) for mark in marks)
        edits = (Edit(record, after), *(edit for edit in moved if edit.before != edit.after))
        return Plan("go-back", subject, record.id, edits, revisions=(revision,))
