"""Where people have been reading: each article is taken up where it was left, and there is a way
back from every jump, as in a browser.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from postil.ui.actions import Actions
from postil.ui.desk import Desk
from postil.ui.session import Session

_KEPT = 100  # places that can be gone back to
_NEAR = 200  # code points; nearer than this is the same place

Place = tuple[str, int]  # an article and the code point at the top of the reader


class Places(QObject):
    """Keeps places and goes back to them.

    Args:
        desk: what lies open.
        session: keeps the place in each article between runs.
        actions: whose Go Back and Go Forward are on when there is somewhere to go.
        show_position: scrolls the reader so that a code point is at the top.
        is_there: whether an article is still in the library.
        parent: owns this.
    """

    def __init__(
        self,
        desk: Desk,
        session: Session,
        actions: Actions,
        show_position: Callable[[int], None],
        is_there: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._actions = actions
        self._show_position = show_position
        self._is_there = is_there
        self._here: Place = ("", 0)
        self._past: list[Place] = []
        self._future: list[Place] = []
        self._is_walking = False
        desk.article_opened.connect(self._turn_page)
        desk.place_wanted.connect(self._note_jump)
        desk.reading_at.connect(self._note)
        self._enable()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"go-back": self.go_back, "go-forward": self.go_forward}

    def keep(self) -> None:
        """Keep where the open article is being left."""
        if self._here[0]:
            self._session.keep_place(*self._here)

    def go_back(self) -> None:
        """Return to the place before the last jump."""
        self._walk(self._past, self._future)

    def go_forward(self) -> None:
        """Return to the place that was left by going back."""
        self._walk(self._future, self._past)

    def watch(self, widget: QWidget) -> None:
        """Let the mouse's buttons for back and forward work over a widget."""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the two buttons, and leave everything else alone."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if event.button() is Qt.MouseButton.BackButton:
                self.go_back()
                return True
            if event.button() is Qt.MouseButton.ForwardButton:
                self.go_forward()
                return True
        return False

    def _turn_page(self) -> None:
        """Leave one article and take up another where it was left."""
        self.keep()
        opened = self._desk.opened
        before = self._here
        if opened is None:
            self._here = ("", 0)
        else:
            self._here = (opened.id, self._session.place(opened.id))
            if 0 < self._here[1] < len(opened.article.text):
                self._show_position(self._here[1])
        self.keep()  # at once: not every run ends in peace
        if before[0] and before[0] != self._here[0]:
            self._remember(before)
        self._enable()

    def _note(self, position: int) -> None:
        self._here = (self._here[0], position)

    def _note_jump(self, start: int, _end: int) -> None:
        if abs(start - self._here[1]) > _NEAR:
            self._remember(self._here)

    def _remember(self, place: Place) -> None:
        """Let Go Back lead here; a new way ends the one that led forward."""
        if self._is_walking or not place[0]:
            return
        self._future.clear()
        if not (self._past and _is_same(self._past[-1], place)):
            self._past.append(place)
            del self._past[:-_KEPT]
        self._enable()

    def _walk(self, there: list[Place], behind: list[Place]) -> None:
        """Go to the last place of one list; where we were goes to the other."""
        while there and (not self._is_there(there[-1][0]) or _is_same(there[-1], self._here)):
            there.pop()
        if there:
            place = there.pop()
            if self._here[0]:
                behind.append(self._here)
            self._is_walking = True
            try:
                if place[0] != self._here[0]:
                    self._desk.open_article(place[0])
            finally:
                self._is_walking = False
            self._here = place
            self._show_position(place[1])
        self._enable()

    def _enable(self) -> None:
        self._actions["go-back"].setEnabled(bool(self._past))
        self._actions["go-forward"].setEnabled(bool(self._future))


def _is_same(one: Place, other: Place) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= _NEAR
