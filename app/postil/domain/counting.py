"""Numbers with their nouns in English, for what is told without Qt."""


def counted(number: int, one: str, many: str) -> str:
    """Return words about a number of things; `{0}` stands for the number in `many`."""
    return one if number == 1 else many.format(f"{number:,}")


def articles(number: int) -> str:
    """Return "1 article", "2 articles"."""
    return counted(number, "1 article", "{0} articles")


def marks(number: int) -> str:
    """Return "1 mark", "2 marks"."""
    return counted(number, "1 mark", "{0} marks")
