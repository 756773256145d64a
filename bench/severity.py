"""Taking the sternness of judges out of marks: seconds and memory, beside R's TAM.

Made data in the shape of data.immer01a (57 raters, 8,390 texts, 11,824 reads) and of a country (a million letters, 1.3 reads,
four criteria, 5,000 judges). Reading the files is not counted, everything else is.
"""

import resource
from time import perf_counter

import numpy as np

from contest.judging.severity.adjusting import Asked, Model, adjust
from contest.judging.severity.ratings import FloatArray, IntArray, Ratings

SEED = 1972
TAM_SECONDS = 9.2
CRITERIA = 4


def main() -> None:
    """Time three fits and print their memory."""
    print(f"R's TAM 4.4-2 on 11,824 ratings, 57 judges, 8,390 letters: {TAM_SECONDS} s (given figure)")
    for criteria in (1, CRITERIA):
        _timed("Rasch", Model.RASCH, made(8390, 57, 11824, criteria=criteria, anchors=40))
    _timed("additive", Model.ADDITIVE, made(1_000_000, 5000, 1_300_000, criteria=CRITERIA, anchors=0))


def made(letters: int, judges: int, reads: int, *, criteria: int, anchors: int) -> Ratings:
    """Invented marks from 0 to 6; the first `anchors` letters are read by everybody, the others once or twice."""
    chance = np.random.default_rng(SEED)
    letter, judge = _who_reads_what(chance, letters, judges, reads, anchors)
    ability, severity = chance.normal(0, 1.9, letters), chance.normal(0, 0.66, judges)
    latent = 3 + 0.7 * (ability[letter] - severity[judge])[:, None] + chance.normal(0, 0.8, (len(letter), criteria))
    mark = np.clip(np.rint(latent), 0, 6).reshape(-1)
    criterion = np.tile(np.arange(criteria), len(letter))
    names = ([str(number) for number in range(size)] for size in (letters, judges, criteria))
    return Ratings(*names, np.repeat(letter, criteria), np.repeat(judge, criteria), criterion, mark)


def _who_reads_what(
    chance: np.random.Generator, letters: int, judges: int, reads: int, anchors: int
) -> tuple[IntArray, IntArray]:
    """Every letter once, anchors by all, and the rest of the reads as second ones by another judge."""
    single = np.arange(anchors, letters)
    first = chance.integers(0, judges, len(single))
    again = chance.choice(len(single), reads - len(single) - anchors * judges, replace=False)
    second = (first[again] + chance.integers(1, judges, len(again))) % judges
    everybody = np.repeat(np.arange(anchors), judges)
    letter = np.concatenate([everybody, single, single[again]])
    return letter, np.concatenate([np.tile(np.arange(judges), anchors), first, second])


def _timed(name: str, model: Model, ratings: Ratings) -> None:
    begun = perf_counter()
    outcome = adjust(ratings, Asked(model=model))
    seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    what = f"{len(ratings):,} marks, {len(ratings.judges):,} judges, {len(ratings.letters):,} letters"
    right = _correlation(outcome.letters.fair_mark, outcome.letters.raw_mean)
    print(
        f"{name}: {what}: {seconds:.2f} s, {outcome.figures['iterations']} rounds, peak {peak:.2f} GB (r to raw {right:.3f})"
    )


def _correlation(one: FloatArray, other: FloatArray) -> float:
    return float(np.corrcoef(one, other)[0, 1])


if __name__ == "__main__":
    main()
