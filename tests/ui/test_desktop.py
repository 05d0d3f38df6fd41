"""The desktop program as people start it: in a process of its own."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from postil.desktop import main
from postil.library import Library
from postil.library.backing_up import Backups, contents
from postil.lock_file import LockFile, this_process
from ui.filling import put, write

RUN = "import sys; from postil.desktop import main; sys.exit(main(sys.argv[1:]))"


def run(*arguments, code=RUN):
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=os.environ | {"PYTHONWARNINGS": "default"},
    )


def test_smoke_opens_the_sample_paints_it_and_leaves(tmp_path):
    answer = run("--smoke")
    assert answer.returncode == 0, answer.stderr
    assert "marks" in answer.stdout
    assert "Traceback" not in answer.stderr
    assert "Warning" not in answer.stderr


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_questions_about_the_program_need_no_screen(option):
    code = (
        "import sys\n"
        "from postil.desktop import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print('PySide6' in sys.modules)"
    )
    answer = run(option, code=code)
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[-1] == "False"


def test_a_wrong_option_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--no-such-option"])
    assert left.value.code == 2


# Starts the program as `main` does, and closes the window once `condition` holds.
UNTIL = """
import sys
from PySide6.QtCore import QTimer
from postil import desktop
from postil.ui.prompts import Prompts
Prompts.tell = lambda self, title, text: print("TOLD", text)
Prompts.confirm = lambda self, *question: True  # the server of a test is on this machine
Prompts.show = lambda self, dialog: True
make = desktop._Run._window
def window_of(run):
    window = make(run)
    timer = QTimer(window)
    def look():
        if window.desk and window.desk.opened and not window.tasks.is_busy:
            print("OPENED", window.desk.opened.article.text[:30])
            window.close()
    timer.timeout.connect(look)
    timer.start(20)
    return window
desktop._Run._window = window_of
sys.exit(desktop.main(sys.argv[1:]))
"""


def test_a_library_files_and_addresses_are_named_and_taken_up_again(tmp_path, site):
    library = tmp_path / "folder" / "mine.sqlite"
    path = write(tmp_path / "a.txt", "Words of my own.")
    address = site.page("/bridge", b"<h1>The Bridge</h1><p>Nobody asked for it.</p>")
    first = run("--library", library, code=UNTIL)
    assert first.returncode == 0, first.stderr
    assert library.is_file()
    last = "window.desk.opened and 'Bridge' in window.desk.opened.article.text and"
    code = UNTIL.replace("window.desk.opened and", last)  # one comes after the other
    second = run("--library", library, path, address, code=code)
    assert second.returncode == 0, second.stderr
    third = run("--library", library, code=UNTIL)
    assert "OPENED The Bridge" in third.stdout
    with Library.open(library) as opened:
        assert {one.title for one in opened.articles()} >= {"a", "The Bridge"}


FIRST = """
import sys
from PySide6.QtCore import QTimer
from postil import desktop
make = desktop._Run._window
def window_of(run):
    window = make(run)
    timer = QTimer(window)
    said = []
    def look():
        if not window.is_complete or window.tasks.is_busy:
            return
        if not said:
            said.append(print("READY", flush=True))
        if len(window.desk.library.article_ids()) == 2:
            window.close()
    timer.timeout.connect(look)
    timer.start(20)
    return window
desktop._Run._window = window_of
sys.exit(desktop.main(sys.argv[1:]))
"""


def test_a_second_start_gives_its_files_to_the_first_and_ends(tmp_path):
    library = tmp_path / "mine.sqlite"
    path = write(tmp_path / "a.txt", "Words of my own.")
    command = [sys.executable, "-c", FIRST, "--library", str(library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout.readline() == "READY\n"
        second = run("--library", library, path)
        assert (second.returncode, second.stderr) == (0, "")
    assert first.returncode == 0
    assert not list(tmp_path.glob("*.lock"))


def test_a_library_held_by_another_computer_opens_for_reading(tmp_path):
    library = tmp_path / "mine.sqlite"
    with Library.open(library) as opened:
        put(opened, "The ferry")
    LockFile(library, replace(this_process(), host="another-desk")).take()
    before = library.read_bytes()
    code = FIRST.replace(
        'print("READY", flush=True)',
        "print(window._start_banner.text(), flush=True) or window.close()",
    )
    answer = run("--library", library, code=code)
    assert answer.returncode == 0, answer.stderr
    assert "is open on another-desk" in answer.stdout
    assert "nothing can be changed" in answer.stdout
    assert library.read_bytes() == before


def test_a_library_that_is_none_ends_with_a_sentence(tmp_path):
    path = write(tmp_path / "not a library.sqlite", "This is a letter to my aunt. " * 100)
    before = path.read_bytes()
    answer = run("--library", path, code=UNTIL)
    assert answer.returncode == 1
    assert "TOLD" in answer.stdout
    assert "not a library.sqlite" in answer.stdout
    assert "Traceback" not in answer.stderr
    assert path.read_bytes() == before


def test_a_damaged_library_starts_with_what_is_chosen_and_is_backed_up_at_the_end(tmp_path):
    path = tmp_path / "mine.sqlite"
    with Library.open(path) as library:
        put(library, "Ferry")
        library.safekeeping.backups.make("asked")
    path.write_bytes(bytes(9 * 4096))
    choose = "Prompts.show = lambda self, dialog: print('SHOWN', dialog.windowTitle()) or True\n"
    code = UNTIL.replace("make = desktop", f"{choose}make = desktop")
    more = write(tmp_path / "a.txt", "Words of my own.")
    answer = run("--library", path, more, code=code)
    assert answer.returncode == 0, answer.stderr
    assert "SHOWN The library is damaged" in answer.stdout
    assert "OPENED Words of my own." in answer.stdout
    assert list(tmp_path.glob("mine.damaged-*.sqlite"))
    made, asked = Backups(path).all()
    assert (made.occasion, asked.occasion) == ("close", "asked")
    assert contents(made).articles == 2


def test_a_folder_that_cannot_be_made_ends_with_a_sentence(tmp_path):
    blocker = write(tmp_path / "file", "no folder")
    answer = run("--library", blocker / "mine.sqlite", code=UNTIL)
    assert answer.returncode == 1
    assert "TOLD" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_the_frame_stands_without_the_database():
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "import tempfile, pathlib\n"
        "from postil.settings import Settings\n"
        "from postil.ui.main_window import MainWindow\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "window = MainWindow(Settings(folder / 'settings.json'))\n"
        "window.show()\n"
        "heavy = ('sqlalchemy', 'alembic', 'markdown', 'lxml', 'yaml', 'jsonschema')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "window.close()\n"
    )
    answer = run(code=code)
    assert answer.stdout.splitlines()[-1] == "[]", answer.stderr
