"""Codebooks as files, and the names in them.

Reads the shipped and foreign tag sets into `TagSet` and makes ids and codes for new tags.
It keeps nothing: which codebooks a person has is the library's business.
"""

from postil.codebooks.naming import near_duplicates, new_code, slug
from postil.codebooks.reading import looks_like_codebook, read_codebook
from postil.codebooks.shipped import is_shipped, shipped, shipped_versions
from postil.codebooks.writing import write_codebook

__all__ = [
    "is_shipped",
    "looks_like_codebook",
    "near_duplicates",
    "new_code",
    "read_codebook",
    "shipped",
    "shipped_versions",
    "slug",
    "write_codebook",
]
