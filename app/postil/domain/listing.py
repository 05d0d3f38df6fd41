"""Rows for lists and the opened article: what queries of the library return."""

from dataclasses import dataclass

from postil.domain.article import Article
from postil.domain.history import ArticleRecord


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of the shelf."""

    id: str
    title: str
    author: str
    outlet: str
    published: str
    added: str
    characters: int  # code points of the current text
    marks: int
    groups: tuple[tuple[str, int], ...] = ()  # (colour of a tag group, marks in it), most first


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """An article with its entry; `article.metadata` is the entry's, as last edited."""

    record: ArticleRecord
    article: Article
    revisions: int  # how many texts it has had
    original_name: str  # where it came from: file name, address, or empty

    @property
    def id(self) -> str:
        """The article's id."""
        return self.record.id
