"""What a round has to deal, read from the database: letters that still lack reads, judges with room. Reads only.

`dealing.deal` is called here and nowhere else.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from contest.editions import queries as editions
from contest.judging import queries
from contest.judging.dealing import Deal, Parcel, Reader, deal
from contest.judging.models import Assignment, Comparison, Judge, Round
from contest.judging.pairing import chained_pairs, random_pairs
from contest.judging.queries import Held
from contest.judging.rules import AssignmentState
from contest.judging.terms import Pairing, RoundMethod
from contest.letters.queries import Origin


def preview(round_: Round) -> Deal:
    """What opening or topping up would deal: reads, or for pairs one entry for each pair (left letter, judge)."""
    if round_.method is not RoundMethod.PAIRS:
        return dealt(round_)
    return Deal(tuple((pair.left, pair.judge_id) for pair in paired(round_)))


def dealt(round_: Round) -> Deal:
    """What dealing now would do: everything before the opening, the missing reads after it."""
    given = queries.held_in(round_)
    seed = f"{round_.seed}/{len(given)}" if given else round_.seed
    readers = _readers(round_, given)
    return deal(_parcels(round_, given, readers), readers, seed=seed)


def dealt_again(round_: Round, letter_ids: Collection[int]) -> Deal:
    """One further read of each of these letters, beyond what the round promised."""
    given = queries.held_in(round_)
    wanted = frozenset(letter_ids)
    held: dict[int, set[int]] = defaultdict(set)
    for each in given:
        held[each.letter_id].add(each.judge_id)
    excluded = _excluded(round_)
    parcels = [
        Parcel(
            letter_id=origin.letter_id,
            units=_units(origin),
            held_by=frozenset(held[origin.letter_id]),
            refused=frozenset(excluded[origin.letter_id]),
        )
        for origin in queries.entries(round_)
        if origin.letter_id in wanted
    ]
    return deal(parcels, _readers(round_, given), seed=f"{round_.seed}/again/{len(given)}")


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
            units=_units(origin),
            held_by=frozenset(held[origin.letter_id]),
            reads_wanted=round_.reads_per_letter - reads[origin.letter_id],
            refused=frozenset(excluded[origin.letter_id]),
        )
        for origin in entries
    ]
    by_all = {each.letter_id for each in entries} if round_.method is RoundMethod.RANKING else anchors
    wanted = [_for_everybody(each, readers) if each.letter_id in by_all else each for each in parcels]
    return [each for each in wanted if each.reads_wanted > 0]


def _units(origin: Origin) -> frozenset[int]:
    return frozenset(unit for unit in (origin.school_id, origin.province_id) if unit)


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


@dataclass(frozen=True)
class Paired:
    """Two letters beside each other, and who chooses between them."""

    left: int
    right: int
    judge_id: int


def paired(round_: Round) -> list[Paired]:
    """The pairs to lay on desks: all of the design before the opening, those that nobody has after it.

    Each with its judge; those that nobody may judge are left out.
    """
    origins = sorted(queries.entries(round_), key=lambda origin: origin.letter_id)
    known = queries.comparisons_of(round_)
    if known:
        return _with_judges(round_, known, _without_judge(known, origins), seed=f"{round_.seed}/{len(known)}")
    design = chained_pairs if round_.pairing is Pairing.CHAINED else random_pairs
    drawn = design(len(origins), round_.reads_per_letter, seed=round_.seed)
    return _with_judges(round_, [], [(origins[left], origins[right]) for left, right in drawn.tolist()], round_.seed)


def successor_of_pair(pair: Comparison) -> int | None:
    """Who chooses between two letters that a judge gives back; None if nobody may."""
    round_ = pair.round
    origins = {origin.letter_id: origin for origin in queries.entries(round_)}
    if pair.left_id not in origins or pair.right_id not in origins:
        return None
    known, two = queries.comparisons_of(round_), (origins[pair.left_id], origins[pair.right_id])
    found = _with_judges(round_, known, [two], seed=f"{round_.seed}/{pair.id}")
    return found[0].judge_id if found else None


def _without_judge(known: Sequence[Comparison], origins: Sequence[Origin]) -> list[tuple[Origin, Origin]]:
    """Pairs that were given back and taken by nobody, of letters that are still in the contest."""
    present = {origin.letter_id: origin for origin in origins}
    taken = {_two(pair) for pair in known if pair.state is not AssignmentState.RECUSED}
    left_over = {_two(pair): pair for pair in known if _two(pair) not in taken and _two(pair) <= present.keys()}
    return [(present[pair.left_id], present[pair.right_id]) for pair in left_over.values()]


def _two(pair: Comparison) -> frozenset[int]:
    return frozenset((pair.left_id, pair.right_id))


def _with_judges(
    round_: Round, known: Sequence[Comparison], pairs: Sequence[tuple[Origin, Origin]], seed: str
) -> list[Paired]:
    """A judge for each pair, dealt as letters are; nobody gets a pair they had before."""
    given = [Held(pair.id, pair.judge_id, pair.state is AssignmentState.RECUSED) for pair in known]
    excluded = _excluded(round_)
    parcels = [
        Parcel(
            letter_id=place,
            units=_units(left) | _units(right),
            held_by=frozenset(pair.judge_id for pair in known if _two(pair) == {left.letter_id, right.letter_id}),
            refused=frozenset(excluded[left.letter_id] | excluded[right.letter_id]),
        )
        for place, (left, right) in enumerate(pairs)
    ]
    judge_of = dict(deal(parcels, _readers(round_, given), seed=seed).pairs)
    return [
        Paired(left.letter_id, right.letter_id, judge_of[place])
        for place, (left, right) in enumerate(pairs)
        if place in judge_of
    ]
