"""Foreign bytes are parsed in a child process, so that a parser that hangs, swells or dies
costs one refused file and not the library.

`run` is the door: bytes in, bytes out, within limits of time, memory and size. Nothing but
the names in `tasks.TASKS` can be asked for, and nothing but bytes comes back.
"""

from postil.isolation.child import LimitError
from postil.isolation.pool import Pool, close, run

__all__ = ["LimitError", "Pool", "close", "run"]
