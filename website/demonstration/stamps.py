"""Invented stamps for the demonstration, drawn by the program: no post has issued them, and each says so on its face.

The pictures of real stamps belong to others; these may be shown, searched and photographed from the screen.
"""

import io
import math
from collections.abc import Callable
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageDraw, ImageFont

from accounts.models import Person
from archive.sources import index_later
from core.db import db
from stamps.kinds import StampKind
from stamps.models import Stamp, StampIssue
from stamps.pictures import making, services
from stamps.pictures.services.adding import KeptPicture
from stamps.services import give_permanent_numbers, understand
from website.config import PROJECT

ISSUE = "demonstration-letters-2021"
FONT = PROJECT / "static" / "fonts" / "noto-serif-latin-700-normal.woff2"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
# Kept in English as every note is, and worded in the reader's language by the page.
NOTE = _l("Invented for the demonstration; no post has issued it.")
PAPER, INK = (252, 250, 243), (40, 36, 48)
WIDTH, HEIGHT, RIM = 480, 640, 34
Brush = ImageDraw.ImageDraw


def _note() -> str:
    with force_locale("en"):
        return str(NOTE)


def letter(brush: Brush) -> None:
    """A letter with its seal."""
    brush.rectangle((90, 250, 390, 440), fill=(255, 252, 240), outline=INK, width=4)
    brush.line((90, 250, 240, 360, 390, 250), fill=INK, width=4)
    brush.ellipse((205, 335, 275, 405), fill=(179, 32, 44))


def dove(brush: Brush) -> None:
    """A dove that flies up."""
    brush.polygon(((80, 400), (230, 260), (400, 220), (300, 320), (330, 420), (220, 380)), fill=(250, 250, 255))
    brush.ellipse((350, 200, 400, 250), fill=(250, 250, 255))
    brush.polygon(((398, 220), (425, 232), (398, 240)), fill=(230, 150, 30))


def kite(brush: Brush) -> None:
    """A kite with its tail."""
    brush.polygon(((240, 130), (350, 260), (240, 420), (130, 260)), fill=(214, 60, 40), outline=INK)
    brush.line((240, 130, 240, 420), fill=(250, 220, 90), width=6)
    brush.line((130, 260, 350, 260), fill=(250, 220, 90), width=6)
    for step in range(5):
        brush.ellipse((232 + 24 * (step % 2), 430 + 18 * step, 256 + 24 * (step % 2), 446 + 18 * step), fill=INK)


def boat(brush: Brush) -> None:
    """A boat under sail."""
    brush.polygon(((90, 380), (390, 380), (330, 460), (150, 460)), fill=(110, 62, 30))
    brush.polygon(((235, 140), (235, 365), (100, 365)), fill=(250, 244, 226))
    brush.polygon(((250, 190), (250, 365), (350, 365)), fill=(226, 88, 62))
    for wave in range(6):
        brush.arc((40 + wave * 70, 455, 110 + wave * 70, 495), 180, 360, fill=(240, 250, 255), width=5)


def lotus(brush: Brush) -> None:
    """A lotus on its leaf."""
    for petal in range(9):
        angle = math.radians(200 + petal * 17.5)
        x, y = 240 + 130 * math.cos(angle), 430 + 210 * math.sin(angle)
        brush.polygon(
            ((240, 440), (x - 30, y + 40), (x, y), (x + 30, y + 40)), fill=(232, 120 + petal * 8, 170), outline=INK
        )
    brush.ellipse((120, 420, 360, 480), fill=(52, 120, 80))


def clock(brush: Brush) -> None:
    """Twenty past twelve."""
    brush.ellipse((110, 180, 370, 440), fill=(250, 240, 210), outline=INK, width=8)
    for hour in range(12):
        x, y = (240 + 105 * f(math.radians(hour * 30)) for f in (math.cos, math.sin))
        brush.ellipse((x - 7, y + 70 - 7, x + 7, y + 70 + 7), fill=INK)
    brush.line((240, 310, 240, 225), fill=INK, width=9)
    brush.line((240, 310, 310, 340), fill=(179, 32, 44), width=7)


