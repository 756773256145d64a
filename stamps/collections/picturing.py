"""Pictures of copies: read as what they are, made anew without what a camera writes beside them. Bytes in, bytes out."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Refused

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_EDGE = 2000
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
# What the decoders raise on files that are broken or something else.
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError)


def picture_of(content: bytes, *, name: str) -> bytes:
    """A picture as we keep it, a JPEG. Refuses what is none."""
    if len(content) > LARGEST_FILE:
        raise Refused("%(name)s is larger than 15 MB.", field="picture", name=name)
    try:
        return _kept(_read(content))
    except UNREADABLE as broken:
        raise Refused(
            "%(name)s is not a picture we can read. Please send a JPEG or a PNG.", field="picture", name=name
        ) from broken
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("%(name)s has too many pixels.", field="picture", name=name) from bomb


def _read(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    image.load()
    return ImageOps.exif_transpose(image)


def _kept(image: Image.Image) -> bytes:
    layer = image.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    flat.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    flat.info = {}
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
