"""Brand images: uploads are decoded, scaled down and encoded anew; the original is never served."""

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

LARGEST: Final = 200_000
"""Maximum upload size in bytes."""
MOST_PIXELS: Final = 4_000_000
WIDEST, HIGHEST = 480, 120
"""Maximum size in pixels of the stored image: twice the display size."""
FORMATS: Final = ("PNG", "JPEG", "WEBP")
QUALITIES: Final = (85, 70, 50)
HEAVIEST: Final = 12_000
"""Maximum size in bytes of the stored image."""


class InvalidImage(ValueError):
    """The upload is not an accepted image; the text says why."""


@dataclass(frozen=True, slots=True)
class BrandImage:
    """WebP image with its size in pixels."""

    content: bytes
    width: int
    height: int


def build_logo(content: bytes) -> BrandImage:
    """Build a logo for the page header. Raises InvalidImage."""
    if len(content) > LARGEST:
        raise InvalidImage("Choose a logo of up to 200 kB.")
    picture = _decoded(content)
    picture.thumbnail((WIDEST, HIGHEST))
    while (written := _written(picture)) is None:
        # Reached only by noise-like images, never by real logos.
        picture.thumbnail((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
    return BrandImage(written, picture.width, picture.height)


def _decoded(content: bytes) -> "Image.Image":
    from PIL import Image

    huge = InvalidImage("Choose a logo of up to 4 million pixels.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                # The size is in the header, and a small file can hold a huge image.
                if opened.width * opened.height > MOST_PIXELS:
                    raise huge  # noqa: TRY301
                return opened.convert("RGBA")
    except (InvalidImage, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise huge from None
    except Exception:  # noqa: BLE001 - decoders fail in many ways, each of which means the same
        raise InvalidImage("Choose a PNG, JPEG or WebP image.") from None


def _written(picture: "Image.Image") -> bytes | None:
    """Encode as WebP with the best quality within HEAVIEST; None if no quality fits."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= HEAVIEST:
            return out.getvalue()
    return None
