"""Sheets are taken for what they are, made anew without what cameras write beside them, and covered for good."""

import io
import zlib
from typing import Any

import pytest
from PIL import Image

from contest.letters import pictures
from contest.letters.rules import Corner
from core.errors import Refused

RED, WHITE = (200, 30, 30), (255, 255, 255)


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 600), mode: str = "RGB", **given: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, given.pop("colour", "white")).save(out, kind, **given)
    return out.getvalue()


def opened(kept: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(kept.content))


def is_like(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


def only(content: bytes) -> pictures.Picture:
    [kept] = pictures.sheets_of(content, name="thư.jpg")
    return kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "PDF"])
def test_photographs_and_scans_become_jpeg(kind: str) -> None:
    kept = only(picture(kind))
    assert opened(kept).format == "JPEG"
    assert opened(kept).size == (kept.width, kept.height)


@pytest.mark.parametrize("mode", ["L", "CMYK", "1"])
def test_every_way_of_colour_is_taken(mode: str) -> None:
    assert opened(only(picture("TIFF", mode=mode, colour=0))).mode == "RGB"


def test_what_is_clear_lies_on_white() -> None:
    kept = opened(only(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))))
    assert is_like(kept.getpixel((5, 5)), WHITE)


def test_nothing_a_camera_writes_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Trần Ngọc Mai"
    exif.get_ifd(0x8825)[1] = "N"
    kept = only(picture(exif=exif, comment=b"Mai was here", dpi=(300, 300)))
    assert dict(opened(kept).getexif()) == {}
    assert b"Mai" not in kept.content
    assert b"Exif" not in kept.content


def test_a_sideways_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = only(picture(size=(400, 200), exif=exif))
    assert (kept.width, kept.height) == (200, 400)


def test_large_pictures_are_made_smaller() -> None:
    kept = only(picture(size=(4800, 2400)))
    assert (kept.width, kept.height) == (2400, 1200)


def test_every_page_of_a_pdf_is_a_sheet() -> None:
    pages = [Image.new("RGB", (300, 400), colour) for colour in ("white", "red")]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    first, second = pictures.sheets_of(out.getvalue(), name="thư.pdf")
    assert is_like(opened(first).getpixel((50, 50)), WHITE)
    assert is_like(opened(second).getpixel((50, 50)), (255, 0, 0))


def test_every_page_of_a_scanners_tiff_is_a_sheet() -> None:
    pages = [Image.new("RGB", (300, 400), colour) for colour in ("white", "red")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    kept = pictures.sheets_of(out.getvalue(), name="thư.tiff")
    assert [is_like(opened(each).getpixel((50, 50)), WHITE) for each in kept] == [True, False]


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_more_pages_than_a_letter_has_are_refused(kind: str) -> None:
    pages = [Image.new("RGB", (30, 40)) for _page in range(7)]
    out = io.BytesIO()
    pages[0].save(out, kind, save_all=True, append_images=pages[1:])
    assert refusal(out.getvalue()) == "At most %(most)s sheets make a letter."


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as raised:
        pictures.sheets_of(content, name="thư")
    assert raised.value.field == "pictures"
    return raised.value.message


UNREADABLE = "%(name)s is not a picture we can read. Please send a photograph (JPEG or PNG) or a PDF."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"xin chao",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>1</script></html>",
        b"PK\x03\x04 a text in an office format",
        b"%PDF-1.7 and nothing else",
        b"\xff\xd8\xff\xe0 a photograph, they said",
        picture()[:200],
        picture("PNG", size=(900, 900), colour=RED)[:100],
        picture("GIF", mode="P", colour=0),
    ],
)
def test_what_is_no_picture_is_refused_kindly(content: bytes) -> None:
    assert refusal(content) == UNREADABLE


def test_a_file_over_15_mb_is_refused() -> None:
    assert refusal(picture() + bytes(pictures.LARGEST_FILE)) == "%(name)s is larger than 15 MB."


@pytest.mark.parametrize("edge", [9_000, 30_000])
def test_a_small_file_that_would_fill_the_memory_is_refused(edge: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = edge.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    assert refusal(bomb) == "%(name)s has too many pixels."


@pytest.mark.parametrize("corner", list(Corner))
def test_a_covered_corner_is_gone_and_the_rest_stays(corner: Corner) -> None:
    sheet = only(picture(colour=RED))
    copy = opened(pictures.covered(sheet.content, [corner]))
    places = {
        Corner.TOP_LEFT: (10, 10),
        Corner.TOP_RIGHT: (390, 10),
        Corner.BOTTOM_LEFT: (10, 590),
        Corner.BOTTOM_RIGHT: (390, 590),
    }
    assert {each: is_like(copy.getpixel(place), pictures.COVER) for each, place in places.items()} == {
        each: each is corner for each in Corner
    }
    assert is_like(copy.getpixel((200, 300)), RED)


def test_a_turn_is_a_quarter_to_the_right() -> None:
    wide = Image.new("RGB", (400, 200), "white")
    wide.paste(RED, (0, 0, 100, 200))  # red on the left comes to stand on top
    out = io.BytesIO()
    wide.save(out, "JPEG")
    turned = pictures.turned(out.getvalue())
    assert (turned.width, turned.height) == (200, 400)
    assert is_like(opened(turned).getpixel((100, 20)), RED)
