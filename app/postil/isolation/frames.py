"""The frames that cross between parent and child: a short JSON header and a body of bytes.

Both sides read with limits, so that neither can be made to take more than it expects.
Never pickle: what comes from the child may have been written by a hostile file.
"""

import json
import struct
from collections.abc import Mapping
from typing import IO

_LENGTHS = struct.Struct(">II")  # bytes of the header, bytes of the body
_HEADER_BYTES = 4096


class FrameError(Exception):
    """The other side broke off or wrote something that is no frame."""


class FrameTooLargeError(FrameError):
    """The other side announced a body over the limit."""


def write_frame(stream: IO[bytes], header: Mapping[str, object], body: bytes = b"") -> None:
    """Write one frame and flush it.

    Raises:
        OSError: the other side is gone.
    """
    head = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes], limit: int) -> tuple[dict[str, object], bytes] | None:
    """Read one frame; None where the stream ends before one begins.

    Args:
        stream: where to read.
        limit: bytes the body may have.

    Raises:
        FrameTooLargeError: the body is larger than the limit; nothing of it was read.
        FrameError: what came is no frame.
    """
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise FrameError("the frame breaks off")
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > _HEADER_BYTES:
        raise FrameError("the header is too long")
    if body_length > limit:
        raise FrameTooLargeError("the body is over the limit")
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        raise FrameError("the frame breaks off")
    try:
        header = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise FrameError("the header is no JSON") from error
    if not isinstance(header, dict):
        raise FrameError("the header is no object")
    return header, body
