"""One photograph against a shelf of looks."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from bench.looking.altering import ASKED, HARSHER
from stamps.looking import shelf
from stamps.looking.comparing import likenesses
from stamps.looking.features import POINTS, features, turned
from stamps.looking.looks import look
from stamps.looking.shelf import Shelf
from tests.stamps.looking.photographs import ALL, photographed, picture

EVERY_WAY = ASKED | HARSHER


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("looks")
    shelf.rebuild(folder, ((number, look(np.asarray(picture(number)))) for number in ALL))
    return shelf.read(folder)


@pytest.mark.parametrize("way", EVERY_WAY)
def test_every_stamp_is_first_however_it_was_photographed(held: Shelf, way: str) -> None:
    firsts = [likenesses(photographed(number, EVERY_WAY[way], number), held)[0].key for number in ALL]

    assert firsts == list(ALL)


def test_likenesses_come_in_order_between_nothing_and_all(held: Shelf) -> None:
    scores = [one.score for one in likenesses(photographed(1, ASKED["perspective"]), held)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_only_those_allowed_are_given(held: Shelf) -> None:
    found = likenesses(photographed(1, ASKED["blur"]), held, only=np.array([0, 4], np.int64))

    assert {one.key for one in found} <= {0, 4}


def test_every_picture_looked_at_closely_passes_whoever_shows_how_far_it_is(held: Shelf) -> None:
    passed: list[int] = []

    def passing(candidates: list[Any]) -> Iterable[Any]:
        for one in candidates:
            passed.append(len(candidates))
            yield one

    found = likenesses(photographed(1, ASKED["blur"]), held, passing=passing)
    assert passed == [len(found)] * len(found) == [len(ALL)] * len(ALL)


def test_noise_is_like_nothing(held: Shelf) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)

    assert all(one.score < 0.6 for one in likenesses(noise, held))


def test_a_picture_without_any_edge_has_no_points_and_is_still_compared(held: Shelf) -> None:
    plain = np.full((200, 200, 3), 200, np.uint8)

    assert features(plain).count == 0
    assert [one for one in likenesses(plain, held) if one.shared] == []


def test_points_are_as_many_as_fit_and_turn_with_the_picture() -> None:
    found = features(np.asarray(picture(0)))
    places = found.places.astype(np.float32) / 255

    assert (found.places.shape, found.descriptors.shape) == ((POINTS, 2), (POINTS, 32))
    assert np.allclose(turned(turned(places, 1), 3), places, atol=1e-6)
