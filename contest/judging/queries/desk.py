"""One desk in order: what lies before and after a read or a pair, what waits, how far its judge is.

Everything here costs what is shown, however many letters lie on the desk.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Tuple, false, func, literal, select, true, tuple_

from accounts.models import Person
from contest.judging.models import Assignment, Comparison, Judge, Reading, Round
from contest.judging.queries.reads import READS_OF_THE_PACE, are_judgeable, is_judgeable
from contest.judging.rules import AssignmentState, Pile, RoundState, minutes_left, own_paces
from contest.judging.terms import RoundMethod
from core.db import db

Dealt = Assignment | Comparison
# A desk with more than this is a pile whose letters are not looked up each time it is told how many there are.
ASKED_ONE_BY_ONE = 200


@dataclass(frozen=True)
class Desk:
    """A judge's desk in a round that is open."""

    judge_id: int
    round: Round

    @property
    def table(self) -> type[Dealt]:
        """What lies on it: reads, or pairs."""
        return Comparison if self.round.method is RoundMethod.PAIRS else Assignment


def open_desks(person: Person) -> list[Desk]:
    """Somebody's desks in rounds that are open, the newest round first."""
    query = select(Judge.id, Round).join(Round, Round.stage_id == Judge.stage_id)
    query = query.where(Judge.person_id == person.id, Round.state == RoundState.OPEN).order_by(Round.id.desc())
    return [Desk(judge_id, round_) for judge_id, round_ in db.session.execute(query)]


def desk_at(dealt: Dealt) -> Desk:
    """The desk of a read or a pair."""
    return Desk(dealt.judge_id, dealt.round)


def waiting_on(desk: Desk, *, most: int) -> list[int]:
    """The first reads or pairs that wait on a desk, by id."""
    return _few(desk.table, _in_order(desk.table, _waiting(desk.table, desk.judge_id, desk.round.id)), most)


def first_waiting(person: Person, *, most: int) -> list[int]:
    """The first reads that wait on somebody's desk in rounds that are open, by id."""
    found: list[int] = []
    for desk in open_desks(person):
        if desk.table is Assignment:
            found += waiting_on(desk, most=most - len(found))
    return found


def before(dealt: Dealt) -> int | None:
    """The read or pair that lies before this one on the same desk, by its id."""
    table = type(dealt)
    query = select(table.id).where(_on_desk(table, dealt.judge_id, dealt.round_id), _here(dealt) > _place(table))
    return next(iter(_few(table, query.order_by(table.position.desc(), table.id.desc()), 1)), None)


def after(dealt: Dealt) -> int | None:
    """What to go on with, by its id: the next that waits, going round; if none waits, the next on the desk."""
    table = type(dealt)
    on_desk = select(table.id).where(_on_desk(table, dealt.judge_id, dealt.round_id))
    following = _in_order(table, on_desk.where(_here(dealt) < _place(table)))
    return next(iter(waiting_after(dealt, most=1)), None) or next(iter(_few(table, following, 1)), None)


def waiting_after(dealt: Dealt, *, most: int) -> list[int]:
    """The next that wait on the same desk, by id, going round from this one, which is not among them."""
    table, here = type(dealt), _here(dealt)
    waiting = _in_order(table, _waiting(table, dealt.judge_id, dealt.round_id))
    found = _few(table, waiting.where(here < _place(table)), most)
    return found + _few(table, waiting.where(here > _place(table)), most - len(found))


def is_beside(dealt: Dealt, other_id: int) -> bool:
    """Whether another read or pair lies on the same desk."""
    table = type(dealt)
    query = select(table.id).where(table.id == other_id, _on_desk(table, dealt.judge_id, dealt.round_id))
    return bool(_few(table, query, 1))


def pile_on_desk(dealt: Dealt) -> Pile:
    """Where the judge of a read or pair is in its round: counted by the database, the pace taken from the last ones.

    Of a few it is asked one by one whether their letters may still be judged; among many, those taken back are counted along
    until fewer are left.
    """
    table = type(dealt)
    found = _counted(table, dealt, true())
    few = [state for state, count in found.items() if count <= ASKED_ONE_BY_ONE]
    if few:
        found |= dict.fromkeys(few, 0) | _counted(table, dealt, table.state.in_(few) & _is_present(table))
    waiting, done = found.get(AssignmentState.WAITING, 0), found.get(AssignmentState.MARKED, 0)
    return Pile(done=done, total=done + waiting, minutes=minutes_left(waiting=waiting, spent=paces_on(desk_at(dealt))))


def _counted(table: type[Dealt], dealt: Dealt, which: ColumnElement[bool]) -> dict[AssignmentState, int]:
    """How many of a desk are in each state."""
    counts = select(table.state, func.count()).where(_on_desk(table, dealt.judge_id, dealt.round_id), which)
    return {row[0]: row[1] for row in db.session.execute(counts.group_by(table.state))}


def paces_on(desk: Desk) -> list[float]:
    """Minutes of the last reads or pairs that were finished on a desk."""
    table = desk.table
    # Pairs have no clock of their own: no reading is of their ids.
    clock = (Reading.assignment_id == table.id) if table is Assignment else false()
    rows = select(table.finished_at, Reading.seconds).outerjoin_from(table, Reading, clock).where(_done(table, desk))
    newest = rows.order_by(table.finished_at.desc()).limit(READS_OF_THE_PACE)
    return own_paces([(end, seconds) for end, seconds in db.session.execute(newest) if end])


def _done(table: type[Dealt], desk: Desk) -> ColumnElement[bool]:
    return (
        (table.judge_id == desk.judge_id)
        & (table.round_id == desk.round.id)
        & (table.state == AssignmentState.MARKED)
        & table.finished_at.is_not(None)
    )


def _on_desk(table: type[Dealt], judge_id: int, round_id: int) -> ColumnElement[bool]:
    return (table.judge_id == judge_id) & (table.round_id == round_id) & (table.state != AssignmentState.RECUSED)


def _waiting(table: type[Dealt], judge_id: int, round_id: int) -> Select[tuple[int]]:
    return select(table.id).where(
        table.judge_id == judge_id, table.round_id == round_id, table.state == AssignmentState.WAITING
    )


def _place(table: type[Dealt]) -> Tuple:
    return tuple_(table.position, table.id)


def _here(dealt: Dealt) -> Tuple:
    return tuple_(literal(dealt.position), literal(dealt.id))


def _in_order(table: type[Dealt], query: Select[tuple[int]]) -> Select[tuple[int]]:
    return query.order_by(table.position, table.id)


def _few(table: type[Dealt], query: Select[tuple[int]], most: int) -> list[int]:
    """Those whose letters may be judged, at most so many."""
    return list(db.session.scalars(query.where(_is_present(table)).limit(most))) if most > 0 else []


def _is_present(table: type[Dealt]) -> ColumnElement[bool]:
    """Whether the letter of a read, or both of a pair, may be judged."""
    return is_judgeable() if table is Assignment else are_judgeable()
