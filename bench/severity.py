"""Taking the sternness of judges out of marks: seconds and memory, beside R's TAM.

Made data in the shape of data.immer01a (57 raters, 8,390 texts, 11,824 reads) and of a country (a million letters, 1.3 reads,
four criteria, 5,000 judges). Each is a file that `temthu judging adjust` reads; the seconds of the model alone are those of its
summary, the others are from the start of the program to the last file written.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from contest.judging.severity.adjusting import Model
from contest.judging.severity.ratings import IntArray, Ratings

SEED = 1972
TAM_SECONDS = 9.2
# Of the model alone, for the set in TAM's shape and for a country; and of everything, in gigabytes.
BOUND_SECONDS, BOUND_SECONDS_OF_A_COUNTRY, BOUND_GB = 1.0, 60.0, 4.0
CRITERIA = 4


def main() -> None:
    """Time the fits and print their memory."""
    print(f"R's TAM 4.4-2 on 11,824 ratings, 57 judges, 8,390 letters: {TAM_SECONDS} s (given figure)")
    with tempfile.TemporaryDirectory() as folder:
        like_tam, several = (made(8390, 57, 11824, criteria=number, anchors=40) for number in (1, CRITERIA))
        held = [_timed(Path(folder), like_tam, Model.RASCH, BOUND_SECONDS)]
        held += [_timed(Path(folder), several, Model.RASCH, BOUND_SECONDS_OF_A_COUNTRY)]
        country = made(1_000_000, 5000, 1_300_000, criteria=CRITERIA, anchors=0)
        held += [_timed(Path(folder), country, model, BOUND_SECONDS_OF_A_COUNTRY) for model in Model]
    if not all(held):
        raise SystemExit(1)


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


def _timed(folder: Path, ratings: Ratings, model: Model, bound: float) -> bool:
    """From file to files, in a program of its own; whether the seconds of the model and the memory are below their bounds."""
    path, out = folder / "marks.csv", folder / "out"
    _write(path, ratings)
    begun = perf_counter()
    command = [sys.executable, "-m", "website", "judging", "adjust", str(path), "--model", model, "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    whole = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    figures = json.loads((out / "summary.json").read_text("utf-8"))
    what = f"{len(ratings):,} marks, {len(ratings.judges):,} judges, {len(ratings.letters):,} letters"
    print(
        f"{model}: {what}: {figures['seconds']:.2f} s in {figures['iterations']} rounds,"
        f" {whole:.1f} s from file to files, peak so far {peak:.2f} GB",
        flush=True,
    )
    return figures["seconds"] < bound and peak < BOUND_GB


def _write(path: Path, ratings: Ratings) -> None:
    """A column for each criterion."""
    marks = ratings.mark.reshape(-1, len(ratings.criteria)).astype(np.int64).tolist()
    first = slice(None, None, len(ratings.criteria))
    with path.open("w", encoding="utf-8") as file:
        file.write(f"letter,judge,{','.join(f'c{name}' for name in ratings.criteria)}\n")
        for letter, judge, given in zip(
            ratings.letter[first].tolist(), ratings.judge[first].tolist(), marks, strict=True
        ):
            file.write(f"{letter},{judge},{','.join(map(str, given))}\n")


if __name__ == "__main__":
    main()
