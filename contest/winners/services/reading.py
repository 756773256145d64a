"""Reading the record's data files: everything is checked before a row is written.

A bad row refuses its file with line and column. Nothing is written here.
"""

from dataclasses import dataclass
from pathlib import Path

from contest.winners.rules import AwardLevel, PrizeKind
from core import countries
from core.datafiles import Row, keyed, read
from core.errors import Refused
from core.evidencefiles import Claims, confidence_of, read_claims, sources_of, strays
from stamps.services import StampFiles, read_stamp_files

Texts = dict[str, int | None]
EDITION_TEXTS: Texts = {
    "theme_vi": None,
    "theme_en": None,
    "theme_fr": None,
    "theme_other": None,
    "entries_worldwide": 64,
    "partners": None,
    "note": None,
}
EDITION_COLUMNS = ("number", "year", "countries_participating", "confidence", "derived", "sources", *EDITION_TEXTS)
LAUREATE_TEXTS: Texts = {"full_name": 160, "native_name": 160, "given_name": 120, "country": 2}
LAUREATE_COLUMNS = ("key", *LAUREATE_TEXTS)
AWARD_TEXTS: Texts = {
    "prize_as_printed": 160,
    "country": 2,
    "place": None,
    "theme_local": None,
    "letter_url": None,
    "note": None,
}
AWARD_COLUMNS = ("key", "edition", "level", "prize", "laureate", "age", "confidence", "sources", *AWARD_TEXTS)
NUMBERS = ("gold", "silver", "bronze", "special_mention", "total")
TALLY_TEXTS: Texts = {"country": 2, "note": None}
TALLY_COLUMNS = ("key", "since", "until", *NUMBERS, "confidence", "sources", *TALLY_TEXTS)


@dataclass(frozen=True)
class Record:
    """Everything the folder of data files holds, read and checked."""

    editions: dict[str, Row]
    laureates: dict[str, Row]
    awards: dict[str, Row]
    tallies: dict[str, Row]
    stamps: StampFiles
    claims: Claims

    @property
    def size(self) -> int:
        """How many rows there are to load."""
        of_the_contest = (self.editions, self.laureates, self.awards, self.tallies)
        return sum(len(rows) for rows in of_the_contest) + self.stamps.size


def read_record(folder: Path) -> Record:
    """Read and check all files of the record."""
    editions = keyed(read(folder / "editions.csv", EDITION_COLUMNS), "number")
    laureates = keyed(read(folder / "laureates.csv", LAUREATE_COLUMNS))
    awards = keyed(read(folder / "awards.csv", AWARD_COLUMNS))
    tallies = keyed(read(folder / "tallies.csv", TALLY_COLUMNS))
    for check, rows in ((_check_edition, editions), (_check_laureate, laureates), (_check_tally, tallies)):
        for row in rows.values():
            check(row)
    for row in awards.values():
        _check_award(row, editions, laureates)
    record = Record(editions, laureates, awards, tallies, read_stamp_files(folder), read_claims(folder))
    _check_claims(record)
    return record


def _check_edition(row: Row) -> None:
    _check_texts(row, EDITION_TEXTS)
    for column in ("number", "year"):
        row.number(column)
    row.whole("countries_participating")
    sources_of(row, derived=row.flag("derived"))
    confidence_of(row)


def _check_laureate(row: Row) -> None:
    _check_texts(row, LAUREATE_TEXTS)
    for column in ("full_name", "given_name"):
        row.needed(column)


def _check_award(row: Row, editions: dict[str, Row], laureates: dict[str, Row]) -> None:
    _check_texts(row, AWARD_TEXTS)
    row.choice("level", AwardLevel)
    row.choice("prize", PrizeKind)
    row.whole("age")
    sources_of(row)
    confidence_of(row)
    if row.needed("edition") not in editions:
        raise row.bad("edition", f"there is no edition {row.text('edition')}")
    if row.text("laureate") and row.text("laureate") not in laureates:
        raise row.bad("laureate", f"no laureate has the key {row.text('laureate')}")


def _check_tally(row: Row) -> None:
    _check_texts(row, TALLY_TEXTS)
    row.number("until")
    for column in ("since", *NUMBERS):
        row.whole(column)
    sources_of(row)
    confidence_of(row)


def _check_texts(row: Row, texts: Texts) -> None:
    for column, most in texts.items():
        row.text(column, most=most)
    if "country" in texts and row.text("country") and not countries.known(row.text("country")):
        raise row.bad("country", f"{row.text('country')} is not the code of a country")


def _check_claims(record: Record) -> None:
    known = {
        "edition": list(record.editions),
        "award": list(record.awards),
        "tally": list(record.tallies),
        "stamp_issue": list(record.stamps.issues),
        "stamp": list(record.stamps.stamps),
    }
    if stray := strays(record.claims, known):
        raise Refused("claims.csv speaks of what no file has: %(keys)s.", keys=", ".join(stray))
