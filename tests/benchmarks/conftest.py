"""The library of made-up words that several benchmarks ask: made once, copied for each."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from library_filling import Fill, tenfold


@dataclass(frozen=True)
class MadeUp:
    """A filled library, closed, and the words it is made of, the commonest first."""

    path: Path
    words: list[str]

    def copy_into(self, folder):
        """Return the path of a copy in a folder."""
        return Path(shutil.copy(self.path, folder))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    from postil.library import Library

    path = tmp_path_factory.mktemp("made-up") / "library.sqlite"
    fill = Fill(seed=1)
    with Library.open(path) as library:
        library.do(fill)
    return MadeUp(path, fill.words)


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(1, id="2,000"),
        pytest.param(10, id="20,000", marks=pytest.mark.large),
    ],
)
def made_up_twice(request, made_up, tmp_path_factory):
    """The same library, and another of ten times as many articles with as many marks each."""
    if request.param == 1:
        return made_up
    path = made_up.copy_into(tmp_path_factory.mktemp("tenfold"))
    tenfold(path)
    from postil.library import Library

    Library.open(path).close()
    return MadeUp(path, made_up.words)
