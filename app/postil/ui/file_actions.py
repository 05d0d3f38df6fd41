"""Articles in: files opened or dropped, text pasted, and a file read again in another encoding.

Reading happens on the worker thread; what was read is put into the library on this one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from postil.domain.errors import LibraryBusyError, UserError
from postil.domain.named import is_address
from postil.settings import Settings
from postil.ui.codebook_files import is_codebook_file
from postil.ui.file_batch import Batch, Gathered, gathered
from postil.ui.intake_telling import Telling
from postil.ui.prompts import Prompts
from postil.ui.recent_files import RecentFiles
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import Because, Notices
from postil.ui.versions_words import carried_words
from postil.ui.waiting import WaitingDesk
from postil.ui.work_files import is_annotated_file, is_work_of_others

if TYPE_CHECKING:
    from postil.domain.article import Metadata
    from postil.importers import Imported, Source
    from postil.library.intake import Intake

_FEW_CHAPTERS = 3  # a book with no more is taken in as it is
# Encodings people meet, by the names they are asked for; the first is tried by itself.
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "koi8-r",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
)


class FileActions(QObject):
    """Brings articles into the library.

    Args:
        desk: what lies open.
        tasks: where files are read.
        prompts: asks for files and encodings.
        notices: where to tell what came of it.
        settings: keeps the folder last used, and which files were.
        menu: of the files used lately.
        parent: owns this.
    """

    address_dropped = Signal(str)  # of the web, or what looks like one
    addresses_named = Signal(list)  # of the web: whoever named them wants them fetched
    book_read = Signal(object)  # an Imported with more than a few chapters to choose from
    codebooks_given = Signal(list)  # paths of files that are codebooks, and no articles
    work_given = Signal(list)  # paths of files that are marks of others, and no articles

    def __init__(
        self,
        desk: WaitingDesk,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        menu: QMenu,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings

        self.telling = Telling(desk, notices, self.take_files, parent)
        self.recent = RecentFiles(menu, settings, lambda path: self.take_files([path]), self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "open": self.open,
            "paste-article": self.paste,
            "clear-recent": self.recent.clear,
            "import-report": self.telling.show_report,
            "reopen-encoding": self.reopen_with_encoding,
        }

    def open(self) -> None:
        """Ask for files and take them in."""
        if paths := self.ask_for_files(self.tr("Open")):
            self.take_files(paths)

    def ask_for_files(self, title: str) -> list[Path]:
        """Ask for files of any kind that can be read; none when the dialog was left."""
        from postil.importers.table import IMPORTERS  # not needed to start

        folder = Path(self._settings.get("files/open-folder", str(Path.home())))
        names = " ".join(f"*{suffix}" for one in IMPORTERS for suffix in one.suffixes)
        filters = f"{self.tr('Articles')} ({names});;{self.tr('All files (*)')}"
        paths = self._prompts.open_files(title, folder, filters)
        if paths:
            self._settings.set("files/open-folder", str(paths[0].parent))
        return paths

    def take_named(self, words: Sequence[str]) -> None:
        """Take in what was named on a command line: whole paths, and addresses of the web."""
        if paths := [Path(word) for word in words if not is_address(word)]:
            self.take_files(paths)
        if addresses := [word for word in words if is_address(word)]:
            self.addresses_named.emit(addresses)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read files, and those in folders, one after the other; the last one is opened."""
        self._notices.banner.clear(Because.TAKEN_IN)
        if any(path.is_dir() for path in paths):
            self._tasks.run(
                self.tr("Looking for files"),
                lambda progress: gathered(paths, progress),
                self._take_folder,
                self._notices.fail,
            )
            return
        codebooks = [path for path in paths if is_codebook_file(path)]
        files = [path for path in paths if path not in codebooks]
        self._take_gathered(Gathered(tuple(files), tuple(codebooks), ()))

    def _take_folder(self, found: Gathered) -> None:
        """Take what lies in folders: annotated files alone are work that came back."""
        if len(found.files) > 1 and all(map(is_annotated_file, found.files)):
            self.work_given.emit(list(found.files))
            found = replace(found, files=())
        self._take_gathered(found)

    def _take_gathered(self, found: Gathered) -> None:
        if found.codebooks:
            self.codebooks_given.emit(list(found.codebooks))
        work = [path for path in found.files if is_work_of_others(path)]
        if work:
            self.work_given.emit(work)
        files = [path for path in found.files if path not in work]
        if files or found.refused:
            Batch(self, files, found.refused).go_on()

    def paste(self) -> None:
        """Make an article of what was copied."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is None or not self.take_dropped(mime):
            self._notices.say(self.tr("There is no text on the clipboard"))

    def take_dropped(self, mime: QMimeData) -> bool:
        """Take in files, marked-up text or plain text; return whether there was any.

        An address alone is only handed on: nothing here asks the network.
        """
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if len(paths) > 1 and all(map(is_annotated_file, paths)):
            self.work_given.emit(paths)
        elif paths:
            self.take_files(paths)
        elif mime.hasUrls():
            self.address_dropped.emit(mime.urls()[0].toString())
        elif mime.hasHtml() and mime.html().strip():
            self._take_text(mime.html(), html=True, bare=mime.text())
        elif mime.hasText() and mime.text().strip():
            self._take_text(mime.text(), html=False)
        else:
            return False
        return True

    def reopen_with_encoding(self) -> None:
        """Read the bytes of the open article again, in an encoding the person names."""
        opened = self._desk.opened
        original = self._desk.library.original(opened.id) if opened else None
        if opened is None or original is None or not original.encoding:
            self._notices.say(self.tr("This article was not read from a text file"))
            return
        known = original.encoding.lower()
        current = ENCODINGS.index(known) if known in ENCODINGS else 0
        answer = self._prompts.choose(
            self.tr("Reopen with another encoding"),
            self.tr("It was read as {0}. Read it as:").format(original.encoding),
            ENCODINGS,
            current,
        )
        if answer is None:
            return
        encoding, article_id = ENCODINGS[answer], opened.id

        def work(_progress: Progress) -> "tuple[Imported, Metadata]":
            from postil.importers import Source, read_again  # not needed to start

            name = Path(original.origin).name or original.origin
            source = Source(original.data, name, original.origin, original.media_type)
            return read_again(source, encoding=encoding, former=original.encoding)

        def done(read: "tuple[Imported, Metadata]") -> None:
            from postil.library.intake import read_again

            self._desk.patiently(
                lambda: self._tell_read_again(
                    read_again(self._desk.library, article_id, *read), encoding
                )
            )

        self._tasks.run(self.tr("Reading"), work, done, self._notices.fail)

    def _undo(self) -> None:
        self._desk.patiently(self._desk.library.undo)

    def take_version(self, path: Path, article_id: str) -> None:
        """Read a file and make its text the newest version of an article."""
        from postil.library.intake import take_in

        def source() -> "Source":
            from postil.importers import source_from_file

            return source_from_file(path)

        def done(imported: "Imported") -> None:
            self._desk.patiently(
                lambda: self.telling.report(
                    (take_in(self._desk.library, imported, version_of=article_id),)
                )
            )

        title = self.tr("Reading {0}").format(path.name)
        self._read(source, done, self._notices.fail, title=title)

    def _tell_read_again(self, intake: "Intake", encoding: str) -> None:
        """Tell what became of the marks of an article that was read in another encoding."""
        if intake.status == "known":
            self._notices.say(self.tr("Read as {0}, the words are the same").format(encoding))
            return
        text = self.tr("Read again as {0}").format(encoding) + carried_words(intake.carried)
        self._notices.say(text, self.tr("Undo"), self._undo)
        if intake.remarks:
            self._notices.banner.tell("\n".join(intake.remarks), reason=Because.TAKEN_IN)

    def take_file(
        self,
        path: Path,
        title: str,
        then: Callable[["Intake"], None],
        failed: Callable[[UserError], None],
        *,
        asks: Callable[[], None] | None = None,
        of: Batch | None = None,
        place: tuple[int, int] = (0, 0),
    ) -> Progress:
        """Read one file and put it into the library.

        Args:
            path: the file.
            title: what the person reads meanwhile.
            then: is told what became of it.
            failed: is told why it could not be read or taken in.
            asks: is told that the person is asked which chapters of a book are wanted; without
                it nobody is.
            of: the files of which it is one; is told when the person cancels.
            place: (done, total) of these files.
        """

        def source() -> "Source":
            from postil.importers import source_from_file
            from postil.importers.table import EPUB, of_bytes

            found = source_from_file(path)
            is_book = asks is not None and of_bytes(found.data) is EPUB
            return replace(found, wants_whole=is_book)

        def done(imported: "Imported") -> None:
            if asks and imported.whole and len(imported.whole.chapters) > _FEW_CHAPTERS:
                asks()
                self.book_read.emit(imported)
            else:
                self._put_in(replace(imported, whole=None), then, failed, of)

        cancelled = of.cancel if of else lambda: None
        return self._read(source, done, failed, cancelled, title=title, place=place)

    def take_imported(self, imported: "Imported") -> None:
        """Put what was read into the library, open it and tell what became of it."""
        self._put_in(imported, lambda intake: self.telling.report((intake,)), self._notices.fail)

    def _take_text(self, text: str, *, html: bool, bare: str = "") -> None:
        """Read text that was copied or dropped.

        Args:
            text: the words, or markup.
            html: whether it is markup.
            bare: the same without markup, for markup that holds no words.
        """

        def failed(error: UserError) -> None:
            if bare.strip():
                self._take_text(bare, html=False)
            else:
                self.telling.report((), (error,))

        self._notices.banner.clear(Because.TAKEN_IN)

        def source() -> "Source":
            from postil.importers import source_from_text

            return source_from_text(text, html=html)

        self._read(
            source,
            self.take_imported,
            failed,
        )

    def _read(
        self,
        source: Callable[[], "Source"],
        on_done: Callable[["Imported"], None],
        on_error: Callable[[UserError], None],
        on_cancel: Callable[[], None] = lambda: None,
        *,
        title: str = "",
        place: tuple[int, int] = (0, 0),
    ) -> Progress:
        def work(_progress: Progress) -> "Imported":
            import postil.library.intake  # noqa: F401 - here, so that the window need not wait
            from postil import importers

            return importers.read(source())

        title = title or self.tr("Reading")
        return self._tasks.run(title, work, on_done, on_error, on_cancel, place=place)

    def _put_in(
        self,
        imported: "Imported",
        then: Callable[["Intake"], None],
        failed: Callable[[UserError], None],
        of: Batch | None = None,
    ) -> None:
        """Put what was read into the library, as soon as it can be, unless it was cancelled."""
        from postil.library.intake import take_in

        def put() -> None:
            if of and of.is_over:
                return
            try:
                intake = take_in(self._desk.library, imported)
            except LibraryBusyError:
                raise  # its turn comes again
            except UserError as error:
                failed(error)
            else:
                then(intake)

        self._desk.patiently(put)
