"""The invented stamps of the demonstration, as pictures and as photographs."""

import io
import random

import numpy as np
from PIL import Image

from bench.looking.altering import Alteration
from stamps.looking.finding import Pixels
from website.demonstration.stamps import DESIGNS, drawn

ALL = range(len(DESIGNS))


def picture(number: int) -> Image.Image:
    return Image.open(io.BytesIO(drawn(number))).convert("RGB")


def small(number: int) -> Image.Image:
    made = picture(number)
    made.thumbnail((240, 240))
    return made


def photographed(number: int, alter: Alteration, seed: int = 1) -> Pixels:
    return np.asarray(alter(small(number), random.Random(seed)).convert("RGB"))


def as_bytes(image: Image.Image, format_: str = "JPEG", **given: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **given)
    return out.getvalue()
