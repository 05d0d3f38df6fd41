"""The package as people get it: built, looked into, installed afresh and started.

A source distribution is built, a wheel from it, and the wheel goes into a new environment
away from the checkout, so that nothing of the checkout can stand in for what was left out.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

# What the source distribution must have at its top, besides the program.
_IN_SOURCE = ("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
_COMMANDS = ("postil = postil.cli:main", "postil-desktop = postil.desktop:main")


def check(top: Path, failure: type[Exception]) -> str:
    """Build the package, look into it, install it and start both of its commands.

    Args:
        top: the checkout.
        failure: raised with the output of what went wrong.

    Returns:
        The name of the wheel and its size.
    """
    with tempfile.TemporaryDirectory(prefix="postil-package-") as name:
        folder = Path(name)
        _run([sys.executable, "-m", "build", "--outdir", str(folder), str(top)], folder, failure)
        (wheel,) = folder.glob("*.whl")
        (source,) = folder.glob("*.tar.gz")
        faults = _faults_of_wheel(wheel, top) + _faults_of_source(source, top)
        if faults:
            raise failure("\n".join(faults))
        _install_and_start(wheel, folder, failure)
        return f"{wheel.name}, {wheel.stat().st_size // 1024} KB"


def _faults_of_wheel(wheel: Path, top: Path) -> list[str]:
    """Return what is wrong with the wheel's content and metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (information,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        metadata = Parser().parsestr(archive.read(f"{information}/METADATA").decode())
        commands = archive.read(f"{information}/entry_points.txt").decode()
    resources = {
        f"postil/_resources/{path.relative_to(top / 'resources').as_posix()}"
        for path in (top / "resources").rglob("*")
        if path.is_file()
    }
    modules = {
        path.relative_to(top / "app").as_posix() for path in (top / "app/postil").rglob("*.py")
    }
    faults = [f"not in the wheel: {name}" for name in sorted((resources | modules) - names)]
    faults += [
        f"does not belong in the wheel: {name}"
        for name in sorted(names)
        if not name.startswith(("postil/", f"{information}/"))
    ]
    faults += [f"no command {command}" for command in _COMMANDS if command not in commands]
    if f"{information}/licenses/LICENSE" not in names:
        faults.append("the wheel has no licence text")
    return faults + _faults_of_metadata(metadata, wheel)


def _faults_of_metadata(metadata, wheel: Path) -> list[str]:  # noqa: ANN001 - email's Message
    """Return what is wrong with the wheel's description of itself."""
    wanted = {"Name": "postil", "License-Expression": "MIT", "Requires-Python": ">=3.11"}
    faults = [
        f"{key} is {metadata[key]!r}, not {value!r}"
        for key, value in wanted.items()
        if metadata[key] != value
    ]
    if metadata["Version"] not in wheel.name:
        faults.append(f"the wheel {wheel.name} says it is version {metadata['Version']}")
    if "start.py" not in (metadata.get_payload() or ""):
        faults.append("the wheel's description is not the README")
    return faults


def _faults_of_source(source: Path, top: Path) -> list[str]:
    """Return what is missing from the source distribution."""
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {*_IN_SOURCE, "packaging/start.py", "pyproject.toml"}
    wanted |= {p.relative_to(top).as_posix() for p in (top / "tests").rglob("test_*.py")}
    return [f"not in the source distribution: {name}" for name in sorted(wanted - names)]


def _install_and_start(wheel: Path, folder: Path, failure: type[Exception]) -> None:
    """Install the wheel into a new environment and start it from an empty folder."""
    place = folder / "environment"
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    python = str(scripts / "python")
    home = folder / "home"
    home.mkdir()
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    _run([*pip, "install", "--quiet", str(wheel)], home, failure)
    _run([*pip, "check"], home, failure)
    version = wheel.name.split("-")[1]
    told = _run([str(scripts / "postil"), "--version"], home, failure)
    if version not in told:
        raise failure(f"postil --version says {told.strip()!r}, and the wheel is {version}")
    _run([str(scripts / "postil-desktop"), "--smoke"], home, failure)


def _run(command: list[str], home: Path, failure: type[Exception]) -> str:
    """Run a command away from the checkout, without a screen, and return what it printed."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    environment.pop("PYTHONPATH", None)
    environment |= {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE")}
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise failure(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout
