"""One window for one library: a second start gives what it was to open to the first, and ends.

The two speak through a socket in the folder for temporary files, or a named pipe, which only
this user may open and whose name only the lock file knows.
"""

import json
import os
import re
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postil.domain.errors import ReadOnlyError, UserError
from postil.lock_file import LockFile, NotOursError, Owner, refusal, this_process

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_NAME = re.compile(r"postil-[0-9a-f]{16}")
_BYTES = 1024 * 1024  # of what a second start may send
_PATIENCE_SECONDS = 5.0  # a first window may itself be starting
_AGAIN_SECONDS = 0.1
_ANSWER = b"taken\n"


class Claim:
    """What a start may do with its library, decided by the lock file.

    Args:
        library: the file.
    """

    def __init__(self, library: Path) -> None:
        me = this_process()
        self._library = library
        self._lock = LockFile(library, replace(me, address=_placed(me.address)))
        self.refusal: ReadOnlyError | None = None  # why the library may only be read
        self.is_held = False

    @property
    def address(self) -> str:
        """Where a second start finds this one."""
        return self._lock.me.address

    def take(self, words: Sequence[str]) -> bool:
        """Hold the library, or give `words` to the window that does.

        Args:
            words: what is to be opened.

        Returns:
            False when another window has taken the words, and this start has nothing to do.
        """
        try:
            self._library.parent.mkdir(parents=True, exist_ok=True)
            self._lock.take()
            self.is_held = True
        except NotOursError as error:
            if error.is_here and error.owner is not None and hand_over(error.owner, words):
                return False
            self.refusal = refusal(
                self._library, error, "Choose Open Anyway if nobody works with it"
            )
        except OSError:
            return True  # the library itself says better what is the matter with its place
        if _is_ours(self._lock.left_address):
            from PySide6.QtNetwork import QLocalServer  # hardly ever needed this early

            QLocalServer.removeServer(self._lock.left_address)
        return True

    def insist(self) -> None:
        """Hold the library, for the person knows that nobody else does.

        Raises:
            UserError: it cannot be held.
        """
        try:
            self._lock.seize()
        except (OSError, NotOursError) as error:
            raise UserError(
                f"The lock file {self._lock.path} cannot be replaced", "Delete it by hand."
            ) from error
        self.is_held, self.refusal = True, None

    def release(self) -> None:
        """Let go of the library."""
        if self.is_held:
            self._lock.release()


class Doorbell(QObject):
    """Listens for what second starts bring.

    Args:
        address: where; nobody else knows it.
        parent: owns this.
    """

    rung = Signal(list)  # of words: files and addresses to open; it may be empty

    def __init__(self, address: str, parent: QObject) -> None:
        from PySide6.QtNetwork import QLocalServer  # the window is painted by now

        super().__init__(parent)
        self._read: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(address)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._read[socket] = b""
            socket.readyRead.connect(lambda caller=socket: self._hear(caller))
            socket.disconnected.connect(lambda caller=socket: self._part(caller))
            self._hear(socket)

    def _hear(self, socket: "QLocalSocket") -> None:
        if socket not in self._read:
            return
        said = self._read[socket] = self._read[socket] + bytes(socket.readAll().data())
        if len(said) > _BYTES:
            socket.abort()
        elif said.endswith(b"\n"):
            words = _words(said)
            self._read[socket] = b""
            socket.write(_ANSWER)
            socket.flush()
            self.rung.emit(words)

    def _part(self, socket: "QLocalSocket") -> None:
        self._read.pop(socket, None)
        socket.deleteLater()


def hand_over(owner: Owner, words: Sequence[str]) -> bool:
    """Give what is to be opened to the window of `owner`; return whether it took it."""
    from PySide6.QtNetwork import QLocalSocket

    if not _is_ours(owner.address):
        return False
    end = time.monotonic() + _PATIENCE_SECONDS
    socket = QLocalSocket()
    while time.monotonic() < end:
        socket.connectToServer(owner.address)
        if socket.waitForConnected(round(_PATIENCE_SECONDS * 1000)):
            break
        time.sleep(_AGAIN_SECONDS)  # no window is there yet that could be kept waiting
    else:
        return False
    socket.write(json.dumps(list(words)).encode() + b"\n")
    answer = b""
    while answer != _ANSWER and socket.waitForReadyRead(
        max(0, round((end - time.monotonic()) * 1000))
    ):
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == _ANSWER


def _placed(name: str) -> str:
    """Return where a socket of this name is; a named pipe has no place."""
    return str(Path(tempfile.gettempdir(), name)) if os.name == "posix" else name


def _is_ours(address: str) -> bool:
    """Return whether an address in a lock file is one this program makes."""
    name = Path(address).name
    return bool(_NAME.fullmatch(name)) and address == _placed(name)


def _words(said: bytes) -> list[str]:
    with suppress(ValueError, RecursionError):
        words = json.loads(said)
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return words
    return []
