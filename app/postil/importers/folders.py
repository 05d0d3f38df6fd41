"""The files of a folder, for whoever hands over a folder instead of files."""

import os
from collections.abc import Iterator

from postil.domain.canonical import quoted_name
from postil.domain.errors import UserError


def files_in(name: str) -> Iterator[str | UserError]:
    """Yield the files in a folder and in those below it, in order of their names.

    A folder that holds no file or cannot be read is told. Hidden files, and what links to
    folders lead to, are left aside.

    Args:
        name: of the folder; those of the files begin with it as it was given.
    """
    closed: list[OSError] = []
    found = False
    for folder, below, files in os.walk(name, onerror=closed.append):
        below[:] = sorted(one for one in below if not one.startswith("."))
        for file in sorted(files):
            if not file.startswith("."):
                found = True
                yield os.path.join(folder, file)  # noqa: PTH118  # keeps the name as given
    for error in closed:
        reason = f"The folder {quoted_name(error.filename)} cannot be read: {error.strerror}"
        yield UserError(reason, "Copy its files to a folder of your own.")
    if not found and not closed:
        yield UserError(f"The folder {quoted_name(name)} holds no file", "Choose another one.")
