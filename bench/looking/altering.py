"""Photographs made out of pictures: turned, cropped, on a card, dimmed, blurred, askew, and several of these together.

Every alteration is drawn by chance, the same chance for the same picture, so that a figure can be computed again.
"""

import io
import random
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Alteration = Callable[[Image.Image, random.Random], Image.Image]
WHITE, BLACK, DARK, LIGHT = (255, 255, 255), (0, 0, 0), (34, 32, 36), (226, 219, 203)


def turned(picture: Image.Image, _chance: random.Random, *, degrees: float = 4, around: Any = WHITE) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=around)


def turned_on_black(picture: Image.Image, chance: random.Random) -> Image.Image:
    return turned(picture, chance, around=BLACK)


def turned_and_cut(picture: Image.Image, _chance: random.Random) -> Image.Image:
    """The corners that leave the frame are lost."""
    return picture.rotate(4, Image.Resampling.BICUBIC, fillcolor=BLACK)


def cropped(picture: Image.Image, _chance: random.Random, *, share: float = 0.08) -> Image.Image:
    """So much off every side."""
    wide, high = picture.width * share, picture.height * share
    return picture.crop((round(wide), round(high), round(picture.width - wide), round(picture.height - high)))


def cropped_aside(picture: Image.Image, chance: random.Random) -> Image.Image:
    """So much of width and height in all, off any side."""
    wide, high = round(picture.width * 0.92), round(picture.height * 0.92)
    left, top = chance.randint(0, picture.width - wide), chance.randint(0, picture.height - high)
    return picture.crop((left, top, left + wide, top + high))


def on_card(
    picture: Image.Image,
    chance: random.Random,
    *,
    card: Any = DARK,
    degrees: float = 3,
    light: float = 0.65,
    size: float = 1.6,
) -> Image.Image:
    """Lying on a card of one colour, turned, in less light."""
    wide, high = round(picture.width * size), round(picture.height * size)
    ground = Image.new("RGB", (wide, high), card)
    sheet = picture.convert("RGBA").rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    spare = (max(0, wide - sheet.width), max(0, high - sheet.height))
    ground.paste(sheet, (round(spare[0] * chance.uniform(0.3, 0.7)), round(spare[1] * chance.uniform(0.3, 0.7))), sheet)
    return ImageEnhance.Brightness(ground).enhance(light)


def on_light_card(picture: Image.Image, chance: random.Random) -> Image.Image:
    return on_card(picture, chance, card=LIGHT, light=0.85)


def blurred(picture: Image.Image, _chance: random.Random, *, radius: float = 1.5) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(radius))


def much_blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return blurred(picture, chance, radius=2.5)


def in_perspective(
    picture: Image.Image, chance: random.Random, *, most: float = 0.08, around: Any = WHITE, room: float = 0.0
) -> Image.Image:
    """Every corner moved inwards, by up to so much of the sides."""
    wide, high = picture.size
    out_wide, out_high = round(wide * (1 + 2 * room)), round(high * (1 + 2 * room))
    moved = [
        (room * wide + wide * abs(x - chance.uniform(0, most)), room * high + high * abs(y - chance.uniform(0, most)))
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    given = [(0, 0), (wide, 0), (wide, high), (0, high)]
    return picture.transform(
        (out_wide, out_high),
        Image.Transform.PERSPECTIVE,
        _solved(moved, given),
        Image.Resampling.BICUBIC,
        fillcolor=around,
    )


def _solved(from_: list[tuple[float, float]], to: list[tuple[float, float]]) -> list[float]:
    rows, values = [], []
    for (x, y), (u, v) in zip(from_, to, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(values))]


