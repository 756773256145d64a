"""Where a stamp lies on a photograph."""

import random

import numpy as np
import pytest
from PIL import Image

from bench.looking import altering
from bench.looking.altering import Alteration
from stamps.looking.finding import MOST_GUESSES, STRAIGHTENED, views
from stamps.looking.signature import signature, small, turned
from tests.stamps.looking.photographs import ALL, photographed, picture
from tests.stamps.looking.photographs import small as small_picture


@pytest.mark.parametrize("number", ALL)
@pytest.mark.parametrize("alter", [altering.on_card, altering.on_light_card, altering.at_any_angle])
def test_a_stamp_on_a_card_is_found_and_straightened(alter: Alteration, number: int) -> None:
    as_it_is = signature(small(np.asarray(picture(number))))

    likest = max(float((turned(view.pixels) @ as_it_is).max()) for view in views(photographed(number, alter)))

    assert likest > 0.9


def test_the_whole_photograph_is_the_first_guess_and_there_are_few() -> None:
    photograph = photographed(0, altering.on_card)
    guesses = views(photograph)

    assert guesses[0].corners[2].tolist() == [photograph.shape[1], photograph.shape[0]]
    assert len(guesses) <= MOST_GUESSES
    assert all(max(guess.pixels.shape[:2]) == STRAIGHTENED for guess in guesses)


@pytest.mark.parametrize("colour", ["black", "white", (30, 140, 60)])
def test_a_photograph_of_nothing_is_only_itself(colour: object) -> None:
    assert len(views(np.asarray(Image.new("RGB", (300, 200), colour)))) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(24, 1280), (1280, 24), (24, 24), (1000, 700)])
def test_any_shape_and_any_noise_is_looked_at(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3), np.uint8)

    assert 1 <= len(views(noise)) <= MOST_GUESSES


def test_brightness_and_contrast_change_a_signature_little() -> None:
    bright, dim = (np.asarray(picture(2)), (np.asarray(picture(2)) * 0.5 + 20).astype(np.uint8))

    assert float(signature(small(bright)) @ signature(small(dim))) > 0.97


def test_quarter_turns_of_a_signature_are_those_of_the_picture() -> None:
    upright = small_picture(3)
    on_its_side = np.asarray(upright.transpose(Image.Transpose.ROTATE_90))

    found = turned(np.asarray(upright))[1] @ signature(small(on_its_side))

    assert float(found) > 0.99


def test_alterations_of_the_bench_are_the_same_every_time() -> None:
    once, again = (altering.by_telephone(small_picture(1), random.Random(5)) for _ in range(2))

    assert once.tobytes() == again.tobytes()
