"""Exceptions nobody expected: written to the log, shown once as a report, and the window lives on.

Nothing is lost by them, because every change was durable when its gesture ended.
"""

import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QWidget

import postil

_LOG = logging.getLogger("postil")


class Mistakes(QObject):
    """Takes the place of `sys.excepthook` while a window is open.

    Args:
        window: parent of the dialog.
    """

    happened = Signal(str)  # a report

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before = (sys.excepthook, threading.excepthook)
        # Queued, because an exception may come from another thread or from inside a paint event.
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def close(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if not issubclass(kind, Exception):
            self._before[0](kind, error, trace)
            return
        text = report(error, trace)
        _LOG.error("%s", text)
        self.happened.emit(text)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, text: str) -> None:
        from postil.ui.dialogs.mistake import MistakeDialog  # hardly ever needed

        shown = self._window.findChild(MistakeDialog)
        if shown is not None:
            shown.add(text)
            return
        dialog = MistakeDialog(text, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def report(error: BaseException, trace: TracebackType | None) -> str:
    """Return what is needed to mend a mistake, without the name of the home folder."""
    lines = traceback.format_exception(type(error), error, trace)
    versions = (
        f"Postil {postil.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
    return f"{versions}\n\n{''.join(lines)}".replace(str(Path.home()), "~")
