"""Title and byline of an article, as the page shows them."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from postil.domain.article import Metadata

_LETTERS_A_MINUTE = 1_400  # about 230 words; letters count alike in all scripts


def head_of(metadata: Metadata, length: int) -> tuple[str, str]:
    """Return title and byline.

    Args:
        metadata: what is known of the article.
        length: of its text, in code points.
    """
    date = QDate.fromString(metadata.published[:10], "yyyy-MM-dd")
    published = QLocale().toString(date, "d MMMM yyyy") if date.isValid() else metadata.published
    minutes = max(round(length / _LETTERS_A_MINUTE), 1)
    reading = QCoreApplication.translate("ReaderView", "{} min").format(minutes)
    parts = (metadata.author, metadata.outlet, published, reading)
    # Each part has a direction of its own, whatever stands beside it.
    return metadata.title, " · ".join(f"\u2068{part}\u2069" for part in parts if part)
