"""A look before something is taken in: the blocks of a page, the chapters of a book.

What is chosen becomes one article, or one a chapter, in one step of the history. The page of
an article that is there already can be looked at again, from the bytes that were kept.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from postil.domain.errors import UserError
from postil.settings import Settings
from postil.ui.file_actions import FileActions
from postil.ui.file_batch import outcome
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.domain.article import Metadata
    from postil.domain.listing import OpenArticle
    from postil.importers import Imported, Source

PREVIEW_ADDRESSES: Final = "preview/addresses"  # the setting: whether pages are shown before
_PAGES: Final = frozenset({"text/html", "message/rfc822"})


class PreviewActions(QObject):
    """Asks what of a file becomes the article.

    Args:
        desk: what lies open.
        files: takes in what was chosen.
        tasks: where files are read.
        prompts: asks for a file, shows the dialogs.
        notices: where to tell what came of it.
        settings: keeps the folder last used, and whether addresses are shown before.
        window: the dialogs' parent.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        files: FileActions,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._files = files
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings
        self._window = window
        files.book_read.connect(self.take)
        files.telling.check_wanted.connect(self.check_left_out)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"open-preview": self.open, "check-left-out": self.check_left_out}

    @property
    def is_wanted(self) -> bool:
        """Whether pages from the web are shown before they are taken in."""
        return self._settings.get(PREVIEW_ADDRESSES, True)

    def open(self) -> None:
        """Ask for a file, show what is in it and take in what is chosen."""
        paths = self._files.ask_for_files(self.tr("Open with Preview"))
        if len(paths) != 1:
            if paths:  # several at once are taken in as they are
                self._files.take_files(paths)
            return
        path = paths[0]

        def source() -> "Source":
            from postil.importers import source_from_file

            return source_from_file(path)

        def done(imported: "Imported") -> None:
            self._files.recent.add([path])
            self.take(imported)

        self._read(source, done, self.tr("Reading {0}").format(path.name))

    def take(
        self,
        imported: "Imported",
        then: Callable[[], None] = lambda: None,
        *,
        is_fetched: bool = False,
    ) -> None:
        """Show what was read, where there is something to choose, and take in what is chosen.

        Args:
            imported: was read whole where it can be.
            then: is called when nothing is left to choose.
            is_fetched: it comes from the web; pages from there may be shown or not.
        """
        whole = imported.whole
        if whole is not None and len(whole.chapters) > 1:
            self._after_work(lambda: self._choose_chapters(imported), then)
            return
        from postil.ui.dialogs.page_preview import MOST_BLOCKS

        if whole is None or whole.chapters or len(whole.kept) > MOST_BLOCKS:
            self._files.take_imported(replace(imported, whole=None))
            then()
            return
        self._after_work(lambda: self._choose_blocks(imported, is_fetched=is_fetched), then)

    def check_left_out(self) -> None:
        """Show the page of the open article again; another choice is a new version of it."""
        opened = self._desk.opened
        original = self._desk.library.original(opened.id) if opened else None
        if opened is None or original is None or original.media_type not in _PAGES:
            self._notices.say(self.tr("This article was not read from a web page"))
            return

        def source() -> "Source":
            from postil.importers import Source

            name = Path(original.origin).name or original.origin
            return Source(original.data, name, original.origin, original.media_type)

        self._read(
            source,
            lambda imported: self._after_work(lambda: self._choose_again(imported, opened)),
            self.tr("Reading"),
            original.encoding or None,
        )

    def _after_work(self, *acts: Callable[[], None]) -> None:
        """Do things in a row as soon as the reading is over, of which the status line tells."""

        def do() -> None:
            if self._tasks.is_closed:
                return
            for act in acts:
                act()

        QTimer.singleShot(0, self, do)

    def _choose_blocks(self, imported: "Imported", *, is_fetched: bool) -> None:
        assert imported.whole is not None
        wanted, told = list(imported.whole.kept), imported.article.metadata
        chosen = self._ask(imported, wanted, told, is_fetched=is_fetched)
        if chosen is not None:
            self._files.take_imported(chosen)

    def _choose_again(self, imported: "Imported", opened: "OpenArticle") -> None:
        from postil.importers.choosing import as_before
        from postil.library.intake import take_in
        from postil.ui.dialogs.page_preview import MOST_BLOCKS

        whole = imported.whole
        if whole is None or len(whole.kept) > MOST_BLOCKS:
            self._notices.say(self.tr("The page has too many passages to be shown"))
            return
        article, told = opened.article, opened.record.metadata
        before = as_before(whole, [article.block_text(block) for block in article.blocks])
        agree = self.tr("Make &New Version")
        chosen = self._ask(imported, before, told, agree=agree)
        if chosen is not None:
            self._desk.patiently(
                lambda: self._files.telling.report(
                    (take_in(self._desk.library, chosen, version_of=opened.id),)
                )
            )

    def _ask(
        self,
        imported: "Imported",
        wanted: list[bool],
        told: "Metadata",
        *,
        agree: str = "",
        is_fetched: bool = False,
    ) -> "Imported | None":
        """Show the blocks of a page; None when the dialog was left or nothing was changed in it."""
        from postil.importers.choosing import choose
        from postil.ui.dialogs.page_preview import PagePreview

        assert imported.whole is not None
        dialog = PagePreview(
            imported.whole, wanted, told, self._window, agree=agree, may_stop=is_fetched
        )
        is_agreed = self._prompts.show(dialog)
        if is_agreed and is_fetched:
            self._settings.set(PREVIEW_ADDRESSES, dialog.again.isChecked())
        chosen, said = dialog.wanted(), dialog.metadata()
        dialog.deleteLater()
        if not is_agreed or (agree and (chosen, said) == (wanted, told)):
            return None
        try:
            return choose(imported, chosen, said)
        except UserError as error:
            self._notices.fail(error)
            return None

    def _choose_chapters(self, imported: "Imported") -> None:
        """Show the chapters of a book, and take in those that are chosen."""
        from postil.importers.addresses import web_address
        from postil.importers.choosing import choose_chapters, each_chapter
        from postil.library.intake import take_in_several
        from postil.ui.dialogs.chapters import ChaptersDialog

        assert imported.whole is not None
        title = imported.article.metadata.title
        dialog = ChaptersDialog(title, imported.whole, self._window)
        is_agreed = self._prompts.show(dialog)
        chapters, as_one = dialog.chosen(), dialog.as_one.isChecked()
        dialog.deleteLater()
        if not is_agreed:
            return
        try:
            if as_one:
                self._files.take_imported(choose_chapters(imported, chapters))
                return
            each = each_chapter(imported, chapters)
        except UserError as error:
            self._notices.fail(error)
            return
        origin = imported.original.origin
        path = None if web_address(origin) else Path(origin)

        def take() -> None:
            taken = take_in_several(self._desk.library, each, title)
            self._files.telling.report(taken, outcomes=[outcome(one, path) for one in taken])

        self._desk.patiently(take)

    def _read(
        self,
        source: Callable[[], "Source"],
        done: Callable[["Imported"], None],
        title: str,
        encoding: str | None = None,
    ) -> None:
        def work(_progress: Progress) -> "Imported":
            from postil import importers

            return importers.read(replace(source(), wants_whole=True), encoding=encoding)

        self._tasks.run(title, work, done, self._notices.fail)
