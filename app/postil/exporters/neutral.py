"""Neutral copies: passages are marked, and nothing tells who marked them, as what, or how often."""

from dataclasses import replace

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Anchor, Annotation
from postil.domain.article import Metadata


def neutral(handed_on: HandedOn) -> HandedOn:
    """Return a copy with the article and the places of its marks, and nothing else.

    Marks that touch or overlap are one.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in handed_on.annotations):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    article = handed_on.article
    about = article.metadata
    return HandedOn(
        article=replace(
            article,
            metadata=Metadata(
                title=about.title,
                author=about.author,
                outlet=about.outlet,
                source=about.source,
                published=about.published,
                language=about.language,
            ),
        ),
        annotations=tuple(
            Annotation(str(number), "", "", Anchor(start, end, article.text[start:end]))
            for number, (start, end) in enumerate(joined)
        ),
    )
