"""What is being typed: kept without a step, and found again when the program ended meanwhile.

A draft ends in the transaction that keeps its text. One that is still there at the next start
was cut off; it is told with the place it belongs to, also when that is gone.
"""

from dataclasses import dataclass

from postil.domain.annotation import Annotation
from postil.domain.canonical import clean_note
from postil.library.conflicts import both_texts
from postil.library.plan import utc_now
from postil.store import Store, Transaction, queries


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A text that was being typed and was not kept."""

    key: str
    text: str
    article_id: str = ""  # empty when it, or the mark, is gone
    annotation_id: str = ""  # empty for what is written on a whole article
    question: str = ""  # tag id of the question that is answered
    title: str = ""  # of the article


def draft_key(article_id: str, question: str = "") -> str:
    """Return under which key a text on the whole article is kept while it is typed."""
    return f"{article_id}/{question}"


class Drafts:
    """The drafts of one library; the key of a mark's note is the mark's id.

    Args:
        store: the open file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, key: str, text: str) -> None:
        """Keep a text that is being typed, durable but without a step."""
        with self._store.writing() as transaction:
            transaction.set_draft(key, text, utc_now())

    def drop(self, key: str) -> None:
        """Forget a text that was being typed."""
        with self._store.writing() as transaction:
            transaction.drop_draft(key)

    def text(self, key: str) -> str | None:
        """Return what was being typed when the editor did not close.

        A note that was changed after it was typed is in it too.
        """
        with self._store.reading() as transaction:
            found = transaction.ask(queries.draft, key)
            if found is None:
                return None
            text, at = found
            marks = transaction.ask(queries.annotations, (key,))
        if marks and marks[0].edited >= at:
            return both_texts(text, marks[0].note)
        return text

    def kept(self) -> list[KeptDraft]:
        """Return what was being typed and is not what is kept in its place, the oldest first."""
        with self._store.reading() as transaction:
            drafts = transaction.ask(queries.drafts)
            marks = {m.id: m for m in transaction.ask(queries.annotations, [k for k, _ in drafts])}
            found = [_placed(transaction, key, text, marks.get(key)) for key, text in drafts]
        return [draft for draft in found if draft is not None]


def _placed(
    transaction: Transaction, key: str, text: str, mark: Annotation | None
) -> KeptDraft | None:
    """Return a draft with its place, or None when its text is kept there already."""
    article_id, _, question = key.partition("/")
    if mark is not None:
        article_id = mark.article_id
    record = transaction.ask(queries.article, article_id)
    if record is None:
        return KeptDraft(key, text) if clean_note(text) else None
    if mark is not None:
        kept = mark.note
    else:
        kept = dict(record.answers).get(question, "") if question else record.note
    if clean_note(text) == kept:
        return None
    annotation_id = mark.id if mark is not None else ""
    return KeptDraft(
        key, text, record.id, annotation_id, "" if mark else question, record.metadata.title
    )
