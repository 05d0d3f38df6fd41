"""The page: an article as a QTextDocument, and marks painted under its words.

Used by the reader in the window and by printing; knows QtGui and no widget.
"""
