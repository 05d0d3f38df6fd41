"""Faces to set an article in: three kinds, and the best of each that is installed."""

from collections.abc import Mapping

from PySide6.QtGui import QFontDatabase

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


def best_of(kind: str) -> str:
    """Return the best family of a kind that is installed; a kind nobody knows is serif."""
    # A family that several foundries made is listed as "Name [Foundry]".
    known = {family.partition(" [")[0] for family in QFontDatabase.families()}
    faces = _FACES.get(kind, _FACES[SERIF])
    return next((face for face in faces if face in known), faces[-1])
