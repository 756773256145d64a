"""What services that write ask: rows by key, permanent numbers, catalogues, how many there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, null, select

from core.db import db
from stamps.models import Catalogue, JointIssue, Maker, PermanentNumber, Series, Stamp, StampIssue, Topic
from stamps.models.columns import Dated

# So many values go into one IN.
MOST_ASKED = 500
Kept = TypeVar("Kept", Topic, Catalogue, Series, JointIssue, Maker, StampIssue, Stamp)


def number_of(table: type[StampIssue] | type[Stamp]) -> int:
    """How many rows a table of stamps has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def rows_by_key(table: type[Kept]) -> dict[str, Kept]:
    """All rows of a table by their key, for the loader."""
    return {row.key: row for row in db.session.scalars(select(table))}


def numbered_keys(kind: str, keys: Sequence[str]) -> set[str]:
    """Those of these keys that have a permanent number."""
    found: set[str] = set()
    for start in range(0, len(keys), MOST_ASKED):
        some = keys[start : start + MOST_ASKED]
        query = select(PermanentNumber.key).where(PermanentNumber.kind == kind, PermanentNumber.key.in_(some))
        found.update(db.session.scalars(query))
    return found


def taken_keys(table: type[StampIssue] | type[Stamp], keys: Sequence[str]) -> set[str]:
    """Those of these keys that a record has already."""
    found: set[str] = set()
    for start in range(0, len(keys), MOST_ASKED):
        found.update(db.session.scalars(select(table.key).where(table.key.in_(keys[start : start + MOST_ASKED]))))
    return found


def keys_of_numbers(numbers: Sequence[int]) -> dict[int, str]:
    """What permanent numbers lead to now; "" for what was taken out."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), MOST_ASKED):
        some = numbers[start : start + MOST_ASKED]
        query = select(PermanentNumber.number, PermanentNumber.key).where(PermanentNumber.number.in_(some))
        found.update({row.number: row.key for row in db.session.execute(query)})
    return found


def highest_permanent_number() -> int:
    """The highest number given so far; 0 for none."""
    return db.session.scalar(select(func.max(PermanentNumber.number))) or 0


def permanent_numbers(kind: str, key: str) -> list[PermanentNumber]:
    """The numbers that lead to a thing, its own first."""
    query = select(PermanentNumber).where(PermanentNumber.kind == kind, PermanentNumber.key == key)
    return list(db.session.scalars(query.order_by(PermanentNumber.number.desc())))


def permanent_number(number: int) -> PermanentNumber | None:
    """What a permanent number leads to."""
    return db.session.get(PermanentNumber, number)


def catalogues() -> list[Catalogue]:
    """Every catalogue, those of the world first."""
    return list(db.session.scalars(select(Catalogue).order_by(Catalogue.rank, Catalogue.id)))


def highest_id(part: str) -> int:
    """The highest id of a part of the catalogue, so that its addresses can be listed in parts of equal ids."""
    return db.session.scalar(select(func.max(_PARTS[part].id))) or 0


def keys_between(part: str, after: int, last: int) -> list[tuple[str, datetime | None]]:
    """Key and last change, where it is known, of the things of a part with ids behind `after` and up to `last`."""
    table = _PARTS[part]
    changed_at = table.changed_at if issubclass(table, Dated) else null()
    query = select(table.key, changed_at).where(table.id > after, table.id <= last).order_by(table.id)
    return list(db.session.execute(query).tuples())


_PARTS: dict[str, type[StampIssue | Stamp | Series | JointIssue | Maker]] = {
    "issues": StampIssue,
    "stamps": Stamp,
    "series": Series,
    "joint-issues": JointIssue,
    "makers": Maker,
}
