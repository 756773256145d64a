"""Contests with known truth: what a way of judging is worth, measured instead of argued. Pure.

A mark is a letter's true worth plus its judge's severity (taken off) plus chance. Reads are assigned as in earnest
(`contest.judging.assigning`), marks estimated by whichever model is handed in, and letters dropped at each cut; what counts is
how many of the truly best are still there at the end. Worth is spread with standard deviation 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from contest.judging.arrays import Floats, Ints
from contest.judging.assigning import UNLIMITED, Judges, Letters, assign, random_anchors
from contest.judging.safety import Estimates, send_back


@dataclass(frozen=True, eq=False)
class Reads:
    """Marks in one array, their letters and judges (numbered from 0) in two others."""

    letter: Ints
    judge: Ints
    mark: Floats
    letters: int
    judges: int


Estimator = Callable[[Reads], Estimates]


@dataclass(frozen=True)
class World:
    """A contest: how many letters and judges, the spread of severity, and the reliability of one read without severity."""

    letters: int
    judges: int
    severity: float
    reliability: float
    anchors: int = 0

    @property
    def noise(self) -> float:
        """Standard deviation of the chance in a mark."""
        return sqrt((1 - self.reliability) / self.reliability)


@dataclass(frozen=True)
class Stage:
    """A round: reads for each letter that is still in, further reads a letter for the safety net on average, letters kept.

    The net's reads are spent in `passes`, with new estimates before each.
    """

    reads: int
    kept: int
    net: float = 0.0
    passes: int = 2


@dataclass(frozen=True)
class Outcome:
    """The share of the true winners that was kept to the end, and the reads it took."""

    kept: float
    reads: int


@dataclass(eq=False)
class _Course:
    """One contest on its way: truth, judges, and the reads there are."""

    world: World
    seed: int
    truth: Floats = field(init=False)
    severity: Floats = field(init=False)
    given: Ints = field(init=False)
    marks: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng(self.seed)
        self.truth = self.chance.normal(size=self.world.letters)
        self.severity = self.chance.normal(0, self.world.severity, self.world.judges)
        self.given, self.marks = np.zeros((0, 2), dtype=np.int64), np.zeros(0)

    def read(self, letters: Ints, anchors: int = 0) -> None:
        """One further read for each of these letters by a judge who has not read it; the anchors by everyone."""
        wanted = np.bincount(self.given[:, 0], minlength=self.world.letters)
        wanted[letters] += 1
        hidden = random_anchors(self.world.letters, anchors, seed=str(self.seed))
        places = np.zeros((self.world.letters, 0), dtype=np.int64), np.zeros((self.world.judges, 0), dtype=np.int64)
        judges = Judges(np.full(self.world.judges, UNLIMITED), places[1])
        name = f"{self.seed} {len(self.given)}"
        new = assign(Letters(wanted, places[0], hidden), judges, seed=name, kept=self.given).reads
        worth = self.truth[new[:, 0]] - self.severity[new[:, 1]]
        self.given = np.concatenate([self.given, new])
        self.marks = np.concatenate([self.marks, worth + self.chance.normal(0, self.world.noise, len(new))])

    def reads(self) -> Reads:
        """What an estimator gets to see."""
        return Reads(self.given[:, 0], self.given[:, 1], self.marks, self.world.letters, self.world.judges)


def funnel(world: World, stages: Sequence[Stage], estimate: Estimator, *, winners: int, seed: int) -> Outcome:
    """One contest from the first read to the last cut. The same seed gives the same truth and judges to every method."""
    course = _Course(world, seed)
    alive = np.arange(world.letters)
    for number, stage in enumerate(stages):
        for read in range(stage.reads):
            course.read(alive, world.anchors if number == read == 0 else 0)
        _cast_net(course, alive, stage, estimate)
        order = np.argsort(-estimate(course.reads()).measure[alive], kind="stable")
        alive = alive[order[: stage.kept]]
    best = np.argsort(-course.truth)[:winners]
    return Outcome(float(np.isin(best, alive).mean()), len(course.given))


def _cast_net(course: _Course, alive: Ints, stage: Stage, estimate: Estimator) -> None:
    """Spend the stage's further reads near its cut, most uncertain first."""
    left = round(stage.net * len(alive))
    for turn in range(stage.passes, 0, -1):
        if left < turn:
            return
        found = estimate(course.reads())
        near = Estimates(found.measure[alive], found.se[alive])
        sent = send_back(near, stage.kept, reads=left // turn, seed=f"{course.seed} {turn}")
        course.read(alive[sent])
        left -= len(sent)


def raw_means(reads: Reads) -> Estimates:
    """The mean of each letter's marks, severity and all; its error from the spread within letters."""
    number = np.bincount(reads.letter, minlength=reads.letters)
    mean = np.bincount(reads.letter, reads.mark, reads.letters) / np.maximum(number, 1)
    within = ((reads.mark - mean[reads.letter]) ** 2).sum() / max(1, len(reads.mark) - int((number > 0).sum()))
    return Estimates(mean, np.sqrt(within / np.maximum(number, 1)))
