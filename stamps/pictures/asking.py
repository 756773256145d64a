"""Asking with a photograph: bytes in, the likeliest things in order. Reads only; the photograph is kept nowhere.

Looking costs a processor for a moment, so a process looks at one photograph at a time, and one network asks only so often. Who
asked is held in the memory of the process and nowhere else.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np
from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from core.errors import Refused
from core.turns import Turns
from stamps.looking import shelf
from stamps.looking.comparing import Likeness, Passing, likenesses
from stamps.looking.reading import pixels_of
from stamps.pictures import queries
from stamps.pictures.queries import Pictured
from stamps.pictures.rules import MOST_ASKED, Alikeness, alikeness, must_wait
from stamps.pictures.services.indexing import folder

SECONDS_TO_WAIT = 8.0
MOST_NETWORKS = 5_000
# How finely a likeness is written in an address.
STEPS = 1000
_looking = Turns(seconds=SECONDS_TO_WAIT)
_asked: dict[str, deque[datetime]] = {}
_counting = threading.Lock()


@dataclass(frozen=True)
class Found:
    """A thing that may be the one on the photograph: its likest picture, and how like that is."""

    pictured: Pictured
    likeness: Likeness
    alikeness: Alikeness


def ask(content: bytes, *, country: str = "", year: int | None = None, passing: Passing = iter) -> list[Likeness]:
    """The pictures most like a photograph. Refuses what is no picture; raises shelf.Unusable without an index."""
    held = shelf.read(folder())
    only = np.array(queries.ids_of(country=country, year=year), np.int64) if country or year else None
    busy = Refused("Many photographs are being looked at just now. Please try again in a moment.", field="picture")
    with _looking.turn(otherwise=busy):
        cv2.setNumThreads(1)
        return likenesses(pixels_of(content), held, only=only, passing=passing)


def things(found: Sequence[Likeness], *, country: str = "", year: int | None = None) -> list[Found]:
    """What the pictures are of, each thing once, the likeliest first; what is hardly like it is left out."""
    pictured = queries.pictured([one.key for one in found])
    seen: dict[tuple[bool, int], Found] = {}
    for one in found:
        of, word = pictured.get(one.key), alikeness(one.score, one.shared)
        if of and word and country in ("", of.issue.country) and year in (None, of.issue.year):
            seen.setdefault((of.stamp is None, of.thing.id), Found(of, one, word))
    return list(seen.values())


def less_alike(found: Sequence[Likeness], besides: Sequence[Found]) -> list[Found]:
    """The next likely things behind those that are like it, so that somebody can compare; none where nothing is near."""
    if not besides:
        return []
    pictured = queries.pictured([one.key for one in found])
    seen = {(one.pictured.stamp is None, one.pictured.thing.id): one for one in besides}
    for one in found:
        if of := pictured.get(one.key):
            seen.setdefault((of.stamp is None, of.thing.id), Found(of, one, Alikeness.LESS))
    return [one for one in seen.values() if one.alikeness is Alikeness.LESS]


def count_question(network: str, *, now: datetime) -> None:
    """Let a network ask once more, or refuse."""
    with _counting:
        if len(_asked) > MOST_NETWORKS:
            _asked.clear()
        asked = _asked.setdefault(network, deque(maxlen=MOST_ASKED))
        if must_wait(asked, now=now):
            raise Refused("That were many photographs. Please wait a few minutes.", field="picture")
        asked.append(now)


def forget_questions() -> None:
    """Nobody has asked yet."""
    with _counting:
        _asked.clear()


def written(found: Sequence[Likeness]) -> str:
    """Likenesses as a part of an address, signed, so that a page of what was found can be looked at again."""
    return str(_signer().dumps([[one.key, round(one.score * STEPS), one.shared] for one in found]))


def read(text: str) -> list[Likeness]:
    """Likenesses of an address; none when it was not written by us."""
    try:
        rows = _signer().loads(text)
    except BadData:
        return []
    return [Likeness(key, score / STEPS, shared) for key, score, shared in rows]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stamps.by-picture")
