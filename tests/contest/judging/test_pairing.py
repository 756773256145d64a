"""Designs of pairs: every letter equally often, all hanging together, the same for whoever draws again."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.judging.arrays import Ints
from contest.judging.pairing import chained_pairs, random_pairs
from contest.judging.pairs import Pairs, abilities

Design = Callable[..., Ints]
DESIGNS = st.sampled_from([random_pairs, chained_pairs])


def decided(pairs: Ints, letters: int) -> Pairs:
    return Pairs(np.zeros(len(pairs), dtype=np.int64), pairs[:, 0], pairs[:, 1], letters=letters, judges=1)


@given(DESIGNS, st.integers(3, 40), st.integers(1, 12), st.text(max_size=4))
def test_every_letter_is_in_equally_many_pairs(design: Design, letters: int, each: int, seed: str) -> None:
    counts = np.bincount(design(letters, each, seed=seed).ravel(), minlength=letters)
    short = letters % 2 and each % 2
    assert sorted(counts) == [each - 1] * short + [each] * (letters - short)


@given(DESIGNS, st.integers(2, 40), st.integers(2, 12), st.text(max_size=4))
def test_all_letters_hang_together(design: Design, letters: int, each: int, seed: str) -> None:
    assert abilities(decided(design(letters, each, seed=seed), letters)).groups == 1


@given(DESIGNS, st.integers(3, 40), st.integers(1, 12), st.text(max_size=4))
def test_no_letter_is_laid_beside_itself(design: Design, letters: int, each: int, seed: str) -> None:
    pairs = design(letters, each, seed=seed)
    assert not (pairs[:, 0] == pairs[:, 1]).any()


@given(st.integers(5, 40), st.integers(2, 8), st.text(max_size=4))
def test_chained_pairs_share_a_letter_on_the_same_side(letters: int, each: int, seed: str) -> None:
    ring = chained_pairs(letters, 2, seed=seed)
    assert all((one == other).any() for one, other in pairwise(ring))


@pytest.mark.parametrize("design", [random_pairs, chained_pairs])
def test_the_seed_decides(design: Design) -> None:
    one, again, two = (design(30, 4, seed=seed).tolist() for seed in ("one", "one", "two"))
    assert (one == again, one == two) == (True, False)


def test_a_seed_gives_these_pairs_on_every_machine() -> None:
    assert random_pairs(5, 2, seed="UPU 55").tolist() == [[4, 0], [1, 2], [3, 4], [3, 2], [0, 1]]


def test_one_letter_makes_no_pair() -> None:
    assert random_pairs(1, 3, seed="seed").shape == (0, 2)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e", "f"])
def test_four_letters_in_three_pairs_each_all_meet(seed: str) -> None:
    pairs = {tuple(sorted(pair)) for pair in random_pairs(4, 3, seed=seed).tolist()}
    assert pairs == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
