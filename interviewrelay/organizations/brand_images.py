"""Pictures that somebody uploads: decoded, made small and written anew; nothing else is served."""

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

LARGEST: Final = 200_000
"""Bytes of an upload."""
MOST_PIXELS: Final = 4_000_000
WIDEST, HIGHEST = 480, 120
"""Pixels of what is kept: twice what a page shows."""
FORMATS: Final = ("PNG", "JPEG", "WEBP")
QUALITIES: Final = (85, 70, 50)
HEAVIEST: Final = 12_000
"""Bytes of what is kept."""


class NotAPicture(ValueError):
    """What was uploaded is none that we take; its words say why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """WebP, with its size in pixels."""

    content: bytes
    width: int
    height: int


def logo(content: bytes) -> Picture:
    """A logo for a page's head. Raises NotAPicture."""
    if len(content) > LARGEST:
        raise NotAPicture("Choose a logo of up to 200 kB.")
    picture = _decoded(content)
    picture.thumbnail((WIDEST, HIGHEST))
    while (written := _written(picture)) is None:
        # What looks like noise is made smaller; no logo that people draw comes here.
        picture.thumbnail((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
    return Picture(written, picture.width, picture.height)


def _decoded(content: bytes) -> "Image.Image":
    from PIL import Image

    huge = NotAPicture("Choose a logo of up to 4 million pixels.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                # The size stands in the head: a small file can be a huge picture.
                if opened.width * opened.height > MOST_PIXELS:
                    raise huge  # noqa: TRY301
                return opened.convert("RGBA")
    except (NotAPicture, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise huge from None
    except Exception:  # noqa: BLE001 - decoders fail in many ways, each of which means the same
        raise NotAPicture("Choose a PNG, JPEG or WebP image.") from None


def _written(picture: "Image.Image") -> bytes | None:
    """As WebP, as good as HEAVIEST allows; None where it allows none."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= HEAVIEST:
            return out.getvalue()
    return None
