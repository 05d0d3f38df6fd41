"""The sidebar beside the page: cards of the marks, the codebooks, the article's data."""

from postil.ui.sidebar.sidebar import Sidebar

__all__ = ["Sidebar"]
