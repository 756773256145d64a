"""What a round has to deal, read from the database: letters that still lack reads, judges with room. Reads only.

`dealing.deal` is called here and nowhere else.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from contest.editions import queries as editions
from contest.judging import queries
from contest.judging.dealing import Deal, Parcel, Reader, deal
from contest.judging.models import Assignment, Judge, Round
from contest.judging.queries import Held
from contest.judging.terms import RoundMethod
from contest.letters.queries import Origin


def dealt(round_: Round) -> Deal:
    """What dealing now would do: everything before the opening, the missing reads after it."""
    given = queries.held_in(round_)
    seed = f"{round_.seed}/{len(given)}" if given else round_.seed
    readers = _readers(round_, given)
    return deal(_parcels(round_, given, readers), readers, seed=seed)


def successor(assignment: Assignment) -> int | None:
    """Who reads a letter that its judge gives back; None if nobody may."""
    round_ = assignment.round
    given = queries.held_in(round_)
    readers = _readers(round_, given)
    parcels = [each for each in _parcels(round_, given, readers) if each.letter_id == assignment.letter_id]
    pairs = deal(parcels, readers, seed=f"{round_.seed}/{assignment.id}").pairs
    return pairs[0][1] if pairs else None


def drawn_anchors(round_: Round, entries: Sequence[Origin]) -> frozenset[int]:
    """The letters that every judge is to read, drawn from the seed of the round."""
    chance = random.Random(f"tem-thu anchors {round_.seed}")  # noqa: S311 - reproducible on purpose, not secret
    ids = sorted(origin.letter_id for origin in entries)
    return frozenset(chance.sample(ids, min(round_.anchors, len(ids))))


def _parcels(round_: Round, given: Sequence[Held], readers: Sequence[Reader]) -> list[Parcel]:
    held: dict[int, set[int]] = defaultdict(set)
    reads: dict[int, int] = defaultdict(int)
    for each in given:
        held[each.letter_id].add(each.judge_id)
        reads[each.letter_id] += not each.given_back
    entries, excluded = queries.entries(round_), _excluded(round_)
    anchors = queries.anchors_of(round_) or drawn_anchors(round_, entries)
    parcels = [
        Parcel(
            letter_id=origin.letter_id,
            units=frozenset(unit for unit in (origin.school_id, origin.province_id) if unit),
            held_by=frozenset(held[origin.letter_id]),
            reads_wanted=round_.reads_per_letter - reads[origin.letter_id],
            refused=frozenset(excluded[origin.letter_id]),
        )
        for origin in entries
    ]
    by_all = {each.letter_id for each in entries} if round_.method is RoundMethod.RANKING else anchors
    wanted = [_for_everybody(each, readers) if each.letter_id in by_all else each for each in parcels]
    return [each for each in wanted if each.reads_wanted > 0]


def _for_everybody(parcel: Parcel, readers: Sequence[Reader]) -> Parcel:
    """The same letter for every judge who may read it."""
    able = sum(parcel.may_be_read_by(reader) for reader in readers)
    return replace(parcel, reads_wanted=max(parcel.reads_wanted, able))


def _excluded(round_: Round) -> dict[int, set[int]]:
    """Letter → judges who never read it, as declared."""
    found: dict[int, set[int]] = defaultdict(set)
    for judge in queries.sitting_judges(round_.stage):
        for exclusion in judge.exclusions:
            found[exclusion.letter_id].add(judge.id)
    return found


def _barred(round_: Round, judge: Judge) -> frozenset[int]:
    """Schools and provinces a judge does not read in a round: those declared, the own school, perhaps the own province."""
    barred = {barrier.unit_id for barrier in judge.barriers}
    if judge.home and (province := editions.province_of(judge.home)):
        if judge.home is not province:
            barred.add(judge.home.id)
        if round_.bars_province:
            barred.add(province.id)
    return frozenset(barred)


def _readers(round_: Round, given: Sequence[Held]) -> list[Reader]:
    loads: dict[int, int] = defaultdict(int)
    for each in given:
        loads[each.judge_id] += not each.given_back
    return [
        Reader(judge_id=judge.id, barred=_barred(round_, judge), capacity=judge.capacity, load=loads[judge.id])
        for judge in queries.sitting_judges(round_.stage)
    ]
