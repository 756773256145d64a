"""What a round has to deal, read from the database: letters that still lack reads, judges with room. Reads only.

`dealing.deal` is called here and nowhere else.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from contest.editions import queries as editions
from contest.judging import assigning, queries
from contest.judging.dealing import Deal, Parcel, Reader, deal
from contest.judging.models import Assignment, Comparison, Judge, Round
from contest.judging.pairing import chained_pairs, random_pairs
from contest.judging.queries import Held
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.terms import Pairing, RoundMethod
from contest.letters.queries import Origin

# Letters that several judges hold, looked at first when it is asked whether all judges are tied together.
LETTERS_TO_TIE = 5000


def preview(round_: Round) -> Deal:
    """What opening or topping up would deal: reads, or for pairs one entry for each pair (left letter, judge)."""
    if round_.method is not RoundMethod.PAIRS:
        return dealt(round_)
    return Deal(tuple((pair.left, pair.judge_id) for pair in paired(round_)))


def missing(round_: Round) -> Deal:
    """The same of a round that is open, at the price of a count where every read is dealt, however many letters there are."""
    if round_.method in (RoundMethod.PAIRS, RoundMethod.RANKING) or _lacks_reads(round_):
        return preview(round_)
    return Deal((), groups=_groups(round_))


def _lacks_reads(round_: Round) -> bool:
    if queries.count_dealt(round_) < queries.count_entries(round_):
        return True
    anchors = queries.anchors_of(round_)
    readers = _readers(round_) if anchors else []
    parcels = (
        _parcels(round_, queries.entries_among(round_, anchors), queries.held_in(round_, anchors)) if anchors else []
    )
    return any(each.may_be_read_by(reader) for each in parcels for reader in readers)


def _groups(round_: Round) -> int:
    """Sets of judges whom no letter ties together; some thousand letters mostly show that there is one, else all are asked."""
    holding = set(queries.loads_in(round_)) & {judge.id for judge in queries.sitting_judges(round_.stage)}
    for most in (LETTERS_TO_TIE, None):
        reads = [(letter, judge) for letter, judge in queries.shared_reads(round_, most=most) if judge in holding]
        groups = assigning.groups_among(reads) + len(holding - {judge for _letter, judge in reads})
        if groups <= 1:
            break
    return max(groups, 1)


def dealt(round_: Round) -> Deal:
    """What dealing now would do: everything before the opening, the missing reads after it."""
    given = queries.held_in(round_)
    seed = f"{round_.seed}/{len(given)}" if given else round_.seed
    entries = queries.entries(round_)
    readers = _readers(round_)
    parcels = _parcels(round_, entries, given)
    if round_.method is RoundMethod.RANKING:
        return deal([_for_everybody(each, readers) for each in parcels], readers, seed=seed, kept=_kept(given))
    anchors = queries.anchors_of(round_) or drawn_anchors(round_, entries)
    return deal(parcels, readers, seed=seed, kept=_kept(given), anchors=anchors)


def dealt_again(round_: Round, letter_ids: Collection[int]) -> Deal:
    """One further read of each of these letters, beyond what the round promised."""
    given, wanted = queries.held_in(round_), frozenset(letter_ids)
    entries = [origin for origin in queries.entries(round_) if origin.letter_id in wanted]
    parcels = [replace(each, reads_wanted=1) for each in _parcels(round_, entries, given)]
    return deal(parcels, _readers(round_), seed=f"{round_.seed}/again/{len(given)}", kept=_kept(given))


def unread(round_: Round) -> list[int]:
    """Letters of a round that nobody has read to the end, and would drop out unread if it were closed now."""
    return queries.unread_in(round_, [origin.letter_id for origin in queries.entries(round_)])


def passed_on(round_: Round, letter_ids: Collection[int], *, seed: str) -> Deal:
    """Who reads letters that have left a desk; only what they lack is dealt, so that asking twice deals nothing twice.

    Costs what these letters cost, however many the round has.
    """
    given = queries.held_in(round_, letter_ids)
    entries = queries.entries_among(round_, letter_ids)
    loads = queries.loads_in(round_)
    readers = [replace(each, load=loads.get(each.judge_id, 0)) for each in _readers(round_)]
    parcels = _parcels(round_, entries, given)
    if round_.method is RoundMethod.RANKING:
        parcels = [_for_everybody(each, readers) for each in parcels]
    return deal(parcels, readers, seed=seed)


def drawn_anchors(round_: Round, entries: Sequence[Origin]) -> frozenset[int]:
    """The letters that every judge is to read, drawn from the seed of the round."""
    chance = random.Random(f"tem-thu anchors {round_.seed}")  # noqa: S311 - reproducible on purpose, not secret
    ids = sorted(origin.letter_id for origin in entries)
    return frozenset(chance.sample(ids, min(round_.anchors, len(ids))))


def _parcels(round_: Round, entries: Sequence[Origin], given: Sequence[Held]) -> list[Parcel]:
    """These letters with the reads they lack; anchors and shortlists lack more, which is asked for beside."""
    held: dict[int, set[int]] = defaultdict(set)
    reads: Counter[int] = Counter()
    for each in given:
        held[each.letter_id].add(each.judge_id)
        reads[each.letter_id] += not each.given_back
    excluded = _excluded(round_)
    return [
        Parcel(
            letter_id=origin.letter_id,
            units=_units(origin),
            held_by=frozenset(held.get(origin.letter_id, ())),
            reads_wanted=round_.reads_per_letter - reads[origin.letter_id],
            refused=frozenset(excluded.get(origin.letter_id, ())),
        )
        for origin in entries
    ]


def _kept(given: Sequence[Held]) -> list[tuple[int, int]]:
    return [(each.letter_id, each.judge_id) for each in given if not each.given_back]


def _units(origin: Origin) -> frozenset[int]:
    return frozenset(unit for unit in (origin.school_id, origin.province_id) if unit)


def _for_everybody(parcel: Parcel, readers: Sequence[Reader]) -> Parcel:
    """The same letter for every judge who may read it and has not had it."""
    return replace(parcel, reads_wanted=sum(parcel.may_be_read_by(reader) for reader in readers))


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


@dataclass(frozen=True)
class Going:
    """Reads and pairs of one round that are to leave a desk."""

    reads: tuple[Assignment, ...] = ()
    pairs: tuple[Comparison, ...] = ()

    def __len__(self) -> int:
        return len(self.reads) + len(self.pairs)

    @property
    def rows(self) -> list[tuple[int, int]]:
        """What they are, for the fingerprint of a page."""
        return [(0, read.id) for read in self.reads] + [(1, pair.id) for pair in self.pairs]


def waiting_on_desk(round_: Round, judge: Judge) -> Going:
    """All that waits on a judge's desk."""
    return Going(tuple(queries.waiting_of(judge, round_)), tuple(queries.waiting_pairs(judge, round_)))


