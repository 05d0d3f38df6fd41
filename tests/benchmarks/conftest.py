"""The library of made-up words that several benchmarks ask: made once, copied for each."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from library_filling import Fill


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
