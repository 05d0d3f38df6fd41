"""Several files and folders taken in at one go, with one report at the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from postil.domain.errors import UserError
from postil.ui.codebook_files import is_codebook_file
from postil.ui.counting import counted
from postil.ui.tasks import Progress

if TYPE_CHECKING:
    from postil.library.intake import Intake
    from postil.ui.file_actions import FileActions


class Fate(StrEnum):
    """What can become of a file."""

    NEW = "new"
    REVISED = "revised"
    KNOWN = "known"
    REFUSED = "refused"
    LEFT = "left"  # its turn did not come before the person cancelled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    fate: Fate
    path: Path | None  # None: what was looked for in a folder and is no file, or a page
    words: str  # the article's title, or the sentence why there is none
    article_id: str = ""


def outcome(intake: "Intake", path: Path | None) -> Outcome:
    """Return the outcome of a file, or of a part of one, that was read."""
    return Outcome(Fate(intake.status), path, intake.title, intake.article_id)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return how many files had which fate, in one line."""
    number = Counter(one.fate for one in outcomes)
    parts = (
        (Fate.NEW, "1 article taken in", "%n articles taken in"),
        (Fate.REVISED, "1 new version", "%n new versions"),
        (Fate.KNOWN, "1 known already", "%n known already"),
        (Fate.REFUSED, "1 refused", "%n refused"),
        (Fate.LEFT, "1 not taken in", "%n not taken in"),
    )
    return " · ".join(counted(number[f], one, many) for f, one, many in parts if number[f])


@dataclass(frozen=True)
class Gathered:
    """What lies in folders."""

    files: tuple[Path, ...]
    codebooks: tuple[Path, ...]
    refused: tuple[UserError, ...]  # what is wrong with some of the folders


def gathered(paths: Sequence[Path], progress: Progress) -> Gathered:
    """Return files instead of folders, those apart that are codebooks."""
    from postil.importers import files_of

    files: list[Path] = []
    codebooks: list[Path] = []
    refused: list[UserError] = []
    for name in files_of([str(path) for path in paths]):
        progress.report(0, 0)
        if isinstance(name, UserError):
            refused.append(name)
        elif is_codebook_file(Path(name)):
            codebooks.append(Path(name))
        else:
            files.append(Path(name))
    return Gathered(tuple(files), tuple(codebooks), tuple(refused))


class Batch:
    """Files on their way in, one after the other, so that one text at a time is in memory.

    Args:
        actions: reads each file, and tells in the end how it went.
        paths: of the files.
        failures: what was wrong before.
    """

    def __init__(
        self, actions: "FileActions", paths: Sequence[Path], failures: Sequence[UserError] = ()
    ) -> None:
        self._actions = actions
        self._paths = paths
        self._next = 0
        self._taken: list[Intake] = []
        self._failures = list(failures)
        self._outcomes = [Outcome(Fate.REFUSED, None, str(error)) for error in failures]
        self.is_over = False

    def go_on(self) -> None:
        """Read the next file, or tell how it went."""
        if self._next == len(self._paths):
            self._end()
            return
        path, total = self._paths[self._next], len(self._paths)
        self._next += 1
        title = QCoreApplication.translate("FileActions", "Reading {0}").format(path.name)
        if total > 1:
            of = QCoreApplication.translate("FileActions", "{0} ({1} of {2})")
            title = of.format(title, self._next, total)
        place = (self._next - 1, total) if total > 1 else (0, 0)
        asks = self._ask if total == 1 and not self._failures else None
        self._actions.take_file(
            path, title, self._took, self._failed, asks=asks, of=self, place=place
        )

    def cancel(self) -> None:
        """Leave the files that are not in yet, and tell which."""
        if not self.is_over:
            words = QCoreApplication.translate("FileActions", "Cancelled before it was taken in.")
            left = self._paths[self._next - 1 :]
            self._outcomes += [Outcome(Fate.LEFT, path, words) for path in left]
            self._end()

    def _ask(self) -> None:
        """Leave the only file to whoever asks which of its chapters are wanted."""
        self.is_over = True
        self._actions.recent.add(self._paths)

    def _took(self, intake: "Intake") -> None:
        path = self._paths[self._next - 1]
        self._taken.append(intake)
        self._outcomes.append(outcome(intake, path))
        self.go_on()

    def _failed(self, error: UserError) -> None:
        path = self._paths[self._next - 1]
        self._failures.append(error)
        self._outcomes.append(Outcome(Fate.REFUSED, path, str(error)))
        self.go_on()

    def _end(self) -> None:
        self.is_over = True
        taken = (Fate.NEW, Fate.REVISED, Fate.KNOWN)
        paths = [one.path for one in self._outcomes if one.path and one.fate in taken]
        self._actions.recent.add(paths)
        self._actions.telling.end_batch(self._taken, self._failures, self._outcomes)
