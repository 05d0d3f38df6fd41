"""Codebooks as files, and the names in them.

Reads the shipped and foreign tag sets into `TagSet` and makes ids and codes for new tags.
It keeps nothing: which codebooks a person has is the library's business.
"""

from postil.codebooks.naming import near_duplicates, new_code, slug
from postil.codebooks.reading import read_codebook
from postil.codebooks.shipped import shipped, shipped_versions

__all__ = [
    "near_duplicates",
    "new_code",
    "read_codebook",
    "shipped",
    "shipped_versions",
    "slug",
]
