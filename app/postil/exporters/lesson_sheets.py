"""The sheets of a lesson pack: small articles of our own, which every format for people can set."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from postil.annotated_markdown import HandedOn
from postil.domain.article import Article, BlockKind, Metadata, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.exporters.copies import questions_of, tags_of
from postil.exporters.exporter import Sheet

_LINE: Final = "…" * 30  # to write on
_TERM_WORDS: Final = 4  # a marked passage of more words is no term or name

_SOURCE_CHECK: Final = (
    (
        "What the article says of itself",
        (
            ("Outlet", "Who publishes it? Who pays for it?"),
            ("Author", "Who wrote it, and what else have they written?"),
            ("Date", "When was it published? Has it been changed since?"),
            ("Address", "Where did you find it? Is that where it first appeared?"),
            ("Kind", "Is it news, opinion, advertising or something else? How can you tell?"),
        ),
    ),
    (
        "What it rests on",
        (
            ("Main claim", "Say in one sentence what you are to believe."),
            ("Evidence", "What is given for it: numbers, documents, witnesses, nothing?"),
            ("Sources", "Who is quoted or named, and who could be asked but is not?"),
        ),
    ),
    (
        "What others say",
        (
            ("Elsewhere", "Find two other places that report on this. Where do they differ?"),
            ("Outlet and author", "What do others say about them?"),
            ("Missing", "What would you have to know to be sure?"),
        ),
    ),
    (
        "What you make of it",
        (("Trust", "How far do you trust it, from 0 to 10, and what decided it?"),),
    ),
)

_RUBRIC: Final = (
    (
        "Finds the passages",
        "Marks few passages, or whole paragraphs.",
        "Marks the plain cases; beginnings and ends are rough.",
        "Marks most passages, from the first word that matters to the last.",
        "Marks also what is easy to miss, and leaves alone what only looks like it.",
    ),
    (
        "Names what they do",
        "Uses no tags, or the same one everywhere.",
        "Chooses tags that are near.",
        "Chooses the tag whose definition fits.",
        "Tells tags apart that are easily confused, or says why two fit.",
    ),
    (
        "Gives reasons",
        "Gives none.",
        "Repeats the definition.",
        "Names the words that decide it.",
        "Shows what changes if the words are replaced.",
    ),
    (
        "Is fair to the text",
        "Likes or dislikes the opinion.",
        "Sees faults only in what it does not agree with.",
        "Judges how something is said, apart from whether it is right.",
        "Says too what the text does well and what would prove the reader wrong.",
    ),
)


def tag_cards(handed_on: HandedOn, focus: Iterable[str]) -> Article | None:
    """Return a card for each tag: its name and code, what it means, an example, what to ask."""
    sheet = _Sheet("Tag cards")
    for tag in tags_of(handed_on, focus):
        sheet.heading(f"{tag.name} ({tag.code})" if tag.code else tag.name)
        for name, words in (
            ("Means:", tag.definition), ("Example:", tag.example), ("Ask:", tag.question),
        ):  # fmt: skip
            if words:
                sheet.field(name, words)
    return sheet.finish()


def question_sheet(handed_on: HandedOn, focus: Iterable[str]) -> Article | None:
    """Return the tags' questions with room for answers."""
    sheet = _Sheet(f"Questions on “{handed_on.article.metadata.title or 'the article'}”")
    for number, question in enumerate(questions_of(handed_on, focus), 1):
        sheet.heading(f"{number}. {question}", level=3)
        sheet.lines(2)
    return sheet.finish()


def source_check(handed_on: HandedOn, _: Iterable[str]) -> Article | None:
    """Return a form about the source, to be filled in."""
    title = handed_on.article.metadata.title
    sheet = _Sheet("Source check")
    if title:
        sheet.field("Article:", title)
    for heading, fields in _SOURCE_CHECK:
        sheet.heading(heading)
        for name, words in fields:
            sheet.field(f"{name}.", words)
            sheet.lines(2)
    return sheet.finish()


def glossary(handed_on: HandedOn, _: Iterable[str]) -> Article | None:
    """Return the terms and names that were marked, by the alphabet, with room to explain them."""
    article = handed_on.article
    places: dict[str, set[int]] = defaultdict(set)
    for mark in handed_on.annotations:
        words = article.text[mark.start : mark.end].split()
        term = " ".join(words).strip(".,;:!?")
        if len(words) <= _TERM_WORDS and any(map(str.isalpha, term)):
            places[term].add(article.number_at(mark.start))
    sheet = _Sheet("Glossary")
    for term in sorted(places, key=lambda words: (words.casefold(), words)):
        where = ", ".join(f"¶ {number}" for number in sorted(places[term]) if number)
        sheet.field(term, where)
        sheet.lines(1)
    return sheet.finish()


def rubric(handed_on: HandedOn, focus: Iterable[str]) -> Article | None:
    """Return what to look for in the work that comes back, in four levels."""
    sheet = _Sheet("Rubric")
    for heading, *levels in _RUBRIC:
        sheet.heading(heading)
        for points, words in enumerate(levels):
            sheet.item(f"{points} – {words}")
    tags = tags_of(handed_on, focus)
    if tags:
        sheet.heading("Tags to look for")
    for tag in tags:
        sheet.item(f"{tag.name}: {tag.definition}" if tag.definition else tag.name)
    return sheet.finish()


SHEETS: Mapping[Sheet, Callable[[HandedOn, Iterable[str]], Article | None]] = MappingProxyType(
    {
        Sheet.TAG_CARDS: tag_cards,
        Sheet.QUESTIONS: question_sheet,
        Sheet.SOURCE_CHECK: source_check,
        Sheet.GLOSSARY: glossary,
        Sheet.RUBRIC: rubric,
    }
)


class _Sheet:
    """A sheet in the making.

    Args:
        title: its heading.
    """

    def __init__(self, title: str) -> None:
        self._builder = ArticleBuilder(Metadata(title=title, language="en"))
        self._builder.block(BlockKind.HEADING, title, level=1)
        self._is_empty = True

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading."""
        self._add(BlockKind.HEADING, words, level=level)

    def item(self, words: str) -> None:
        """Add an item of a list."""
        self._add(BlockKind.ITEM, words, level=1)

    def field(self, name: str, words: str) -> None:
        """Add a name in bold and words on it."""
        self._is_empty = False
        self._builder.begin(BlockKind.PARAGRAPH).open_span(SpanKind.STRONG).text(name).close_span()
        self._builder.text(f" {words}" if words else "").end()

    def lines(self, count: int) -> None:
        """Add lines to write on."""
        for _ in range(count):
            self._builder.block(BlockKind.PARAGRAPH, _LINE)

    def finish(self) -> Article | None:
        """Return the sheet, or None if nothing is on it."""
        return None if self._is_empty else self._builder.finish()

    def _add(self, kind: BlockKind, words: str, level: int) -> None:
        self._is_empty = False
        self._builder.block(kind, words, level=level)
