"""Numbers with their nouns: "1 mark", "23 marks", and what other languages make of them."""

from PySide6.QtCore import QCoreApplication


def altered_words(number: int) -> str:
    """Return a sentence about rows of a backup that something else has changed."""
    return counted(
        number,
        "1 row of this copy was changed by something else: it does not fit its checksum.",
        "%n rows of this copy were changed by something else: they do not fit their checksums.",
    )


def counted(number: int, one: str, many: str) -> str:
    """Return a text for a number of things.

    Args:
        number: how many.
        one: the English words for 1, without a placeholder.
        many: the English words for any other number, with `%n` where the number stands.
            Translations of it have the plural forms of their language.
    """
    if number == 1:
        return QCoreApplication.translate("counting", one)
    # Qt would put the number in without marks between the thousands; every other one has them.
    figures = f"{number:,}"
    return QCoreApplication.translate("counting", many, None, number).replace(str(number), figures)
