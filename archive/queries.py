"""What the archive reads: the index, and which of its jobs ran or wait."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from archive.engines import current_index
from archive.index import Query, Results
from core.db import db
from core.jobs import Job, JobState


def find(query: Query) -> Results:
    """Find; where nothing is, look once more with the last word as a beginning."""
    results = current_index().search(query)
    if results.ready and not results.total and query.words and not query.prefix:
        results = current_index().search(replace(query, prefix=True))
    return results


def indexed_since(moment: datetime) -> list[tuple[str, str]]:
    """Kind and key of everything a worker has brought up to date, or begun to, since then."""
    query = select(Job.arguments).where(Job.name == "archive.index", Job.claimed_at >= moment)
    return list(dict.fromkeys((given["kind"], given["key"]) for given in db.session.scalars(query)))


def is_rebuild_due(*, since: datetime) -> bool:
    """Whether a rebuild waits or runs, or was due so lately that another one would hardly help."""
    waits = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    query = select(Job.id).where(Job.name == "archive.rebuild", waits | (Job.due_at >= since))
    return db.session.scalar(query.limit(1)) is not None
