"""How far a round is: every judge, and how often letters have been read. Counted by the database, however many there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from contest.judging.models import Assignment, Comparison, Judge, Round
from contest.judging.queries.panel import last_reads_in
from contest.judging.queries.rounds import judges_of
from contest.judging.rules import AssignmentState, Pile, minutes_left, own_paces
from contest.judging.terms import RoundMethod
from contest.letters import queries as letters
from core.db import db


@dataclass(frozen=True)
class JudgeProgress:
    """How far a judge is in a round: the pile, letters given back, and when the last one was finished."""

    judge: Judge
    pile: Pile
    given_back: int
    last_at: datetime | None

    @property
    def waiting(self) -> int:
        """Letters still to read."""
        return self.pile.total - self.pile.done


def progress_of(round_: Round) -> list[JudgeProgress]:
    """How far everybody is in a round, in letters or in pairs; who left before it had anything is no part of it."""
    counts = _counts_in(round_)
    paces = last_reads_in(round_) if any(AssignmentState.WAITING in each for each in counts.values()) else {}
    there = [judge for judge in judges_of(round_.stage) if judge.left_at is None or judge.id in counts]
    return [_progress(judge, counts.get(judge.id, {}), own_paces(paces.get(judge.id, []))) for judge in there]


# Of reads or pairs in one state: how many, and when the last one was finished.
_Count = tuple[int, datetime | None]


def _counts_in(round_: Round) -> dict[int, dict[AssignmentState, _Count]]:
    table = Comparison if round_.method is RoundMethod.PAIRS else Assignment
    query = select(table.judge_id, table.state, func.count(), func.max(table.finished_at))
    query = query.where(table.round_id == round_.id).group_by(table.judge_id, table.state)
    present = query if table is Comparison else _present(query, round_)
    found: dict[int, dict[AssignmentState, _Count]] = defaultdict(dict)
    for judge_id, state, count, last in db.session.execute(present):
        found[judge_id][state] = (count, last)
    return found


def _progress(judge: Judge, counts: Mapping[AssignmentState, _Count], spent: list[float]) -> JudgeProgress:
    nothing: _Count = (0, None)
    waiting, _last = counts.get(AssignmentState.WAITING, nothing)
    done, last_at = counts.get(AssignmentState.MARKED, nothing)
    given_back, _last = counts.get(AssignmentState.RECUSED, nothing)
    minutes = minutes_left(waiting=waiting, spent=spent)
    return JudgeProgress(judge, Pile(done=done, total=done + waiting, minutes=minutes), given_back, last_at)


def _present(query: Select[Any], round_: Round) -> Select[Any]:
    return query.where(Assignment.round_id == round_.id, Assignment.letter_id.in_(letters.judgeable_ids()))


def count_dealt(round_: Round) -> int:
    """How many letters of a round lie on as many desks as it promises."""
    held = _present(select(Assignment.letter_id), round_).where(Assignment.state != AssignmentState.RECUSED)
    enough = held.group_by(Assignment.letter_id).having(func.count() >= round_.reads_per_letter).subquery()
    return db.session.scalar(select(func.count()).select_from(enough)) or 0


def reads_done(round_: Round) -> dict[int, int]:
    """How many letters have been read how often in a round: reads → letters."""
    done = func.count().filter(Assignment.state == AssignmentState.MARKED).label("done")
    by_letter = _present(select(done), round_).group_by(Assignment.letter_id).subquery()
    counts = select(by_letter.c.done, func.count()).group_by(by_letter.c.done).order_by(by_letter.c.done)
    return {row.done: row[1] for row in db.session.execute(counts)}