# What is on each, its colour, its value, and how it is called.
DESIGNS: tuple[tuple[Callable[[Brush], None], tuple[int, int, int], str, str, str], ...] = (
    (letter, (40, 88, 150), "4000", "Minh họa: bức thư", "Demonstration: a letter"),
    (dove, (92, 160, 200), "6000", "Minh họa: chim bồ câu", "Demonstration: a dove"),
    (kite, (120, 190, 160), "8000", "Minh họa: cánh diều", "Demonstration: a kite"),
    (boat, (70, 130, 140), "10000", "Minh họa: con thuyền", "Demonstration: a boat"),
    (lotus, (240, 222, 180), "12000", "Minh họa: hoa sen", "Demonstration: a lotus"),
    (clock, (150, 96, 130), "15000", "Minh họa: đồng hồ", "Demonstration: a clock"),
)


def drawn(number: int) -> bytes:
    """One of them as JPEG, perforated, on nothing but white."""
    draw, colour, value, *_ = DESIGNS[number]
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    brush = ImageDraw.Draw(sheet)
    brush.rectangle((RIM, RIM, WIDTH - RIM, HEIGHT - RIM), fill=colour)
    draw(brush)
    brush.text(
        (RIM + 14, RIM + 6), value, font=ImageFont.truetype(FONT, 56), fill=PAPER, stroke_width=2, stroke_fill=INK
    )
    for text, size, above in (("DEMONSTRATION", 40, 84), (f"Tem Thu · {number + 1}/{len(DESIGNS)}", 22, 36)):
        font = ImageFont.truetype(FONT, size)
        brush.text((RIM + 14, HEIGHT - RIM - above), text, font=font, fill=PAPER, stroke_width=2, stroke_fill=INK)
    _perforate(brush)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=90)
    return out.getvalue()


def _perforate(brush: Brush) -> None:
    holes = [(x, y) for x in range(0, WIDTH + 1, 24) for y in (0, HEIGHT)]
    holes += [(x, y) for y in range(0, HEIGHT + 1, 24) for x in (0, WIDTH)]
    for x, y in holes:
        brush.ellipse((x - 8, y - 8, x + 8, y + 8), fill="white")


def kept() -> list[KeptPicture]:
    """All of them drawn and written to the disk: outside the transaction."""
    return [services.keep(making.made_anew(drawn(number))) for number in range(len(DESIGNS))]


def load(pictures: list[KeptPicture], *, by: Person | None, now: datetime) -> StampIssue:
    """The issue with its stamps and their pictures, in the caller's transaction."""
    country = str(current_app.config["COUNTRY"])
    issue = StampIssue(
        key=ISSUE,
        country=country,
        name_vi="Bộ tem minh họa: viết thư",
        name_en="Demonstration set: letter writing",
        date="2021",
        year=2021,
        currency="VND",
        face_values="\n".join(value for _, _, value, _, _ in DESIGNS),
        note=_note(),
    )
    db.session.add(issue)
    db.session.flush()
    for number, (picture, (_, _, value, name_vi, name_en)) in enumerate(zip(pictures, DESIGNS, strict=True), start=1):
        stamp = Stamp(
            key=f"{ISSUE}-{number}",
            issue=issue,
            kind=StampKind.STAMP,
            position=f"{len(DESIGNS)}-{number}",
            rank=number,
            name_vi=name_vi,
            name_en=name_en,
            face_value=value,
            currency="VND",
            note=_note(),
        )
        understand(stamp)
        db.session.add(stamp)
        db.session.flush()
        index_later("stamp", stamp.key)
        services.add_picture(
            thing=stamp, kept=picture, licence=LICENCE, source="Tem Thư", author="Tem Thư", by=by, now=now
        )
    give_permanent_numbers(kind="stamp_issue", keys=[issue.key])
    give_permanent_numbers(kind="stamp", keys=[stamp.key for stamp in issue.stamps])
    index_later("stamp_issue", issue.key)
    return issue
