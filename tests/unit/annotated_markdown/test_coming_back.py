"""What people and other editors do to a file, and what is left of its marks."""

import re
import unicodedata

import pytest
