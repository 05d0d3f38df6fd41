"""Rows for lists and the opened article: what queries of the library return."""

from dataclasses import dataclass

from postil.domain.article import Article
from postil.domain.history import ArticleRecord, Step


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
    language: str = ""  # BCP 47
    language_guessed: bool = False


@dataclass(frozen=True, slots=True)
class TagUse:
    """One mark that has a tag, for a list over all articles."""

    annotation_id: str
    article_id: str
    title: str  # of the article
    exact: str  # the marked words
    is_placed: bool  # it has a place in the current text


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


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article in the list of its versions."""

    id: str  # of the revision
    number: int  # from 1, the first text
    kind: str  # "first", "file", "encoding", "back" or "corrected": how it came about
    created: str  # ISO 8601 time in UTC
    origin: str  # where its bytes came from: file name, address, or empty
    encoding: str  # in which they were read anew, or empty
    characters: int  # code points
    sha256: str  # of the text
    placed: int = 0  # marks that stand in it
    loose: int = 0  # marks that stood in it last and have no sure place since
    same_as: int = 0  # the number of the version whose text it brought back


@dataclass(frozen=True, slots=True)
class RestorePoint:
    """A place in the history that somebody wants to find again."""

    step_id: int  # the last step done then
    at: str  # ISO 8601 time in UTC
    name: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step in the list of them."""

    step: Step
    title: str  # of its article, as it is called now or was when it was deleted; may be empty
    author: str  # the alias under which it was done; may be empty
    is_undone: bool
    point: RestorePoint | None = None  # set after this step
