"""Files on their way in: how long the window stands still, and a news page against its reader."""

import random
import statistics
import time

import pytest
from markdown import Markdown
from PySide6.QtCore import QTimer

from postil.importers import read, source_from_file
from postil.importers.code_spans import CodeSpans
from postil.importers.crossing import Request
from postil.importers.html import read_page
from postil.settings import Settings
from postil.ui.main_window import MainWindow

pytestmark = pytest.mark.benchmark

WORDS = ("ferry", "toll", "bridge", "council", "harbour", "plot", "Bürger", "opportunity", "valley")
FILES = 200


def prose(chance, characters):
    """Return paragraphs of so many characters."""
    made = []
    while sum(map(len, made)) < characters:
        made.append(" ".join(chance.choice(WORDS) for _ in range(70)).capitalize() + ".")
    return made


def page(paragraphs, furniture=0):
    """Return a page of the web with paragraphs and, round them, so many lists of links."""
    lists = "<ul class='nav'>" + "<li><a href='/x'>More of this</a></li>" * 20 + "</ul>"
    words = "".join(f"<p>{words}</p>" for words in paragraphs)
    body = lists * furniture + f"<article><h1>A toll</h1>{words}</article>" + lists * furniture
    return f"<!doctype html><html lang='en'><head><title>A toll</title></head><body>{body}</body>"


@pytest.fixture
def files(tmp_path):
    """Return files of 6 to 30 kB, every other one a page."""
    chance = random.Random(1)
    paths = []
    for n in range(FILES):
        paragraphs = prose(chance, 6_000 + n * 24_000 // FILES)
        path = tmp_path / f"{n}.{'html' if n % 2 else 'txt'}"
        path.write_text(page(paragraphs) if n % 2 else "\n\n".join(paragraphs), "utf-8")
        paths.append(path)
    return paths


@pytest.fixture
def window(qtbot, library, tmp_path):
    """Return the whole window with an empty library; nobody is asked anything."""
    window = MainWindow(Settings(tmp_path / "settings.json"), None)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.furnish(library)
    yield window
    window.close()


def test_the_window_while_files_come_in(window, files, qtbot, library):
    gaps, last, own = [], 0.0, []
    own_last = time.thread_time()
    timer = QTimer(interval=0)

    def tick():
        nonlocal last, own_last
        now, own_now = time.perf_counter(), time.thread_time()
        gaps.append(1000 * (now - last))
        own.append(1000 * (own_now - own_last))
        last, own_last = now, own_now

    timer.timeout.connect(tick)
    began = last = time.perf_counter()
    window.files.take_files(files)
    timer.start()
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=120_000)
    timer.stop()
    seconds = time.perf_counter() - began
    assert len(library.articles()) == FILES
    worst = sorted(gaps)[-5:]
    busy = [took for took in own if took > 1]
    print(
        f"\n{FILES} files in {seconds:.1f} s; the window stood still for at most "
        f"{', '.join(f'{gap:.0f}' for gap in reversed(worst))} ms; "
        f"{sum(gap > 50 for gap in gaps)} times more than 50 ms; its own work took "
        f"{statistics.median(busy):.0f} ms a file, {max(own):.0f} at most; the rest is the disk, "
        "and whatever else runs"
    )


def test_a_news_page_against_its_reader_alone(tmp_path):
    text = page(prose(random.Random(1), 40_000), furniture=150)
    path = tmp_path / "page.html"
    path.write_text(text, "utf-8")
    read(source_from_file(path))  # the child is there

    def timed(action):
        times = []
        for _ in range(7):
            began = time.perf_counter()
            action()
            times.append(time.perf_counter() - began)
        return min(times)

    bare = timed(lambda: read_page(Request(text, "page.html", has_furniture=True)))
    ours = timed(lambda: read(source_from_file(path)))
    print(
        f"\na page of {len(text) // 1000} kB: {1000 * ours:.0f} ms, "
        f"{ours / bare:.2f} x the extractor alone"
    )


def test_code_in_markdown_against_the_library_alone():
    text = "".join("`" * count + " " for count in range(1, 300))  # each run longer than the last
    seconds = []
    for extensions in ([CodeSpans()], []):
        began = time.process_time()
        Markdown(extensions=extensions).convert(text)
        seconds.append(time.process_time() - began)
    print(
        f"\n45 kB of backticks: {seconds[0] * 1_000:.0f} ms = {seconds[0] / seconds[1]:.2f} x bare"
    )
    assert seconds[0] < seconds[1] / 3
