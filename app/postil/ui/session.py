"""What is taken up again at the next start: the window's place, the article, where it was read."""

from base64 import b64decode, b64encode
from binascii import Error

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from postil.settings import Settings

RESTORE_ARTICLE = "session/restore-article"
RESTORE_WINDOW = "session/restore-window"
_PLACES = 500  # articles whose reading position is kept


class Session:
    """Reads and writes what is kept between two runs.

    Args:
        settings: where it is kept.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was, or where it can be seen if that screen is gone.

        What cannot be read is left alone.
        """
        kept = self._settings.get("window/geometry", "")
        try:
            geometry = b64decode(kept, validate=True) if self._restores(RESTORE_WINDOW) else b""
        except (Error, ValueError):
            geometry = b""
        if not geometry or not window.restoreGeometry(QByteArray(geometry)):
            window.resize(1240, 800)

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        data = window.saveGeometry().data()
        self._settings.set("window/geometry", b64encode(bytes(data)).decode("ascii"))

    @property
    def article(self) -> str:
        """The id of the article to open at the start, or nothing."""
        kept = self._settings.get("session/article", "")
        return kept if self._restores(RESTORE_ARTICLE) else ""

    @property
    def sidebar_tab(self) -> int:
        """Which tab of the sidebar was in front."""
        return self._settings.get("session/sidebar-tab", 0)

    def keep_sidebar_tab(self, number: int) -> None:
        """Remember which tab of the sidebar is in front."""
        self._settings.set("session/sidebar-tab", number)

    def place(self, article_id: str) -> int:
        """Return the code point that was at the top when an article was left."""
        return self._settings.get("session/places", {"": 0}).get(article_id, 0)

    def keep_place(self, article_id: str, position: int) -> None:
        """Remember where an article is being left.

        Args:
            article_id: the article.
            position: code point at the top of the reader.
        """
        places = dict(self._settings.get("session/places", {"": 0}))
        places.pop(article_id, None)
        places[article_id] = position
        while len(places) > _PLACES:
            del places[next(iter(places))]
        self._settings.update({"session/places": places, "session/article": article_id})

    def _restores(self, what: str) -> bool:
        return self._settings.get(what, True)
