"""The open library: commands in, changes out, and the questions the views ask."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from postil.domain import limits
from postil.domain.annotation import Annotation
from postil.domain.article import Article, Original
from postil.domain.backups import Keeping
from postil.domain.errors import ReadOnlyError, UserError
from postil.domain.found import Completion, FoundArticle
from postil.domain.history import Changes, Revision, Step
from postil.domain.listing import ArticleRow, OpenArticle, TagUse, Version
from postil.domain.overview import Grouping, MarkQuery, Sorting
from postil.domain.tags import TagSet
from postil.library import searching
from postil.library.backing_up import Backups
from postil.library.catalogue import Catalogue
from postil.library.checking import Finding, check
from postil.library.completing import completions
from postil.library.drafts import Drafts
from postil.library.history import History
from postil.library.hits import hits_in
from postil.library.linking import Linking
from postil.library.overview import Overview
from postil.library.plan import Command, Plan, Situation, revisions_named, utc_now
from postil.library.safekeeping import Safekeeping
from postil.library.searching import Found
from postil.library.seeding import seed
from postil.library.shelving import Shelving
from postil.library.tagging import recent
from postil.search import Query
from postil.store import Store, Transaction, queries, version_queries
from postil.store.overview import ArticleFacts

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[Changes], None]
_TEXTS_KEPT = 4  # revisions held in memory; they never change


class Library:
    """A library that is open; used from the thread that opened it.

    Args:
        store: the open file.
        author: the alias under which marks are made; may be empty.
        backups: of this library.
    """

    def __init__(self, store: Store, *, author: str = "", backups: Backups | None = None) -> None:
        self._store = store
        self.author = author
        self._revisions: dict[str, Revision] = {}
        self.history = History(store, self._tell)
        self.linking = Linking(store)
        self._catalogue = Catalogue()
        self.shelving = Shelving(store, self._catalogue)
        follows = (self.linking.follow, self._catalogue.follow, self.shelving.follow)
        self._listeners: list[Listener] = list(follows)
        self.drafts = Drafts(store)
        self.safekeeping = Safekeeping(store, backups or Backups(store.path), self._read_anew)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        author: str = "",
        create: bool = True,
        wait_seconds: float = limits.LOCK_SECONDS,
        read_only: ReadOnlyError | None = None,
        on_wait: Callable[[], None] | None = None,
        keeping: Keeping | None = None,
    ) -> Self:
        """Open the library at `path`, with the shipped codebooks in it.

        Args:
            path: the file.
            author: the alias under which marks are made; may be empty.
            create: make the library when it is not there.
            wait_seconds: how long to wait for another program that holds it, now and later.
            read_only: why nothing may be changed; None when it may.
            on_wait: told, on another thread, when it is waited for longer than a second.
            keeping: where backups are kept, and how many.

        Raises:
            ReadOnlyError: it may be read but not written, and `read_only` does not say so.
            UserError: it is missing, no library, newer, damaged or locked.
        """
        backups = Backups(path, keeping)
        store = Store(
            path,
            create=create,
            wait_seconds=wait_seconds,
            read_only=read_only,
            on_wait=on_wait,
            backup=lambda: backups.try_to_make("migration"),
        )
        try:
            library = cls(store, author=author, backups=backups)
            if read_only is None:
                _bring_up_to_date(store, library.history)
        except BaseException:
            store.close()
            raise
        return library

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._store.path

    @property
    def read_only(self) -> ReadOnlyError | None:
        """Why nothing may be changed; None when it may."""
        return self._store.read_only

    def allow_writing(self) -> None:
        """Let a library that was open for reading be changed.

        Raises:
            UserError: that cannot be.
        """
        self._store.allow_writing()
        _bring_up_to_date(self._store, self.history)
        self._tell(Changes(everything=True))

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- changing ---

    def do(self, command: Command) -> Changes:
        """Carry out a command, durable and undoable, and tell the listeners.

        Raises:
            LibraryBusyError: another process holds the library; nothing changed.
            ReadOnlyError: it is open for reading only.
            UserError: the command cannot be carried out; nothing changed.
        """
        with self._store.writing() as transaction:
            situation = Situation(transaction, self.author, utc_now(), self._revisions)
            changes = self._carry_out(transaction, command.plan(situation), situation.now)
        self._forget_old_texts()
        return self._tell(changes)

    def rehearse(self, command: Command) -> Plan:
        """Return what a command would do now; nothing changes.

        Raises:
            UserError: the command cannot be carried out.
        """
        with self._store.reading() as transaction:
            return command.plan(Situation(transaction, self.author, utc_now(), self._revisions))

    def objection(self, command: Command) -> UserError | None:
        """Return why a command would be refused now, or None; nothing changes."""
        try:
            self.rehearse(command)
        except UserError as error:
            return error
        return None

    def undo(self, only: Step | None = None) -> Changes | None:
        """Take the last step back; None when there is none.

        Args:
            only: nothing is taken back unless this is the last step, also of other processes.
        """
        return self.history.walk(redo=False, only=only)

    def redo(self) -> Changes | None:
        """Do the last undone step again; None when there is none."""
        return self.history.walk(redo=True)

    def undo_step(self) -> Step | None:
        """Return the step that undo would take back."""
        return self.history.next(redo=False)

    def redo_step(self) -> Step | None:
        """Return the step that redo would do again."""
        return self.history.next(redo=True)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told of every change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def refresh(self) -> None:
        """Tell the listeners if another process changed the library."""
        if self._store.changed_elsewhere():
            self._tell(Changes(everything=True))

    # --- asking ---

    def articles(self, ids: Collection[str] | None = None) -> list[ArticleRow]:
        """Return the shelf's rows, the newest first; only those with `ids` if given."""
        return self._ask(queries.articles, ids)

    def article_ids(self) -> list[str]:
        """Return the ids of the articles on the shelf, the newest first."""
        return self._ask(queries.article_ids)

    def article_facts(self) -> list[ArticleFacts]:
        """Return what articles are called and where they are from, in the order of the shelf."""
        with self._store.reading() as transaction:
            return list(self._catalogue.facts(transaction).values())

    def is_empty(self) -> bool:
        """Return whether there is no article."""
        return not self._ask(queries.article_ids, 1)

    def titles(self) -> dict[str, str]:
        """Return the title of every article, by id."""
        return self._ask(queries.titles)

    def find_articles(self, piece: str) -> list[ArticleRow]:
        """Return the articles with this id, or else its start, this title, or a piece of it."""
        return self.articles(searching.ids_named(self.titles(), piece))

    def has_article(self, article_id: str) -> bool:
        """Return whether there is an article with this id."""
        return self._ask(queries.article, article_id) is not None

    def article(self, article_id: str) -> OpenArticle:
        """Return an article with its words.

        Raises:
            UserError: it is not there (any more).
        """
        with self._store.reading() as transaction:
            situation = Situation(transaction, self.author, "", self._revisions)
            record = situation.article(article_id)
            words = situation.text(record.revision_id)
            line = transaction.ask(queries.revision_line, record.revision_id)
            sha256 = self._revisions[record.revision_id].original_sha256
            origin = transaction.ask(queries.origin, sha256) if sha256 else ""
        article = replace(words, metadata=record.metadata)
        self._forget_old_texts()
        return OpenArticle(record, article, len(line), origin)

    def placed_marks(self, article_id: str) -> list[Annotation]:
        """Return the marks that have a place in the current text, in reading order."""
        return [mark for mark in self.annotations(article_id) if mark.placement.is_placed]

    def loose_marks(self, article_id: str) -> list[Annotation]:
        """Return the marks that wait for a place."""
        return self._ask(queries.loose_annotations, article_id)

    def annotations(self, article_id: str) -> list[Annotation]:
        """Return every mark of an article, in reading order."""
        return self._ask(queries.article_annotations, article_id)

    def original(self, article_id: str) -> Original | None:
        """Return the bytes an article's current text came from.

        Raises:
            UserError: the article is not there (any more).
        """
        with self._store.reading() as transaction:
            situation = Situation(transaction, self.author, "", self._revisions)
            revision_id = situation.article(article_id).revision_id
            situation.text(revision_id)
            revision = self._revisions[revision_id]
            sha256 = revision.original_sha256
            original = transaction.ask(queries.original, sha256) if sha256 else None
        if original is None or not revision.encoding:
            return original
        return replace(original, encoding=revision.encoding)

    def articles_with_original(self, sha256: str) -> list[str]:
        """Return the ids of articles whose current text came from the bytes with this hash."""
        return self._ask(queries.articles_with_original, sha256)

    def versions(self, article_id: str) -> list[Version]:
        """Return the texts an article has had, the newest first; [] when it is gone."""
        return self._ask(version_queries.versions, article_id)

    def version_text(self, version_id: str) -> Article:
        """Return the words of a version, without what is known about the article."""
        return self._ask(queries.revision, version_id).article

    def articles_with_text(self, sha256: str) -> list[str]:
        """Return the ids of articles whose current text has this hash."""
        return self._ask(queries.articles_with_text, sha256)

    def tag_sets(self) -> list[TagSet]:
        """Return every codebook with its groups and tags."""
        return self._ask(queries.tag_sets)

    def tag_uses(self) -> dict[str, int]:
        """Return how many marks of the library have each tag; unused tags are left out."""
        return self._ask(queries.tag_uses)

    def annotations_with_tag(self, tag_id: str) -> list[Annotation]:
        """Return every mark of the library that has this tag."""
        return self._ask(queries.annotations_with_tag, tag_id)

    def tag_places(self, tag_id: str) -> list[TagUse]:
        """Return every mark that has a tag with its article, the newest article first."""
        return self._ask(queries.tag_places, tag_id)

    def recent_tags(self, limit: int = 9) -> list[str]:
        """Return tag ids for the digits: last used first, then the focus codebook's first tags."""
        with self._store.reading() as transaction:
            return recent(transaction, limit)

    def search(self, query: Query) -> Found:
        """Return which articles answer a query, the best first."""
        with self._store.reading() as transaction:
            return searching.search(transaction, query, self._catalogue)

    def hits(self, found: Found, ids: Sequence[str], *, each: int = 3) -> list[FoundArticle]:
        """Return articles that were found with the places where words stand.

        Args:
            found: what `search` answered.
            ids: of the articles that are looked at.
            each: how many hits in the text, and how many in marks, are wanted of an article.
        """
        with self._store.reading() as transaction:
            return hits_in(transaction, found, ids, each)

    def overview(
        self,
        query: MarkQuery,
        grouping: Grouping = Grouping.ARTICLE,
        sorting: Sorting = Sorting.PLACE,
    ) -> Overview:
        """Return all marks of the library that answer a question, under headings."""
        return Overview(self._store, self._catalogue, query, grouping, sorting)

    def completions(self, text: str) -> list[Completion]:
        """Return how a query that is being typed may go on."""
        with self._store.reading() as transaction:
            return completions(transaction, self._catalogue, text)

    def check(self) -> list[Finding]:
        """Return what is wrong with the library; the index of words is mended.

        Raises:
            UserError: it cannot be read, or is in use by another program.
        """
        return check(self._store)

    # --- inside ---

    def _read_anew(self) -> None:
        """Forget what was read, and tell the listeners: everything may be another."""
        self._revisions.clear()
        self._tell(Changes(everything=True))

    def _ask(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._store.reading() as transaction:
            return transaction.ask(query, *args, **kwargs)

    def _carry_out(self, transaction: Transaction, plan: Plan, now: str) -> Changes:
        for annotation_id in plan.closed_drafts:
            transaction.drop_draft(annotation_id)
        if not plan.edits:
            return Changes()
        for original in plan.originals:
            transaction.add_original(original)
        for revision in plan.revisions:
            transaction.add_revision(revision)
        transaction.apply(plan.edits)
        step = transaction.add_step(
            Step(0, plan.name, plan.subject, plan.article_id, now),
            plan.edits,
            revisions_named(plan.edits),
            self.author,
        )
        return Changes(plan.edits, step)

    def _tell(self, changes: Changes) -> Changes:
        if changes.edits or changes.step or changes.everything:
            for listener in tuple(self._listeners):
                listener(changes)
        return changes

    def _forget_old_texts(self) -> None:
        while len(self._revisions) > _TEXTS_KEPT:
            del self._revisions[next(iter(self._revisions))]


def _bring_up_to_date(store: Store, steps: History) -> None:
    """Have what a library of this version has: its codebooks, an index, no old steps."""
    seed(store)
    searching.make_index(store)
    steps.prune()
