"""What every test stands on: no screen, no network, no home folder, nothing left behind.

The environment is set before anything imports Qt. Libraries are made in temporary folders.
"""

import gc
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_TESTS = Path(__file__).resolve().parent
_HOME = Path(tempfile.mkdtemp(prefix="postil-tests-"))
_GRACE_SECONDS = 2.0  # how long a thread that was told to end may take to do so

# Tool tips are one widget that Qt makes once and keeps for all windows.
_KEPT_BY_QT = {"QTipLabel"}


def _seal_environment() -> None:
    """Give this process and its children a home of their own, without a screen."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(_HOME)
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(_HOME / f".{name.lower()}")
    runtime = _HOME / ".runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_QPA_PLATFORMTHEME", "DISPLAY"):
        os.environ.pop(name, None)
    known = os.environ.get("PYTHONPATH", "")
    app = str(_TESTS.parent / "app")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (app, known)))


_own_site: list[tuple[str, int]] = []  # the server of a test that asked for one


def _refuse_network(event: str, args: tuple) -> None:
    """Audit hook: connecting anywhere but to a Unix socket or a server of the test is an error."""
    local = getattr(socket, "AF_UNIX", None)
    if event == "socket.getaddrinfo":
        is_refused = tuple(args[:2]) not in _own_site
    elif event in {"socket.connect", "socket.sendto"}:
        is_refused = args[0].family != local and args[1] not in _own_site
    else:
        return
    if is_refused:
        raise RuntimeError(f"a test reached for the network: {event} {args[1:]}")


_seal_environment()
sys.addaudithook(_refuse_network)

settings.register_profile(
    "dev", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# The gate must say the same twice about the same code; chance is for people's own runs.
settings.register_profile(
    "ci", parent=settings.get_profile("dev"), max_examples=100, derandomize=True, database=None
)
settings.load_profile("dev")


def pytest_unconfigure() -> None:
    """Remove the home folder."""
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what tests measured, whichever process they ran in."""
    reports = [
        report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)
    ]
    figures = [
        value for report in reports for name, value in report.user_properties if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in sorted(set(figures)):
            terminalreporter.write_line(figure)


@pytest.fixture
def site() -> Iterator:
    """Return a web server on this machine, the only one that this test can reach."""
    from web import Site

    with Site() as running:
        _own_site.append(("127.0.0.1", running.port))
        yield running
        _own_site.clear()


@pytest.fixture
def library(tmp_path) -> Iterator:
    """Return an open, empty library in a temporary folder."""
    from postil.library import Library

    with Library.open(tmp_path / "library.sqlite", author="reader") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_left_behind(request) -> Iterator[None]:
    """Fail a test of the window that leaves a thread, a running timer or a window behind."""
    if _TESTS / "ui" not in request.path.parents:
        yield
        return
    request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    widgets = {id(widget) for widget in _windows()}
    gc.freeze()  # what was there before need not be looked through at the end
    yield
    _settle()
    left = [widget for widget in _windows() if id(widget) not in widgets]
    timers = _running_timers()
    for timer in timers:
        timer.stop()  # so that the next test is not blamed
    assert not left, f"top-level widgets left: {left}"
    assert not timers, f"timers left running: {timers}"
    # Threads of Qt's own pool, in which Python only visits, cannot be joined; `_settle` waits.
    started = [
        thread
        for thread in threading.enumerate()
        if thread not in threads and not isinstance(thread, threading._DummyThread)
    ]
    for thread in started:
        thread.join(_GRACE_SECONDS)
    started = [thread for thread in started if thread.is_alive()]
    assert not started, f"threads left running: {started}"


def _settle() -> None:
    """Let everything that was told to go be gone."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

    assert QThreadPool.globalInstance().waitForDone(int(_GRACE_SECONDS * 1000))
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _windows() -> list:
    """Return the top-level widgets there are, hidden ones too."""
    from PySide6.QtWidgets import QApplication

    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() not in _KEPT_BY_QT
    ]


def _running_timers() -> list:
    """Return the timers that still run although their test is over."""
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    # type() and not isinstance(): the latter wakes lazy objects of other libraries.
    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    return [timer for timer in timers if isValid(timer) and timer.isActive()]
