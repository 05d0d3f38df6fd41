"""What the bytes an article came from are called when they become a file again."""

import re
from pathlib import PurePath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from postil.domain.article import Original
from postil.files import safe_file_name

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_WEB = ("https://", "http://")


def original_name(original: Original, title: str) -> str:
    """Return a file name: the one it had, or one made of the address or the title.

    Args:
        original: the bytes.
        title: of the article, for what had no name.
    """
    from postil.importers import usual_suffix  # brings all importers with it

    origin = original.origin
    usual = usual_suffix(original.media_type)
    if origin.startswith(_WEB):
        name = PurePath(unquote(urlsplit(origin).path)).stem
        return safe_file_name(name or title, usual)
    # A file of another system keeps its name here, whichever way its folders were written.
    name = PureWindowsPath(origin).name if "\\" in origin else PurePath(origin).name
    suffix = PurePath(name).suffix
    if _SUFFIX.fullmatch(suffix):
        return safe_file_name(PurePath(name).stem, suffix)
    return safe_file_name(title, usual)
