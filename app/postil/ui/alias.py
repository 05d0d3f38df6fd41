"""The alias under which a person makes marks: chosen, perhaps empty, and never the system's name.

It goes on marks made from then on; those that are there already keep what they have.
"""

from PySide6.QtCore import QCoreApplication

from postil.domain.canonical import clean_line
from postil.library import Library
from postil.settings import Settings
from postil.ui.prompts import Prompts

LONGEST = 100  # letters
_ALIAS = "author"
_ASKED = "author/asked"


def alias(settings: Settings) -> str:
    """Return the alias, or nothing."""
    return settings.get(_ALIAS, "")


def set_alias(text: str, settings: Settings, library: Library) -> None:
    """Take an alias, or none, from now on."""
    chosen = clean_line(text)[:LONGEST]
    settings.update({_ALIAS: chosen, _ASKED: True})
    library.author = chosen


def ask_once(prompts: Prompts, settings: Settings, library: Library) -> None:
    """Ask for an alias if there is none and nobody has been asked; no answer is one too."""
    if alias(settings) or settings.get(_ASKED, False):
        return
    answer = prompts.text(
        QCoreApplication.translate("alias", "Your alias"),
        QCoreApplication.translate(
            "alias",
            "Name or alias that goes on your marks from now on. It may stay empty, and the"
            " settings change it:",
        ),
        "",
    )
    set_alias(answer or "", settings, library)
