"""Every SELECT on pictures of stamps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from core.db import db
from core.jobs import Job, JobState
from stamps.models import Stamp, StampIssue, StampPicture
from stamps.pictures.rules import SEARCHED

REBUILD = "stamps.looks_rebuild"
# So many values go into one IN.
MOST_ASKED = 500


@dataclass(frozen=True)
class Pictured:
    """A picture and what it is of: an item of an issue, or (`stamp` None) the issue as a whole."""

    picture: StampPicture
    issue: StampIssue
    stamp: Stamp | None

    @property
    def thing(self) -> Stamp | StampIssue:
        """What it is of."""
        return self.stamp or self.issue


def picture(key: str) -> StampPicture | None:
    """One that may be shown."""
    return db.session.scalar(select(StampPicture).where(StampPicture.key == key, StampPicture.withdrawn_at.is_(None)))


def any_picture(key: str) -> StampPicture | None:
    """One, withdrawn or not."""
    return db.session.scalar(select(StampPicture).where(StampPicture.key == key))


def pictures_of(thing: Stamp | StampIssue, *, withdrawn: bool = False) -> list[StampPicture]:
    """The pictures of a thing that are shown, or those that were withdrawn."""
    of = StampPicture.stamp_id == thing.id if isinstance(thing, Stamp) else StampPicture.issue_id == thing.id
    state = StampPicture.withdrawn_at.is_not(None) if withdrawn else StampPicture.withdrawn_at.is_(None)
    return list(db.session.scalars(select(StampPicture).where(of, state).order_by(StampPicture.rank, StampPicture.id)))


def thing_of(picture: StampPicture) -> Stamp | StampIssue:
    """What a picture is of."""
    if picture.stamp_id is not None:
        return db.session.get_one(Stamp, picture.stamp_id)
    return db.session.get_one(StampIssue, picture.issue_id)


def searched() -> dict[int, str]:
    """Every picture that a photograph is compared with: id and file, in order."""
    query = select(StampPicture.id, StampPicture.file_id).where(
        StampPicture.withdrawn_at.is_(None), StampPicture.view.in_(SEARCHED)
    )
    return {row.id: row.file_id for row in db.session.execute(query.order_by(StampPicture.id))}


def number_searched() -> int:
    """How many those are."""
    query = select(func.count(StampPicture.id)).where(
        StampPicture.withdrawn_at.is_(None), StampPicture.view.in_(SEARCHED)
    )
    return db.session.scalar(query) or 0


def ids_of(*, country: str, year: int | None) -> list[int]:
    """Pictures of stamps of a country, of a year, or both."""
    query = select(StampPicture.id).where(StampPicture.withdrawn_at.is_(None))
    query = query.outerjoin(Stamp, Stamp.id == StampPicture.stamp_id).join(StampIssue, _its_issue())
    if country:
        query = query.where(StampIssue.country == country)
    if year:
        query = query.where(StampIssue.year == year)
    return list(db.session.scalars(query))


def pictured(picture_ids: Sequence[int]) -> dict[int, Pictured]:
    """What pictures of these ids are of; withdrawn ones are left out."""
    found: dict[int, Pictured] = {}
    for start in range(0, len(picture_ids), MOST_ASKED):
        for picture, stamp, issue in db.session.execute(_pictured(picture_ids[start : start + MOST_ASKED])):
            found[picture.id] = Pictured(picture, issue, stamp)
    return found


def _pictured(picture_ids: Sequence[int]) -> Select[tuple[StampPicture, Stamp, StampIssue]]:
    query = select(StampPicture, Stamp, StampIssue).where(
        StampPicture.id.in_(picture_ids), StampPicture.withdrawn_at.is_(None)
    )
    query = query.outerjoin(Stamp, Stamp.id == StampPicture.stamp_id).join(StampIssue, _its_issue())
    return query.options(joinedload(Stamp.issue))


def _its_issue() -> ColumnElement[bool]:
    return StampIssue.id == func.coalesce(Stamp.issue_id, StampPicture.issue_id)


def is_rebuild_due(*, since: datetime) -> bool:
    """Whether a rebuild of the index waits or runs, or was due so lately that another one would hardly help."""
    waits = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    query = select(Job.id).where(Job.name == REBUILD, waits | (Job.due_at >= since))
    return db.session.scalar(query.limit(1)) is not None
