"""What the person prefers and where the program keeps its things.

One JSON file in the user's configuration folder, written whole or not at all. Settings are
never precious: a damaged file is set aside and the defaults hold. Knows no Qt.
"""

import json
import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import appdirs

from postil.domain import limits
from postil.domain.errors import UserError

if TYPE_CHECKING:
    from postil.domain.backups import Keeping

BACKUP_FOLDER = "backups/folder"  # empty: beside the library
BACKUP_MEGABYTES = "backups/megabytes"  # of all backups together
BACKUP_NUMBER = "backups/number"

_NAME = "postil"
_FILE = "settings.json"
_LIBRARY = "library.sqlite"

Value = str | int | float | bool | list[str] | dict[str, int]
T = TypeVar("T", bound=Value)


def data_folder() -> Path:
    """Return the folder of the user's library and of what belongs to it; it may not exist yet."""
    return Path(appdirs.user_data_dir(_NAME, appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings file; it may not exist yet."""
    return Path(appdirs.user_config_dir(_NAME, appauthor=False))


def default_library() -> Path:
    """Return the path of the library that is opened when none is named."""
    return data_folder() / _LIBRARY


def keeping(settings: "Settings") -> "Keeping":
    """Return where the person wants backups kept, and how many."""
    from postil.domain.backups import Keeping  # the frame does without

    folder = settings.get(BACKUP_FOLDER, "")
    ours = Keeping()
    megabytes = settings.get(BACKUP_MEGABYTES, ours.total_bytes // limits.MB)
    number = settings.get(BACKUP_NUMBER, ours.number)
    return Keeping(Path(folder) if folder else None, max(megabytes, 1) * limits.MB, max(number, 1))


class Settings:
    """Values by key, such as "reader/zoom", kept between runs.

    Args:
        path: the file; without one, `settings.json` in the user's configuration folder.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / _FILE
        self._values: dict[str, Value] = _read(self.path)

    def get(self, key: str, default: T) -> T:
        """Return the value kept under `key`, or `default` when there is none of its type."""
        value = self._values.get(key)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            return default
        if isinstance(value, float) and not math.isfinite(value):
            return default
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            return default
        if isinstance(value, dict) and not all(type(item) is int for item in value.values()):
            return default
        return cast("T", value)

    def set(self, key: str, value: Value) -> None:
        """Keep one value."""
        self.update({key: value})

    def update(self, values: Mapping[str, Value]) -> None:
        """Keep several values, written at once.

        A folder that cannot be written to costs the values at the end of the run and nothing
        else: settings are no reason to stop anybody.
        """
        changed = {
            key: value
            for key, value in values.items()
            if key not in self._values or repr(self._values[key]) != repr(value)  # 1 is not True
        }
        if not changed:
            return
        self._values.update(changed)
        self._write()

    def forget(self, keys: Iterable[str]) -> None:
        """Let the defaults hold again for several keys."""
        known = [key for key in keys if key in self._values]
        for key in known:
            del self._values[key]
        if known:
            self._write()

    def _write(self) -> None:
        data = json.dumps(self._values, indent=1)
        # Imported here because a start reads settings and hardly ever writes them.
        from postil.files import write_atomically

        with suppress(OSError, UserError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, data.encode(), overwrite=True)


def _read(path: Path) -> dict[str, Value]:
    """Return what the file holds; a damaged one is set aside under another name."""
    try:
        values = json.loads(path.read_bytes())
    except OSError:
        return {}
    except (ValueError, RecursionError):
        values = None
    if isinstance(values, dict):
        return cast("dict[str, Value]", values)
    with suppress(OSError):
        path.replace(path.with_name(f"{path.stem}.damaged{path.suffix}"))
    return {}
