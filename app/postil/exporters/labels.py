"""Label lines as shared tasks on propaganda use them: article, technique, start, end.

Tabs between, one line for each tag of each mark, offsets in code points of the text that
`show --json` prints, half open. A tag goes by its label in the 2023 task where its codebook
knows one, else by its id.
"""

from collections.abc import Sequence

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import reading_order
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out

_CORPUS = "semeval2023"
_UNSAID = (
    Unsaid.WAITING,
    Unsaid.UNTAGGED,
    Unsaid.NOTES,
    Unsaid.FIELDS,
    Unsaid.STARS,
    Unsaid.ANNOTATORS,
    Unsaid.LINKS,
    Unsaid.FOREIGN,
    Unsaid.ARTICLE_NOTE,
    Unsaid.ANSWERS,
)


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the lines of one article."""
    return together([handed_on], options)


def together(articles: Sequence[HandedOn], _: ExportOptions) -> Exported:
    """Return the lines of some articles, one after the other."""
    lines = [line for handed_on in articles for line in _lines(handed_on)]
    return Exported("".join(lines).encode(), left_out(articles, *_UNSAID))


def _lines(handed_on: HandedOn) -> list[str]:
    return [
        f"{mark.article_id}\t{_label(tag_id, handed_on)}\t{mark.start}\t{mark.end}\n"
        for mark in sorted(handed_on.annotations, key=reading_order)
        for tag_id in mark.tags
    ]


def _label(tag_id: str, handed_on: HandedOn) -> str:
    tag = handed_on.tags.get(tag_id)
    return dict(tag.labels).get(_CORPUS, tag_id) if tag else tag_id
