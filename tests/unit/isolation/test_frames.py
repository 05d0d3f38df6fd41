import io

import pytest

from postil.isolation.frames import FrameError, FrameTooLargeError, read_frame, write_frame


def framed(header, body=b""):
    stream = io.BytesIO()
    write_frame(stream, header, body)
    return stream.getvalue()


def test_a_frame_comes_back():
    stream = io.BytesIO(framed({"a": "ü"}, b"\x00body") + framed({}))
    assert read_frame(stream, 5) == ({"a": "ü"}, b"\x00body")
    assert read_frame(stream, 0) == ({}, b"")
    assert read_frame(stream, 0) is None


def test_every_beginning_of_a_frame_is_an_error():
    whole = framed({"status": "done"}, b"body")
    for end in range(1, len(whole)):
        with pytest.raises(FrameError):
            read_frame(io.BytesIO(whole[:end]), 100)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 20,
        b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
        b"\x00\x00\x00\x02\x00\x00\x00\x00{x",
        b"\x00\x00\x10\x00\x00\x00\x00\x00" + b"[" * 4096,
    ],
    ids=["noise", "list", "broken", "deep"],
)
def test_what_is_no_frame_is_an_error(data):
    with pytest.raises(FrameError):
        read_frame(io.BytesIO(data), 100)


def test_a_body_over_the_limit_is_not_read():
    stream = io.BytesIO(framed({}, b"123456"))
    with pytest.raises(FrameTooLargeError):
        read_frame(stream, 5)
    assert stream.read().endswith(b"123456")
