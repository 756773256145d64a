"""Decisions about pictures: who adds and withdraws them, their sizes, how likeness is put, how often one may ask. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from accounts.rules import is_curator
from stamps.kinds import View

# What a photograph is compared with: backs and details say little of which stamp it is.
SEARCHED = (View.FACE, View.COVER)
# So often may one network ask within this time; a class of children shares one.
MOST_ASKED, ASKED_WITHIN = 40, timedelta(minutes=5)
# Points found in both pictures, at places that fit together: so many do not happen by chance.
CERTAIN, SOME = 25, 10
# A stamp that the catalogue does not hold is like some picture of 3,400 by .69 in the middle, by .83 at most one in twenty
# (bench/pictures.py); one that it holds, by .90 and more but in bad light.
VERY_ALIKE, ALIKE, PERHAPS = 0.93, 0.85, 0.72
HARDLY = 0.6
MOST_SHOWN = 24
# The next ones after what is like the photograph, which hardly are.
MOST_LESS = 6


class Alikeness(StrEnum):
    """How like the photograph a picture is, as it is told: a word, never a verdict."""

    VERY = "very"
    ALIKE = "alike"
    PERHAPS = "perhaps"
    LESS = "less"


class Size(StrEnum):
    """The sizes a picture is kept in, beside the full one."""

    THUMBNAIL = "thumbnail"
    PAGE = "page"


LONGEST_SIDE: Mapping[Size, int] = {Size.THUMBNAIL: 240, Size.PAGE: 900}


def alikeness(score: float, shared: int) -> Alikeness | None:
    """The word for a likeness (0 to 1) with so many points in common; None for what is not worth showing."""
    if (score >= VERY_ALIKE and shared >= SOME) or (score >= ALIKE and shared >= CERTAIN):
        return Alikeness.VERY
    if score >= ALIKE or (score >= PERHAPS and shared >= CERTAIN):
        return Alikeness.ALIKE
    return Alikeness.PERHAPS if score >= PERHAPS or (score >= HARDLY and shared >= SOME) else None


def must_wait(asked_at: Sequence[datetime], *, now: datetime) -> bool:
    """Whether somebody who asked at these moments has to wait before asking again."""
    return sum(moment > now - ASKED_WITHIN for moment in asked_at) >= MOST_ASKED


PERMISSIONS: Mapping[str, Any] = {
    "picture.add": [[is_curator]],
    "picture.withdraw": [[is_curator]],
    "picture.index": [[is_curator]],
}
