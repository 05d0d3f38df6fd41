"""Tool tips with words from elsewhere: Qt reads as markup what looks so, and loads its images.

Titles, names and notes come from files of strangers; whoever gives them to a tip asks here.
"""

from html import escape

from PySide6.QtGui import Qt


def as_tip(words: str) -> str:
    """Return words as a tool tip shows them letter by letter."""
    if not Qt.mightBeRichText(words):
        return words
    return f'<p style="white-space: pre-wrap">{escape(words)}</p>'
