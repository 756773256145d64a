"""Photographs and scans of sheets: checked by what they are, made anew, the jury's corners covered. Bytes in, bytes out.

Everything a camera writes beside the picture (place, time, its owner) is left behind.
"""

import io
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, ImageSequence, UnidentifiedImageError

from contest.letters.rules import MOST_SHEETS, Corner
from core.errors import Refused

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_EDGE = 2400
QUALITY = 85
PDF_DOTS_PER_INCH = 200
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
# PDFium knows no threads: one file at a time in a process.
ONE_PDF = threading.Lock()
# How much of a sheet a covered corner takes, of its width and height.
CORNER_WIDTH, CORNER_HEIGHT = 0.55, 0.16
COVER = (38, 50, 56)
# What the decoders raise on files that are broken or something else.
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError, pypdfium2.PdfiumError)


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
        is_pdf = content.startswith(b"%PDF")
        images: Iterable[Image.Image] = _pages(content) if is_pdf else _frames(content)
        return [_kept(image) for image in images]
    except UNREADABLE as broken:
        raise Refused(
            "%(name)s is not a picture we can read. Please send a photograph (JPEG or PNG) or a PDF.",
            field="pictures",
            name=name,
        ) from broken
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("%(name)s has too many pixels.", field="pictures", name=name) from bomb


def _frames(content: bytes) -> Iterator[Image.Image]:
    """The picture; of a TIFF, in which scanners put several sheets, each."""
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    several = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
    for number, frame in enumerate(several, start=1):
        _refuse_more_than_a_letter(number)
        if frame.width * frame.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        frame.load()
        yield ImageOps.exif_transpose(frame)


def _pages(content: bytes) -> list[Image.Image]:
    with ONE_PDF, closing(pypdfium2.PdfDocument(content)) as document:
        _refuse_more_than_a_letter(len(document))
        return [_rendered(page) for page in document]


def _rendered(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(PDF_DOTS_PER_INCH / 72, LONGEST_EDGE / max(page.get_size()))
    image: Image.Image = page.render(scale=scale).to_pil().copy()
    return image


def _refuse_more_than_a_letter(sheets: int) -> None:
    if sheets > MOST_SHEETS:
        raise Refused("At most %(most)s sheets make a letter.", field="pictures", most=MOST_SHEETS)


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
    """JPEG. Pillow would write comments and the like again; they stay behind with `info`."""
    image.info = {}
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
