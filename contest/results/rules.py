"""Decisions about results: may a prize be given, may the hour be set, is it the hour. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.rules import NameShown, is_organiser
from core.errors import Refused


def refuse_award(*, published: bool, places: int, given: int, round_closed: bool) -> None:
    """A prize is given after the round, before publication, while one is left."""
    if published:
        raise Refused("The results are published; prizes can only be withdrawn, with a reason.")
    if not round_closed:
        raise Refused("The round is still open. Close it before prizes are given.")
    if given >= places:
        raise Refused("All %(places)s of this prize are given.", field="prize", places=places)


def refuse_hour(*, hour: datetime, now: datetime, awards: int, published: bool, round_closed: bool) -> None:
    """The hour lies ahead, after a closed round with at least one prize given."""
    if published:
        raise Refused("The results are published.")
    if not round_closed:
        raise Refused("The round is still open. Close it before the hour is set.")
    if awards == 0:
        raise Refused("No prize has been given yet.")
    if hour <= now:
        raise Refused("The hour must lie ahead.", field="hour")


def is_the_hour(*, hour_set: datetime | None, hour_of_job: datetime, published: bool, now: datetime) -> bool:
    """Whether the job that was waiting for an hour is to publish: the hour was neither moved nor cancelled."""
    return not published and hour_set is not None and hour_set == hour_of_job and now >= hour_set


def name_shown(*, wished: NameShown, consent_holds: bool) -> NameShown:
    """How the public sees the name: as the guardian chose; not at all once the consent is withdrawn."""
    return wished if consent_holds else NameShown.HIDDEN


def suggested(ranked: Sequence[tuple[int, int]], prizes: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Which prize each letter would get from the ranking alone: letter → prize.

    `ranked` are (letter, rank), best first; `prizes` (prize, places), highest first. Letters of one rank that do not all fit
    into a prize get none here, and nobody after them: that is for the jury.
    """
    suggestion: dict[int, int] = {}
    at = 0
    for prize, places in prizes:
        left = places
        while at < len(ranked) and left > 0:
            group = [letter for letter, rank in ranked[at:] if rank == ranked[at][1]]
            if len(group) > left:
                return suggestion
            suggestion |= dict.fromkeys(group, prize)
            left -= len(group)
            at += len(group)
    return suggestion


PERMISSIONS: Mapping[str, Any] = {
    "award.give": [[is_organiser]],
    "award.change": [[is_organiser]],
}
