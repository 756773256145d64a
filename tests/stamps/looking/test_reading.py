"""What people send as a picture: read whatever it is, or refused with a sentence; never a crash, never much memory."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core.errors import Refused
from stamps.looking.reading import LARGEST_FILE, LONGEST_SIDE, pixels_of
from tests.stamps.looking.photographs import as_bytes, picture

UNREADABLE = "This is not a picture we can read. Please choose a photograph (JPEG or PNG)."


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", UNREADABLE),
        (b"hello", UNREADABLE),
        (b"%PDF-1.7 x", UNREADABLE),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            UNREADABLE,
        ),
        (as_bytes(picture(0))[:900], UNREADABLE),
        (png_that_claims(60_000, 60_000), "The picture has too many pixels."),
        (png_that_claims(8_000, 8_001), "The picture has too many pixels."),
        (b"\xff" * (LARGEST_FILE + 1), "The picture is larger than 20 MB."),
        (as_bytes(Image.new("RGB", (1, 1))), "The picture is too small to see a stamp on it."),
        (as_bytes(Image.new("RGB", (4000, 30))), "The picture is too small to see a stamp on it."),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        pixels_of(content)

    assert (refused.value.message, refused.value.field) == (sentence, "picture")


def test_a_large_photograph_becomes_as_large_as_is_needed() -> None:
    assert pixels_of(as_bytes(Image.new("RGB", (6000, 4000)))).shape == (853, LONGEST_SIDE, 3)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "YCbCr", "RGBA", "LA"])
def test_every_colour_model_becomes_red_green_and_blue(mode: str) -> None:
    image = Image.new("L", (60, 40), 255).convert("RGB").convert(mode)

    read = pixels_of(as_bytes(image, "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"))

    assert (read.shape, read.dtype, int(read.min()) >= 250) == ((40, 60, 3), np.uint8, True)


def test_sixteen_bits_become_eight() -> None:
    image = Image.fromarray(np.full((40, 60), 32768, np.uint16))

    assert set(pixels_of(as_bytes(image, "PNG")).reshape(-1).tolist()) == {127}


def test_what_is_transparent_lies_on_white() -> None:
    assert pixels_of(as_bytes(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG")).min() == 255


def test_a_photograph_is_turned_as_the_camera_says() -> None:
    image = Image.new("RGB", (80, 40), "white")
    turned = Image.Exif()
    turned[0x0112] = 6

    assert pixels_of(as_bytes(image, exif=turned)).shape == (80, 40, 3)


def test_of_what_moves_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]

    read = pixels_of(as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert read[20, 20].tolist() == [255, 0, 0]
