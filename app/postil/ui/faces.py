"""Which letters the article is set in: a kind of face, or a font by name."""

from postil.page.faces import SERIF, best_of
from postil.settings import Settings


def chosen_family(settings: Settings) -> str:
    """Return the font family of the article: one chosen by name, or the best of the kind."""
    return settings.get("reader/family", "") or best_of(settings.get("reader/face", SERIF))
