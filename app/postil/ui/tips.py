"""Tool tips with words from elsewhere: Qt reads as markup what looks so, and loads its images.

Titles, names and notes come from files of strangers; whoever gives them to a tip asks here.
"""

from PySide6.QtGui import Qt


def as_tip(words: str) -> str:
    """Return words as a tool tip shows them letter by letter."""
    if not Qt.mightBeRichText(words):
        return words
    from html import escape  # hardly ever needed, and with it come the names of all letters

    return f'<p style="white-space: pre-wrap">{escape(words)}</p>'
