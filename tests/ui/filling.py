"""Plain functions that put things into a library, for tests of the window."""

from contextlib import contextmanager
from pathlib import Path

import PySide6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QWindow

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


class _Watch(QObject):
    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):  # noqa: N802 - the name is Qt's
        if event.type() is QEvent.Type.Show and isinstance(watched, QWindow):
            self.shown.append(watched.objectName())
        return False


@contextmanager
def windows_shown(application):
    """Yield a list of the windows that are shown meanwhile, by name.

    A part that is shown before it has a parent is one for a moment: it flashes, and as a new
    window it keeps a program running whose last window was just closed.
    """
    watch = _Watch()
    application.installEventFilter(watch)
    try:
        yield watch.shown
    finally:
        application.removeEventFilter(watch)
