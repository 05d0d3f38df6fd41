"""What the machine must have before Postil can start: a Python, and the libraries Qt stands on.

Standard library only and old syntax, because an old Python must be able to read this far
to say what is missing. Nothing here knows the `.venv`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("3.13", "3.12", "3.11")  # in order of preference, when this one is too old
OLDEST_GLIBC = (2, 34)  # the wheels of Qt are built for it


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """Why the program cannot start, and what to do about it, in plain words."""


@dataclass(frozen=True)
class PackageManager:
    """How one family of systems installs packages, and what it calls those we need."""

    program: str
    install: tuple[str, ...]
    libraries: tuple[str, ...]  # for Qt without a screen
    screen_libraries: tuple[str, ...]  # for a window on X11 besides

    def command(self, packages: tuple[str, ...], *, is_root: bool) -> str:
        """Return the line a person types to install `packages`."""
        return " ".join((() if is_root else ("sudo",)) + self.install + packages)


APT = PackageManager(
    "apt-get",
    ("apt-get", "install", "-y", "--no-install-recommends"),
    ("libglib2.0-0", "libgl1", "libxkbcommon0", "libegl1", "libfontconfig1", "libdbus-1-3"),
    ("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
)
MANAGERS = (
    APT,
    PackageManager(
        "dnf",
        ("dnf", "install", "-y"),
        ("glib2", "libglvnd-glx", "libglvnd-egl", "libxkbcommon", "fontconfig", "dbus-libs"),
        ("libxkbcommon-x11", "xcb-util-cursor", "xcb-util-wm", "xcb-util-keysyms"),
    ),
    PackageManager(
        "pacman",
        ("pacman", "-S", "--needed"),
        ("glib2", "libglvnd", "libxkbcommon", "fontconfig", "dbus"),
        ("libxkbcommon-x11", "xcb-util-cursor", "xcb-util-wm", "xcb-util-keysyms"),
    ),
    PackageManager(
        "zypper",
        ("zypper", "install", "-y"),
        (
            "libglib-2_0-0",
            "Mesa-libGL1",
            "Mesa-libEGL1",
            "libxkbcommon0",
            "libfontconfig1",
            "libdbus-1-3",
        ),
        (
            "libxkbcommon-x11-0",
            "libxcb-cursor0",
            "libxcb-icccm4",
            "libxcb-keysyms1",
            "libxcb-randr0",
            "libxcb-shape0",
            "libxcb-shm0",
            "libxcb-sync1",
            "libxcb-xfixes0",
            "libxcb-xkb1",
        ),
    ),
)
BROWSERS = ("chromium", "google-chrome", "chrome")
# Debian 13 and Ubuntu 24.04 renamed packages when 64-bit time came.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}


def newer_python(
    which: Callable[[str], Any] = shutil.which, run: Callable[..., Any] = subprocess.run
) -> list[str] | None:
    """Return the command of an installed Python that is new enough, or None.

    Args:
        which: finds a program on the path.
        run: runs a command as `subprocess.run` does.
    """
    candidates = [["python" + version] for version in NEWER_PYTHONS]
    if sys.platform == "win32":
        candidates += [["py", "-" + version] for version in NEWER_PYTHONS]
    question = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    for command in candidates:
        # A version manager may put a name on the path behind which there is nothing.
        if (
            which(command[0])
            and run([*command, "-c", question], capture_output=True).returncode == 0
        ):
            return command
    return None


def python_wanted(version: tuple[int, ...]) -> Refusal:
    """Return what to say to a person whose only Python is too old."""
    oldest = short_version(OLDEST_PYTHON)
    have = ".".join(str(part) for part in version[:3])
    return Refusal(
        f"Postil needs Python {oldest} or newer, and this is {have}. Install it, for example\n"
        f"    Debian, Ubuntu:  sudo apt-get install python{oldest} python{oldest}-venv\n"
        f"    Fedora:          sudo dnf install python{oldest}\n"
        f"    Arch:            sudo pacman -S python\n"
        f"    openSUSE:        sudo zypper install python{oldest.replace('.', '')}\n"
        f"    Windows, macOS:  https://www.python.org/downloads/\n"
        f"and start again."
    )


def check_system(system: str, libc: tuple[str, str]) -> None:
    """Refuse a Linux for which there is no Qt.

    Args:
        system: as `sys.platform` says.
        libc: as `platform.libc_ver()` says; empty strings for anything but glibc.

    Raises:
        Refusal: the C library is another one or too old.
    """
    if system != "linux":
        return
    name, version = libc
    if name != "glibc":
        raise Refusal(
            "Qt for Python is built for Linux systems with glibc, and this one has another C "
            "library. Use Debian, Ubuntu, Fedora, Arch or openSUSE."
        )
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_GLIBC:
        raise Refusal(
            f"Qt for Python needs glibc 2.34 or newer, and this system has {version}. "
            "Debian 12, Ubuntu 22.04, Fedora 35 and later have it."
        )


def this_system() -> tuple[str, tuple[str, str]]:
    """Return what `check_system` wants to know about this machine."""
    return sys.platform, platform.libc_ver() if sys.platform == "linux" else ("", "")


def has_screen(system: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can be shown: on Linux, whether X11 or Wayland is there."""
    if system in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def is_root() -> bool:
    """Return whether we may install packages ourselves."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find_manager(which: Callable[[str], Any] = shutil.which) -> PackageManager | None:
    """Return the package manager of this machine, if it is one we know."""
    for manager in MANAGERS:
        if which(manager.program):
            return manager
    return None


def obtain(
    what: str,
    packages: tuple[str, ...],
    manager: PackageManager,
    *,
    root: bool,
    run: Callable[..., Any] = subprocess.run,
) -> None:
    """Install packages where we may, and otherwise say how.

    Args:
        what: names what is missing, to begin a sentence with.
        packages: their names in this package manager.
        manager: of this machine.
        root: whether we run as root.
        run: runs a command as `subprocess.run` does.

    Raises:
        Refusal: we may not install them, or it failed.
    """
    if manager is not APT or not root:
        packages = _present_names(packages, manager, run)
        command = manager.command(packages, is_root=root)
        raise Refusal(
            f"{what} missing. Install what is needed with\n    {command}\nand start again."
        )
    print(f"{what} missing: installing with apt-get …", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    patience = ("-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3")
    update = run(["apt-get", "update", "-q", *patience], env=environment, capture_output=True)
    packages = _present_names(packages, manager, run)
    command = [*APT.install, *patience, *packages]
    done = run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        reason = last_line(done.stderr) or "apt-get gave no reason"
        if update.returncode != 0:
            reason += "; apt-get update failed too: is there a connection to the network?"
        line = APT.command(packages, is_root=True)
        raise Refusal(f"apt-get could not install what is missing ({reason}). Try\n    {line}")


def obtain_browser(
    about: Mapping[str, str],
    *,
    root: bool,
    which: Callable[[str], Any] = shutil.which,
    run: Callable[..., Any] = subprocess.run,
) -> str:
    """Install Chromium for the tests that open our pages in it, on Debian as root.

    Nowhere else: Ubuntu's package of that name is another thing, and the tests do without.

    Args:
        about: the system as `/etc/os-release` describes it.
        root: whether we run as root.
        which: finds a program on the path.
        run: runs a command as `subprocess.run` does.

    Returns:
        Why there is none now, or nothing.
    """
    if any(map(which, BROWSERS)) or about.get("ID") != "debian" or not root:
        return ""
    try:
        obtain(
            "Chromium, in which the tests open pages, is", ("chromium",), APT, root=True, run=run
        )
    except Refusal as refusal:
        return str(refusal)
    return ""


def describe_system() -> Mapping[str, str]:
    """Return what `/etc/os-release` says; nothing where there is none."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _present_names(
    packages: tuple[str, ...], manager: PackageManager, run: Callable[..., Any]
) -> tuple[str, ...]:
    """Return the names under which this release knows the packages."""
    if manager is not APT:
        return packages
    return tuple(
        RENAMED[p] if p in RENAMED and _apt_knows(RENAMED[p], run) else p for p in packages
    )


def _apt_knows(package: str, run: Callable[..., Any]) -> bool:
    return run(["apt-cache", "show", package], capture_output=True).returncode == 0


def short_version(version: tuple[int, ...]) -> str:
    """Return the two numbers of a version of Python that people know it by."""
    return ".".join(str(part) for part in version[:2])


def last_line(output: str) -> str:
    """Return the last line of a program's output that says anything."""
    lines = [line.strip() for line in (output or "").splitlines() if line.strip()]
    return lines[-1] if lines else ""
