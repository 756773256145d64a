"""Awards given on this platform enter the record, and may be withdrawn in public. Never deleted."""

from dataclasses import dataclass
from datetime import datetime

from accounts.rules import NameShown
from archive.sources import index_later
from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.models import Award, Laureate
from contest.winners.rules import AwardLevel, PrizeKind
from contest.winners.services.names import index_texts
from core import journal
from core.db import db
from core.errors import Refused
from core.evidence import Confidence


@dataclass(frozen=True)
class NamesOf:
    """A text in the three languages: a prize's name, or the jury's words."""

    vi: str = ""
    en: str = ""
    fr: str = ""


NOTHING = NamesOf()


def record_laureate(
    *,
    edition: Edition,
    country: str,
    level: AwardLevel,
    prize_name: NamesOf,
    full_name: str,
    given_name: str,
    shown_as: NameShown,
    origin: int,
    now: datetime,
    prize: PrizeKind = PrizeKind.OTHER,
    rank: int = 0,
    age: int | None = None,
    place: str = "",
    citations: NamesOf = NOTHING,
    by: int | None = None,
) -> Award:
    """Put an award of a stage into the record. The same origin again gives the award of the first time.

    `rank` is the prize's place in the stage's table, 1 for the highest; `origin` the id of the stage's award.
    """
    if (recorded := queries.award_of_stage(origin)) is not None:
        return recorded
    award = Award(
        key=f"{edition.number}-{level.value}-{country.lower()}-of-stage-{origin}",
        edition=edition,
        laureate=_person(edition, country, origin, full_name, given_name, shown_as),
        level=level,
        prize=prize,
        rank=rank,
        country=country,
        age=age,
        place=place,
        confidence=Confidence.HIGH,
        stage_award_id=origin,
        **_texts("prize", prize_name),
        **_texts("citation", citations),
    )
    return _entered(award, by, now)


def withdraw_award(*, award: Award, reason: str, now: datetime, by: int | None) -> None:
    """Withdraw an award: it stays in the record with this day and reason, and counts in no tally any more."""
    if award.withdrawn_at is not None:
        return
    if not reason.strip():
        raise Refused("Please say why the award is withdrawn; everybody will read it.", field="reason")
    award.withdrawn_at, award.withdrawn_reason = now, reason.strip()
    journal.write(who=by, act="withdraw", kind="award", thing=award.id, now=now, reason=award.withdrawn_reason)
    _index(award)


def _entered(award: Award, by: int | None, now: datetime) -> Award:
    db.session.add(award)
    db.session.flush()
    journal.write(who=by, act="record", kind="award", thing=award.id, now=now, origin=award.stage_award_id)
    _index(award)
    if award.laureate and award.laureate.shown_as is not NameShown.FULL:
        index_texts()
    return award


def _person(
    edition: Edition, country: str, origin: int, full_name: str, given_name: str, shown_as: NameShown
) -> Laureate:
    return Laureate(
        key=f"{country.lower()}-{edition.year}-of-stage-{origin}",
        full_name=full_name,
        given_name=given_name,
        country=country,
        shown_as=shown_as,
    )


def _texts(name: str, words: NamesOf) -> dict[str, str]:
    return {f"{name}_vi": words.vi, f"{name}_en": words.en, f"{name}_fr": words.fr}


def _index(award: Award) -> None:
    index_later("laureate", award.key)
    index_later("edition", award.edition.number)
