"""The child's side: take a task, answer, wait for the next.

A task is answered in two steps. "ready" says that its module is loaded, so that the time of
starting never counts as the time of parsing; then the payload comes and the answer goes.
"""

import importlib
import json
import os
import traceback
from collections.abc import Callable, Mapping
from typing import IO

from postil.domain.errors import UserError
from postil.isolation import fence
from postil.isolation.frames import read_frame, write_frame

PAYLOAD_BYTES = 2**31  # the parent is trusted; the system's limit of memory stands
_TRACE_CHARACTERS = 3000

Task = Callable[[bytes], bytes]


def serve(tasks: Mapping[str, str]) -> None:
    """Answer frames from standard input on standard output until it ends.

    Args:
        tasks: "module:function" by name; nothing else can be called.
    """
    source, sink = _take_streams()
    fence.close_fence()
    while (frame := read_frame(source, 0)) is not None:
        header, _ = frame
        work = _load(tasks[str(header["task"])])
        write_frame(sink, {"status": "ready"})
        payload = read_frame(source, PAYLOAD_BYTES)
        if payload is None:
            return
        fence.limit_cpu(float(str(header["seconds"])))
        status, body = _answer(work, payload[1])
        write_frame(sink, {"status": status}, body)


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Keep the pipes for frames alone: what a library prints must not end up among them."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return source, sink


def _load(path: str) -> Task:
    module, _, name = path.partition(":")
    task: Task = getattr(importlib.import_module(module), name)
    return task


def _answer(work: Task, payload: bytes) -> tuple[str, bytes]:
    try:
        return "done", work(payload)
    except UserError as error:
        return "refused", json.dumps([error.what, error.remedy]).encode()
    except MemoryError:
        return "memory", b""
    except RecursionError:
        return "depth", b""
    except Exception:  # noqa: BLE001 - whatever a parser raises ends here and is reported
        return "broken", traceback.format_exc()[-_TRACE_CHARACTERS:].encode("utf-8", "replace")
