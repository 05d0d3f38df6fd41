"""What searches, headings and the palette ask of every article, again and again."""

from collections.abc import Mapping

from postil.domain.history import ArticleRecord, Changes
from postil.store import Transaction
from postil.store.overview import ArticleFacts, article_facts


class Catalogue:
    """What all articles are called and where they are from; read once, until one changes."""

    def __init__(self) -> None:
        self._facts: dict[int, ArticleFacts] = {}
        self.words: dict[str, int] = {}  # how many each text has, by its id; filled by who counts

    def facts(self, transaction: Transaction) -> Mapping[int, ArticleFacts]:
        """Return the facts about every article by its number, the newest first."""
        if not self._facts:
            self._facts = transaction.ask(article_facts)
        return self._facts

    def follow(self, changes: Changes) -> None:
        """Keep in step with what changed."""
        if changes.touches(ArticleRecord):
            self._facts = {}
        if changes.everything:
            self.words.clear()
