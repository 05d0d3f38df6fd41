"""The desktop program: read the command line, put library and window together, run.

Arguments are read before Qt is imported, so that `--help` and a wrong option need no screen.
The window's frame is on the screen before the library is opened.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import postil
from postil.domain.errors import ReadOnlyError, UserError
from postil.settings import Settings, default_library
from postil.settings.logs import RunLog, log_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from postil.library import Library
    from postil.ui.main_window import MainWindow
    from postil.ui.one_window import Claim, Doorbell

_GOODBYE_MS = 5_000  # how long threads may take to end
_SMOKE_SECONDS = 60  # a start that takes longer has failed


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desktop program.

    Args:
        argv: the arguments without the program's name; those of the process when missing.

    Returns:
        The exit code: 0, or 1 when the library cannot be opened.
    """
    arguments = _parser().parse_args(argv)
    with ExitStack() as stack:
        if arguments.smoke:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postil-")))
            return _Run(folder / "library.sqlite", Settings(folder / "settings.json")).smoke()
        library = arguments.library or default_library()
        log = RunLog(log_folder())
        log.begin()
        stack.callback(log.end)
        return _Run(library, Settings()).run(arguments.files, log)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="postil-desktop", description="Close reading of news and opinion."
    )
    parser.add_argument("files", nargs="*", type=Path, help="files to take in and open")
    parser.add_argument("--library", type=Path, metavar="PATH", help="the library to open")
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="build the window with the sample in a temporary library, paint it, and leave",
    )
    parser.add_argument("--version", action="version", version=f"Postil {postil.__version__}")
    return parser


class _Run:
    """One run of the program.

    Args:
        path: of the library.
        settings: what the person prefers.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        gc.disable()  # what is made while starting stays; to look for garbage in it is in vain
        from PySide6.QtCore import Qt  # after the arguments
        from PySide6.QtWidgets import QApplication

        self._path = path
        self._settings = settings
        self._library: Library | None = None
        self._claim: Claim | None = None
        self._bell: Doorbell | None = None
        self._fault = ""
        self._error: UserError | None = None
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        self._application = _application()

    def run(self, files: Sequence[Path], log: RunLog) -> int:
        """Show the window until it is closed, unless there is one that takes the files."""
        from postil.ui.first_paint import FirstPaint
        from postil.ui.one_window import Claim

        self._claim = Claim(self._path)
        if not self._claim.take([str(path.absolute()) for path in files]):
            return 0
        self._fault = log.left_behind()
        window = self._window()

        def furnish() -> None:
            if self._furnish(window) and files:
                window.take_files([path.absolute() for path in files])

        FirstPaint(window, furnish)  # the library takes longer to open than all of Qt
        return self._end(window, self._application.exec())

    def smoke(self) -> int:
        """Open the sample, paint it, leave; tell on standard output how it went."""
        from PySide6.QtCore import QTimer

        from postil.ui.first_paint import FirstPaint

        window = self._window()
        done: list[str] = []

        def look() -> None:
            if window.desk is not None and window.desk.opened is not None:
                picture = window.grab()
                marks = len(window.desk.marks)
                done.append(f"{window.windowTitle()}: {marks} marks, {picture.width()} px wide")
                window.close()

        looking = QTimer(window)
        looking.timeout.connect(look)
        looking.start(50)
        FirstPaint(window, lambda: self._furnish(window))
        QTimer.singleShot(_SMOKE_SECONDS * 1000, window, window.close)
        self._end(window, self._application.exec())
        sys.stdout.write((done[0] if done else f"the window did not open: {self._error}") + "\n")
        return 0 if done else 1

    def _window(self) -> "MainWindow":
        from postil.ui.main_window import MainWindow
        from postil.ui.mistakes import Mistakes

        window = MainWindow(self._settings)
        self._mistakes = Mistakes(window)
        window.show()
        return window

    def _furnish(self, window: "MainWindow") -> bool:
        """Open the library and put it into the window; a failure is told and ends the run."""
        try:
            return self._open_in(window)
        finally:
            gc.freeze()  # no later collection looks through all that stands now
            gc.enable()

    def _open_in(self, window: "MainWindow") -> bool:
        from postil.ui.start_notices import StartReport  # after the first paint

        is_new = not self._path.exists()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._library = self._open(self._claim.refusal if self._claim else None)
        except OSError as error:
            self._error = UserError(
                f"{self._path.parent} cannot be made: {error.strerror}", "Name another folder."
            )
        except UserError as error:
            self._error = error
        if self._library is None:
            assert self._error is not None
            window.prompts.tell(window.tr("The library cannot be opened"), str(self._error))
            window.close()
            return False
        insist = partial(self._insist, window) if self._claim and self._claim.refusal else None
        window.furnish(self._library, is_new=is_new, report=StartReport(insist, self._fault))
        self._listen(window)
        return True

    def _insist(self, window: "MainWindow") -> None:
        """Hold a library that may be held elsewhere.

        Raises:
            UserError: it cannot be held.
        """
        assert self._claim is not None
        self._claim.insist()
        self._listen(window)

    def _listen(self, window: "MainWindow") -> None:
        """Let later starts find this window."""
        from postil.ui.one_window import Doorbell  # after the first paint

        if self._claim is not None and self._claim.is_held:
            self._bell = Doorbell(self._claim.address, window)
            self._bell.rung.connect(window.take_over)

    def _open(self, refusal: ReadOnlyError | None) -> "Library":
        """Open the library; for reading only where it is held elsewhere or cannot be written."""
        from postil.library import Library

        author = self._settings.get("author", "")
        try:
            return Library.open(self._path, author=author, read_only=refusal)
        except ReadOnlyError as error:
            return Library.open(self._path, author=author, read_only=error)

    def _end(self, window: "MainWindow", code: int) -> int:
        from PySide6.QtCore import QThreadPool

        from postil import isolation

        self._mistakes.close()
        window.tasks.close()
        # Threads that render notes end before what they report to is gone.
        isolation.close()
        QThreadPool.globalInstance().waitForDone(_GOODBYE_MS)
        if self._library is not None:
            self._library.close()
        if self._bell is not None:
            self._bell.close()
        if self._claim is not None:
            self._claim.release()
        return 1 if self._error else code


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication  # after the arguments

    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    application.setApplicationName("postil")
    application.setApplicationDisplayName("Postil")
    application.setApplicationVersion(postil.__version__)
    application.setDesktopFileName("postil")
    application.setStyle("Fusion")
    return application
