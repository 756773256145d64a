"""Loading the record: editions, laureates, awards, claimed tallies and, through the stamps, all of it.

Writing follows the keys, so that loading again doubles nothing; what curators decided about showing
names stays. The files were read and checked before (`services/reading.py`).
"""

from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.models import Award, ClaimedTally, Laureate
from contest.winners.rules import AwardLevel, PrizeKind, rank_of
from contest.winners.services.reading import (
    AWARD_TEXTS,
    EDITION_TEXTS,
    LAUREATE_TEXTS,
    NUMBERS,
    TALLY_TEXTS,
    Record,
)
from core import evidence
from core.datafiles import Row
from core.db import db
from core.evidencefiles import claims_on, confidence_of, sources_of
from stamps.curating.services.holding import Holding
from stamps.services import Step, load_stamps


def load_record(record: Record, *, step: Step) -> None:
    """Make the tables hold what the files say; `step` is called after each row."""
    editions = _load_editions(record, step)
    laureates = _load_laureates(record, step)
    _load_awards(record, editions, laureates, step)
    _load_tallies(record, step)
    load_stamps(record.stamps, record.claims, held=Holding(), step=step)
    for kind, rows in (("edition", record.editions), ("award", record.awards), ("tally", record.tallies)):
        evidence.keep_citations(kind, {key: sources_of(row, derived=True) for key, row in rows.items()})
        evidence.keep_claims(kind, claims_on(kind, record.claims, list(rows)))
    db.session.flush()


def _load_editions(record: Record, step: Step) -> dict[int, Edition]:
    present = queries.editions_by_number()
    for row in record.editions.values():
        number = row.number("number")
        edition = present.setdefault(number, Edition(number=number))
        _fill(edition, row, EDITION_TEXTS)
        edition.year = row.number("year")
        edition.countries_participating = row.whole("countries_participating")
        edition.confidence = confidence_of(row)
        db.session.add(edition)
        step()
    db.session.flush()
    return present


def _load_laureates(record: Record, step: Step) -> dict[str, Laureate]:
    present = queries.rows_by_key(Laureate)
    for key, row in record.laureates.items():
        laureate = present.setdefault(key, Laureate(key=key))
        _fill(laureate, row, LAUREATE_TEXTS)
        db.session.add(laureate)
        step()
    db.session.flush()
    return present


def _load_awards(record: Record, editions: dict[int, Edition], laureates: dict[str, Laureate], step: Step) -> None:
    present = queries.rows_by_key(Award)
    for key, row in record.awards.items():
        award = present.setdefault(key, Award(key=key))
        _fill(award, row, AWARD_TEXTS)
        award.edition = editions[row.number("edition")]
        award.laureate = laureates.get(row.text("laureate"))
        award.level, award.prize = row.choice("level", AwardLevel), row.choice("prize", PrizeKind)
        award.rank, award.age = rank_of(award.prize), row.whole("age")
        award.confidence = confidence_of(row)
        db.session.add(award)
        step()
    db.session.flush()


def _load_tallies(record: Record, step: Step) -> None:
    present = queries.rows_by_key(ClaimedTally)
    for key, row in record.tallies.items():
        tally = present.setdefault(key, ClaimedTally(key=key))
        _fill(tally, row, TALLY_TEXTS)
        tally.since_year, tally.until_year = row.whole("since"), row.number("until")
        for column in NUMBERS:
            setattr(tally, column, row.whole(column))
        tally.confidence = confidence_of(row)
        db.session.add(tally)
        step()
    db.session.flush()


def _fill(thing: Edition | Laureate | Award | ClaimedTally, row: Row, texts: dict[str, int | None]) -> None:
    for column in texts:
        setattr(thing, column, row.text(column))
