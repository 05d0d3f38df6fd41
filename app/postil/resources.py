"""Where the shipped assets lie: codebooks, themes, icons, sample articles.

In an installed package they travel as `postil/_resources`; in a checkout they are the
`resources/` folder at its top.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped asset, for example `resource("themes", "light.json")`.

    Raises:
        FileNotFoundError: there is no such asset.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"no shipped asset {'/'.join(parts)} in {_root()}")
    return path


@cache
def _root() -> Path:
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"
