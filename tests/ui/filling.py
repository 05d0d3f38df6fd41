"""Plain functions that put things into a library, for tests of the window."""

from pathlib import Path

from factories import make_article


def put(library, title, *paragraphs, **metadata):
    """Put an article with this title into a library; return its id."""
    from postil.library import AddArticle

    article = make_article(*(paragraphs or (f"All about {title}.",)), heading=title, **metadata)
    command = AddArticle(article)
    library.do(command)
    return command.id


def mark(library, article_id, start, end, *tags):
    """Mark a range; return the mark's id."""
    from postil.library import AddAnnotation

    command = AddAnnotation(article_id, start, end, tags=tags)
    library.do(command)
    return command.id


def write(path: Path, text: str, encoding="utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path
