"""Notes as HTML that is safe to show: Markdown in, a small set of elements out.

The window shows notes, exporters write them; both ask here. Rendering happens in the child
process, since a note may come from a foreign file.
"""

from postil.notes.batch import render_notes

__all__ = ["render_notes"]
