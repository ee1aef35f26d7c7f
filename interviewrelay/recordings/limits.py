"""Limits of recordings; the server refuses larger requests before it reads them
(`server.request_limits`).
"""

from typing import Final

MIB: Final = 1024 * 1024
LARGEST_PIECE: Final = 8 * MIB
LARGEST_CLIP: Final = 25 * MIB
"""Bytes of one recording of an answer, in pieces or as a file."""
LARGEST_SESSION: Final = 200 * MIB
"""Bytes of all recordings of an interview."""
LONGEST_CLIP: Final = 15 * 60
"""Seconds of one recording of an answer."""
LONGEST_SESSION: Final = 120 * 60
"""Seconds of all recordings of an interview."""
MOST_PIECES: Final = 2_000
"""Pieces of one recording."""
MOST_CLIPS: Final = 50
"""Recordings of one answer."""
