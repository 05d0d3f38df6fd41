"""How a codebook file is refused: one sentence with file, place and reason, and a remedy."""

from typing import NoReturn

from postil.domain.canonical import clean_line, quoted_name
from postil.domain.errors import UserError

_SHOWN = 40  # characters of a wrong value


def complain(
    name: str, place: str, reason: str, remedy: str = "Correct the file and open it again."
) -> NoReturn:
    """Refuse the file.

    Args:
        name: of the file, as it is.
        place: in it, such as "tag 3, code"; may be empty.
        reason: without a closing full stop.
        remedy: a sentence of its own.

    Raises:
        UserError: always.
    """
    where = f"{place}: " if place else ""
    raise UserError(f"{quoted_name(name)} is not a usable codebook: {where}{reason}", remedy)


def in_quotes(value: object) -> str:
    """Return a value from the file, shortened, on one line and in quotation marks."""
    words = clean_line(value if isinstance(value, str) else repr(value))
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
