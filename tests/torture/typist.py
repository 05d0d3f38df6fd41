"""R3: the desktop program with somebody at its keys, told on standard output what happens.

`python -m torture.typist LIBRARY ARTICLE MARK honest|forgetful`. Opens the mark's note, tells what
it shows, and types without a pause until it is killed. The forgetful one keeps no drafts.
"""

import json
import os
import sys
import time

STARTED = time.monotonic()
_KEY_MS = 15


def tell(**what):
    os.write(1, (json.dumps(what) + "\n").encode())


class Typist:
    """Waits for the window, goes into the note and types the letters in their order."""

    def __init__(self, article_id, mark_id):
        from PySide6.QtCore import QTimer

        self._article_id, self._mark_id = article_id, mark_id
        self._editor = None
        self._typed = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(_KEY_MS)

    def _tick(self):
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        if self._editor is None:
            self._begin(QApplication)
            return
        if self._editor.isVisible():
            QTest.keyClicks(self._editor, chr(ord("a") + self._typed % 26))
            self._typed += 1
            tell(at=time.monotonic(), typed=self._typed, length=len(self._editor.toPlainText()))

    def _begin(self, application):
        from postil.ui.main_window import MainWindow

        (window,) = [w for w in application.topLevelWidgets() if isinstance(w, MainWindow)][:1]
        if application.activeModalWidget() is not None:
            tell(dialog=application.activeModalWidget().windowTitle())
        elif window.is_complete:
            window.desk.open_article(self._article_id)
            window.desk.edit_wanted.emit(self._mark_id)
            self._editor = window.sidebar.marks.editor.note
            tell(shown=self._editor.toPlainText(), seconds=time.monotonic() - STARTED)


def main(library, article_id, mark_id, how):
    from postil import desktop
    from postil.library.drafts import Drafts

    if how == "forgetful":
        Drafts.keep = lambda *_, **__: None
    make = desktop._Run._window

    def window_with_typist(run):
        window = make(run)
        window.typist = Typist(article_id, mark_id)
        return window

    desktop._Run._window = window_with_typist
    return desktop.main(["--library", library])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
