"""The database: a SQLite file through SQLAlchemy, with frozen dataclasses in and out.

Nothing outside this package sees a row, a session or SQL. What may be changed, and what a
change means, is decided in `postil.library`.
"""

from postil.store.store import Store, Transaction

__all__ = ["Store", "Transaction"]
