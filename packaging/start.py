#!/usr/bin/env python3
"""Make Postil ready and open it: `python3 packaging/start.py`.

The first run makes `.venv` and installs what is needed; the next ones start at once. Without
a screen the main job is done all the same, and its two files are named. With the word `test`
all checks run. Standard library only, and old syntax: any Python 3.8 can say what is missing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import machine
from environment import Environment
from machine import Refusal

TOP = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Do what the command line asks and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console may lack the ellipsis
    wanted = _parse(arguments)
    try:
        if sys.version_info[:2] < machine.OLDEST_PYTHON:
            return _hand_over(arguments)
        machine.check_system(*machine.this_system())
        environment = Environment(TOP)
        if wanted.what == ["test"]:
            return _test(environment)
        return _start(environment, wanted)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="start.py", description="Make Postil ready and open it; with the word test, check it."
    )
    parser.add_argument(
        "what",
        nargs="*",
        metavar="SOURCE",
        help="files and addresses to open, or the word test: run all checks",
    )
    parser.add_argument(
        "--headless",
        action="store_true",
        help="do the main job without a window, as without a screen",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("postil-demo"),
        metavar="FOLDER",
        help="where the headless run puts its files (postil-demo)",
    )
    return parser.parse_args(arguments)


def _hand_over(arguments: list[str]) -> int:
    """Go on with a newer Python where there is one.

    Raises:
        Refusal: there is none.
    """
    newer = machine.newer_python()
    if newer is None:
        raise machine.python_wanted(sys.version_info)
    return subprocess.call([*newer, str(Path(__file__).resolve()), *arguments])


def _prepare(environment: Environment, *, screen: bool) -> None:
    """Make the environment ready to run the program."""
    part = "window" if screen else "headless"
    if environment.is_ready(part):
        return
    environment.make()
    if not environment.is_ready("installed"):
        print("Installing Postil and Qt: about 150 MB, once, a minute or two …", flush=True)
        environment.install("a newer pip", "--upgrade", "pip>=25.1")
        environment.install("what Postil needs", "--editable", ".")
        environment.mark_ready("installed")
    environment.check_libraries(os.environ if screen else {})
    environment.mark_ready(part)


def _start(environment: Environment, wanted: argparse.Namespace) -> int:
    """Open the window, or do the main job without one."""
    screen = not wanted.headless and machine.has_screen(sys.platform, os.environ)
    _prepare(environment, screen=screen)
    if screen:
        print("Opening Postil …", flush=True)
        return subprocess.call([environment.script("postil-desktop"), *wanted.what])
    if not wanted.headless:
        print("There is no display here (DISPLAY and WAYLAND_DISPLAY are unset): no window opens.")
    print("Doing the main job without a window: sample in, annotated Markdown out.", flush=True)
    job = [environment.python, str(HERE / "demonstration.py"), str(wanted.output), *wanted.what]
    return subprocess.call(job)


def _test(environment: Environment) -> int:
    """Run all checks."""
    _prepare(environment, screen=False)
    if not environment.is_ready("tools"):
        print("Installing the tools of the checks …", flush=True)
        groups = [word for group in ("test", "lint", "build") for word in ("--group", group)]
        environment.install("the tools of the checks", *groups)
        environment.mark_ready("tools")
    without = machine.obtain_browser(machine.describe_system(), root=machine.is_root())
    if without:
        print(f"The tests that need a browser are left out. {without}")
    return subprocess.call([environment.python, str(HERE / "checks.py")], cwd=str(TOP))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
