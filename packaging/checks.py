"""All checks, in one run: `python3 packaging/start.py test` prepares `.venv` and starts this.

Each step gives one line with its verdict and duration; a failing one shows its whole output, and
the others run all the same. The tests come last, so that their summary closes the output.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import built_package

TOP = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
WORKERS = "2"
MEMORY = Path("/dev/shm")  # noqa: S108  # only asked whether it is there
ROOM = 4_000_000_000


@dataclass(frozen=True)
class Verdict:
    """How one step ended."""

    name: str
    passed: bool
    seconds: float
    remark: str = ""

    def line(self) -> str:
        """Return the verdict as one line."""
        sign = "ok  " if self.passed else "FAIL"
        return f"{sign}  {self.name:<44} {self.seconds:7.1f} s  {self.remark}".rstrip()


class Failure(Exception):  # noqa: N818 - a verdict, not a fault of this program
    """A step did not pass; the message is what to show of it."""


def main() -> int:
    """Run all steps and return the exit code."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="postil-checks-") as folder:
        coverage = Path(folder) / ".coverage"
        tests = _Tests(coverage, Path(folder) / "compiled")
        steps: list[tuple[str, Callable[[], str]]] = [
            ("format (ruff)", lambda: _run("ruff", "format", "--check", "--no-cache", ".")),
            ("lint (ruff)", lambda: _run("ruff", "check", "--no-cache", ".")),
            ("types (mypy, strict)", lambda: _run("mypy")),
            ("layers (import-linter)", lambda: _run("lint-imports", "--no-cache")),
            ("package, built and installed afresh", lambda: built_package.check(TOP, Failure)),
            ("benchmarks but the large ones, once", _benchmarks),
            ("tests", tests.run),
            ("coverage of each package", lambda: _coverage(coverage)),
        ]
        verdicts = [_step(name, step) for name, step in steps]
    print("\n" + "\n".join(verdict.line() for verdict in verdicts))
    print(f"all checks: {time.monotonic() - began:.0f} s\n")
    print(tests.summary, flush=True)
    return 0 if all(verdict.passed for verdict in verdicts) else 1


def _step(name: str, step: Callable[[], str]) -> Verdict:
    """Run one step and tell how it ended."""
    began = time.monotonic()
    try:
        remark, passed = step(), True
    except Failure as failure:
        print(failure)
        remark, passed = "", False
    verdict = Verdict(name, passed, time.monotonic() - began, remark)
    print(verdict.line(), flush=True)
    return verdict


def _run(program: str, *arguments: str) -> str:
    """Run a tool of the environment in the checkout.

    Raises:
        Failure: it found something, which is the message.
    """
    command = [str(SCRIPTS / program), *arguments]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{' '.join([program, *arguments])}\n{done.stdout}{done.stderr}")
    return ""


def _benchmarks() -> str:
    """Run the benchmarks alone on the machine, to see that they run and hold."""
    output = _pytest(["tests/benchmarks", "-q", "-m", "not large"], dict(os.environ), show=False)
    return _summary(output).strip("= ")


class _Tests:
    """The run of all tests, and the line it ends with."""

    def __init__(self, coverage: Path, compiled: Path) -> None:
        self._coverage = coverage
        self._compiled = compiled
        self.summary = "no tests ran"

    def run(self) -> str:
        """Run unit tests, properties, the window, journeys and quality, measured."""
        environment = dict(os.environ, COVERAGE_FILE=str(self._coverage))
        # Many tests start the program; none of those starts should compile it once more.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(self._compiled)
        with tempfile.TemporaryDirectory(prefix="postil-tests-", dir=_quick_place()) as folder:
            self._run(environment, Path(folder) / "tests")
        return ""

    def _run(self, environment: dict[str, str], folder: Path) -> None:
        arguments = [
            f"--basetemp={folder}",
            "--ignore=tests/benchmarks",
            "--hypothesis-profile=ci",
            f"--numprocesses={WORKERS}",
            "--dist=worksteal",
            "--timeout=300",
            "--durations=10",
            "--cov",
            "--cov-report=",
        ]
        try:
            output = _pytest(arguments, environment, show=True)
        except Failure as failure:
            self.summary = _summary(str(failure))
            raise Failure("") from failure
        self.summary = _summary(output)


def _quick_place() -> str | None:
    """Return a folder in memory with room to spare: thousands of small libraries go quicker there.

    Without one it is None, which means the usual place.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return str(MEMORY)
    return None


def _pytest(arguments: list[str], environment: dict[str, str], *, show: bool) -> str:
    """Run pytest and return what it printed.

    Raises:
        Failure: a test failed; the message is the whole output.
    """
    lines = []
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(
        command,
        cwd=TOP,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if show:
                print(line, end="", flush=True)
    output = "".join(lines)
    if process.returncode != 0:
        raise Failure(output)
    return output


def _summary(output: str) -> str:
    """Return the line pytest closes with, such as "== 9 passed in 1.2s ==" ."""
    lines = [line for line in output.splitlines() if " in " in line and line[-1:] in "=s)"]
    counted = [line for line in lines if any(w in line for w in ("passed", "failed", "error"))]
    return counted[-1] if counted else "pytest gave no summary"


def _coverage(data: Path) -> str:
    """Hold each package to its floor in `pyproject.toml`.

    Raises:
        Failure: a package is below its floor, or has none.
    """
    report = data.with_name("coverage.json")
    environment = dict(os.environ, COVERAGE_FILE=str(data))
    command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)]
    done = subprocess.run(
        command, cwd=TOP, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(done.stdout + done.stderr)
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    floors = project["tool"]["postil"]["coverage-floors"]
    covered = _covered_by_package(json.loads(report.read_text("utf-8")))
    print("\n".join(f"      {name:<20} {share:6.2f} %" for name, share in sorted(covered.items())))
    below = [
        f"{name}: {share:.2f} % covered, the floor is {floors.get(name, 'not set')}"
        for name, share in sorted(covered.items())
        if share < floors.get(name, 101)
    ]
    if below:
        raise Failure("\n".join(below))
    return ""


def _covered_by_package(report: dict) -> dict[str, float]:
    """Return the percentage of lines and branches covered in each package of `postil`."""
    counts: dict[str, list[int]] = {}
    for name, file in report["files"].items():
        inside = Path(name).parts
        inside = inside[inside.index("postil") + 1 :]
        package = inside[0] if len(inside) > 1 else Path(inside[0]).stem
        total = file["summary"]
        count = counts.setdefault(package, [0, 0])
        count[0] += total["covered_lines"] + total["covered_branches"]
        count[1] += total["num_statements"] + total["num_branches"]
    return {name: 100 * hit / whole for name, (hit, whole) in counts.items() if whole}


if __name__ == "__main__":
    sys.exit(main())
