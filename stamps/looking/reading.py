"""Bytes that somebody sent to pixels, with bounds on everything: a polite refusal for what is not a picture or too large.

The first frame of what moves; turned as the camera says; transparent parts on white; every colour model to RGB.
"""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Refused
from stamps.looking.finding import Pixels

LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS = 64_000_000
# More than this tells nothing more about a stamp.
LONGEST_SIDE = 1280
SHORTEST_SIDE = 24
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
# What the decoders raise on files that are broken or something else.
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    ArithmeticError,
    LookupError,
    TypeError,
    EOFError,
)


def pixels_of(content: bytes, *, longest: int = LONGEST_SIDE) -> Pixels:
    """The picture as RGB, its long side at most `longest`. Refuses what cannot be one."""
    return np.asarray(opened(content, longest=longest))


def opened(content: bytes, *, longest: int) -> Image.Image:
    """The picture, upright, RGB, no longer than `longest`."""
    if len(content) > LARGEST_FILE:
        raise Refused("The picture is larger than 20 MB.", field="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(content, longest)
    except Image.DecompressionBombError as bomb:
        raise Refused("The picture has too many pixels.", field="picture") from bomb
    except UNREADABLE as broken:
        raise Refused(
            "This is not a picture we can read. Please choose a photograph (JPEG or PNG).", field="picture"
        ) from broken


def _decoded(content: bytes, longest: int) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    image.draft("RGB", (longest, longest))  # a JPEG is decoded at a fraction of its size
    image.load()
    upright = ImageOps.exif_transpose(image)
    flat = _on_white(_eight_bits(upright))
    flat.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if min(flat.size) < SHORTEST_SIDE:
        raise Refused("The picture is too small to see a stamp on it.", field="picture")
    return flat


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits and more a pixel, which Pillow would cut off at white, as eight."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.asarray(image).astype(np.float64)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    span = 65535.0 if image.mode.startswith("I;16") or 255 < high <= 65535 else max(high, 255.0)
    scaled = np.nan_to_num((values - min(low, 0.0)) / span * 255)
    return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image.convert("RGB")
