"""The `.venv` at the top of the checkout: made once, filled, and known to be ready.

A stamp in it tells what was done and for what, so that a second start does nothing. Standard
library only and old syntax, like all that `start.py` imports.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import machine
from machine import Refusal

# Run in the environment: whether Qt, and a platform plugin that suits, can be loaded.
_PROBE = """
import ctypes, pathlib, sys
import PySide6
from PySide6 import QtGui, QtWidgets, QtSvg, QtPrintSupport
plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
reasons = []
for pattern in sys.argv[1:]:
    for plugin in sorted(plugins.glob(pattern)):
        try:
            ctypes.CDLL(str(plugin))
            sys.exit(0)
        except OSError as error:
            reasons.append(str(error))
if reasons:
    sys.exit(reasons[0])
"""
_SCREEN_PLUGINS = {"DISPLAY": "libqxcb.so", "WAYLAND_DISPLAY": "libqwayland*.so"}


class Environment:
    """The virtual environment of a checkout.

    Args:
        top: the checkout's top folder.
        run: runs a command as `subprocess.run` does.
    """

    def __init__(self, top: Path, run: Callable[..., Any] = subprocess.run) -> None:
        self.top = top
        self.folder = top / ".venv"
        self._scripts = self.folder / ("Scripts" if sys.platform == "win32" else "bin")
        self._stamp = self.folder / "postil-stamp.json"
        self._run = run

    @property
    def python(self) -> str:
        """The environment's interpreter."""
        return self.script("python")

    def script(self, name: str) -> str:
        """Return the path of a program installed in the environment."""
        return str(self._scripts / (name + (".exe" if sys.platform == "win32" else "")))

    def is_ready(self, part: str) -> bool:
        """Return whether `part` was done for this state of the project by this Python."""
        return part in self._done()

    def mark_ready(self, part: str) -> None:
        """Remember that `part` is done."""
        done = sorted({*self._done(), part})
        stamp = {"key": self._key(), "place": str(self.top), "done": done}
        self._stamp.write_text(json.dumps(stamp), "utf-8")

    def make(self) -> None:
        """Make the environment unless there is one that works.

        Raises:
            Refusal: this Python cannot make one, and we could not mend that.
        """
        if self._works() and not self._was_moved():
            return
        if not _has_ensurepip():
            self._obtain_venv()
        print("Making .venv …", flush=True)
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        done = self._run(command, capture_output=True, text=True)
        if done.returncode != 0:
            shutil.rmtree(str(self.folder), ignore_errors=True)
            reason = machine.last_line(done.stderr) or machine.last_line(done.stdout)
            raise Refusal(f"Python could not make a virtual environment in {self.folder}: {reason}")

    def install(self, what: str, *arguments: str) -> None:
        """Install with pip.

        Args:
            what: completes the sentence "could not install …".
            arguments: for `pip install`.

        Raises:
            Refusal: pip failed.
        """
        command = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = self._run([*command, *arguments], cwd=str(self.top), capture_output=True, text=True)
        if done.returncode != 0:
            raise Refusal(f"pip could not install {what}: {_why_pip_failed(done.stderr or '')}")

    def check_libraries(self, environment: Mapping[str, str]) -> None:
        """See that Qt finds the system's libraries, and obtain them where it does not.

        Args:
            environment: variables that tell which screen there is, such as `os.environ`.

        Raises:
            Refusal: libraries are missing and we could not install them.
        """
        patterns = [name for key, name in _SCREEN_PLUGINS.items() if environment.get(key)]
        missing = self._missing_library(patterns)
        if missing and sys.platform == "linux":
            _obtain_libraries(missing, self._run, screen=bool(patterns))
            missing = self._missing_library(patterns)
        if missing:
            raise Refusal(f"Qt cannot start here: {missing}")

    def _missing_library(self, patterns: list[str]) -> str:
        """Return what the loader says when Qt is loaded, or nothing when all is well."""
        command = [self.python, "-c", _PROBE, *patterns]
        done = self._run(command, capture_output=True, text=True)
        return "" if done.returncode == 0 else machine.last_line(done.stderr)

    def _works(self) -> bool:
        """Return whether there is an environment whose Python is this one and has pip."""
        if not Path(self.python).exists():
            return False
        question = "import sys, pip; print(*sys.version_info[:2], sep='.')"
        try:
            done = self._run([self.python, "-c", question], capture_output=True, text=True)
        except OSError:
            return False
        return done.returncode == 0 and done.stdout.strip() == _own_version()

    def _was_moved(self) -> bool:
        """Return whether the checkout lay elsewhere: the programs in it name their old place."""
        return self._read_stamp().get("place", str(self.top)) != str(self.top)

    def _obtain_venv(self) -> None:
        manager = machine.find_manager()
        what = "The part of Python that makes virtual environments (ensurepip) is"
        if manager is not machine.APT:
            raise Refusal(f"{what} missing. Install Python {_own_version()} whole and start again.")
        packages = (f"python{_own_version()}-venv",)
        machine.obtain(what, packages, manager, root=machine.is_root(), run=self._run)
        importlib.invalidate_caches()

    def _done(self) -> list[str]:
        stamp = self._read_stamp()
        fits = stamp.get("key") == self._key() and Path(self.python).exists()
        return stamp.get("done", []) if fits else []

    def _read_stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads(self._stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _key(self) -> str:
        """Return what readiness depends on: the project's needs, its place and this Python."""
        content = hashlib.sha256()
        for path in (self.top / "pyproject.toml", self.top / "app" / "postil" / "__init__.py"):
            content.update(path.read_bytes())
        content.update(f"{self.top}\n{sys.version}".encode())
        return content.hexdigest()


def _why_pip_failed(output: str) -> str:
    """Return the reason in what pip wrote: a broken connection, or its last error."""
    lines = output.splitlines()
    for line in lines:
        _, broken, reason = line.partition("connection broken by ")
        if broken:
            return f"there is no connection to the package index ({reason.strip()[:200]})"
    errors = [line for line in lines if line.startswith("ERROR")]
    return machine.last_line("\n".join(errors or lines)) or "it gave no reason"


def _own_version() -> str:
    return machine.short_version(sys.version_info)


def _has_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _obtain_libraries(missing: str, run: Callable[..., Any], *, screen: bool) -> None:
    """Install the libraries Qt needs, or say how.

    Raises:
        Refusal: always, unless we could install them.
    """
    what = f"Qt needs libraries of the system ({missing}) that are"
    manager = machine.find_manager()
    if manager is None:
        lines = "\n".join(
            f"    {m.program + ':':9}{m.command(m.libraries + m.screen_libraries, is_root=False)}"
            for m in machine.MANAGERS
        )
        raise Refusal(f"{what} missing. Their names in four families of systems:\n{lines}")
    packages = manager.libraries + (manager.screen_libraries if screen else ())
    machine.obtain(what, packages, manager, root=machine.is_root(), run=run)
