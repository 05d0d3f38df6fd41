"""The desktop program: read the command line, put library and window together, run.

Arguments are read before Qt is imported, so that `--help` and a wrong option need no screen.
The window's frame is on the screen before the library is opened.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import postil
from postil.domain.errors import DamagedError, NotALibraryError, ReadOnlyError, UserError
from postil.domain.named import wherever
from postil.settings import Settings, default_library, keeping
from postil.settings.logs import RunLog, log_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from postil.library import Library
    from postil.library.backing_up import Backups
    from postil.ui.main_window import MainWindow
    from postil.ui.one_window import Claim, Doorbell

_NO_BACKUP = "backups/failure"  # the setting that keeps why the last run made none at its end
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
        return _Run(library, Settings()).run([wherever(word) for word in arguments.words], log)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="postil-desktop", description="Close reading of news and opinion."
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="SOURCE",
        help="a file or folder to take in and open, or the address of a page: https://…",
    )
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
        self._words: list[str] = []  # files and addresses to open
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        self._application = _application()

    def run(self, words: Sequence[str], log: RunLog) -> int:
        """Show the window until it is closed, unless there is one that takes the words."""
        from postil.ui.first_paint import FirstPaint
        from postil.ui.one_window import Claim

        self._claim = Claim(self._path)
        if not self._claim.take(words):
            return 0
        self._fault = log.left_behind()
        window = self._window()

        self._words = list(words)
        FirstPaint(window, lambda: self._furnish(window))  # the library takes longer than all of Qt
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

    def _furnish(self, window: "MainWindow") -> None:
        """Open the library and put it into the window; a failure is told and ends the run."""
        from postil.ui.garbage import GarbageCollector

        try:
            self._open_in(window)
        finally:
            gc.freeze()  # no later collection looks through all that stands now
            GarbageCollector(window)

    def _open_in(self, window: "MainWindow") -> None:
        from postil.library.backing_up import Backups  # after the first paint

        is_new = not self._path.exists() or self._path.stat().st_size == 0
        backups = Backups(self._path, keeping(self._settings))
        if is_new and backups.all():
            error = DamagedError(f"The library {self._path} is empty")
            self._recover(window, error, backups)
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._library = self._open(self._claim.refusal if self._claim else None)
        except OSError as error:
            what = f"{self._path.parent} cannot be made: {error.strerror}"
            self._give_up(window, UserError(what, "Name another folder."))
        except (DamagedError, NotALibraryError) as error:
            self._recover(window, error, backups)
        except UserError as error:
            self._give_up(window, error)
        else:
            self._begin(window, is_new=is_new)

    def _begin(self, window: "MainWindow", *, is_new: bool = False) -> None:
        """Put the library in, take in what was named, and look after it from now on."""
        from postil.ui.start_notices import StartReport

        assert self._library is not None
        insist = partial(self._insist, window) if self._claim and self._claim.refusal else None
        window.furnish(self._library, is_new=is_new, report=StartReport(insist, self._fault))
        self._listen(window)
        if failure := self._settings.get(_NO_BACKUP, ""):
            window.notices.banner.tell(failure, grave=True)
        window.backing_up.begin()
        if self._words:
            window.files.take_named(self._words)

    def _give_up(self, window: "MainWindow", error: UserError) -> None:
        self._error = error
        window.prompts.tell(window.tr("The library cannot be opened"), str(error))
        window.close()

    def _recover(self, window: "MainWindow", error: UserError, backups: "Backups") -> None:
        """Offer what can be had in place of a damaged library, and open that."""
        from postil.library.recovery import Recovery
        from postil.ui.dialogs.damaged import DamagedDialog

        # A file that was never a library of ours is somebody's, and stays where it is; so does
        # one that another window or computer has.
        is_ours = self._path == default_library() or bool(backups.all())
        is_held_elsewhere = self._claim is not None and self._claim.refusal is not None
        if is_held_elsewhere or (isinstance(error, NotALibraryError) and not is_ours):
            self._give_up(window, error)
            return
        try:
            with Recovery(self._path, backups.keeping) as recovery:
                dialog = DamagedDialog(self._path, recovery, window)
                if not window.prompts.show(dialog):
                    self._error = error
                    window.close()
                    return
                dialog.take()
            self._library = self._open(None)
        except UserError as failure:
            self._give_up(window, failure)
            return
        self._begin(window)

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

        open_it = partial(
            Library.open,
            self._path,
            author=self._settings.get("author", ""),
            keeping=keeping(self._settings),
        )
        try:
            return open_it(read_only=refusal)
        except ReadOnlyError as error:
            return open_it(read_only=error)

    def _end(self, window: "MainWindow", code: int) -> int:
        from PySide6.QtCore import QThreadPool

        from postil import isolation

        self._mistakes.close()
        window.tasks.close()
        # Threads that render notes end before what they report to is gone.
        isolation.close()
        QThreadPool.globalInstance().waitForDone(_GOODBYE_MS)
        if self._library is not None:
            self._leave(self._library)
        if self._bell is not None:
            self._bell.close()
        if self._claim is not None:
            self._claim.release()
        return 1 if self._error else code

    def _leave(self, library: "Library") -> None:
        """Close the library, and back it up if it has changed; nobody sees the window any more."""
        is_read_only = library.read_only is not None
        with suppress(UserError):  # in use: the next start checks everything
            if not is_read_only:
                library.safekeeping.end_session()
        library.close()
        if is_read_only:
            return
        failure = library.safekeeping.backups.try_to_make("close")
        self._settings.forget([_NO_BACKUP])
        if failure is not None:
            self._settings.set(_NO_BACKUP, str(failure))


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
