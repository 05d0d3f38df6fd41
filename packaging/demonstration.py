"""The main job without a screen: an article in, annotated Markdown and a picture of the window out.

`start.py` runs this in `.venv` where there is no display. The library is a temporary one; what
people use is left alone.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import screenshots
from postil.library import Library
from postil.resources import resource


def main(arguments: list[str]) -> int:
    """Do the job and print where its files lie.

    Args:
        arguments: the folder for the files, then articles; the sample when there are none.

    Returns:
        0 when all was done, 1 when something was refused; that has been said.
    """
    folder = Path(arguments[0]).resolve()
    sources = arguments[1:] or [str(path) for path in sorted(resource("sample").glob("*.md"))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"The folder {folder} cannot be made: {error.strerror}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="postil-") as name:
        library = Path(name) / "library.sqlite"
        for source in sources:
            taken = _postil("import", source, library=library)
            if taken is None:
                return 1
            article_id = taken[0]["id"]
            written = _postil("export", article_id, "-o", str(folder), "--force", library=library)
            if written is None:
                return 1
            markdown = Path(written[0]["path"])
            print(f"annotated Markdown: {markdown}")
            picture = markdown.with_suffix(".png")
            with (
                Library.open(library) as opened,
                screenshots.window_on(
                    opened, article_id, Path(name) / "settings.json", "light"
                ) as window,
            ):
                screenshots.save(window, picture)
            print(f"picture of the window: {picture}")
    return 0


def _postil(command: str, *arguments: str, library: Path) -> list[dict[str, str]] | None:
    """Run a command of Postil's own and return what it answers, or None when it refused."""
    line = [sys.executable, "-m", "postil", command, "--library", str(library), "--json"]
    done = subprocess.run(
        [*line, *arguments], stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
