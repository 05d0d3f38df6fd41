"""Several articles written at one go: read here, made and written on the worker thread.

One article at a time is in memory, but for formats that hold all of them in one file. Files
that are there already stay; what is written when it stops is whole.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from postil.annotated_markdown import HandedOn
from postil.domain.errors import UserError
from postil.exporters import Exported, Exporter, ExportOptions
from postil.exporters.copies import ending
from postil.files import safe_file_name, unused_name, write_atomically
from postil.library import Library
from postil.library.handing_on import EVERY_MARK, HandingOn, Wanted
from postil.ui.tasks import Progress, Tasks


@dataclass(frozen=True)
class ExportJob:
    """How several articles are to be written."""

    exporter: Exporter
    options: ExportOptions
    target: Path  # a folder, or the file of all of them
    wanted: Wanted = EVERY_MARK
    overwrite: bool = False  # that file, which the person was asked about


class ExportRun(QObject):
    """Writes articles one after the other; `ended` tells that it is over.

    Args:
        library: where they lie.
        tasks: where files are made.
        ids: of the articles.
        job: how.
        parent: owns this.
    """

    ended = Signal()

    def __init__(
        self, library: Library, tasks: Tasks, ids: list[str], job: ExportJob, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._ids = ids
        self._job = job
        self._hand_on = HandingOn(library, job.wanted)
        self._next = 0
        self._together: list[HandedOn] = []
        self._taken: set[str] | None = None  # names in the folder
        self._progress: Progress | None = None
        self.written: list[Path] = []
        self.remarks: Counter[str] = Counter()  # and of how many files each was said
        self.error: UserError | None = None  # what ended it early
        self.stopped = False  # the person ended it early
        tasks.rested.connect(self._look_whether_stopped)

    def go_on(self) -> None:
        """Write the next article, or end."""
        content = self._next_content()
        if content is not None and self._job.exporter.together is None:
            self._run(lambda: self._write_one(content), self._wrote)
        elif content is not None:
            self._together.append(content)
            self._run(lambda: None, lambda _: self.go_on())
        elif self._together:
            self._write_together()
        else:
            self._end()

    def _next_content(self) -> HandedOn | None:
        """Return the next article that is still there, with its marks; None after the last."""
        while self._next < len(self._ids):
            self._next += 1
            try:
                return self._hand_on(self._ids[self._next - 1])
            except UserError as error:  # it was deleted meanwhile
                self.remarks[str(error)] += 1
        return None

    def _write_together(self) -> None:
        job, contents = self._job, self._together
        together = job.exporter.together
        assert together is not None
        self._together = []

        def work() -> tuple[Path, Exported]:
            made = together(contents, job.options)
            write_atomically(job.target, made.data, overwrite=job.overwrite)
            return job.target, made

        self._run(work, self._wrote)

    def _write_one(self, content: HandedOn) -> tuple[Path, Exported]:
        """Make and write one file; on the worker thread."""
        job = self._job
        made = job.exporter.export(content, job.options)
        name = safe_file_name(
            content.article.metadata.title, ending(job.exporter.suffix, job.options.copy)
        )
        if self._taken is None:
            self._taken = _names_in(job.target)
        path = job.target / unused_name(name, self._taken)
        write_atomically(path, made.data, overwrite=False)
        return path, made

    def _wrote(self, result: tuple[Path, Exported]) -> None:
        path, made = result
        self.written.append(path)
        self.remarks.update(made.remarks)
        self.go_on()

    def _run(self, function: Callable[[], object], on_done: Callable[..., None]) -> None:
        done, total = self._next, len(self._ids)

        def work(progress: Progress) -> object:
            progress.report(done, total)
            return function()

        title = self.tr("Exporting ({0}/{1})").format(done, total)
        self._progress = self._tasks.run(title, work, on_done, self._fail)

    def _fail(self, error: UserError) -> None:
        self.error = error
        self._end()

    def _look_whether_stopped(self) -> None:
        if self._progress is not None and self._progress.is_cancelled:
            self.stopped = True
            self._end()

    def _end(self) -> None:
        self._progress = None
        self._tasks.rested.disconnect(self._look_whether_stopped)
        self.ended.emit()


def _names_in(folder: Path) -> set[str]:
    """Return what is in a folder, as systems that know no case compare it.

    Raises:
        UserError: it cannot be read.
    """
    try:
        return {path.name.casefold() for path in folder.iterdir()}
    except OSError as error:
        raise UserError(
            f"“{folder.name}” cannot be read: {error.strerror}", "Choose another folder."
        ) from error
