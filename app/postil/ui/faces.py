"""Which letters the article is set in: three kinds of face to choose from, or a font by name."""

from collections.abc import Mapping

from PySide6.QtGui import QFontDatabase

from postil.settings import Settings

SERIF, SANS, DISTINCT = "serif", "sans", "distinct"

# Faces of each kind that read well on a screen, best first; then whatever the system has.
_FACES: Mapping[str, tuple[str, ...]] = {
    SERIF: (
        "Source Serif 4",
        "Charter",
        "Iowan Old Style",
        "Noto Serif",
        "Liberation Serif",
        "Georgia",
        "Cambria",
        "Tinos",
        "P052",
        "Nimbus Roman",
        "DejaVu Serif",
        "serif",
    ),
    SANS: (
        "Source Sans 3",
        "Inter",
        "Noto Sans",
        "Segoe UI",
        "Helvetica Neue",
        "Liberation Sans",
        "DejaVu Sans",
        "sans-serif",
    ),
    # Letters that cannot be taken for each other, as people with dyslexia often ask for.
    DISTINCT: (
        "OpenDyslexic",
        "Atkinson Hyperlegible Next",
        "Atkinson Hyperlegible",
        "Lexend",
        "Andika",
        "Verdana",
        "DejaVu Sans",
        "sans-serif",
    ),
}


def chosen_family(settings: Settings) -> str:
    """Return the font family of the article: one chosen by name, or the best of the kind."""
    return settings.get("reader/family", "") or best_of(settings.get("reader/face", SERIF))


def best_of(kind: str) -> str:
    """Return the best family of a kind that is installed; a kind nobody knows is serif."""
    # A family that several foundries made is listed as "Name [Foundry]".
    known = {family.partition(" [")[0] for family in QFontDatabase.families()}
    faces = _FACES.get(kind, _FACES[SERIF])
    return next((face for face in faces if face in known), faces[-1])
