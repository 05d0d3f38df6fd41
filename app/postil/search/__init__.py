"""Searching as words mean it: letters folded, text cut into words, queries read, places found.

Pure: the store keeps an index of what `words` makes of a text, the library asks it what
`query` reads, and `locating` says where in a text the words stand.
"""

from postil.search.query import Query, parse

__all__ = ["Query", "parse"]
