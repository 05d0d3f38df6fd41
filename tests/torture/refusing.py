"""R5: a disk that is full, read-only, too small for a file, or gone; prints the figures as JSON.

`python -m torture.refusing FOLDER full|read-only|limit|gone durable|careless`. The first two mount
a small disk over the folder, so they are run in a mount namespace of their own.
"""

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

from postil.domain.errors import UserError
from postil.files import write_atomically
from postil.library import Library
from torture.writing import begin, losses, write

_DISK = 4_000_000
_OLD = b"what was exported before\n" * 1_000
_NEW = b"what is exported now\n" * 20_000


class Place:
    """The folder the library lies in, which can be made to refuse and to take again."""

    def __init__(self, folder, kind):
        self._kind = kind
        self.folder = folder / "place"
        self._elsewhere = folder / "elsewhere"
        self.folder.mkdir()
        if kind in {"full", "read-only"}:
            self._mount("-t", "tmpfs", "-o", f"size={_DISK}", "none")

    def _mount(self, *words):
        subprocess.run(["mount", *words, str(self.folder)], check=True)

    def refuse(self):
        ballast = self.folder / "ballast"
        match self._kind:
            case "full":
                with ballast.open("wb", buffering=0) as file:
                    _fill(file, self.folder)
            case "read-only":
                self._mount("-o", "remount,ro")
            case "limit":
                size = (self.folder / "library.sqlite").stat().st_size
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50_000, resource.RLIM_INFINITY))
            case "gone":
                self.folder.rename(self._elsewhere)

    def take_again(self):
        match self._kind:
            case "full":
                (self.folder / "ballast").unlink()
            case "read-only":
                self._mount("-o", "remount,rw")
            case "limit":
                most = resource.RLIM_INFINITY
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            case "gone":
                self._elsewhere.rename(self.folder)


def _fill(file, folder):
    """Write until 150 kB are left, or nothing goes in any more."""
    import shutil

    room = shutil.disk_usage(folder).free
    file.write(bytes(max(room - 150_000, 0)))


def _export(path, how):
    """Export over an older file; return what was said, if it was refused."""
    try:
        if how == "careless":
            with path.open("wb") as file:
                file.write(_NEW)
        else:
            write_atomically(path, _NEW, overwrite=True)
    except (OSError, UserError) as error:
        return str(error)
    return ""


def _try(place, library, article_id, acknowledged):
    """Write where writing is refused; return what was said."""
    path = place.folder / "library.sqlite"
    place.refuse()
    try:
        opened = library or Library.open(path)
        for number in range(20, 5_000):
            acknowledged[write(opened, article_id, number)] = number
    except UserError as error:
        return str(error)
    return ""


def main(folder, kind, how):
    place = Place(Path(folder), kind)
    path, export = place.folder / "library.sqlite", place.folder / "export.md"
    article_id = begin(path)
    export.write_bytes(_OLD)
    acknowledged = {}
    with Library.open(path) as library:
        for number in range(20):
            acknowledged[write(library, article_id, number)] = number
        if kind != "read-only":  # a disk that has open files does not become so
            said = _try(place, library, article_id, acknowledged)
    if kind == "read-only":
        said = _try(place, None, article_id, acknowledged)
    export_said = _export(export, how)
    place.take_again()
    wrong = losses(path, acknowledged)
    with Library.open(path) as library:
        acknowledged[write(library, article_id, 9_999)] = 9_999
    wrong += losses(path, acknowledged)
    if export_said and export.read_bytes() != _OLD:
        wrong.append("export: the older file is gone")
    found = {"acknowledged": len(acknowledged), "said": said, "export said": export_said}
    print(json.dumps({**found, "wrong": wrong[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
