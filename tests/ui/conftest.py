"""A window with a library behind it, and questions that are answered before they are asked."""

import pytest
from PySide6.QtWidgets import QDialog

from factories import FERRY
from ui.filling import put


class Answers:
    """Prompts for tests: gives the next answer that was laid ready, and notes the questions."""

    def __init__(self):
        self.asked = []
        self.ready = []

    def will(self, *answers):
        self.ready.extend(answers)

    def _next(self, *question):
        self.asked.append(question)
        assert self.ready, f"nobody expected the question {question}"
        return self.ready.pop(0)

    def open_files(self, title, folder, filters):
        return self._next("open_files", title, folder, filters)

    def save_file(self, title, proposed, filters):
        return self._next("save_file", title, proposed, filters)

    def folder(self, title, proposed):
        return self._next("folder", title, proposed)

    def text(self, title, label, value):
        return self._next("text", title, label, value)

    def choose(self, title, label, options, current):
        return self._next("choose", title, label, list(options), current)

    def confirm(self, title, question, yes):
        return self._next("confirm", title, question, yes)

    def show(self, dialog: QDialog):
        answer = self._next("show", dialog)
        return answer(dialog) if callable(answer) else answer

    def tell(self, title, text):
        self.asked.append(("tell", title, text))


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def settings(tmp_path):
    from postil.settings import Settings

    made = Settings(tmp_path / "settings.json")
    made.set("author/asked", True)  # whoever exports in a test has an alias or wants none
    return made


@pytest.fixture
def make_window(qtbot, library, settings, answers):
    """Return a function that makes windows of one library; all are closed at the end."""
    from postil.ui.main_window import MainWindow

    made = []

    def make(*, width=1280, height=800, is_new=False, furnished=True):
        window = MainWindow(settings, answers)
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        if furnished:
            window.furnish(library, is_new=is_new)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.append(window)
        return window

    yield make
    for window in made:
        answers.will(True)
        window.close()


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def ferry(library):
    """Put an article into the library; return its id."""
    return put(library, "The ferry that was promised", *FERRY)
