"""Writing stamps: the catalogue is loaded from the record's data files, as often as one likes.

Reading checks everything before a row is written; writing follows the keys, so nothing is doubled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core import countries, evidence
from core.datafiles import Row, keyed, read
from core.db import db
from core.evidencefiles import Claims, claims_on, confidence_of, sources_of
from stamps import queries
from stamps.models import Stamp, StampIssue, Topic
from stamps.rules import StampKind, is_partial_date, year_of

TOPIC_COLUMNS = ("key", "name_vi", "name_en", "name_fr")
ISSUE_TEXTS = {
    "issuer": 120,
    "name_vi": None,
    "name_en": None,
    "national_code": 16,
    "currency": 3,
    "perforation": 80,
    "designer": None,
    "printer": None,
    "printing": None,
    "print_run": None,
    "fdc_size": 40,
    "note": None,
}
STAMP_TEXTS = {
    "number": 16,
    "position": 16,
    "name_vi": None,
    "name_en": None,
    "face_value": 40,
    "currency": 3,
    "note": None,
}
SIZES = ("width_mm", "height_mm")
ISSUE_COLUMNS = (
    *("key", "country", "date", "sales_end", "catalogue_numbers", "n_stamps", "n_sheets", "face_values"),
    *("topics", "confidence", "sources", *SIZES, *ISSUE_TEXTS),
)
STAMP_COLUMNS = ("key", "issue", "kind", "face_amount", "confidence", "sources", *SIZES, *STAMP_TEXTS)
Step = Callable[[], object]
Kept = TypeVar("Kept", Topic, StampIssue, Stamp)


@dataclass(frozen=True)
class Catalogue:
    """The stamps of the record as read: rows by key, every one checked."""

    topics: dict[str, Row]
    issues: dict[str, Row]
    stamps: dict[str, Row]

    @property
    def size(self) -> int:
        """How many rows there are to load."""
        return len(self.topics) + len(self.issues) + len(self.stamps)


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check the files of stamps; a bad row is refused with its line and column."""
    topics = keyed(read(folder / "topics.csv", TOPIC_COLUMNS))
    issues = keyed(read(folder / "stamp-issues.csv", ISSUE_COLUMNS))
    stamps = keyed(read(folder / "stamps.csv", STAMP_COLUMNS))
    for row in topics.values():
        _needs_names(row)
    for row in issues.values():
        _check_issue(row, topics)
    for row in stamps.values():
        _check_stamp(row, issues)
    return Catalogue(topics, issues, stamps)


def load_catalogue(catalogue: Catalogue, claims: Claims, *, step: Step) -> None:
    """Make the tables hold what the files say; `step` is called after each row."""
    topics = _keep(Topic, catalogue.topics, _fill_topic, step)
    issues = _keep(StampIssue, catalogue.issues, lambda issue, row: _fill_issue(issue, row, topics), step)
    _keep(Stamp, catalogue.stamps, lambda stamp, row: _fill_stamp(stamp, row, issues), step)
    for kind, rows in (("stamp_issue", catalogue.issues), ("stamp", catalogue.stamps)):
        evidence.keep_citations(kind, {key: sources_of(row) for key, row in rows.items()})
        evidence.keep_claims(kind, claims_on(kind, claims, list(rows)))


def _keep(table: type[Kept], rows: dict[str, Row], fill: Callable[[Kept, Row], None], step: Step) -> dict[str, Kept]:
    present: dict[str, Kept] = queries.rows_by_key(table)
    for key, row in rows.items():
        thing = present.get(key)
        if thing is None:
            thing = present[key] = table(key=key)
        fill(thing, row)
        db.session.add(thing)
        step()
    db.session.flush()
    return present


def _fill_topic(topic: Topic, row: Row) -> None:
    for column in TOPIC_COLUMNS[1:]:
        setattr(topic, column, row.text(column))


def _fill_issue(issue: StampIssue, row: Row, topics: dict[str, Topic]) -> None:
    _fill(issue, row, ISSUE_TEXTS)
    issue.country = row.text("country")
    issue.date, issue.year = row.text("date"), year_of(row.text("date"))
    issue.sales_end = row.text("sales_end")
    issue.catalogue_numbers = "\n".join(row.many("catalogue_numbers"))
    issue.face_values = "\n".join(row.many("face_values"))
    issue.n_stamps, issue.n_sheets = row.whole("n_stamps"), row.whole("n_sheets")
    issue.topics = [topics[key] for key in row.many("topics")]


def _fill_stamp(stamp: Stamp, row: Row, issues: dict[str, StampIssue]) -> None:
    _fill(stamp, row, STAMP_TEXTS)
    stamp.issue = issues[row.text("issue")]
    stamp.kind = row.choice("kind", StampKind)
    stamp.face_amount = row.amount("face_amount")
    stamp.rank = _rank(row)


def _fill(thing: StampIssue | Stamp, row: Row, texts: dict[str, int | None]) -> None:
    for column in texts:
        setattr(thing, column, row.text(column))
    thing.width_mm, thing.height_mm = row.amount("width_mm"), row.amount("height_mm")
    thing.confidence = confidence_of(row)


def _rank(row: Row) -> int:
    """`4-3` is the third; sheets come after the stamps."""
    last = row.text("position").rpartition("-")[2]
    return int(last) if last.isdigit() else 1000


def _check_issue(row: Row, topics: dict[str, Row]) -> None:
    _check_texts(row, ISSUE_TEXTS)
    if not countries.known(row.needed("country")):
        raise row.bad("country", "not the code of a country")
    for column in ("date", "sales_end"):
        if row.text(column) and not is_partial_date(row.text(column)):
            raise row.bad(column, f"{row.text(column)!r} is no date such as 2021, 2021-10 or 2021-10-09")
    for topic in row.many("topics"):
        if topic not in topics:
            raise row.bad("topics", f"no topic is called {topic}")
    row.whole("n_stamps"), row.whole("n_sheets")
    if not row.text("name_vi") and not row.text("name_en"):
        raise row.bad("name_vi", "an issue needs a name")


def _check_stamp(row: Row, issues: dict[str, Row]) -> None:
    _check_texts(row, STAMP_TEXTS)
    row.choice("kind", StampKind)
    row.amount("face_amount")
    if row.needed("issue") not in issues:
        raise row.bad("issue", f"no issue has the key {row.text('issue')}")


def _check_texts(row: Row, texts: dict[str, int | None]) -> None:
    for column, most in texts.items():
        row.text(column, most=most)
    for column in SIZES:
        row.amount(column)
    confidence_of(row)
    sources_of(row)


def _needs_names(row: Row) -> None:
    for column in TOPIC_COLUMNS[1:]:
        row.needed(column, most=80)
