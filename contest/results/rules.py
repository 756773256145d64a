"""Decisions about results: may a prize be given, may the hour be set, is it the hour. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from accounts.rules import NameShown, is_organiser
from core.errors import Refused


def is_final(*, hour: datetime | None, published: bool, now: datetime) -> bool:
    """Whether results stay as they are: published, or their hour has come and they are about to be."""
    return published or (hour is not None and hour <= now)


def refuse_award(*, final: bool, places: int, given: int, round_closed: bool, was_read: bool) -> None:
    """A prize is given after the round, before publication, to a letter that was read, while one is left."""
    refuse_final(final=final)
    if not round_closed:
        raise Refused("The round is still open. Close it before prizes are given.")
    if not was_read:
        raise Refused("No judge has read this letter to the end.")
    if given >= places:
        raise Refused("All %(places)s of this prize are given.", field="prize", places=places)


def refuse_final(*, final: bool) -> None:
    """What is published is changed in public only."""
    if final:
        raise Refused("The results are published; prizes can only be withdrawn, with a reason.")


def refuse_hour(
    *, hour: datetime, now: datetime, final: bool, round_closed: bool, prizes: Sequence[tuple[int, int]]
) -> None:
    """The hour lies ahead, after a closed round with a prize given and no prize given too often: (places, given)."""
    if final:
        raise Refused("The results are published.")
    if not round_closed:
        raise Refused("The round is still open. Close it before the hour is set.")
    if sum(given for _places, given in prizes) == 0:
        raise Refused("No prize has been given yet.")
    if any(given > places for places, given in prizes):
        raise Refused("More prizes are given than the table of prizes has.")
    if hour <= now:
        raise Refused("The hour must lie ahead.", field="hour")


def refuse_offer(*, final: bool, typed: bool) -> None:
    """Whether the text of a letter can be offered to everybody: a typed one, before publication."""
    if final:
        raise Refused("The results are published; the letter is looked after on the laureate’s page.")
    if not typed:
        raise Refused("Only a typed letter has a text that can be shown; this one was photographed.")


def is_the_hour(*, hour_set: datetime | None, hour_of_job: datetime, published: bool, now: datetime) -> bool:
    """Whether the job that was waiting for an hour is to publish: the hour was neither moved nor cancelled."""
    return not published and hour_set is not None and hour_set == hour_of_job and now >= hour_set


def name_shown(*, wished: NameShown, consent_holds: bool) -> NameShown:
    """How the public sees the name: as the guardian chose; not at all once the consent is withdrawn."""
    return wished if consent_holds else NameShown.HIDDEN


@dataclass(frozen=True)
class Border:
    """Where the ranking alone decides no more: letters of one rank, for fewer places of a prize."""

    rank: int
    letters: int
    prize: int
    places: int


@dataclass(frozen=True)
class Suggestion:
    """Which prize each letter would get from the ranking alone (letter → prize), and where the jury must decide."""

    prizes: Mapping[int, int]
    border: Border | None = None


def suggested(ranked: Sequence[tuple[int, int]], prizes: Sequence[tuple[int, int]]) -> Suggestion:
    """What the ranking alone would give.

    `ranked` are (letter, rank), best first; `prizes` (prize, places left), highest first. Letters of one rank that do not
    all fit into a prize get none here, and nobody after them: that is for the jury.
    """
    found: dict[int, int] = {}
    waiting = [(rank, [letter for letter, _rank in group]) for rank, group in groupby(ranked, key=lambda pair: pair[1])]
    for prize, places in prizes:
        left = places
        while waiting and left > 0:
            rank, group = waiting[0]
            if len(group) > left:
                return Suggestion(found, Border(rank, len(group), prize, left))
            found |= dict.fromkeys(group, prize)
            left -= len(group)
            waiting.pop(0)
    return Suggestion(found)


PERMISSIONS: Mapping[str, Any] = {
    "award.give": [[is_organiser]],
    "award.change": [[is_organiser]],
}