def waiting_for(judge: Judge) -> int:
    """How many reads and pairs wait for a judge in rounds that are open."""
    opened = [round_ for round_ in queries.rounds_of(judge.stage) if round_.state is RoundState.OPEN]
    return sum(len(waiting_on_desk(round_, judge)) for round_ in opened)


def with_letter(round_: Round, judge: Judge, letter_id: int) -> Going:
    """What lies on a judge's desk with this letter, said of it or not."""
    pairs = [pair for pair in queries.pairs_on_desk(judge.person, round_) if letter_id in (pair.left_id, pair.right_id)]
    reads = [read for read in queries.desk_of(judge.person, round_) if read.letter_id == letter_id]
    return Going(tuple(reads), tuple(pairs))


def beyond_limits(round_: Round, judge: Judge) -> Going:
    """What waits on a desk against what is declared now: places and letters never read, then the last beyond the room.

    Of pairs only those with such a letter go: they are few, and room is counted in letters.
    """
    waiting = waiting_on_desk(round_, judge)
    reads = {read: [read.letter_id] for read in waiting.reads}
    pairs = {pair: [pair.left_id, pair.right_id] for pair in waiting.pairs}
    barred = _barred_letters(
        round_, judge, {letter_id for held in (*reads.values(), *pairs.values()) for letter_id in held}
    )
    against = [read for read, letters in reads.items() if barred.intersection(letters)]
    left = [read for read in waiting.reads if read not in against]
    load = queries.loads_in(round_).get(judge.id, 0) - len(against)
    beyond = 0 if judge.capacity is None else min(max(load - judge.capacity, 0), len(left))
    return Going(
        (*against, *left[len(left) - beyond :]),
        tuple(pair for pair, letters in pairs.items() if barred.intersection(letters)),
    )


def _barred_letters(round_: Round, judge: Judge, letter_ids: Collection[int]) -> set[int]:
    """Those of a few letters that a judge may not read by what is declared now."""
    barred, never = _barred(round_, judge), {each.letter_id for each in judge.exclusions}
    origins = queries.entries_among(round_, letter_ids)
    return never.intersection(letter_ids) | {origin.letter_id for origin in origins if _units(origin) & barred}


def _readers(round_: Round) -> list[Reader]:
    return [
        Reader(judge_id=judge.id, barred=_barred(round_, judge), capacity=judge.capacity)
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
    loads = Counter(pair.judge_id for pair in known if pair.state is not AssignmentState.RECUSED)
    readers = [replace(each, load=loads[each.judge_id]) for each in _readers(round_)]
    excluded = _excluded(round_)
    parcels = [
        Parcel(
            letter_id=place,
            units=_units(left) | _units(right),
            held_by=frozenset(pair.judge_id for pair in known if _two(pair) == {left.letter_id, right.letter_id}),
            refused=frozenset(excluded.get(left.letter_id, set()) | excluded.get(right.letter_id, set())),
        )
        for place, (left, right) in enumerate(pairs)
    ]
    judge_of = dict(deal(parcels, readers, seed=seed).pairs)
    return [
        Paired(left.letter_id, right.letter_id, judge_of[place])
        for place, (left, right) in enumerate(pairs)
        if place in judge_of
    ]
