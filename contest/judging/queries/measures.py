"""Model runs: what they read, and the figures of the newest."""

from collections.abc import Collection
from itertools import chain

import numpy as np
from sqlalchemy import Integer, cast, select

from contest.judging.log import JudgingEvent
from contest.judging.measuring import JudgeFigures, LetterFigures, Marks
from contest.judging.models import Assignment, Mark, Round
from contest.judging.rules import AssignmentState
from contest.judging.runs import UNFINISHED, JudgeMeasure, LetterMeasure, ModelRun
from contest.letters import queries as letters
from core.db import db

# Lines of the log after which other marks count than before.
OF_MARKS = ("mark", "given_back")
ROWS_AT_ONCE = 50_000


def position_of(round_: Round) -> int:
    """The last line of the log that says something of the marks of a round; 0 without any."""
    query = select(JudgingEvent.id).where(
        JudgingEvent.stage_id == round_.stage_id,
        JudgingEvent.round_id == round_.id,
        JudgingEvent.kind.in_(OF_MARKS),
    )
    return db.session.scalar(query.order_by(JudgingEvent.id.desc()).limit(1)) or 0


def marks_in(round_: Round) -> Marks:
    """Every mark of a round on letters that are still in the contest, complete reads or not, as arrays."""
    query = (
        select(Assignment.letter_id, Assignment.judge_id, Mark.criterion_id, cast(Mark.points * 2, Integer))
        .join(Mark, Mark.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state != AssignmentState.RECUSED,
            Assignment.letter_id.in_(letters.judgeable_ids()),
        )
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    pieces = [
        np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=4 * len(rows)).reshape(-1, 4)
        for rows in db.session.execute(query).partitions()
    ]
    table = np.concatenate([np.empty((0, 4), dtype=np.int64), *pieces])
    return Marks(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def round_at_rest(round_id: int) -> Round | None:
    """A round at a moment at which nobody is saving in it; all that is read afterwards in this transaction is of that moment.

    Must be the first that a transaction reads. Judges wait until it has begun, not while a million marks are read: those
    who save hold the round together (`hold`), so whoever holds it alone sees no mark without its line in the log.
    """
    with db.engine.begin() as connection:
        connection.execute(select(Round.id).where(Round.id == round_id).with_for_update())
        if db.engine.dialect.name == "postgresql":  # SQLite always reads from one moment
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return db.session.get(Round, round_id)


def newest_run(round_: Round) -> ModelRun | None:
    """The run whose figures are kept, all of them."""
    query = select(ModelRun).where(ModelRun.round_id == round_.id, ModelRun.results != UNFINISHED)
    return db.session.scalar(query.order_by(ModelRun.position.desc(), ModelRun.id.desc()).limit(1))


def letters_of_run(run: ModelRun, letter_ids: Collection[int] | None = None) -> dict[int, LetterFigures]:
    """Figures of letters, or of a few."""
    columns = [getattr(LetterMeasure, name) for name in LetterFigures._fields]
    query = select(LetterMeasure.letter_id, *columns).where(LetterMeasure.run_id == run.id)
    if letter_ids is not None:
        query = query.where(LetterMeasure.letter_id.in_(letter_ids))
    return {letter_id: LetterFigures._make(figures) for letter_id, *figures in db.session.execute(query)}


def judges_of_run(run: ModelRun) -> dict[int, JudgeFigures]:
    """Figures of judges."""
    columns = [getattr(JudgeMeasure, name) for name in JudgeFigures._fields]
    query = select(JudgeMeasure.judge_id, *columns).where(JudgeMeasure.run_id == run.id)
    return {judge_id: JudgeFigures._make(figures) for judge_id, *figures in db.session.execute(query)}
