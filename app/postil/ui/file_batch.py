"""Several files and folders taken in at one go, with one report at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from postil.domain.errors import UserError
from postil.ui.codebook_files import is_codebook_file
from postil.ui.tasks import Progress

if TYPE_CHECKING:
    from postil.library.intake import Intake
    from postil.ui.file_actions import FileActions


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

    def go_on(self) -> None:
        """Read the next file, or tell how it went."""
        if self._next == len(self._paths):
            self._actions.report(self._taken, self._failures)
            return
        path = self._paths[self._next]
        self._next += 1
        title = QCoreApplication.translate("FileActions", "Reading {0}").format(path.name)
        if len(self._paths) > 1:
            title += f" ({self._next}/{len(self._paths)})"
        is_alone = len(self._paths) == 1 and not self._failures
        asks = self._ask if is_alone else None
        self._actions.take_file(path, title, self._took, self._failed, asks=asks)

    def _ask(self) -> None:
        """Leave the only file to whoever asks which of its chapters are wanted."""
        self._actions.recent.add(self._paths)

    def _took(self, intake: "Intake") -> None:
        self._taken.append(intake)
        self._actions.recent.add([self._paths[self._next - 1]])
        self.go_on()

    def _failed(self, error: UserError) -> None:
        self._failures.append(error)
        self.go_on()
