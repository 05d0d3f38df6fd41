"""What a search over the library answers with."""

from dataclasses import dataclass
from enum import StrEnum

from postil.domain.listing import ArticleRow


class HitKind(StrEnum):
    """Where words were found."""

    TITLE = "title"
    SOURCE = "source"  # author and outlet
    TEXT = "text"
    QUOTATION = "quotation"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where words were found, with what stands around them."""

    kind: HitKind
    words: str  # one line
    matches: tuple[tuple[int, int], ...]  # code points of `words`: what was looked for
    start: int = 0  # code points of the article's text; an empty range where there is none
    end: int = 0
    number: int = 0  # of the paragraph, as it is printed; 0 for headings and where there is none
    annotation_id: str = ""  # of a quotation, or of a note on one


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of the answer."""

    row: ArticleRow
    hits: tuple[Hit, ...]  # title, source, what was said about the whole, then in reading order


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on with what is being typed."""

    text: str  # what stands instead of the text from `start` on
    start: int  # code points
    label: str  # what it is, for people
