"""Pictures of the real window, drawn without a screen: `screenshots.py [FOLDER [NAME …]]`.

Run in `.venv`. Without a folder the pictures of the README are made anew, in
`packaging/screenshots`; with one, all there are, to look at. Settings and library lie in a
temporary folder.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # about a window manager that is not there

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from postil.codebooks import shipped
from postil.domain.article import Article, BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.importers import read, source_from_file
from postil.library import AddAnnotations, AddArticle, Library
from postil.library.intake import take_in
from postil.resources import resource
from postil.settings import Settings
from postil.ui.main_window import MainWindow

HERE = Path(__file__).resolve().parent / "screenshots"
SIZE = (1240, 800)
NARROW = (480, 760)
STAGE = (1280, 720)
README = ["light", "dark", "sepia", "present", "export"]
CROWD = 5_000  # marks
PATIENCE_MS = 15_000
SETTLING_MS = 400  # layout goes on in idle time, notes are rendered in the child
LARGEST = 200 * 1024  # bytes of a picture in the repository

Scene = Callable[[Path, Path], None]  # takes an empty folder and where the picture goes
Ranges = tuple[tuple[str, tuple[tuple[int, int], ...]], ...]

WORDS = """
    the of and to in a council harbour ferry morning bridge toll water island people promised
    figures nobody everyone clearly perhaps said decided answered again before since without
"""
LEFTWARDS = (
    "العبّارة الموعودة",
    "قال المجلس إن الجسر أمر محتوم، وإن المجانين وحدهم يعترضون. لم يسأل أحد كم يكلف ذلك.",
    "في الصباح كتبت Ada Lind في جريدة Harbour Post أن 640 شخصًا عبروا الماء.",
    "ويرى معظم الناس أن الشركة هي السبب.",
)
LEFTWARDS_MARKS = (
    ("أمر محتوم", "persuasion23/loaded_language"),
    ("المجانين وحدهم يعترضون", "persuasion23/name_calling_labelling"),
    ("Ada Lind في جريدة Harbour Post", "sources/named_person"),
    ("معظم الناس", "persuasion23/appeal_to_popularity"),
)


def main(arguments: list[str]) -> int:
    """Make pictures and return the exit code.

    Args:
        arguments: the folder, and the names of the pictures wanted; those of the README without
            a folder, all of them without names.
    """
    folder = Path(arguments[0]) if arguments else HERE
    wanted = arguments[1:] or (list(SCENES) if arguments else README)
    if unknown := set(wanted) - set(SCENES):
        print(f"no such picture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="postil-pictures-") as place:
            SCENES[name](Path(place), folder / f"{name}.png")
    large = [p.name for p in folder.glob("*.png") if p.stat().st_size > LARGEST]
    if folder != HERE:  # only to look at
        return 0
    if large:
        print(f"too large for the repository: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


@contextmanager
def window_on(
    library: Library, article_id: str, settings_file: Path, theme: str
) -> Iterator[MainWindow]:
    """Open the window on one article with its most telling mark chosen, and close it afterwards.

    Args:
        library: where the article is.
        article_id: the article; empty for none.
        settings_file: where the window keeps what it remembers; need not be there.
        theme: light, sepia or dark.
    """
    application = QApplication.instance() or QApplication(["postil"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    settings = Settings(settings_file)
    settings.set("first-steps/dismissed", True)  # the room is for marks
    settings.set("author/asked", True)  # no question lies before the export
    window = MainWindow(settings)
    window.resize(*SIZE)
    window.show()
    window.furnish(library)
    window.actions_[f"theme-{theme}"].trigger()
    desk = window.desk
    assert desk is not None
    desk.open_article(article_id)
    marks = library.placed_marks(article_id) if article_id else ()
    # A short one near the top, with much to say: page and sidebar both show their best.
    early = [mark for mark in marks[1:6] if mark.end - mark.start < 60]
    if early:
        desk.choose(max(early, key=lambda mark: len(mark.note)).id)
    settle()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


def save(widget: QWidget, path: Path) -> None:
    """Write a picture of a widget."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    picture = picture.convertToFormat(
        QImage.Format.Format_Indexed8, _palette(picture), Qt.ImageConversionFlag.AvoidDither
    )
    if not picture.save(str(path), "PNG", 0):  # 0 is the smallest file
        raise OSError(f"{path} could not be written")


def _palette(picture: QImage) -> list[int]:
    """Return the 256 colours that stand for all others; with them a file is a third of the size.

    Of each part of the colour space the colour used most comes first, so that a small patch of
    green stays green; then what is used most anywhere.
    """
    common = Counter(memoryview(picture.constBits()).cast("I")).most_common()
    parts: dict[int, int] = {}
    for colour, _ in common:
        parts.setdefault(colour & 0xE0E0E0, colour)
    return list(dict.fromkeys([*parts.values(), *(colour for colour, _ in common)]))[:256]


def settle(until: Callable[[], bool] | None = None) -> None:
    """Let the window work until a condition holds, or for a moment when there is none."""
    loop = QEventLoop()
    if until is None:
        QTimer.singleShot(SETTLING_MS, loop.quit)
    else:
        look = QTimer()
        look.timeout.connect(lambda: until() and loop.quit())
        look.start(20)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()


