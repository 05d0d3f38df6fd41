"""Codebooks in and out as files: JSON of our own, and REFI-QDA that other programs read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postil.domain.errors import UserError
from postil.domain.tags import TagSet
from postil.library import AddCodebook
from postil.settings import Settings
from postil.ui.prompts import Prompts
from postil.ui.tasks import Tasks
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.ui.tasks import Progress

_FOLDER = "files/codebook-folder"


class CodebookFiles(QObject):
    """Reads and writes codebook files.

    Args:
        desk: has the library.
        tasks: where files are read.
        prompts: asks for files.
        notices: where to tell what came of it.
        settings: keeps the folder last used.
        parent: owns this.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings

    def ask(self) -> None:
        """Ask for codebook files and take them in."""
        filters = ";;".join((self.tr("Codebooks (*.json *.qdc)"), self.tr("All files (*)")))
        paths = self._prompts.open_files(self.tr("Import Codebooks"), self._folder(), filters)
        if paths:
            self._settings.set(_FOLDER, str(paths[0].parent))
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Take in codebook files; each is one step."""
        for path in paths:
            self._read(path)

    def export(self, tag_set: TagSet) -> None:
        """Ask where to, and write a codebook."""
        from postil.codebooks import write_codebook  # not needed to start
        from postil.codebooks.refi import write_qdc
        from postil.files import write_atomically

        name = tag_set.codebook.name
        if not tag_set.tags:
            self._notices.fail(UserError(f"“{name}” has no tags yet", "Add one first."))
            return
        filters = ";;".join((self.tr("Codebook (*.json)"), self.tr("REFI-QDA codebook (*.qdc)")))
        proposed = self._folder() / f"{tag_set.codebook.id}.json"
        path = self._prompts.save_file(self.tr("Export “{0}”").format(name), proposed, filters)
        if path is None:
            return
        is_qdc = path.suffix.lower() == ".qdc"
        data, remarks = write_qdc(tag_set) if is_qdc else (write_codebook(tag_set), ())
        try:
            write_atomically(path, data, overwrite=True)  # the dialog has asked
        except UserError as error:
            self._notices.fail(error)
            return
        self._settings.set(_FOLDER, str(path.parent))
        self._notices.say(self.tr("Written: {0}").format(path.name))
        if remarks:
            self._notices.banner.tell("\n".join(remarks))

    def _folder(self) -> Path:
        return Path(self._settings.get(_FOLDER, str(Path.home())))

    def _read(self, path: Path) -> None:
        def work(_progress: "Progress") -> TagSet:
            from postil.codebooks import read_codebook
            from postil.files import read_file

            return read_codebook(read_file(path), path.name)

        title = self.tr("Reading {0}").format(path.name)
        self._tasks.run(title, work, self._put_in, self._notices.fail)

    def _put_in(self, tag_set: TagSet) -> None:
        def add() -> None:
            if not self._desk.library.do(AddCodebook(tag_set)).edits:
                name = tag_set.codebook.name
                self._notices.say(self.tr("Nothing new in “{0}”").format(name))

        self._desk.patiently(add)


def is_codebook_file(path: Path) -> bool:
    """Return whether a file is a codebook, by its ending and the keys it begins with."""
    from postil.codebooks import looks_like_codebook  # not needed to start

    try:
        if not path.is_file():  # before opening: that may act on a device
            return False
        with path.open("rb") as file:
            return looks_like_codebook(file.read(65_536), path.name)
    except OSError:
        return False  # whoever reads it as an article says what is wrong
