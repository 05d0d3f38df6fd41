"""Pictures of the real window on the sample, drawn without a screen: `screenshots.py [FOLDER]`.

Run in `.venv`. Without a folder the pictures of the README are made anew, in
`packaging/screenshots`. Settings and library lie in a temporary folder.
"""

import os
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
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from postil.importers import read, source_from_file
from postil.library import Library
from postil.library.intake import take_in
from postil.resources import resource
from postil.settings import Settings
from postil.ui.main_window import MainWindow

HERE = Path(__file__).resolve().parent / "screenshots"
SIZE = (1240, 800)
NARROW = (680, 760)
PATIENCE_MS = 15_000
SETTLING_MS = 400  # layout goes on in idle time, notes are rendered in the child
LARGEST = 200 * 1024  # bytes of a picture in the repository


def main(arguments: list[str]) -> int:
    """Make all pictures and return the exit code."""
    folder = Path(arguments[0]) if arguments else HERE
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="postil-pictures-") as name:
        place = Path(name)
        sample = next(iter(sorted(resource("sample").glob("*.md"))))
        with Library.open(place / "library.sqlite") as library:
            article_id = take_in(library, read(source_from_file(sample))).article_id
            for theme in ("light", "sepia", "dark"):
                with window_on(library, article_id, place / f"{theme}.json", theme) as window:
                    save(window, folder / f"{theme}.png")
                    if theme == "light":
                        _take_narrow(window, folder / "narrow.png")
                        _take_export(window, folder / "export.png")
    large = [p.name for p in folder.glob("*.png") if p.stat().st_size > LARGEST]
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
        article_id: the article.
        settings_file: where the window keeps what it remembers; need not be there.
        theme: light, sepia or dark.
    """
    application = QApplication.instance() or QApplication(["postil"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    settings = Settings(settings_file)
    settings.set("first-steps/dismissed", True)  # the room is for marks
    window = MainWindow(settings)
    window.resize(*SIZE)
    window.show()
    window.furnish(library)
    window.actions_[f"theme-{theme}"].trigger()
    desk = window.desk
    assert desk is not None
    desk.open_article(article_id)
    marks = library.placed_marks(article_id)
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


def _take_narrow(window: MainWindow, path: Path) -> None:
    shelf = window.actions_["show-shelf"]
    shelf.trigger()
    window.resize(*NARROW)
    settle()
    save(window, path)
    shelf.trigger()
    window.resize(*SIZE)
    settle()


def _take_export(window: MainWindow, path: Path) -> None:
    """Take the export dialog while it stands over the window."""

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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
