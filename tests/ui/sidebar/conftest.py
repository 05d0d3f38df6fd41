"""A sidebar on a real library, as the window puts it together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from factories import make_article
from postil.domain.article import Original

PARAGRAPHS = (
    "For years the council, that club of dinosaurs, has told us nothing can be done.",
    "Most observers agree it was a plot. The Bürgermeister denies it.",
    "هذه العبارة المكتوبة من اليمين إلى اليسار يجب أن تظهر على الجانب الأيمن.",
)


@dataclass
class Notes:
    """Stands for the rendering of notes; says when it was asked for what."""

    asked: list[str] = field(default_factory=list)
    html: Callable[[str], str] = "<p>{}</p>".format

    def __call__(self, notes: list[str]) -> list[str]:
        self.asked += notes
        return [self.html(note) for note in notes]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def article_id(library) -> str:
    """Return the id of an article in the library."""
    from postil.library import AddArticle

    article = make_article(*PARAGRAPHS, heading="The ferry", author="Ada Lind", language="en")
    original = Original(
        b"x" * 2048, "ab" * 32, "text/plain", "ferry.txt", "utf-8", "2026-05-04T08:30:00Z"
    )
    command = AddArticle(article, original)
    library.do(command)
    return command.id


@pytest.fixture
def desk(qapp, library, article_id) -> Iterator:
    """Return the desk of the window with that article on it."""
    from postil.ui.waiting import WaitingDesk

    desk = WaitingDesk(library)
    desk.open_article(article_id)
    yield desk
    desk.close()


@pytest.fixture
def mark(desk, library) -> Callable[..., str]:
    """Return a function that marks words and returns the id of the mark."""
    from postil.library import AddAnnotation

    def make(words: str, *tags: str, note: str = "", **fields: object) -> str:
        start = desk.opened.article.text.index(words)
        codes = {tag.code: tag.id for tag in desk.tags.values()}
        ids = tuple(codes.get(tag, tag) for tag in tags)
        command = AddAnnotation(desk.opened.id, start, start + len(words), ids, note, **fields)
        library.do(command)
        return command.id

    return make


@pytest.fixture
def sidebar(qtbot, desk, answers, notes) -> Iterator:
    """Return a sidebar that is shown and active."""
    from postil.ui.sidebar.sidebar import Sidebar
    from postil.ui.theme import Theme

    sidebar = Sidebar(desk, Theme("light"), answers, render=notes)
    qtbot.addWidget(sidebar)
    sidebar.resize(360, 700)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    sidebar.activateWindow()
    qtbot.waitUntil(sidebar.isActiveWindow)
    return sidebar
