"""Loading the stamps of the record, as often as one likes: writing follows the keys, so that nothing is doubled.

What curators, collectors and imports brought stands beside it and is left alone. A field that a curator changed keeps the
curator's value, and the file's becomes a claim; a record that was merged or taken out does not come again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from core import evidence
from core.datafiles import Row
from core.db import db
from core.evidence import Confidence, Told
from core.evidencefiles import Claims, claims_on, confidence_of, sources_of
from stamps import queries
from stamps.kinds import Part, StampKind
from stamps.models import Catalogue, JointIssue, Maker, PermanentNumber, Series, Stamp, StampIssue, Topic
from stamps.reading.numbers import Number, read_number
from stamps.rules import year_of
from stamps.services.describing import credit, known_catalogues, number_thing, understand
from stamps.services.files import ISSUE_TEXTS, NAMES, STAMP_TEXTS, StampFiles, jointness_of

Step = Callable[[], object]
Kept = TypeVar("Kept", Topic, Catalogue, Series, JointIssue, StampIssue, Stamp)
# Columns of the files that are no columns of the tables.
ELSEWHERE = ("national_code", "number")
AFTER_STAMPS = 1000


class Held(Protocol):
    """What stays as curators decided; see `stamps/curating/services/holding.py`."""

    def fill(
        self, thing: StampIssue | Stamp, fill: Callable[[], None], *, confidence: Confidence, sources: Sequence[str]
    ) -> None:
        """Fill a record from its row, but for what was decided."""

    def told(self, kind: str, key: str, *, besides: Sequence[Told]) -> list[Told]:
        """What the files say otherwise."""

    def values(self, kind: str) -> dict[tuple[str, str], str]:
        """What was decided, by key and field."""


def load_stamps(files: StampFiles, claims: Claims, *, held: Held, step: Step) -> None:
    """Make the tables hold what the files say, but for what curators decided; `step` is called after each row."""
    topics = _keep(Topic, files.topics, _fill_topic, step)
    for key, row in files.topics.items():
        topics[key].parent = topics.get(row.text("parent"))
    _keep(Catalogue, files.catalogues, _fill_catalogue, step)
    series = _keep(Series, files.series, _fill_series, step)
    joints = _keep(JointIssue, files.joints, _fill_joint, step)
    catalogues, makers = known_catalogues(), queries.rows_by_key(Maker)

    def fill_issue(issue: StampIssue, row: Row) -> None:
        _fill_issue(issue, row)
        issue.topics = [topics[key] for key in row.many("topics")]
        issue.series, issue.joint = series.get(row.text("series")), joints.get(row.text("joint"))
        number_thing(issue, _issue_numbers(row), catalogues)
        credit(issue, _credits(row), makers, country=issue.country)

    led = _led_elsewhere((*files.issues.values(), *files.stamps.values()))
    issues = _keep(StampIssue, _present(files.issues, led), _holding(held, fill_issue), step)
    issues |= {key: issues[other] for key, other in led.items() if other in issues}

    def fill_stamp(stamp: Stamp, row: Row) -> None:
        _fill_stamp(stamp, row, issues[row.text("issue")])
        number_thing(stamp, _stamp_numbers(row, stamp.issue.country), catalogues)

    stamps = {key: row for key, row in _present(files.stamps, led).items() if row.text("issue") in issues}
    _keep(Stamp, stamps, _holding(held, fill_stamp), step)
    _keep_evidence(replace(files, issues=_present(files.issues, led), stamps=stamps), claims, held)


def _led_elsewhere(rows: Sequence[Row]) -> dict[str, str]:
    """Keys of the files whose permanent number leads to another record now, or nowhere: merged, or taken out."""
    now = queries.keys_of_numbers([row.number("permanent") for row in rows])
    keys = {row.text("key"): now.get(row.number("permanent"), row.text("key")) for row in rows}
    return {key: other for key, other in keys.items() if key != other}


def _present(rows: dict[str, Row], led: dict[str, str]) -> dict[str, Row]:
    return {key: row for key, row in rows.items() if key not in led}


def _holding(held: Held, fill: Callable[[Kept, Row], None]) -> Callable[[Kept, Row], None]:
    def filled(thing: Kept, row: Row) -> None:
        if isinstance(thing, StampIssue | Stamp):
            sure, sources = confidence_of(row), sources_of(row)
            held.fill(thing, lambda: fill(thing, row), confidence=sure, sources=sources)

    return filled


def _keep_evidence(files: StampFiles, claims: Claims, held: Held) -> None:
    kinds = {"stamp_issue": files.issues, "stamp": files.stamps, "stamp_series": files.series}
    for kind, rows in (kinds | {"stamp_joint_issue": files.joints}).items():
        evidence.keep_citations(kind, {key: sources_of(row) for key, row in rows.items()})
        told = claims_on(kind, claims, list(rows))
        every = {key: [*of_key, *held.told(kind, key, besides=of_key)] for key, of_key in told.items()}
        evidence.keep_claims(kind, every, held=held.values(kind))
    for kind, rows in (("stamp_issue", files.issues), ("stamp", files.stamps)):
        numbered = queries.numbered_keys(kind, list(rows))
        db.session.add_all(
            PermanentNumber(number=row.number("permanent"), kind=kind, key=key)
            for key, row in rows.items()
            if key not in numbered
        )
    db.session.flush()


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


def _fill_names(thing: Topic | Series | JointIssue, row: Row) -> None:
    for column in NAMES:
        setattr(thing, column, row.text(column))


def _fill_topic(topic: Topic, row: Row) -> None:
    _fill_names(topic, row)


def _fill_catalogue(catalogue: Catalogue, row: Row) -> None:
    catalogue.name, catalogue.country = row.text("name"), row.text("country")
    catalogue.rank = row.line


def _fill_series(series: Series, row: Row) -> None:
    _fill_names(series, row)
    series.country, series.note, series.confidence = row.text("country"), row.text("note"), confidence_of(row)


def _fill_joint(joint: JointIssue, row: Row) -> None:
    _fill_names(joint, row)
    joint.jointness, joint.note, joint.confidence = jointness_of(row), row.text("note"), confidence_of(row)


def _fill_issue(issue: StampIssue, row: Row) -> None:
    _fill(issue, row, ISSUE_TEXTS)
    issue.country = row.text("country")
    issue.date, issue.year = row.text("date"), year_of(row.text("date"))
    issue.sales_end = row.text("sales_end")
    issue.face_values = "\n".join(row.many("face_values"))
    issue.n_stamps, issue.n_sheets = row.whole("n_stamps"), row.whole("n_sheets")


def _fill_stamp(stamp: Stamp, row: Row, issue: StampIssue) -> None:
    _fill(stamp, row, STAMP_TEXTS)
    stamp.issue = issue
    stamp.kind = row.choice("kind", StampKind)
    stamp.face_amount = row.amount("face_amount")
    stamp.rank = _rank(row)
    understand(stamp)


def _fill(thing: StampIssue | Stamp, row: Row, texts: dict[str, int | None]) -> None:
    for column in texts:
        if column not in ELSEWHERE:
            setattr(thing, column, row.text(column))
    thing.width_mm, thing.height_mm = row.amount("width_mm"), row.amount("height_mm")
    thing.confidence = confidence_of(row)


def _issue_numbers(row: Row) -> list[Number]:
    """The set number of the issuing country, then what catalogues give."""
    printed = (read_number(text) for text in row.many("catalogue_numbers"))
    return [*_national(f"{row.text('country')}-set", row.text("national_code")), *filter(None, printed)]


def _stamp_numbers(row: Row, country: str) -> list[Number]:
    return _national(country, row.text("number"))


def _national(mark: str, printed: str) -> list[Number]:
    read = read_number(printed, catalogue=mark) if printed else None
    return [read] if read else []


def _credits(row: Row) -> list[tuple[Part, str]]:
    """Makers named by the issue's row: several are parted by semicolons."""
    named = ((Part.DESIGNER, row.text("designer")), (Part.PRINTER, row.text("printer")))
    return [(part, name.strip()) for part, text in named for name in text.split(";") if name.strip()]


def _rank(row: Row) -> int:
    """`4-3` is the third; sheets come after the stamps."""
    last = row.text("position").rpartition("-")[2]
    return int(last) if last.isdigit() else AFTER_STAMPS
