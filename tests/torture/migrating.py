"""R8: a migration is killed at each statement; prints the figures as JSON.

`python -m torture.migrating FOLDER LIBRARY EVERY honest|careless`. Kills at every EVERY-th
statement. The careless one keeps each statement by itself. Forks.
"""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine, event

from postil.domain.errors import UserError
from postil.store import Store, schema
from postil.store.migration import upgrade

assert upgrade  # imports Alembic, once for all children


def digest(path):
    """Return the schema's version and a hash of all rows, without the index of words."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(tuple(schema.SEARCH_TABLES))
        ]
        found = hashlib.sha256()
        for name in sorted(names):
            found.update(name.encode())
            for row in raw.execute(f"SELECT * FROM {name} ORDER BY rowid"):
                found.update(repr(row).encode())
        return raw.execute("PRAGMA user_version").fetchone()[0], found.hexdigest()


class Killer:
    """Counts statements and commits, and kills its own process at one of them."""

    def __init__(self, at, how):
        self.count = 0
        self._at, self._how = at, how
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)

    def _statement(self, connection, *_):
        self._one_more()
        raw = connection.connection.driver_connection
        if self._how == "careless" and raw.in_transaction:
            raw.execute("COMMIT")

    def _commit(self, _):
        self._one_more()

    def _one_more(self):
        self.count += 1
        if self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def migrate_in_child(path, at, how):
    """Migrate in a child that is killed at a statement; return how many there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        killer = Killer(at, how)
        with suppress(UserError):
            Store(path).close()
        os.write(writing, str(killer.count).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        count = pipe.read()
    os.waitpid(child, 0)
    return int(count or 0)


def main(folder, library, every, how):
    path = Path(folder) / "library.sqlite"
    shutil.copy(library, path)
    old = digest(path)
    statements = migrate_in_child(path, 0, "honest")
    new = digest(path)
    between, states = [], {"old": 0, "new": 0}
    for at in range(1, statements + 1, int(every)):
        for left in Path(folder).iterdir():
            left.unlink()
        shutil.copy(library, path)
        assert migrate_in_child(path, at, how) == 0
        now = digest(path)
        if now not in (old, new):
            between.append(at)
            continue
        states["old" if now == old else "new"] += 1
        Store(path).close()
        assert digest(path) == new, "what was stopped is not brought to its end"
    print(json.dumps({"statements": statements, **states, "between": between}))


if __name__ == "__main__":
    main(*sys.argv[1:])
