"""Frames between the codec and its process: a letter for the kind, a length, a body."""

import struct
from typing import BinaryIO, Final

JOB: Final = b"J"
"""A job as JSON, to the process."""
DATA: Final = b"D"
"""Bytes of a file, or samples; both ways."""
END: Final = b"E"
"""End of the data; both ways."""
READY: Final = b"Y"
"""The process has loaded its libraries."""
BROKEN: Final = b"B"
"""The process ends because of an error; the body is its name."""
REFUSED: Final = b"R"
"""The content is refused; the body says why: `invalid`, `long`, `video` or `type`."""
PIECE: Final = 1 << 20
"""Most bytes in one frame of data."""
_HEAD: Final = struct.Struct("<cI")


def write_frame(pipe: BinaryIO, kind: bytes, body: bytes | memoryview = b"") -> None:
    """Write one frame. Raises OSError if nobody reads."""
    pipe.write(_HEAD.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[bytes, bytes]:
    """Kind and body of the next frame. Raises EOFError if the other side is gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return kind, body
