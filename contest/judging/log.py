"""The log of judging: every mark, deal, decision and computed ranking, added and never changed.

A line says enough to compute again, without any other table, what was decided (`replay.py`). The database itself refuses to
change or remove a line: `SEAL` holds the triggers of each engine. Each line carries a digest of its own words.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy import DDL, JSON, Index, String, event, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Instant, db

# Reads in one line of a deal: a round of a million letters is a hundred lines, each of which fits a page.
READS_A_LINE = 10_000
PROGRAM = version("temthu")

SEAL = {
    "sqlite": (
        "CREATE TRIGGER judging_event_kept BEFORE UPDATE ON judging_event "
        "BEGIN SELECT RAISE(ABORT, 'the log of judging is only added to'); END",
        "CREATE TRIGGER judging_event_stays BEFORE DELETE ON judging_event "
        "BEGIN SELECT RAISE(ABORT, 'the log of judging is only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION judging_event_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''the log of judging is only added to''; END'",
        "CREATE TRIGGER judging_event_kept BEFORE UPDATE OR DELETE ON judging_event "
        "FOR EACH ROW EXECUTE FUNCTION judging_event_sealed()",
        "CREATE TRIGGER judging_event_stays BEFORE TRUNCATE ON judging_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION judging_event_sealed()",
    ),
}
UNSEAL = {
    "sqlite": ("DROP TRIGGER judging_event_kept", "DROP TRIGGER judging_event_stays"),
    "postgresql": (
        "DROP TRIGGER judging_event_kept ON judging_event",
        "DROP TRIGGER judging_event_stays ON judging_event",
        "DROP FUNCTION judging_event_sealed()",
    ),
}


class JudgingEvent(Base):
    """One line: who (a person's id, None for the program), when, what kind, and everything needed to do it again.

    Stage and round are plain numbers: the line outlives a planned round that is cancelled.
    """

    __tablename__ = "judging_event"
    __table_args__ = (Index("ix_judging_event_round", "stage_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int]
    round_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    program: Mapped[str] = mapped_column(String(32))
    seed: Mapped[str] = mapped_column(String(96), default="")
    digest: Mapped[str] = mapped_column(String(64))


for _engine, _statements in SEAL.items():
    for _statement in _statements:
        _trigger = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(JudgingEvent.__table__, "after_create", _trigger.execute_if(dialect=_engine))


def digest_of(line: JudgingEvent) -> str:
    """SHA-256 over everything a line says, its number apart, as canonical JSON."""
    said = [
        line.stage_id,
        line.round_id,
        line.at.astimezone(UTC).isoformat(),
        line.who,
        line.kind,
        line.payload,
        line.program,
        line.seed,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def write(
    *,
    stage_id: int,
    round_id: int | None,
    kind: str,
    payload: dict[str, Any],
    who: int | None,
    now: datetime,
    seed: str = "",
) -> None:
    """Add a line inside the caller's transaction. `payload` must be plain JSON values."""
    line = JudgingEvent(
        stage_id=stage_id, round_id=round_id, at=now, who=who, kind=kind, payload=payload, program=PROGRAM, seed=seed
    )
    line.digest = digest_of(line)
    db.session.add(line)


def pieces(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Rows in pieces of the length of a line."""
    return (rows[start : start + READS_A_LINE] for start in range(0, len(rows), READS_A_LINE))


def lines_of(stage_id: int) -> list[JudgingEvent]:
    """The log of a stage, oldest first."""
    query = select(JudgingEvent).where(JudgingEvent.stage_id == stage_id)
    return list(db.session.scalars(query.order_by(JudgingEvent.id)))
