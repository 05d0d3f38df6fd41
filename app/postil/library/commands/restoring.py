"""The command that brings back what one step deleted, whatever was done since."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from postil.domain.annotation import Annotation
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Edit, Record, Step
from postil.domain.shelf import Collection as ShelfCollection
from postil.domain.shelf import Membership
from postil.library.plan import Plan, Situation
from postil.library.tagging import Tagging
from postil.store import history, shelf_queries


@dataclass(frozen=True)
class RestoreDeleted:
    """Bring back the articles, marks and collections that a step deleted, as a step of its own.

    A mark whose article has another text by now is placed on that anew; tags that are gone are
    made again under "My tags".
    """

    step_id: int

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; what is there again already is passed over.

        Raises:
            UserError: the step, or the article of its marks, is gone, or nothing is missing.
        """
        step = situation.transaction.ask(history.find, self.step_id)
        if step is None:
            raise UserError("This step is not in the history any more", "Choose another one.")
        edits = situation.transaction.ask(history.edits_of, step)
        deleted = [edit.before for edit in edits if edit.after is None]
        articles = {one.id: one for one in deleted if isinstance(one, ArticleRecord)}
        marks = {one.id: one for one in deleted if isinstance(one, Annotation)}
        for article_id in list(articles):
            if situation.has_article(article_id):
                del articles[article_id]
        for mark in situation.annotations(list(marks)):
            del marks[mark.id]
        filed = _filed(situation, deleted, set(articles))
        if not articles and not marks and not filed:
            raise UserError("Nothing that this step deleted is missing", "Choose another one.")
        back = [Edit(None, record) for record in (*articles.values(), *filed)]
        tagging = Tagging(situation)
        called = _names_of_gone_tags(situation, step, marks.values())
        for mark in _placed(situation, articles, marks.values()):
            tags = tagging.resolve(mark.tags, called)
            back.append(Edit(None, replace(mark, tags=tags)))
        return Plan("restore-deleted", step.subject, step.article_id, (*tagging.edits, *back))


def _filed(
    situation: Situation, deleted: Sequence[Record | None], articles: Collection[str]
) -> list[Record]:
    """Return the collections that are gone, and who of them and of the articles was in which.

    Args:
        situation: the library as it is.
        deleted: what the step took away, inner collections before outer ones.
        articles: ids of the articles that come back.
    """
    there = {one.id for one in situation.transaction.ask(shelf_queries.collections)}
    back: list[Record] = []
    for one in reversed(deleted):
        if isinstance(one, ShelfCollection) and one.id not in there:
            outer = one.parent_id if one.parent_id in there else None
            back.append(replace(one, parent_id=outer))
            there.add(one.id)
    members = [one for one in deleted if isinstance(one, Membership)]
    known = set(
        situation.transaction.ask(
            shelf_queries.memberships, articles=[one.article_id for one in members]
        )
    )
    return back + [
        one
        for one in members
        if one not in known
        and one.collection_id in there
        and (one.article_id in articles or situation.has_article(one.article_id))
    ]


def _names_of_gone_tags(
    situation: Situation, step: Step, marks: Iterable[Annotation]
) -> dict[str, str]:
    """Return what the tags of marks were called that are not there any more."""
    used = sorted({tag_id for mark in marks for tag_id in mark.tags})
    known = situation.known_tags(used)
    if known >= set(used):
        return {}
    gone = situation.transaction.ask(history.deleted_tags, step.id)
    return {i: gone[i].name if i in gone else i.rpartition("/")[2] for i in used if i not in known}


def _placed(
    situation: Situation, articles: dict[str, ArticleRecord], marks: Iterable[Annotation]
) -> Iterable[Annotation]:
    """Yield marks as they can stand in the library now, in articles that come back or are there."""
    by_article: dict[str, list[Annotation]] = {}
    for mark in marks:
        by_article.setdefault(mark.article_id, []).append(mark)
    for article_id, some in by_article.items():
        record = articles.get(article_id) or situation.article(article_id)
        yield from _carried(situation, record, some)


def _carried(
    situation: Situation, record: ArticleRecord, marks: list[Annotation]
) -> Iterable[Annotation]:
    """Yield the marks of one article; those that stood in another text of it are placed anew."""
    former = [m for m in marks if m.placement.is_placed and m.revision_id != record.revision_id]
    if not former:
        yield from marks
        return
    from postil.library.merging import Placer, carried_over  # brings a compiled library with it

    words = situation.text(record.revision_id)
    placers: dict[str, Placer] = {}
    for mark in marks:
        if mark not in former:
            yield mark
            continue
        if mark.revision_id not in placers:
            before = situation.text(mark.revision_id).text
            placers[mark.revision_id] = Placer(words, before)
        yield carried_over(placers[mark.revision_id], mark, None, record.revision_id)[1]
