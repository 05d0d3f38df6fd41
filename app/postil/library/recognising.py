"""Whether what comes in is an article that is there: by its words, and by where it is from."""

from postil.domain.article import Article, Metadata
from postil.domain.history import ArticleRecord
from postil.importers.addresses import same_page
from postil.library.commands.articles import clean_metadata
from postil.library.plan import Situation
from postil.store import queries, version_queries


def with_text(
    situation: Situation, article: Article, *, only_now: bool = False
) -> ArticleRecord | None:
    """Return the article that has, or had, just this text; of several, one from the same place.

    Args:
        situation: the library.
        article: what comes in.
        only_now: whether an article that had the text once does not count.
    """
    ask = situation.transaction.ask
    ids = ask(queries.articles_with_text, article.sha256)
    if not ids and not only_now:
        ids = ask(queries.articles_that_had_text, article.sha256)
    records = [situation.article(article_id) for article_id in ids]
    from_there = (record for record in records if is_from_there(record, article.metadata))
    return next(from_there, records[0] if records else None)


def from_address(situation: Situation, source: str) -> ArticleRecord | None:
    """Return the article that was taken in from this address last; none for an empty one."""
    for article_id, address in situation.transaction.ask(version_queries.sources) if source else ():
        if same_page(address, source):
            return situation.article(article_id)
    return None


def is_from_there(record: ArticleRecord, metadata: Metadata) -> bool:
    """Return whether a file tells no other address or outlet than an article has."""
    ours, theirs = record.metadata, clean_metadata(metadata)
    if ours.source and theirs.source:
        return ours.source == theirs.source or same_page(ours.source, theirs.source)
    return not (ours.outlet and theirs.outlet) or ours.outlet == theirs.outlet
