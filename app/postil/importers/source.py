"""What an importer is given: bytes with a name, as they lay in a file or on the clipboard."""

from dataclasses import dataclass
from pathlib import Path

from postil.domain.canonical import clean_line
from postil.files import read_file

CLIPBOARD = "clipboard"


@dataclass(frozen=True, slots=True)
class Source:
    """Foreign bytes and what is said about them."""

    data: bytes
    name: str  # for sentences and as the last resort for a title
    origin: str  # where it lay: an address, a file name, or "clipboard"
    media_type: str = ""  # such as "text/html; charset=utf-8"; empty if nobody said
    whole_page: bool = False  # of a page, what stands round its article is wanted too
    wants_whole: bool = False  # all blocks are wanted, to choose from

    @property
    def suffix(self) -> str:
        """The end of the name from its last dot on, in lower case, or empty."""
        return Path(self.name).suffix.lower()


def source_from_file(path: Path) -> Source:
    """Read a file.

    Raises:
        UserError: it is missing, unreadable, empty, too large or no regular file.
    """
    name = clean_line(path.name)
    return Source(read_file(path), name, name)


def source_from_text(text: str, *, html: bool) -> Source:
    """Return what the clipboard or a drop holds.

    Args:
        text: its words, or its markup.
        html: whether it is markup.
    """
    media_type = f"text/{'html' if html else 'plain'}; charset=utf-8"
    return Source(text.encode("utf-8", "ignore"), "The clipboard", CLIPBOARD, media_type)
