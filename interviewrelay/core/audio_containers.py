"""Audio containers, told by their first bytes; names and declared types are never believed."""

from typing import Final, Literal

Container = Literal["webm", "ogg", "mp4", "wav"]
MEDIA_TYPES: Final = {
    "webm": "audio/webm",
    "ogg": "audio/ogg",
    "mp4": "audio/mp4",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
}
"""Media types by container or recording format."""


def identify_container(head: bytes) -> Container | None:
    """Container of a file by its first bytes; None for anything else."""
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    return None
