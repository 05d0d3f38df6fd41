"""Commands that add, describe and delete articles."""

from dataclasses import dataclass, field, replace

from postil.domain.article import Article, Metadata, Original
from postil.domain.canonical import clean_line
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.library.plan import Plan, Situation, moment, new_id, shortened


def clean_metadata(metadata: Metadata) -> Metadata:
    """Return metadata with every field as one canonical line."""
    return Metadata(
        title=clean_line(metadata.title),
        author=clean_line(metadata.author),
        outlet=clean_line(metadata.outlet),
        source=clean_line(metadata.source),
        published=clean_line(metadata.published),
        retrieved=clean_line(metadata.retrieved),
        language=clean_line(metadata.language),
        original_sha256=clean_line(metadata.original_sha256),
        extra=metadata.extra,
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
        """Return the edit; an empty title becomes the first words."""
        before = situation.article(self.article_id)
        metadata = clean_metadata(self.metadata)
        if not metadata.title:
            first = display_title(situation.text(before.revision_id))
            metadata = replace(metadata, title=clean_line(first))
        after = replace(before, metadata=metadata)
        edits = (Edit(before, after),) if after != before else ()
        return Plan("change-article", shortened(metadata.title), before.id, edits)


@dataclass(frozen=True)
class DeleteArticles:
    """Delete articles with their marks; undo brings all of it back."""

    ids: tuple[str, ...]

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: for each article its marks, then its entry."""
        edits: list[Edit] = []
        subject = ""
        for article_id in self.ids:
            record = situation.article(article_id)
            subject = subject or shortened(record.metadata.title)
            marks = situation.article_annotations(article_id)
            edits += [Edit(mark, None) for mark in marks]
            edits.append(Edit(record, None))
        name = "delete-article" if len(self.ids) == 1 else "delete-articles"
        return Plan(name, subject, self.ids[0] if self.ids else "", tuple(edits))
