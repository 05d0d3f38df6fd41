"""Two texts written in one place at the same time: both are kept, the later one on top."""

_BETWEEN = "\n\n---\n\n*Conflict copy, written elsewhere meanwhile:*\n\n"


def both_texts(text: str, stored: str, based_on: str | None = None) -> str:
    """Return what to keep of a text that was written while another may have been kept.

    Args:
        text: what was written here.
        stored: what is kept now.
        based_on: what was kept when writing began; None when nobody knows.
    """
    if stored in (text, based_on) or stored in text:
        return text
    return stored if text == based_on else f"{text}{_BETWEEN}{stored}"
