"""Articles out: the export dialog, the printer, and the annotated Markdown on the clipboard."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from postil.domain.errors import UserError
from postil.settings import Settings
from postil.ui.alias import ask_once
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import Notices

if TYPE_CHECKING:
    from postil.annotated_markdown import HandedOn
    from postil.library.practising import Key, Practice
    from postil.ui.export_run import ExportJob, ExportRun

_FOLDER = "export/folder"  # in the settings
_READABLE = {".md"}  # what this program writes and opens again; the rest is not offered there
_PRACTICE_FOLDER = "practice/folder"
_RECENT = 10  # files that are told as written; more are not listed anywhere
_SENTENCES = 6  # of what could not be written; of more the number is told


class ShareActions(QObject):
    """Hands articles on.

    Args:
        desk: what lies open.
        targets: tells which articles are meant.
        tasks: where files are made.
        prompts: asks where to write, and shows the dialog.
        notices: where to tell what was written.
        settings: keeps formats, folders and the alias.
        written: is told of the files.
        window: the dialog's parent.
    """

    def __init__(
        self,
        desk: Desk,
        targets: Callable[[], list[str]],
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        written: Callable[[list[Path]], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._targets = targets
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings
        self._written = written
        self._window = window
        desk.original_wanted.connect(self.save_original)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "export": self.export,
            "print": self.print_,
            "lesson-pack": self.pack_lesson,
            "check-practice": self.check_practice,
            "save-original": self.save_original,
            "copy-markdown": self.copy_markdown,
        }

    def export(self) -> None:
        """Show the chosen articles as they will be written, and write them."""
        from postil.ui.dialogs.export import ExportDialog  # not needed to start

        ids = self._targets()
        if not ids:
            return
        library = self._desk.library
        ask_once(self._prompts, self._settings, library)
        try:
            dialog = ExportDialog(
                library, ids, self._prompts, self._tasks, self._settings, self._window
            )
        except UserError as error:
            self._notices.fail(error)
            return
        if self._prompts.show(dialog):
            if dialog.job is not None:
                self._write_several(ids, dialog.job)
            elif dialog.written is not None:
                self._notices.say(self.tr("Written: {0}").format(dialog.written.name))
                self._tell_readable([dialog.written])
        dialog.deleteLater()

    def _write_several(self, ids: list[str], job: "ExportJob") -> None:
        """Write articles one after the other, and tell in the end how it went."""
        from postil.ui.export_run import ExportRun

        run = ExportRun(self._desk.library, self._tasks, ids, job, self)
        run.ended.connect(lambda: self._report(run, job))
        run.go_on()

    def _report(self, run: "ExportRun", job: "ExportJob") -> None:
        if run.error is not None:
            self._notices.fail(run.error)
        if run.stopped:
            written = counted(len(run.written), "1 file is written", "%n files are written")
            self._notices.say(self.tr("Stopped: {0}").format(written))
        elif len(run.written) == 1:
            self._notices.say(self.tr("Written: {0}").format(run.written[0].name))
        elif run.written:
            written = counted(len(run.written), "1 file", "%n files")
            self._notices.say(self.tr("Written into {0}: {1}").format(job.target.name, written))
        if run.remarks and run.error is None:
            self._notices.banner.tell("\n".join(_summed_up(run.remarks)))
        self._tell_readable(run.written)
        run.deleteLater()

    def _tell_readable(self, paths: list[Path]) -> None:
        self._written([path for path in paths if path.suffix.lower() in _READABLE][-_RECENT:])

    def pack_lesson(self) -> None:
        """Show what a lesson on the open article consists of, and write it."""
        from postil.ui.dialogs.lesson import LessonDialog  # not needed to start

        article = self._opened()
        if article is None:
            return
        dialog = LessonDialog(article, self._prompts, self._tasks, self._settings, self._window)
        if self._prompts.show(dialog) and dialog.written is not None:
            self._notices.say(self.tr("Written: {0}").format(dialog.written.name))
        dialog.deleteLater()

    def check_practice(self) -> None:
        """Ask for practice copies, and show what became of them; the open article is the key."""
        from postil.library.practising import key_of_marks  # not needed to start

        article = self._opened()
        if article is None:
            return
        key = key_of_marks(article.article, article.annotations, article.tags)
        folder = Path(self._settings.get(_PRACTICE_FOLDER, str(Path.home())))
        title, filters = self.tr("Check Practice Copies"), self.tr("Markdown (*.md)")
        paths = self._prompts.open_files(title, folder, filters)
        if not paths:
            return
        self._settings.set(_PRACTICE_FOLDER, str(paths[0].parent))

        def work(progress: Progress) -> "list[Practice | UserError]":
            done = []
            for number, path in enumerate(paths):
                progress.report(number, len(paths))
                done.append(_checked(key, path))
            return done

        self._tasks.run(
            title, work, lambda done: self._tell_practice(key, done), self._notices.fail
        )

    def _tell_practice(self, key: "Key", done: "list[Practice | UserError]") -> None:
        from postil.ui.dialogs.practice import PracticeDialog

        refused = [one for one in done if isinstance(one, UserError)]
        practices = [one for one in done if not isinstance(one, UserError)]
        if not practices:
            self._notices.fail(refused[0])
            return
        dialog = PracticeDialog(key, practices, [str(one) for one in refused], self._window)
        self._prompts.show(dialog)
        dialog.deleteLater()

    def _opened(self) -> "HandedOn | None":
        """Return the open article with its marks; None if it could not be had, which is told."""
        from postil.library.handing_on import handed_on  # not needed to start

        if self._desk.opened is None:
            return None
        try:
            return handed_on(self._desk.library, self._desk.opened.id)
        except UserError as error:
            self._notices.fail(error)
            return None

    def print_(self) -> None:
        """Show the pages of the chosen articles, and print them."""
        from postil.ui.dialogs.printing import PrintPreview  # not needed to start

        articles = self._articles()
        if not articles:
            return
        dialog = PrintPreview(articles, self._prompts, self._settings, self._window)
        if self._prompts.show(dialog):
            self._notices.say(counted(dialog.count, "1 page printed", "%n pages printed"))
        dialog.deleteLater()

    def _articles(self) -> "list[HandedOn]":
        """Return the chosen articles; none where one could not be had, which is told."""
        from postil.library.handing_on import handed_on  # not needed to start

        try:
            return [handed_on(self._desk.library, one) for one in self._targets()]
        except UserError as error:
            self._notices.fail(error)
            return []

    def save_original(self) -> None:
        """Ask where to, and write the bytes the open article came from."""
        from postil.files import write_atomically  # not needed to start
        from postil.library.originals import original_name

        opened = self._desk.opened
        if opened is None:
            return
        try:
            original = self._desk.library.original(opened.id)
            if original is None:
                self._notices.say(self.tr("The file this article came from was not kept"))
                return
            name = original_name(original, opened.record.metadata.title)
            folder = Path(self._settings.get(_FOLDER, str(Path.home())))
            path = self._prompts.save_file(self.tr("Save the original"), folder / name, "")
            if path is None:
                return
            write_atomically(path, original.data, overwrite=True)  # the dialog has asked
        except UserError as error:
            self._notices.fail(error)
            return
        self._notices.say(self.tr("Written: {0}").format(path.name))

    def copy_markdown(self) -> None:
        """Put the open article, annotated, on the clipboard."""
        from postil.annotated_markdown import write  # not needed to start

        article = self._opened()
        if article is None:
            return
        QGuiApplication.clipboard().setText(write(article))
        self._notices.say(self.tr("Copied as annotated Markdown"))


def _summed_up(remarks: Counter[str]) -> list[str]:
    """Return the commonest sentences, each with the number of files it was said of."""
    told = [
        f"{sentence} ({counted(count, '1 file', '%n files')})"
        for sentence, count in remarks.most_common(_SENTENCES)
    ]
    if (more := len(remarks) - _SENTENCES) > 0:
        told.append(counted(more, "And 1 more.", "And %n more."))
    return told


def _checked(key: "Key", path: Path) -> "Practice | UserError":
    """Return what became of a practice copy, or why it could not be checked."""
    from postil.importers import read_work, source_from_file

    try:
        return key.check(read_work(source_from_file(path)))
    except UserError as error:
        return error
