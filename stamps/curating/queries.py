"""Every SELECT on saves, changes and suggestions, and those that look for records like one that is being entered."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from stamps import queries as stamps
from stamps.curating.models import Change, Revision, Suggestion
from stamps.curating.rules import ISSUE, STAMP, SuggestionState
from stamps.models import CatalogueNumber, Stamp, StampIssue

MOST_HISTORY = 200
MOST_LIKE = 400
Asked = Select[tuple[Suggestion]]


def thing(kind: str, key: str) -> StampIssue | Stamp | None:
    """A record by its kind and key."""
    return stamps.issue(key) if kind == ISSUE else stamps.stamp(key) if kind == STAMP else None


def revision(revision_id: int) -> Revision | None:
    """By id."""
    return db.session.get(Revision, revision_id)


def change(change_id: int) -> Change | None:
    """By id."""
    return db.session.get(Change, change_id)


def history(things: Iterable[tuple[str, str]]) -> list[Revision]:
    """The saves that touched any of these things (kind, key), newest first."""
    keys: dict[str, list[str]] = {}
    for kind, key in things:
        keys.setdefault(kind, []).append(key)
    touching = or_(*((Change.kind == kind) & Change.key.in_(of_kind) for kind, of_kind in keys.items()))
    query = select(Revision).where(Revision.id.in_(select(Change.revision_id).where(touching)))
    return list(
        db.session.scalars(query.options(joinedload(Revision.person)).order_by(Revision.id.desc()).limit(MOST_HISTORY))
    )


def latest_revision(things: Iterable[tuple[str, str]]) -> int:
    """The id of the newest save that touched any of these; 0 for none."""
    return next((found.id for found in history(things)), 0)


def changes_of(kind: str, key: str, field: str) -> list[Change]:
    """How a field of a record changed, oldest first."""
    query = select(Change).where(Change.kind == kind, Change.key == key, Change.field == field)
    return list(db.session.scalars(query.options(joinedload(Change.revision)).order_by(Change.id)))


def curated_fields(kind: str) -> dict[str, set[str]]:
    """Fields that curators changed, by the key of the record."""
    found: dict[str, set[str]] = {}
    query = select(Change.key, Change.field).where(Change.kind == kind).distinct()
    for key, field in db.session.execute(query):
        found.setdefault(key, set()).add(field)
    return found


def suggestion(suggestion_id: int) -> Suggestion | None:
    """By id."""
    return db.session.get(Suggestion, suggestion_id)


def suggestions(*, state: SuggestionState | None = None, country: str = "", person_id: int | None = None) -> Asked:
    """Suggestions that fit, oldest waiting first; of one person, newest first."""
    query = select(Suggestion).options(joinedload(Suggestion.person))
    if state:
        query = query.where(Suggestion.state == state)
    if country:
        query = query.where(Suggestion.country == country)
    if person_id is not None:
        return query.where(Suggestion.person_id == person_id).order_by(Suggestion.id.desc())
    return query.order_by(Suggestion.at, Suggestion.id)


def page_of(query: Asked, *, number: int, size: int) -> list[Suggestion]:
    """One page, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def count(query: Asked) -> int:
    """How many suggestions a query holds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def waiting() -> int:
    """How many suggestions wait for a curator."""
    return db.session.scalar(select(func.count(Suggestion.id)).where(Suggestion.state == SuggestionState.WAITING)) or 0


def suggestion_countries() -> list[str]:
    """Countries whose stamps suggestions are about."""
    return [code for code in db.session.scalars(select(Suggestion.country).distinct()) if code]


def made_since(person_id: int, since: datetime) -> int:
    """How many suggestions somebody made since."""
    query = select(func.count(Suggestion.id)).where(Suggestion.person_id == person_id, Suggestion.at > since)
    return db.session.scalar(query) or 0


def waiting_of(person_id: int) -> int:
    """How many suggestions of somebody wait."""
    query = select(func.count(Suggestion.id)).where(Suggestion.person_id == person_id)
    return db.session.scalar(query.where(Suggestion.state == SuggestionState.WAITING)) or 0


def same_suggestion(
    person_id: int, kind: str, key: str, field: str, value: str, *, since: datetime
) -> Suggestion | None:
    """The same suggestion, made since."""
    query = select(Suggestion).where(
        Suggestion.person_id == person_id,
        Suggestion.kind == kind,
        Suggestion.key == key,
        Suggestion.field == field,
        Suggestion.value == value,
        Suggestion.at > since,
    )
    return db.session.scalar(query.order_by(Suggestion.id).limit(1))


def issues_like(*, country: str, year: int | None, numbers: Sequence[str], besides: str = "") -> list[StampIssue]:
    """Issues that may be the same: of the same country and year, or with an item of the same catalogue number."""
    numbered = select(CatalogueNumber.issue_id).where(CatalogueNumber.normal.in_(numbers))
    items = select(Stamp.issue_id).join(CatalogueNumber, CatalogueNumber.stamp_id == Stamp.id)
    alike: list[ColumnElement[bool]] = [
        StampIssue.id.in_(numbered),
        StampIssue.id.in_(items.where(CatalogueNumber.normal.in_(numbers))),
    ]
    if year is not None:
        alike.append((StampIssue.country == country) & (StampIssue.year == year))
    query = select(StampIssue).where(or_(*alike), StampIssue.key != besides).options(selectinload(StampIssue.stamps))
    return list(db.session.scalars(query.order_by(StampIssue.id).limit(MOST_LIKE)))


def recent(number: int) -> list[Revision]:
    """The newest saves."""
    query = select(Revision).options(joinedload(Revision.person)).order_by(Revision.id.desc()).limit(number)
    return list(db.session.scalars(query))
