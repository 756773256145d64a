"""Which part of a picture is asked for, how large, how turned: the parameters of the IIIF Image API 3.0, level 2. Pure.

Source: International Image Interoperability Framework, Image API 3.0, sections 4 and 5; numbers are rounded to pixels.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

# No answer is larger; and none that is made larger than the picture's own pixels.
LARGEST_SIDE, LARGEST_ENLARGED = 4096, 2048
ENLARGED = 2
QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png"}
_FOUR = re.compile(r"(pct:)?([\d.]{1,16}),([\d.]{1,16}),([\d.]{1,16}),([\d.]{1,16})", re.ASCII)
_SIZE = re.compile(
    r"(?P<up>\^?)(?:(?P<max>max)|pct:(?P<pct>[\d.]{1,16})|(?P<confined>!?)(?P<wide>\d{0,5}),(?P<high>\d{0,5}))",
    re.ASCII,
)
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

    @property
    def canonical(self) -> str:
        """The same request in one form, however it was written; as the end of an address."""
        left, top, right, bottom = self.box
        turned = f"{'!' if self.mirrored else ''}{self.degrees}"
        region = f"{left},{top},{right - left},{bottom - top}"
        return f"{region}/{self.width},{self.height}/{turned}/{self.quality}.{self.format_}"


def read_request(
    region: str, size: str, rotation: str, quality: str, format_: str, *, width: int, height: int
) -> Requested:
    """Understand a request for a picture of this size; raises Unfit."""
    if quality not in QUALITIES or format_ not in FORMATS:
        raise Unfit("quality or format")
    box = read_region(region, width, height)
    wide, high = read_size(size, box[2] - box[0], box[3] - box[1], most=largest(width, height))
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


def largest(width: int, height: int) -> tuple[int, int]:
    """The largest answer about a picture of this size: a small one may be enlarged, a large one need not be."""
    own, enlarged = (width, height), (ENLARGED * width, ENLARGED * height)
    share = min(1.0, LARGEST_ENLARGED / max(enlarged))
    wide, high = (max(side, round(big * share)) for side, big in zip(own, enlarged, strict=True))
    return min(wide, LARGEST_SIDE), min(high, LARGEST_SIDE)


def read_size(size: str, width: int, height: int, *, most: tuple[int, int]) -> tuple[int, int]:
    """`max`, `w,`, `,h`, `w,h`, `!w,h`, `pct:n`, each with `^` before it where it may be made larger than its pixels.

    `max` and `!w,h` mean as large as that can be, so that they fit whatever the picture; the others are met exactly or refused.
    """
    found = _SIZE.fullmatch(size)
    if found is None:
        raise Unfit("size")
    bounds = most if found["up"] else (min(width, most[0]), min(height, most[1]))
    if found["max"]:
        return _within(width, height, bounds)
    if found["confined"]:
        return _confined(int(found["wide"] or 0), int(found["high"] or 0), width, height, bounds)
    wide, high = _exactly(found, width, height)
    if not (0 < wide <= bounds[0] and 0 < high <= bounds[1]):
        raise Unfit("size")
    return wide, high


def _confined(wide: int, high: int, width: int, height: int, most: tuple[int, int]) -> tuple[int, int]:
    if not (wide and high):
        raise Unfit("size")
    return _within(width, height, (min(wide, most[0]), min(high, most[1])))


def _exactly(found: re.Match[str], width: int, height: int) -> tuple[int, int]:
    percent, wide, high = found["pct"], found["wide"], found["high"]
    if percent:
        share = _number(percent) / 100
        return round(width * share), round(height * share)
    if wide and high:
        return int(wide), int(high)
    if wide:
        return int(wide), max(1, round(height * int(wide) / width))
    if high:
        return max(1, round(width * int(high) / height)), int(high)
    raise Unfit("size")


def _within(width: int, height: int, most: tuple[int, int]) -> tuple[int, int]:
    """As large as it can be within these sides, in its own shape."""
    share = min(most[0] / width, most[1] / height)
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
