"""The files of folders, for whoever hands over folders instead of files.

A browser that saves a "complete page" puts what belongs to the page into a folder beside it.
Page and folder are one thing: the page is read, and nothing in its folder.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from postil.domain.canonical import quoted_name
from postil.domain.errors import UserError

_STANDARD_INPUT: Final = "-"
_PAGES: Final = (".html", ".htm", ".xhtml", ".xht")
# What the name of such a folder adds to that of its page, in the languages of the browsers.
_ADDED: Final = frozenset(
    {
        ".files", "-dateien", "-filer", "-files", "_archivos", "_arquivos", "_bestanden",
        "_bylos", "_dateien", "_datoteke", "_dosyalar", "_elemei", "_failid", "_fails",
        "_fajlovi", "_ficheiros", "_fichiers", "_file", "_files", "_fitxategiak", "_fitxers",
        "_pliki", "_soubory", "_tiedostot",
    }
)  # fmt: skip


def files_of(names: Sequence[str]) -> Iterator[str | UserError]:
    """Yield these files, and those in folders among them that are not named themselves.

    The folder of a saved page stands for its page.

    Args:
        names: of files and folders; what is no folder is yielded as it is.
    """
    folders = [name for name in names if name != _STANDARD_INPUT and os.path.isdir(name)]  # noqa: PTH112  # refuses no name
    seen = {_key(name) for name in names if name not in folders}
    for name in names:
        if name not in folders:
            yield name
            continue
        page = _page_of(name)
        for one in (page,) if page else files_in(name):
            if isinstance(one, UserError):
                yield one
            elif (key := _key(one)) not in seen:
                seen.add(key)
                yield one


def files_in(name: str) -> Iterator[str | UserError]:
    """Yield the files in a folder and in those below it, in order of their names.

    A folder that holds no file or cannot be read is told. Hidden files, what links to
    folders lead to, and what belongs to saved pages are left aside.

    Args:
        name: of the folder; those of the files begin with it as it was given.
    """
    closed: list[OSError] = []
    found = False
    for folder, below, files in os.walk(name, onerror=closed.append):
        stems = {Path(file).stem for file in files if _is_page(file)}
        below[:] = sorted(
            one for one in below if not one.startswith(".") and stems.isdisjoint(_stems(one))
        )
        for file in sorted(files):
            if not file.startswith("."):
                found = True
                yield os.path.join(folder, file)  # noqa: PTH118  # keeps the name as given
    for error in closed:
        reason = f"The folder {quoted_name(error.filename)} cannot be read: {error.strerror}"
        yield UserError(reason, "Copy its files to a folder of your own.")
    if not found and not closed:
        yield UserError(f"The folder {quoted_name(name)} holds no file", "Choose another one.")


def _page_of(folder: str) -> str:
    """Return the saved page a folder belongs to, which lies beside it, or empty."""
    parent, name = os.path.split(os.path.normpath(folder))
    for stem in _stems(name):
        for suffix in _PAGES:
            page = os.path.join(parent, stem + suffix)  # noqa: PTH118  # keeps the name as given
            if os.path.isfile(page):  # noqa: PTH113
                return page
    return ""


def _stems(folder: str) -> Iterator[str]:
    """Yield the names, without suffix, of pages to which a folder of this name may belong."""
    for added in _ADDED:
        if folder.lower().endswith(added) and len(folder) > len(added):
            yield folder[: -len(added)]


def _key(name: str) -> str:
    return os.path.normcase(os.path.normpath(name))


def _is_page(file: str) -> bool:
    return file.lower().endswith(_PAGES)
