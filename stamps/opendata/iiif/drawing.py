"""Making the part of a picture that is asked for: cut, sized, mirrored, turned, in its quality. Bytes in and out."""

import io
from pathlib import Path

from PIL import Image, ImageOps

from core.turns import Turns
from stamps.opendata.iiif.requested import Requested

JPEG_QUALITY = 88
# Viewers ask for many parts at once; the smallest file is not worth its time.
PNG_LEVEL = 1
SECONDS_TO_WAIT = 8.0
_drawing = Turns(seconds=SECONDS_TO_WAIT)


class Busy(Exception):  # noqa: N818 - says that others are drawn just now
    """Too many pictures are asked for to draw this one soon."""


def drawn(path: Path, wished: Requested) -> bytes:
    """The part of the picture in its format; raises Busy."""
    with _drawing.turn(otherwise=Busy()):
        return _drawn(path, wished)


def _drawn(path: Path, wished: Requested) -> bytes:
    with Image.open(path) as opened:
        picture = opened.convert("RGB").crop(wished.box)
    picture = picture.resize((wished.width, wished.height), Image.Resampling.LANCZOS)
    if wished.mirrored:
        picture = ImageOps.mirror(picture)
    if wished.degrees:
        picture = picture.rotate(-wished.degrees, expand=True)
    if wished.quality == "gray":
        picture = picture.convert("L")
    elif wished.quality == "bitonal":
        picture = picture.convert("1")
    out = io.BytesIO()
    if wished.format_ == "png":
        picture.save(out, "PNG", compress_level=PNG_LEVEL)
    else:
        (picture.convert("L") if picture.mode == "1" else picture).save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
