"""Photographs and scans of sheets: checked by what they are, made anew, the jury's corners covered. Bytes in, bytes out.

Everything a camera writes beside the picture (place, time, its owner) is left behind.
"""

import io
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from contest.letters.rules import MOST_SHEETS, Corner
from core.errors import Refused

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_EDGE = 2400
QUALITY = 85
PDF_DOTS_PER_INCH = 200
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
# How much of a sheet a covered corner takes, of its width and height.
CORNER_WIDTH, CORNER_HEIGHT = 0.55, 0.16
COVER = (38, 50, 56)


@dataclass(frozen=True)
class Picture:
    """A sheet as we keep it: JPEG bytes and size in pixels."""

    content: bytes
    width: int
    height: int


def sheets_of(content: bytes, *, name: str) -> list[Picture]:
    """The sheets of one uploaded file: one for a picture, one a page for a PDF. Refuses what is neither."""
    if len(content) > LARGEST_FILE:
        raise Refused("%(name)s is larger than 15 MB.", field="pictures", name=name)
    try:
        images = _pages(content) if content.startswith(b"%PDF") else [_opened(content)]
        return [_kept(image) for image in images]
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, pypdfium2.PdfiumError) as broken:
        raise Refused(
            "%(name)s is not a picture we can read. Please send a photograph (JPEG or PNG) or a PDF.",
            field="pictures",
            name=name,
        ) from broken
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("%(name)s has too many pixels.", field="pictures", name=name) from bomb


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        image.load()
    return ImageOps.exif_transpose(image)


def _pages(content: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_SHEETS:
            raise Refused("At most %(most)s sheets make a letter.", field="pictures", most=MOST_SHEETS)
        for page in document:
            scale = min(PDF_DOTS_PER_INCH / 72, LONGEST_EDGE / max(page.get_size()))
            yield page.render(scale=scale).to_pil()
    finally:
        document.close()


def _kept(image: Image.Image) -> Picture:
    flat = _on_white(image)
    flat.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return _encoded(flat)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _encoded(image: Image.Image) -> Picture:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), image.width, image.height)


def turned(content: bytes) -> Picture:
    """The same sheet, a quarter turn to the right."""
    return _encoded(Image.open(io.BytesIO(content)).transpose(Image.Transpose.ROTATE_270))


def covered(content: bytes, corners: Collection[Corner]) -> Picture:
    """The jury's copy: corners painted over, so that nothing under them is left in the file."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    brush = ImageDraw.Draw(image)
    for corner in corners:
        brush.rectangle(_box(corner, image.width, image.height), fill=COVER)
    return _encoded(image)


def _box(corner: Corner, width: int, height: int) -> tuple[int, int, int, int]:
    wide, high = round(width * CORNER_WIDTH), round(height * CORNER_HEIGHT)
    left = 0 if corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT) else width - wide
    top = 0 if corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT) else height - high
    return left, top, left + wide, top + high
