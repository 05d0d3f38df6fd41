"""Commands that add, describe and delete articles, and write on them."""

import re
from dataclasses import dataclass, field, replace

from postil.domain.article import Article, Metadata, Original
from postil.domain.canonical import clean_line
from postil.domain.dates import is_date
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.library.commands.annotations import resolved
from postil.library.drafts import draft_key
from postil.library.plan import Plan, Situation, moment, new_id, shortened
from postil.store import shelf_queries

# The shape of BCP 47: a language, then script, region and variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def clean_metadata(metadata: Metadata) -> Metadata:
    """Return metadata with every field as one canonical line."""
    return Metadata(
        title=clean_line(metadata.title),
        author=clean_line(metadata.author),
        outlet=clean_line(metadata.outlet),
        source=clean_line(metadata.source),
        published=clean_line(metadata.published),
        modified=clean_line(metadata.modified),
        retrieved=clean_line(metadata.retrieved),
        language=clean_line(metadata.language),
        language_guessed=metadata.language_guessed and bool(clean_line(metadata.language)),
        original_sha256=clean_line(metadata.original_sha256),
        extra=metadata.extra,
    )


def check_metadata(before: Metadata, after: Metadata) -> None:
    """Refuse a date, an address or a language that was changed to what is none.

    What a file brought along stays, whatever it is: only what a person writes is checked.

    Raises:
        UserError: says which.
    """
    from postil.importers.addresses import web_address  # with all importers: the start does without

    dates = (before.published, after.published), (before.modified, after.modified)
    for was, now in dates:
        written = clean_line(now)
        if written and written != was and not is_date(written):
            raise UserError(f"“{written[:40]}” is no date", "Write it as 2026-05-04.")
    source = clean_line(after.source)
    if source and source != before.source and not web_address(source):
        raise UserError(
            f"“{source[:40]}” is no address of a page", "Begin it with https:// or http://."
        )
    language = clean_line(after.language)
    if language and language != before.language and not _LANGUAGE.fullmatch(language):
        raise UserError(
            f"“{language[:40]}” is no short name of a language",
            "Write it as en, de or pt-BR.",
        )


def display_title(article: Article) -> str:
    """Return the title, or the first words of an article that has none."""
    return article.metadata.title or shortened(article.block_text(article.blocks[0]))


def new_article(
    article: Article, original: Original | None, *, article_id: str, now: str
) -> tuple[ArticleRecord, Revision]:
    """Return the shelf entry and the text of an article taken in."""
    revision = Revision(new_id(), None, article, original.sha256 if original else None, now)
    metadata = replace(
        clean_metadata(article.metadata),
        title=clean_line(display_title(article)),
        original_sha256=article.metadata.original_sha256 or revision.original_sha256 or "",
    )
    return ArticleRecord(article_id, revision.id, metadata, moment()), revision


@dataclass(frozen=True)
class AddArticle:
    """Put an article on the shelf, with the bytes it came from."""

    article: Article
    original: Original | None = None
    id: str = field(default_factory=new_id)

    def plan(self, situation: Situation) -> Plan:
        """Return the edit, and the text and bytes to keep."""
        record, revision = new_article(
            self.article, self.original, article_id=self.id, now=situation.now
        )
        return Plan(
            "add-article",
            shortened(record.metadata.title),
            record.id,
            (Edit(None, record),),
            originals=(self.original,) if self.original else (),
            revisions=(revision,),
        )


@dataclass(frozen=True)
class ChangeMetadata:
    """Change what is known about an article."""

    article_id: str
    metadata: Metadata

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; an empty title becomes the first words, a changed language is said.

        Raises:
            UserError: the date or the address was changed to what is none.
        """
        before = situation.article(self.article_id)
        check_metadata(before.metadata, self.metadata)
        metadata = clean_metadata(self.metadata)
        if not metadata.title:
            first = display_title(situation.text(before.revision_id))
            metadata = replace(metadata, title=clean_line(first))
        if metadata.language != before.metadata.language:
            metadata = replace(metadata, language_guessed=False)
        after = replace(before, metadata=metadata)
        edits = (Edit(before, after),) if after != before else ()
        return Plan("change-article", shortened(metadata.title), before.id, edits)


@dataclass(frozen=True)
class ChangeArticles:
    """Change what is known about several articles alike; None leaves a field as it is."""

    article_ids: tuple[str, ...]
    outlet: str | None = None
    author: str | None = None
    language: str | None = None

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; an article that reads so already makes none.

        Raises:
            UserError: an article is gone, or the language is none.
        """
        told = {"outlet": self.outlet, "author": self.author, "language": self.language}
        fields = {name: clean_line(value) for name, value in told.items() if value is not None}
        edits = []
        for article_id in dict.fromkeys(self.article_ids):
            before = situation.article(article_id)
            metadata = replace(before.metadata, **fields)  # type: ignore[arg-type]
            if self.language is not None:
                metadata = replace(metadata, language_guessed=False)
            check_metadata(before.metadata, metadata)
            if metadata != before.metadata:
                edits.append(Edit(before, replace(before, metadata=metadata)))
        subject = ", ".join(filter(None, fields.values()))
        return Plan("change-articles", shortened(subject), "", tuple(edits))


@dataclass(frozen=True)
class WriteOnArticle:
    """Write the note on the whole article, or the answer to one of its guiding questions."""

    article_id: str
    text: str  # Markdown; an empty answer takes it away
    question: str = ""  # tag id of the question; empty for the note
    based_on: str | None = None  # what it was when writing began; another text since is kept too

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; the same text makes no step.

        Raises:
            UserError: the article is gone, or the text is too long.
        """
        before = situation.article(self.article_id)
        answers = dict(before.answers)
        stored = answers.get(self.question, "") if self.question else before.note
        text, is_both = resolved(self.text, stored, self.based_on)
        name = "keep-both-texts" if is_both else "write-on-article"
        if self.question:
            answers[self.question] = text
            kept = tuple((key, answer) for key, answer in answers.items() if answer)
            after = replace(before, answers=kept)
        else:
            after = replace(before, note=text)
        return Plan(
            name,
            shortened(before.metadata.title),
            before.id,
            (Edit(before, after),) if after != before else (),
            closed_drafts=(draft_key(before.id, self.question),),
        )


@dataclass(frozen=True)
class DeleteArticles:
    """Delete articles with their marks; undo brings all of it back."""

    ids: tuple[str, ...]

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: for each article its marks and collections, then its entry."""
        edits: list[Edit] = []
        subject = ""
        for article_id in self.ids:
            record = situation.article(article_id)
            subject = subject or shortened(record.metadata.title)
            marks = situation.article_annotations(article_id)
            edits += [Edit(mark, None) for mark in marks]
            members = situation.transaction.ask(shelf_queries.memberships, articles=(article_id,))
            edits += [Edit(member, None) for member in members]
            edits.append(Edit(record, None))
        name = "delete-article" if len(self.ids) == 1 else "delete-articles"
        return Plan(name, subject, self.ids[0] if self.ids else "", tuple(edits))
