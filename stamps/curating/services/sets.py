"""Saving a whole set: the facts of an issue and its items in one save, kept or refused together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Person
from core import evidence
from core.db import db
from core.errors import Refused
from core.evidence import Confidence
from stamps.curating import finding, queries, rules
from stamps.curating.models import Revision
from stamps.curating.rules import ISSUE, RECORD, STAMP, Act
from stamps.curating.services import fields, saving
from stamps.kinds import StampKind
from stamps.models import Stamp, StampIssue
from stamps.reading.dates import read_date
from stamps.rules import CONTAINERS, PRODUCTS, year_of
from stamps.services.describing import key_of_name
from stamps.services.permanent import give_permanent_numbers

AFTER_STAMPS = 1000


@dataclass(frozen=True)
class RowSaid:
    """One row of the screen: the key of an item that is there, or none, and what was typed, by field."""

    key: str
    typed: Mapping[str, str]


@dataclass(frozen=True)
class SetSaid:
    """Everything typed on the screen of one set."""

    facts: Mapping[str, str]
    rows: Sequence[RowSaid] = field(default_factory=list)
    source: str = ""
    reason: str = ""
    confidence: Confidence = Confidence.UNKNOWN


def enter_set(*, said: SetSaid, by: Person, now: datetime) -> StampIssue:
    """A new issue with its items."""
    revision = _begin(Act.ENTERED, said, by, now)
    country = said.facts.get("country", "")
    issue = StampIssue(key=_issue_key(said.facts), country=country, confidence=said.confidence, stamps=[])
    for name in ("topics", "numbers", "credits", "pictures"):
        setattr(issue, name, [])
    fields.write(issue, "country", country)
    db.session.add(issue)
    db.session.flush()
    give_permanent_numbers(kind=ISSUE, keys=[issue.key])
    _note_record(revision, issue, country, said.source)
    _save(revision, issue, said)
    _count(revision, issue)
    _finish(revision, issue)
    return issue


def change_set(*, issue: StampIssue, said: SetSaid, seen: int, by: Person, now: datetime) -> Revision | None:
    """What changed of an issue and its items; `seen` is the newest save that the page knew."""
    rules.refuse_stale(seen=seen, latest=queries.latest_revision(records_of(issue)))
    revision = _begin(Act.EDITED, said, by, now)
    _save(revision, issue, said)
    return _finish(revision, issue)


def change_thing(
    *, thing: StampIssue | Stamp, typed: Mapping[str, str], said: SetSaid, by: Person, now: datetime
) -> Revision | None:
    """Fields of one record, in a save of their own."""
    revision = _begin(Act.EDITED, said, by, now)
    saving.change_fields(revision, thing, typed)
    return saving.finish(revision, {thing.key: thing})


def records_of(issue: StampIssue) -> list[tuple[str, str]]:
    """An issue and its items, by kind and key."""
    return [(ISSUE, issue.key), *((STAMP, item.key) for item in issue.stamps)]


def _begin(act: Act, said: SetSaid, by: Person, now: datetime) -> Revision:
    return saving.begin(act=act, by=by, now=now, source=said.source, reason=said.reason, confidence=said.confidence)


def _save(revision: Revision, issue: StampIssue, said: SetSaid) -> None:
    saving.change_fields(revision, issue, {name: text for name, text in said.facts.items() if name != "country"})
    if "country" in said.facts:
        saving.change_fields(revision, issue, {"country": said.facts["country"]})
    _refuse_same_positions(said.rows)
    present = {item.key: item for item in issue.stamps}
    items = [_item(revision, issue, present, row, number, said) for number, row in enumerate(said.rows)]
    for links in (False, True):  # what items say of each other is read once all are there
        for number, (item, row) in enumerate(zip(items, said.rows, strict=True)):
            typed = {name: text for name, text in _told(row).items() if (name in fields.LINKS) is links}
            with _in_row(number):
                saving.change_fields(revision, item, typed)


def _told(row: RowSaid) -> Mapping[str, str]:
    """What a row says; of the currency a new item that says nothing keeps that of its issue."""
    is_silent = not row.key and not row.typed.get("currency")
    return {name: text for name, text in row.typed.items() if name != "currency" or not is_silent}


def _item(
    revision: Revision,
    issue: StampIssue,
    present: Mapping[str, Stamp],
    row: RowSaid,
    number: int,
    said: SetSaid,
) -> Stamp:
    if row.key:
        found = present.get(row.key)
        if found is None:
            raise Refused(
                "Somebody saved this after you had opened it. Open it again, so that nothing of theirs is lost."
            )
        return found
    return add_item(
        revision,
        issue,
        kind=StampKind(row.typed.get("kind") or StampKind.STAMP),
        position=row.typed.get("position", ""),
        number=number,
        confidence=said.confidence,
    )


def add_item(
    revision: Revision,
    issue: StampIssue,
    *,
    kind: StampKind,
    position: str,
    number: int,
    confidence: Confidence,
    key: str = "",
) -> Stamp:
    """A new item of an issue, with our number; the currency is that of the issue until something else is said."""
    called = key_of_name(position) if position else kind.value.replace("_", "-")
    item = Stamp(
        key=key or finding.free_key(Stamp, f"{issue.key[:40].strip('-')}-{called}"),
        kind=kind,
        rank=_rank(kind, position, number),
        confidence=confidence,
        currency=issue.currency,
    )
    for name in ("topics", "numbers", "credits", "pictures", "members"):
        setattr(item, name, [])
    issue.stamps.append(item)
    db.session.add(item)
    db.session.flush()
    give_permanent_numbers(kind=STAMP, keys=[item.key])
    _note_record(revision, item, issue.key, revision.source)
    return item


def _note_record(revision: Revision, thing: StampIssue | Stamp, hangs_on: str, source: str) -> None:
    saving.note(revision, thing, RECORD, before="", after=hangs_on)
    evidence.cite(saving.kind_of(thing), thing.key, source=source.strip())


def _rank(kind: StampKind, position: str, number: int) -> int:
    """As the record's files have it: `4-3` is the third; sheets and covers come after the stamps."""
    last = position.rpartition("-")[2]
    if last.isdigit() and len(last) < 5:
        return int(last)
    return AFTER_STAMPS + number if kind in CONTAINERS | PRODUCTS else number + 1


