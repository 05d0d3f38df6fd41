"""Names of the files that original bytes are written to."""

import pytest

from postil.domain.article import Original
from postil.library.originals import original_name


@pytest.mark.parametrize(
    ("origin", "media_type", "name"),
    [
        ("texts/The ferry.TXT", "text/plain", "The ferry.TXT"),
        ("C:\\texts\\ferry.docx", "application/x", "ferry.docx"),
        ("clipboard", "text/html; charset=utf-8", "A title.html"),
        ("https://example.org/a/ferry%20story.php?id=3", "text/html", "ferry story.html"),
        ("https://example.org/", "text/html", "A title.html"),
        ("ferry", "application/unknown", "A title"),
        ("notes.md", "text/markdown", "notes.md"),
        ("", "text/markdown", "A title.md"),
        ("https://example.org/..%2f..%2fetc%2fpasswd", "application/pdf", "passwd.pdf"),
    ],
)
def test_a_file_gets_the_name_it_had_or_one_made_of_its_address_or_title(origin, media_type, name):
    original = Original(b"x", "0" * 64, media_type, origin, "", "2026-05-04T10:00:00Z")
    assert original_name(original, "A title") == name
