"""Which part of a picture is asked for, how large, how turned: the parameters of the IIIF Image API 3.0, level 2. Pure.

Source: International Image Interoperability Framework, Image API 3.0, sections 4 and 5; numbers are rounded to pixels.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

LARGEST_SIDE = 4096
QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png"}
_FOUR = re.compile(r"(pct:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)")
_SIZE = re.compile(r"(\^?)(!?)(?:pct:([\d.]+)|(\d*),(\d*))")
_ROTATION = re.compile(r"(!?)(\d{1,3}(?:\.\d+)?)")


class Unfit(ValueError):  # noqa: N818 - says what does not fit the picture or the standard
    """A request that the standard answers with 400."""


@dataclass(frozen=True)
class Requested:
    """A part of a picture: `box` in its pixels, the size it is brought to, mirrored before it is turned clockwise."""

    box: tuple[int, int, int, int]
    width: int
    height: int
    mirrored: bool
    degrees: int
    quality: str
    format_: str


def read_request(
    region: str, size: str, rotation: str, quality: str, format_: str, *, width: int, height: int
) -> Requested:
    """Understand a request for a picture of this size; raises Unfit."""
    if quality not in QUALITIES or format_ not in FORMATS:
        raise Unfit("quality or format")
    box = read_region(region, width, height)
    wide, high = read_size(size, box[2] - box[0], box[3] - box[1])
    turned = _ROTATION.fullmatch(rotation)
    if turned is None or float(turned[2]) not in (0, 90, 180, 270):
        raise Unfit("rotation")
    return Requested(box, wide, high, bool(turned[1]), int(float(turned[2])), quality, format_)


def read_region(region: str, width: int, height: int) -> tuple[int, int, int, int]:
    """`full`, `square`, `x,y,w,h` or the same in percent, cut at the picture's edges: left, top, right, bottom."""
    if region == "full":
        return (0, 0, width, height)
    if region == "square":
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        return (left, top, left + side, top + side)
    found = _FOUR.fullmatch(region)
    if found is None:
        raise Unfit("region")
    x, y, w, h = _numbers(found)
    if found[1]:
        x, y, w, h = x * width / 100, y * height / 100, w * width / 100, h * height / 100
    left, top = round(x), round(y)
    right, bottom = min(round(x + w), width), min(round(y + h), height)
    if left >= right or top >= bottom:
        raise Unfit("region")
    return (left, top, right, bottom)


def read_size(size: str, width: int, height: int) -> tuple[int, int]:
    """`max`, `w,`, `,h`, `w,h`, `!w,h`, `pct:n`, each with `^` before it where it may be made larger."""
    if size in ("max", "^max"):
        return _within(width, height)
    found = _SIZE.fullmatch(size)
    if found is None:
        raise Unfit("size")
    wide, high = _wished(found, width, height)
    if not (0 < wide <= LARGEST_SIDE and 0 < high <= LARGEST_SIDE):
        raise Unfit("size")
    if not found[1] and (wide > width or high > height):
        raise Unfit("size")
    return wide, high


def _wished(found: re.Match[str], width: int, height: int) -> tuple[int, int]:
    _up, confined, percent, wide, high = found.groups()
    if percent:
        share = _number(percent) / 100
        return round(width * share), round(height * share)
    if len(wide or "") > 5 or len(high or "") > 5:
        raise Unfit("size")
    if wide and high:
        if not confined:
            return int(wide), int(high)
        share = min(int(wide) / width, int(high) / height)
        return max(1, round(width * share)), max(1, round(height * share))
    if confined or not (wide or high):
        raise Unfit("size")
    if wide:
        return int(wide), max(1, round(height * int(wide) / width))
    return max(1, round(width * int(high) / height)), int(high)


def _within(width: int, height: int) -> tuple[int, int]:
    share = min(1.0, LARGEST_SIDE / width, LARGEST_SIDE / height)
    return max(1, round(width * share)), max(1, round(height * share))


def _numbers(found: re.Match[str]) -> tuple[float, float, float, float]:
    x, y, w, h = (_number(found[at]) for at in range(2, 6))
    return x, y, w, h


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        _refuse()


def _refuse() -> NoReturn:
    raise Unfit("number")
