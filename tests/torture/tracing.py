"""What a program asks of the disk, as strace saw it: events for `power`, folders' syncs included.

Closer to the disk than `vfs`, and it sees files that are none of SQLite's; but it needs strace.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from torture.vfs import Event

_CALLS = (
    "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,linkat,link"
)
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DESCRIPTOR = re.compile(r"^(\d+)<((?:[^<>\\]|\\.)*)>")


def missing() -> str:
    """Return why nothing can be traced here, or nothing."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace here"


def record(code: str, folder: Path, log: Path, *arguments: str) -> list[Event]:
    """Run Python code and return what it did to files in a folder, and which lines it said.

    Args:
        code: a Python program.
        folder: only what happens to files in it counts.
        log: a file for strace to write in.
        arguments: of the program.
    """
    command = [
        *("strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={_CALLS}"),
        *("-o", str(log), sys.executable, "-c", code, *arguments),
    ]
    before = {str(path) for path in folder.iterdir()}
    subprocess.run(command, check=True, stdout=subprocess.PIPE, env=dict(os.environ))
    return _Reading(str(folder), before).events(log)


class _Reading:
    """Reads strace's lines; keeps where each descriptor stands."""

    def __init__(self, folder, before):
        self._folder = folder
        self._at: dict[int, int] = {}
        self._there = set(before)

    def events(self, log):
        with log.open(encoding="ascii") as lines:
            return [
                event
                for line in lines
                if (m := _LINE.match(line))
                for event in self._read(*m.groups())
            ]

    def _read(self, call, arguments, result):
        if int(result) < 0:
            return []
        if call in {"rename", "renameat", "link", "linkat", "unlink", "unlinkat"}:
            names = [_bytes(word).decode() for word in _WORD.findall(arguments)]
            if not names[0].startswith(self._folder):
                return []
            kind = {"r": "rename", "l": "link", "u": "delete"}[call[0]]
            self._there -= set(names[:1]) if kind != "link" else set()
            self._there |= set(names[1:])
            return [Event(kind, names[0], to=names[1] if len(names) > 1 else "")]
        if call == "openat":
            return self._opened(arguments, int(result))
        return self._on_descriptor(call, arguments, int(result))

    def _opened(self, arguments, descriptor):
        path = _bytes(_WORD.search(arguments)[1]).decode()
        self._at[descriptor] = 0
        if not path.startswith(self._folder):
            return []
        events = []
        if "O_CREAT" in arguments and path not in self._there:
            self._there.add(path)
            events = [Event("create", path)]
        if "O_TRUNC" in arguments:
            events.append(Event("truncate", path, 0))
        return events

    def _on_descriptor(self, call, arguments, result):
        match = _DESCRIPTOR.match(arguments)
        if match is None:
            return []
        descriptor, path = int(match[1]), _bytes(match[2]).decode()
        if descriptor == 1 and call == "write":
            return [Event("said", _bytes(_WORD.search(arguments)[1]).decode().strip())]
        if not path.startswith(self._folder):
            return []
        if call in {"fsync", "fdatasync"}:
            return [Event("sync folder" if Path(path).is_dir() else "sync", path)]
        if call == "ftruncate":
            return [Event("truncate", path, int(arguments.rpartition(",")[2]))]
        data = _bytes(_WORD.search(arguments)[1])[:result]
        at = self._at.get(descriptor, 0)
        if call == "pwrite64":
            at = int(arguments.rpartition(",")[2])
        else:
            self._at[descriptor] = at + result
        return [Event("write", path, at, data)]


def _bytes(text: str) -> bytes:
    """Return what strace wrote in hexadecimal escapes."""
    if text.startswith("\\x"):
        return bytes.fromhex(text.replace("\\x", ""))
    return ast.literal_eval(f'b"{text}"')