def on_its_side(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A quarter turn or two, on a dark card."""
    turn = chance.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270))
    return on_card(picture.transpose(turn), chance)


def at_any_angle(picture: Image.Image, chance: random.Random) -> Image.Image:
    return on_card(picture, chance, degrees=chance.uniform(0, 360), card=chance.choice((DARK, LIGHT)), size=2.0)


def in_shadow(picture: Image.Image, chance: random.Random) -> Image.Image:
    """On a light card, half of it in the shadow of a hand."""
    photo = on_card(picture, chance, card=LIGHT, light=0.95)
    across = np.linspace(0, 1, photo.width)[None, :] + np.linspace(0, 0.6, photo.height)[:, None]
    shade = 0.45 + 0.55 / (1 + np.exp(-(across - chance.uniform(0.5, 1.1)) * 14))
    return Image.fromarray(np.clip(np.asarray(photo) * shade[:, :, None], 0, 255).astype(np.uint8))


def noisy(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A telephone in bad light: noise, a cast of lamplight, JPEG at 40."""
    values = np.asarray(picture.convert("RGB")).astype(np.float32)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 12, values.shape)
    cast = np.array([1.06, 1.0, 0.86]) * 0.9
    return again(Image.fromarray(np.clip(values * cast + noise, 0, 255).astype(np.uint8)), quality=40)


def again(picture: Image.Image, *, quality: int = 40) -> Image.Image:
    """Saved as JPEG and read."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def as_jpeg(picture: Image.Image, _chance: random.Random) -> Image.Image:
    return again(picture)


def half_size(picture: Image.Image, _chance: random.Random) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def beside_others(picture: Image.Image, chance: random.Random) -> Image.Image:
    """In the middle of an album page, plain stamps cut by the frame at both sides."""
    wide, high = round(picture.width * 2.2), round(picture.height * 1.5)
    ground = Image.new("RGB", (wide, high), LIGHT)
    brush = ImageDraw.Draw(ground)
    for left in (-0.45, 1.75):
        box = (left * picture.width, 0.25 * picture.height, (left + 0.9) * picture.width, 1.2 * picture.height)
        brush.rectangle(box, fill=(250, 250, 248))
        inner = (box[0] + 8, box[1] + 8, box[2] - 8, box[3] - 8)
        brush.rectangle(inner, fill=tuple(chance.randrange(40, 220) for _ in range(3)))
        oval = (inner[0] + 15, inner[1] + 20, inner[2] - 15, inner[3] - 30)
        brush.ellipse(oval, fill=tuple(chance.randrange(256) for _ in range(3)))
    ground.paste(picture, (round(0.6 * picture.width), round(0.25 * picture.height)))
    return ground.rotate(2, Image.Resampling.BICUBIC, fillcolor=LIGHT)


def by_telephone(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Everything together: large, askew on a card with a grain, turned, blurred, noisy, JPEG."""
    large = picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.BICUBIC)
    askew = in_perspective(large.convert("RGBA"), chance, most=0.06, around=(0, 0, 0, 0))
    card = chance.choice((DARK, LIGHT, (96, 66, 44), (60, 80, 110)))
    photo = on_card(askew, chance, card=card, degrees=chance.uniform(-15, 15), light=chance.uniform(0.6, 1.1), size=1.7)
    return noisy(blurred(photo, chance, radius=2), chance)


def postmarked(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Used: a black ring over one corner, on an envelope."""
    used = picture.copy()
    brush = ImageDraw.Draw(used)
    x, y = chance.choice((0.1, 0.9)) * used.width, chance.choice((0.1, 0.9)) * used.height
    for radius in (0.42, 0.30):
        size = radius * min(used.size)
        brush.ellipse((x - size, y - size, x + size, y + size), outline=(25, 25, 30), width=3)
    brush.line((x - 0.3 * used.width, y, x + 0.3 * used.width, y + 8), fill=(25, 25, 30), width=3)
    return on_card(used, chance, card=(238, 236, 228), degrees=-2, light=0.9)


ASKED: dict[str, Alteration] = {
    "turned 4°": turned,
    "cropped 8 %": cropped,
    "dark card, turned 3°, dimmed": on_card,
    "blur": blurred,
    "perspective": in_perspective,
}
HARSHER: dict[str, Alteration] = {
    "turned 4°, black around": turned_on_black,
    "turned 4°, corners cut": turned_and_cut,
    "cropped 8 % in all": cropped_aside,
    "light card": on_light_card,
    "more blur": much_blurred,
    "JPEG 40": as_jpeg,
    "half the size": half_size,
    "noise, lamplight, JPEG 40": noisy,
    "a quarter turn, dark card": on_its_side,
    "any angle": at_any_angle,
    "half in shadow": in_shadow,
    "beside others": beside_others,
    "postmarked": postmarked,
    "by telephone": by_telephone,
}
