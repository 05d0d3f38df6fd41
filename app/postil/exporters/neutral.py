"""Neutral copies: passages are marked, and nothing tells who marked them, as what, or how often."""

from collections.abc import Iterable
from dataclasses import replace

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Anchor, Annotation
from postil.domain.article import Metadata


def neutral(handed_on: HandedOn) -> HandedOn:
    """Return a copy with the article and the places of its marks, and nothing else said of it.

    Marks that touch or overlap are one; what is put to the reader stays.
    """
    joined = joined_ranges(handed_on.annotations)
    article = handed_on.article
    about = article.metadata
    return HandedOn(
        prompts=handed_on.prompts,
        practice=handed_on.practice,
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


def joined_ranges(marks: Iterable[Annotation]) -> list[tuple[int, int]]:
    """Return where there are marks, in code points; those that touch or overlap are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
