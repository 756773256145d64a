"""Dealing: fair, within its barriers, and the same for whoever deals again from the same seed."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from contest.judging.dealing import Lack, Parcel, Reader, deal

UNITS = st.frozensets(st.integers(1, 6), max_size=2)
PARCELS = st.lists(
    st.builds(
        Parcel,
        letter_id=st.integers(1, 200),
        units=UNITS,
        held_by=st.frozensets(st.integers(1, 8), max_size=2),
        reads_wanted=st.integers(1, 3),
    ),
    unique_by=lambda parcel: parcel.letter_id,
    max_size=30,
)
READERS = st.lists(
    st.builds(
        Reader,
        judge_id=st.integers(1, 8),
        barred=UNITS,
        capacity=st.none() | st.integers(0, 12),
        load=st.integers(0, 5),
    ),
    unique_by=lambda reader: reader.judge_id,
    max_size=8,
)


def parcels(count: int, *, reads: int = 1) -> list[Parcel]:
    return [Parcel(letter_id, frozenset(), reads_wanted=reads) for letter_id in range(1, count + 1)]


def readers(count: int) -> list[Reader]:
    return [Reader(judge_id) for judge_id in range(1, count + 1)]


@settings(deadline=None)
@given(PARCELS, READERS, st.text(max_size=5))
def test_no_judge_gets_what_is_barred_or_held_or_gets_it_twice(
    letters: list[Parcel], judges: list[Reader], seed: str
) -> None:
    by_id = {parcel.letter_id: parcel for parcel in letters}
    barred = {judge.judge_id: judge.barred for judge in judges}
    pairs = deal(letters, judges, seed=seed).pairs
    wrong = [
        (letter, judge)
        for letter, judge in pairs
        if by_id[letter].units & barred[judge] or judge in by_id[letter].held_by
    ]
    assert (wrong, len(set(pairs))) == ([], len(pairs))


@settings(deadline=None)
@given(PARCELS, READERS, st.text(max_size=5))
def test_no_judge_gets_more_than_there_is_room_for(letters: list[Parcel], judges: list[Reader], seed: str) -> None:
    loads = deal(letters, judges, seed=seed).loads
    room = {judge.judge_id: judge.capacity - judge.load for judge in judges if judge.capacity is not None}
    assert [judge for judge, most in room.items() if loads[judge] > max(most, 0)] == []


@settings(deadline=None)
@given(PARCELS, READERS, st.text(max_size=5))
def test_every_read_is_dealt_or_said_to_be_lacking(letters: list[Parcel], judges: list[Reader], seed: str) -> None:
    dealt = deal(letters, judges, seed=seed)
    reads = Counter(letter for letter, _judge in dealt.pairs)
    missing = {
        parcel.letter_id: parcel.reads_wanted - reads[parcel.letter_id]
        for parcel in letters
        if reads[parcel.letter_id] < parcel.reads_wanted
    }
    assert {letter: lack.missing for letter, lack in dealt.lacking.items()} == missing


@settings(deadline=None)
@given(PARCELS, READERS, st.text(max_size=5))
def test_the_reasons_of_a_lack_count_every_judge_who_did_not_take_the_letter(
    letters: list[Parcel], judges: list[Reader], seed: str
) -> None:
    dealt = deal(letters, judges, seed=seed)
    reads = Counter(letter for letter, _judge in dealt.pairs)
    sums = {letter: lack.barred + lack.had_it + lack.full + reads[letter] for letter, lack in dealt.lacking.items()}
    assert sums == dict.fromkeys(dealt.lacking, len(judges))


@settings(deadline=None)
@given(PARCELS, READERS, st.text(max_size=5), st.randoms())
def test_the_same_seed_deals_the_same_whatever_the_order(
    letters: list[Parcel], judges: list[Reader], seed: str, chance: object
) -> None:
    shuffled = list(reversed(letters)), sorted(judges, key=lambda judge: -judge.judge_id)
    assert deal(*shuffled, seed=seed) == deal(letters, judges, seed=seed)


def test_another_seed_deals_otherwise() -> None:
    assert deal(parcels(40), readers(4), seed="one").pairs != deal(parcels(40), readers(4), seed="two").pairs


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 9), st.text(max_size=5))
def test_without_barriers_loads_differ_by_one_at_most(letters: int, judges: int, seed: str) -> None:
    loads = deal(parcels(letters), readers(judges), seed=seed).loads
    counts = [loads[judge] for judge in range(1, judges + 1)]
    assert max(counts) - min(counts) <= 1


def test_who_has_more_already_gets_less() -> None:
    loads = deal(parcels(10), [Reader(1, load=6), Reader(2)], seed="seed").loads
    assert loads == {1: 2, 2: 8}


def test_letters_few_may_read_are_dealt_while_their_judges_have_room() -> None:
    barred = Reader(1, barred=frozenset({7}), capacity=3)
    letters = [*parcels(3), Parcel(9, frozenset({7}))]
    dealt = deal(letters, [barred, Reader(2, capacity=1)], seed="seed")
    assert ((9, 2) in dealt.pairs, dealt.lacking) == (True, {})


def test_a_lack_says_why() -> None:
    judges = [Reader(1, barred=frozenset({7})), Reader(2), Reader(3, capacity=0), Reader(4)]
    letter = Parcel(1, frozenset({7, 8}), held_by=frozenset({4}), reads_wanted=3)
    assert deal([letter], judges, seed="seed").lacking == {1: Lack(missing=2, barred=1, had_it=1, full=1)}


def test_nobody_to_deal_to_is_a_lack_of_everything() -> None:
    assert deal(parcels(1, reads=2), [], seed="seed").lacking == {1: Lack(missing=2, barred=0, had_it=0, full=0)}


def test_anchors_go_to_everybody_who_may_read_them_and_hide_among_the_others() -> None:
    dealt = deal(parcels(40), readers(4), seed="seed", anchors={3})
    desks = {judge: [letter for letter, reader in dealt.pairs if reader == judge] for judge in range(1, 5)}
    assert ([desk.count(3) for desk in desks.values()], {desk.index(3) == 0 for desk in desks.values()}) == (
        [1, 1, 1, 1],
        {False},
    )


def test_single_reads_alone_leave_judges_without_a_letter_in_common() -> None:
    assert [deal(parcels(8), readers(4), seed="seed", anchors=anchors).groups for anchors in ((), (1,))] == [4, 1]


def test_reads_that_are_kept_tie_judges_together_and_fill_their_desks() -> None:
    kept = [(letter, judge) for letter in (1, 2) for judge in (1, 2)]
    dealt = deal([Parcel(9, frozenset())], readers(3), seed="seed", kept=kept)
    assert (dealt.pairs, dealt.groups) == (((9, 3),), 2)


def test_several_barriers_of_a_judge_hold_for_every_unit_of_a_letter() -> None:
    letters = [Parcel(1, frozenset({5, 6})), Parcel(2, frozenset({6, 7})), Parcel(3, frozenset({9}))]
    dealt = deal(letters, [Reader(1, barred=frozenset({5, 7, 8})), Reader(2, barred=frozenset({6}))], seed="seed")
    assert (dict(dealt.pairs), set(dealt.lacking)) == ({3: dict(dealt.pairs)[3]}, {1, 2})
