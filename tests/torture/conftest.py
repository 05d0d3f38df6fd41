"""The torture suite: what may be lost, broken, hung or misplaced, tried until it is.

Each test is one of R0 to R24 of the table in CONTRIBUTING.md. The short form runs with all other
tests; `--long` runs many more rounds, and `--seed` another chance. Figures are printed at the
end with their seed.
"""

import random
import subprocess
import sys

import pytest

from torture.writing import with_tests_on_the_path

SEED = 20261125


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="the rounds that nobody waits for")
    parser.addoption("--seed", type=int, default=SEED, help="of everything left to chance")


def is_long(config):
    return bool(config.getoption("--long", default=False))


def pytest_collection_modifyitems(config, items):
    """Leave out what has its short form elsewhere, unless the long run is asked for."""
    if is_long(config):
        return
    left_out = [item for item in items if item.get_closest_marker("only_long")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def rounds(request):
    """Return a function that takes the short and the long number of rounds and gives today's."""
    return lambda short, long: long if is_long(request.config) else short


@pytest.fixture
def seed(request):
    return request.config.getoption("--seed", default=SEED)


@pytest.fixture
def chance(request, seed):
    return random.Random(f"{seed} {request.node.name}")


@pytest.fixture
def tell(record_property, seed):
    """Return a function that adds a line to the figures."""
    return lambda line: record_property("figure", f"{line} [seed {seed}]")


@pytest.fixture
def script():
    """Return a function that runs a module of this folder by itself and gives its output."""

    def run(name, *arguments, timeout=3_000):
        done = subprocess.run(
            [sys.executable, "-m", f"torture.{name}", *map(str, arguments)],
            env=with_tests_on_the_path(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{name} ended with {done.returncode}:\n{done.stderr}"
        return done.stdout

    return run