def _count(revision: Revision, issue: StampIssue) -> None:
    """A set entered from its first position to its last tells how many stamps it has and of which values."""
    positions = [item.position for item in issue.stamps if item.kind is StampKind.STAMP and item.parent is None]
    if not positions or sorted(positions) != sorted(f"{len(positions)}-{at + 1}" for at in range(len(positions))):
        return
    values = [item.face_value for item in issue.stamps if item.kind is StampKind.STAMP and item.parent is None]
    told = {
        "n_stamps": str(len(positions)),
        "n_sheets": str(sum(item.kind is StampKind.SOUVENIR_SHEET for item in issue.stamps)),
        **({"face_values": "\n".join(values)} if all(values) else {}),
    }
    saving.change_fields(revision, issue, {name: text for name, text in told.items() if not fields.read(issue, name)})


def _finish(revision: Revision, issue: StampIssue) -> Revision | None:
    db.session.flush()
    return saving.finish(revision, {issue.key: issue, **{item.key: item for item in issue.stamps}})


def _issue_key(facts: Mapping[str, str]) -> str:
    name = facts.get("name_en") or facts.get("name_vi") or facts.get("name_fr") or facts.get("name_local") or ""
    if not name:
        raise Refused("An issue needs a name.", field="name_vi")
    day = read_date(facts.get("date", ""))
    parts = (facts.get("country", "").lower(), day if year_of(day) else "", key_of_name(name))
    return finding.free_key(StampIssue, "-".join(filter(None, parts))[:52])


def _refuse_same_positions(rows: Sequence[RowSaid]) -> None:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        position = row.typed.get("position", "").strip()
        if position and not row.typed.get("parent", "").strip():
            if position in seen:
                raise Refused(
                    "Two items have the position %(position)s.", field=f"rows-{number}-position", position=position
                )
            seen.add(position)


class _in_row:  # noqa: N801 - reads as a word
    """Within it, a refusal is of this row of the screen."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Refused):
            raise Refused(error.message, field=f"rows-{self.number}-{error.field}", **error.values) from error