@contextmanager
def _window(
    place: Path, article: Article | None = None, *, theme: str = "light", ranges: Ranges = ()
) -> Iterator[MainWindow]:
    """Open the window on one article in a library of its own.

    Args:
        place: an empty folder.
        article: what to show; the sample with its marks if there is none.
        theme: light, sepia or dark.
        ranges: what to mark in the article, in code points, and with which tags.
    """
    with Library.open(place / "library.sqlite") as library:
        if article is None:
            sample = next(iter(sorted(resource("sample").glob("*.md"))))
            article_id = take_in(library, read(source_from_file(sample))).article_id
        else:
            command = AddArticle(article)
            library.do(command)
            article_id = command.id
        for tag, places in ranges:
            library.do(AddAnnotations(article_id, places, (tag,)))
        with window_on(library, article_id, place / "settings.json", theme) as window:
            yield window


def _themed(theme: str) -> Scene:
    """Return what takes the window in one theme."""

    def take(place: Path, path: Path) -> None:
        with _window(place, theme=theme) as window:
            save(window, path)

    return take


def _double(_place: Path, path: Path) -> None:
    """Take the window on a screen with twice as many pixels; Qt asks for that when it starts."""
    with tempfile.TemporaryDirectory(prefix="postil-pictures-") as folder:
        line = [sys.executable, __file__, folder, "light"]
        subprocess.run(line, env=os.environ | {"QT_SCALE_FACTOR": "2"}, check=True)
        shutil.move(Path(folder) / "light.png", path)


def _large(place: Path, path: Path) -> None:
    """Take letters of twice their size."""
    with _window(place) as window:
        for _ in range(5):
            window.actions_["zoom-in"].trigger()
        settle()
        save(window, path)


def _narrow(place: Path, path: Path) -> None:
    with _window(place) as window:
        window.resize(*NARROW)
        settle()
        save(window, path)


def _narrow_sidebar(place: Path, path: Path) -> None:
    """Take a narrow window whose sidebar was asked for."""
    with _window(place) as window:
        window.resize(*NARROW)
        settle()
        window.actions_["show-sidebar"].trigger()
        settle()
        save(window, path)


def _crowded(place: Path, path: Path) -> None:
    """Take a page with thousands of marks that nest and cross."""
    words = WORDS.split()
    builder = ArticleBuilder(Metadata(title="A crowded page"))
    builder.block(BlockKind.HEADING, "A crowded page", level=1)
    for number in range(60):
        order = ((at * at + number * 7) % len(words) for at in range(110))
        builder.block(BlockKind.PARAGRAPH, " ".join(words[at] for at in order).capitalize() + ".")
    article = builder.finish()
    tags = [tag.id for tag_set in shipped()[:2] for tag in tag_set.tags]
    words_at = [match.span() for match in re.finditer(r"\w+", article.text)]
    chosen = (at * (len(words_at) - 8) // CROWD for at in range(CROWD))
    places = [(words_at[at][0], words_at[at + (0, 1, 2, 6)[at % 4]][1]) for at in chosen]
    ranges = tuple((tag, tuple(places[at :: len(tags)])) for at, tag in enumerate(tags))
    with _window(place, article, ranges=ranges) as window:
        save(window, path)


def _leftwards(place: Path, path: Path) -> None:
    """Take a text that is read from right to left, with a name that is not."""
    builder = ArticleBuilder(Metadata(title=LEFTWARDS[0], language="ar"))
    builder.block(BlockKind.HEADING, LEFTWARDS[0], level=1)
    for paragraph in LEFTWARDS[1:]:
        builder.block(BlockKind.PARAGRAPH, paragraph)
    article = builder.finish()
    ranges = []
    for words, tag in LEFTWARDS_MARKS:
        start = article.text.index(words)
        ranges.append((tag, ((start, start + len(words)),)))
    with _window(place, article, ranges=tuple(ranges)) as window:
        save(window, path)


def _presented(place: Path, path: Path) -> None:
    """Take a presentation with the note of a mark."""
    with _window(place) as window:
        window.actions_["present"].trigger()
        presenter = window.findChild(QWidget, "presenter")
        assert presenter is not None
        settle()  # a window that is to fill the screen takes no other size before it does
        presenter.resize(*STAGE)
        presenter.turn_to(8)
        settle()
        QTest.keyClick(presenter.page, Qt.Key.Key_N)
        settle()
        save(presenter, path)
        presenter.close()
        settle()


def _empty(place: Path, path: Path) -> None:
    with (
        Library.open(place / "library.sqlite") as library,
        window_on(library, "", place / "settings.json", "light") as window,
    ):
        save(window, path)


def _exported(place: Path, path: Path) -> None:
    """Take the export dialog while it stands over the window."""
    with _window(place) as window:

        def dialog() -> QDialog | None:
            return window.findChild(QDialog, "exportDialog")

        def take() -> None:
            shown = dialog()
            assert shown is not None
            settle()
            save(shown, path)
            shown.reject()

        QTimer.singleShot(SETTLING_MS, take)
        window.actions_["export"].trigger()
        settle(lambda: dialog() is None or not dialog().isVisible())


SCENES: dict[str, Scene] = {
    "light": _themed("light"),
    "sepia": _themed("sepia"),
    "dark": _themed("dark"),
    "double": _double,
    "large": _large,
    "narrow": _narrow,
    "narrow-sidebar": _narrow_sidebar,
    "crowded": _crowded,
    "leftwards": _leftwards,
    "present": _presented,
    "export": _exported,
    "empty": _empty,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
