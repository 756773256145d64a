"""Pictures for tests: invented stamps, kept as uploads are."""

import io

from PIL import Image, ImageDraw

from core import files
from stamps.models import Stamp, StampPicture
from tests import make


def picture(stamp: Stamp, key: str = "drawn", size: tuple[int, int] = (300, 200), **given: object) -> StampPicture:
    """A picture of a stamp, left half red, right half blue."""
    width, height = size
    drawn = Image.new("RGB", size, "red")
    ImageDraw.Draw(drawn).rectangle((width // 2, 0, width, height), fill="blue")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    facts = {"licence": "https://creativecommons.org/publicdomain/zero/1.0/", "source": "drawn for the tests"}
    made = StampPicture(
        key=key,
        stamp_id=stamp.id,
        file_id=files.keep(out.getvalue(), ending="png"),
        width=width,
        height=height,
        added_at=make.NOW,
        **(facts | given),
    )
    make.saved(made)
    return made
