"""How many of the true best 100 a funnel keeps at equal judge hours: raw means, fair marks, fair marks with the safety net.

Truth is known because it is made: 50,000 letters, 200 judges, reliability of one read .55 with severity and .64 without it
(crowd raters of real essays), three rounds. Every method reads equally often.
"""

import time
from collections.abc import Sequence

import numpy as np

from contest.judging.safety import Estimates
from contest.judging.severity import mixed
from contest.judging.severity.mixed import Crossed
from contest.judging.simulation import Estimator, Reads, Stage, World, funnel, raw_means

WORLD = World(letters=50_000, judges=200, severity=0.506, reliability=0.64, anchors=20)
PLAIN = (Stage(1, 5_000), Stage(2, 1_000), Stage(4, 100))
NET = (Stage(1, 5_000), Stage(1, 1_000, net=1.0), Stage(1, 100, net=3.0, passes=4))
WINNERS, TIMES = 100, 8


def fair_marks(reads: Reads) -> Estimates:
    """The additive model of `severity`, as rounds use it: letters and judges drawn from populations, variances from the reads."""
    crossed = Crossed(reads.mark, reads.letter, reads.judge, reads.letters, reads.judges)
    variances, _rounds = mixed.climb(crossed)
    solved = mixed.equations(crossed, variances)
    found = solved.effects(crossed.value)
    return Estimates(found.letters, np.sqrt(variances.read * mixed.variances_of_letters(solved)))


def measured(name: str, stages: Sequence[Stage], estimate: Estimator) -> float:
    begun = time.perf_counter()
    found = [funnel(WORLD, stages, estimate, winners=WINNERS, seed=seed) for seed in range(TIMES)]
    share, error = np.mean([each.kept for each in found]), np.std([each.kept for each in found]) / TIMES**0.5
    reads = np.mean([each.reads for each in found])
    print(
        f"{name:<32} {share:6.1%} (± {error:.1%}) of the true best {WINNERS} kept; {reads:,.0f} reads; "
        f"{(time.perf_counter() - begun) / TIMES:.1f} s each",
        flush=True,
    )
    return float(share)


def main() -> None:
    raw = measured("raw means", PLAIN, raw_means)
    fair = measured("fair marks", PLAIN, fair_marks)
    net = measured("fair marks with the safety net", NET, fair_marks)
    if not raw < fair < net:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
