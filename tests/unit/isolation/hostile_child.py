"""A child whose tasks misbehave in every way a parser can."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from postil.domain.errors import UserError

sys.path.insert(0, str(Path(__file__).parent))


def echo(payload):
    sys.stdout.write("noise among the frames\n")
    sys.stdout.flush()
    return payload


def pid(payload):
    return str(os.getpid()).encode()


def refuse(payload):
    raise UserError("It is no good", "Try another.")


def raise_bug(payload):
    raise KeyError("bug")


def die(payload):
    signal.raise_signal(signal.SIGKILL)


def crash(payload):
    import ctypes

    ctypes.string_at(0)


def leave(payload):
    os._exit(0)


def swell(payload):
    return b"".join(bytes(100_000_000) for _ in range(100))


def hang(payload):
    while True:
        time.sleep(60)


def burn(payload):
    while True:
        pass


def flood(payload):
    return bytes(300 * 1024 * 1024)


def recurse(payload):
    return recurse(payload)


def babble(payload):
    os.write(4, b"\xff" * 100)  # where the frames go
    return b""


def connect(payload):
    return _refused(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1))


def write(payload):
    return _refused(lambda: Path(payload.decode()).write_text("x"))


def spawn(payload):
    return _refused(lambda: subprocess.run([sys.executable, "-V"], check=False))


def environment(payload):
    return "\n".join(os.environ).encode()


def folder_of_json(payload):
    import json

    return json.__file__.encode()


def _refused(action):
    try:
        action()
    except PermissionError:
        return b"refused"
    return b"done"


if __name__ == "__main__":
    from postil.isolation.serving import serve

    names = [name for name, value in list(globals().items()) if callable(value)]
    serve({name: f"hostile_child:{name}" for name in names})
