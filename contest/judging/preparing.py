"""What a round has to deal, read from the database: letters that still lack reads, judges with room. Reads only."""

from collections import defaultdict

from contest.judging import queries
from contest.judging.dealing import Deal, Parcel, Reader, deal
from contest.judging.models import Assignment, Judge, Round
from contest.judging.queries import Held
from contest.letters import queries as letters


def dealt(round_: Round) -> Deal:
    """What dealing now would do: everything before the opening, the missing reads after it."""
    given = queries.held_in(round_)
    seed = f"{round_.seed}/{len(given)}" if given else round_.seed
    return deal(_parcels(round_, given), _readers(queries.judges_of(round_.stage), given), seed=seed)


def successor(assignment: Assignment) -> int | None:
    """Who reads a letter that its judge gives back; None if nobody may."""
    given = queries.held_in(assignment.round)
    parcels = [parcel for parcel in _parcels(assignment.round, given) if parcel.letter_id == assignment.letter_id]
    readers = _readers(queries.judges_of(assignment.round.stage), given)
    pairs = deal(parcels, readers, seed=f"{assignment.round.seed}/{assignment.id}").pairs
    return pairs[0][1] if pairs else None


def _parcels(round_: Round, given: list[Held]) -> list[Parcel]:
    held: dict[int, set[int]] = defaultdict(set)
    reads: dict[int, int] = defaultdict(int)
    for each in given:
        held[each.letter_id].add(each.judge_id)
        reads[each.letter_id] += not each.given_back
    return [
        Parcel(
            letter_id=origin.letter_id,
            units=frozenset(unit for unit in (origin.school_id, origin.province_id) if unit),
            held_by=frozenset(held[origin.letter_id]),
            reads_wanted=wanted,
        )
        for origin in letters.judgeable(round_.stage_id)
        if (wanted := round_.reads_per_letter - reads[origin.letter_id]) > 0
    ]


def _readers(judges: list[Judge], given: list[Held]) -> list[Reader]:
    loads: dict[int, int] = defaultdict(int)
    for each in given:
        loads[each.judge_id] += not each.given_back
    return [
        Reader(
            judge_id=judge.id,
            barred=frozenset(barrier.unit_id for barrier in judge.barriers),
            capacity=judge.capacity,
            load=loads[judge.id],
        )
        for judge in judges
    ]
