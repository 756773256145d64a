"""Every SELECT on the record. Nothing is written or decided here."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.rules import NameShown
from contest.editions.models import Edition
from contest.winners.models import Award, ClaimedTally, Laureate
from contest.winners.rules import AwardLevel, Discretion, PrizeKind
from contest.winners.shown import ShownAward, name_of, show_all
from core.db import db
from core.evidence import Citation

Awards = Select[tuple[Award]]
Kept = TypeVar("Kept", Award, Laureate, ClaimedTally)
LEVEL_ORDER = case({level.value: place for place, level in enumerate(AwardLevel)}, value=Award.level, else_=9)


@dataclass(frozen=True)
class YearMark:
    """One year of the strip on the home page: how many awards the record holds of it."""

    number: int
    year: int
    awards: int


def discretion() -> Discretion:
    """Everybody who is not to be named in full."""
    query = select(Laureate).where(Laureate.shown_as != NameShown.FULL)
    return Discretion(tuple(name_of(laureate) for laureate in db.session.scalars(query)))


def awards_of_discretion() -> list[Award]:
    """The awards of everybody who is not to be named in full, newest first."""
    query = awards_like().join(Award.laureate).options(contains_eager(Award.laureate))
    return list(db.session.scalars(query.where(Laureate.shown_as != NameShown.FULL)))


def edition(number: int) -> Edition | None:
    """One edition by its number."""
    return db.session.scalar(select(Edition).where(Edition.number == number))


def edition_of_year(year: int) -> Edition | None:
    """The edition of a year."""
    return db.session.scalar(select(Edition).where(Edition.year == year))


def editions() -> list[Edition]:
    """Every edition, newest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.number.desc())))


def neighbours(number: int) -> tuple[Edition | None, Edition | None]:
    """The editions before and after a number, whatever gaps there are."""
    before = select(Edition).where(Edition.number < number).order_by(Edition.number.desc()).limit(1)
    after = select(Edition).where(Edition.number > number).order_by(Edition.number).limit(1)
    return db.session.scalar(before), db.session.scalar(after)


def awards_of(edition: Edition) -> list[Award]:
    """The awards of an edition: international ones by rank, then the others by country and rank."""
    query = select(Award).where(Award.edition_id == edition.id)
    country = case((Award.level == AwardLevel.INTERNATIONAL, ""), else_=Award.country)
    return list(db.session.scalars(query.order_by(LEVEL_ORDER, country, Award.rank, Award.id)))


def gold_by_edition() -> dict[int, list[Award]]:
    """The gold medals of every edition, by the edition's id; none is withdrawn."""
    found: dict[int, list[Award]] = {}
    for award in db.session.scalars(_gold().order_by(Award.id)):
        found.setdefault(award.edition_id, []).append(award)
    return found


def latest_gold(most: int) -> list[ShownAward]:
    """The newest gold medals whose laureates are named."""
    query = _gold().where(Award.laureate_id.is_not(None)).join(Award.edition)
    newest = query.options(contains_eager(Award.edition)).order_by(Edition.number.desc(), Award.id).limit(most)
    return show_all(list(db.session.scalars(newest)), discretion())


def year_strip() -> list[YearMark]:
    """Every year of the record, oldest first."""
    query = select(Edition.number, Edition.year, func.count(Award.id)).outerjoin(Award, Award.edition_id == Edition.id)
    rows = db.session.execute(query.group_by(Edition.number, Edition.year).order_by(Edition.number))
    return [YearMark(number, year, awards) for number, year, awards in rows]


def award(key: str) -> Award | None:
    """One award with its person."""
    query = select(Award).where(Award.key == key)
    person = joinedload(Award.laureate).selectinload(Laureate.awards)
    return db.session.scalar(query.options(person, joinedload(Award.letter)))


def award_with_person(key: str) -> Award | None:
    """One award whose person the sources name."""
    found = award(key)
    return found if found and found.laureate else None


def laureate_of(key: str) -> Laureate | None:
    """The person of an award, by the award's key."""
    found = award(key)
    return found.laureate if found else None


