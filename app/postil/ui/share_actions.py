"""Articles out: the export dialog, the printer, and the annotated Markdown on the clipboard."""

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
from postil.ui.tasks import Tasks
from postil.ui.toast import Notices

if TYPE_CHECKING:
    from postil.annotated_markdown import HandedOn

_READABLE = {".md"}  # what this program writes and opens again; the rest is not offered there


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

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "export": self.export,
            "print": self.print_,
            "copy-markdown": self.copy_markdown,
        }

    def export(self) -> None:
        """Show the chosen articles as they will be written, and write them."""
        from postil.ui.dialogs.export import ExportDialog  # not needed to start

        articles = self._articles()
        if not articles:
            return
        ask_once(self._prompts, self._settings, self._desk.library)
        dialog = ExportDialog(articles, self._prompts, self._tasks, self._settings, self._window)
        if self._prompts.show(dialog):
            names = ", ".join(path.name for path in dialog.written)
            self._notices.say(self.tr("Written: {0}").format(names))
            self._written([path for path in dialog.written if path.suffix.lower() in _READABLE])
        dialog.deleteLater()

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

    def copy_markdown(self) -> None:
        """Put the open article, annotated, on the clipboard."""
        from postil.annotated_markdown import write  # not needed to start
        from postil.library.handing_on import handed_on

        if self._desk.opened is None:
            return
        try:
            text = write(handed_on(self._desk.library, self._desk.opened.id))
        except UserError as error:
            self._notices.fail(error)
            return
        QGuiApplication.clipboard().setText(text)
        self._notices.say(self.tr("Copied as annotated Markdown"))
