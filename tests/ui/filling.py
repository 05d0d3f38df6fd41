"""Plain functions that put things into a library, for tests of the window."""

from pathlib import Path

import PySide6
from PySide6.QtCore import QPoint, QPointF

from factories import make_article


def put(library, title, *paragraphs, **metadata):
    """Put an article with this title into a library; return its id."""
    from postil.library import AddArticle

    article = make_article(*(paragraphs or (f"All about {title}.",)), heading=title, **metadata)
    command = AddArticle(article)
    library.do(command)
    return command.id


def mark(library, article_id, start, end, *tags):
    """Mark a range; return the mark's id."""
    from postil.library import AddAnnotation

    command = AddAnnotation(article_id, start, end, tags=tags)
    library.do(command)
    return command.id


def write(path: Path, text: str, encoding="utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def drag_place(x, y):
    """Return where a drag enters or moves: Qt 6.12 takes fractions, and warns of whole pixels."""
    return QPointF(x, y) if PySide6.__version_info__ >= (6, 12) else QPoint(x, y)