def award_of_stage(origin: int) -> Award | None:
    """The award of the record that comes from this award of a stage."""
    return db.session.scalar(select(Award).where(Award.stage_award_id == origin))


def awards_like(
    *, country: str = "", prize: PrizeKind | None = None, year: int | None = None, level: AwardLevel | None = None
) -> Awards:
    """Awards that fit what is given: newest first, then international before national, then by rank."""
    query = select(Award).join(Award.edition).options(contains_eager(Award.edition))
    if country:
        query = query.where(Award.country == country)
    if prize:
        query = query.where(Award.prize == prize)
    if year:
        query = query.where(Edition.year == year)
    if level:
        query = query.where(Award.level == level)
    return query.order_by(Edition.number.desc(), LEVEL_ORDER, Award.rank, Award.id)


def count(query: Awards) -> int:
    """How many awards a query holds."""
    numbered = query.order_by(None).with_only_columns(Award.id).subquery()
    return db.session.scalar(select(func.count()).select_from(numbered)) or 0


def page_of(query: Awards, *, number: int, size: int) -> list[Award]:
    """One page of a query, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def counting_awards(country: str) -> list[tuple[PrizeKind, int]]:
    """(prize, year) of every international award of a country that was not withdrawn."""
    query = select(Award.prize, Edition.year).join(Award.edition).where(Award.country == country)
    standing = query.where(Award.level == AwardLevel.INTERNATIONAL, Award.withdrawn_at.is_(None))
    return [(prize, year) for prize, year in db.session.execute(standing)]


def claimed_tallies(country: str) -> list[ClaimedTally]:
    """What others say a country has won, oldest first."""
    query = select(ClaimedTally).where(ClaimedTally.country == country)
    return list(db.session.scalars(query.order_by(ClaimedTally.until_year, ClaimedTally.key)))


def countries() -> list[str]:
    """Codes of the countries that have awards."""
    return list(db.session.scalars(select(Award.country).where(Award.country != "").distinct()))


def prizes() -> list[PrizeKind]:
    """Prizes that occur, the highest first."""
    found = set(db.session.scalars(select(Award.prize).distinct()))
    return [prize for prize in PrizeKind if prize in found]


def citations_by_key(kind: str, keys: Collection[str]) -> dict[str, list[str]]:
    """Sources of several records of one kind at once."""
    found: dict[str, list[str]] = {key: [] for key in keys}
    query = select(Citation).where(Citation.kind == kind, Citation.key.in_(keys)).order_by(Citation.position)
    for citation in db.session.scalars(query):
        found[citation.key].append(citation.url)
    return found


def number_of(table: type[Award] | type[Edition]) -> int:
    """How many rows a table of the record has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def standing_awards() -> list[Award]:
    """Every award that was not withdrawn, for the search."""
    query = select(Award).where(Award.withdrawn_at.is_(None)).options(joinedload(Award.letter))
    return list(db.session.scalars(query.order_by(Award.id)))


def keys_standing() -> list[str]:
    """The keys of every award that was not withdrawn."""
    return list(db.session.scalars(select(Award.key).where(Award.withdrawn_at.is_(None)).order_by(Award.id)))


def edition_numbers() -> list[int]:
    """The numbers of every edition."""
    return list(db.session.scalars(select(Edition.number).order_by(Edition.number)))


def number_standing() -> int:
    """How many awards were not withdrawn."""
    return db.session.scalar(select(func.count()).select_from(Award).where(Award.withdrawn_at.is_(None))) or 0


def rows_by_key(table: type[Kept]) -> dict[str, Kept]:
    """All rows of a table by their key, for the loader."""
    return {row.key: row for row in db.session.scalars(select(table))}


def editions_by_number() -> dict[int, Edition]:
    """All editions, for the loader."""
    return {edition.number: edition for edition in db.session.scalars(select(Edition))}


def _gold() -> Awards:
    query = select(Award).where(Award.level == AwardLevel.INTERNATIONAL, Award.prize == PrizeKind.GOLD)
    return query.where(Award.withdrawn_at.is_(None))
