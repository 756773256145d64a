"""Pictures as we keep them: made anew from what was sent; a camera's notes stay behind. Bytes in, bytes out."""

import io
from dataclasses import dataclass

from PIL import Image

from stamps.looking.reading import opened

LONGEST_SIDE = 4000
QUALITY = 92
SMALLER_QUALITY = 85


@dataclass(frozen=True)
class Made:
    """A picture ready to be kept: JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def made_anew(content: bytes) -> Made:
    """The picture that somebody sent, in full. Refuses what is none."""
    return _encoded(opened(content, longest=LONGEST_SIDE), QUALITY)


def smaller(content: bytes, *, longest: int) -> Made:
    """The same, no longer than this."""
    return _encoded(opened(content, longest=longest), SMALLER_QUALITY)


def _encoded(image: Image.Image, quality: int) -> Made:
    """JPEG. Pillow would write comments and the like again; they stay behind with `info`."""
    image.info = {}
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return Made(out.getvalue(), image.width, image.height)
