"""How many of the true best 100 a funnel keeps at equal judge hours: raw means, fair marks, fair marks with the safety net.

Truth is known because it is made: 50,000 letters, 200 judges, reliability of one read .55 with severity and .64 without it
(crowd raters of real essays), three rounds. Every method reads equally often.
"""

import time
from collections.abc import Sequence

import numpy as np

from contest.judging.safety import Estimates
from contest.judging.simulation import Estimator, Reads, Stage, World, funnel, raw_means

WORLD = World(letters=50_000, judges=200, severity=0.506, reliability=0.64, anchors=20)
PLAIN = (Stage(1, 5_000), Stage(2, 1_000), Stage(4, 100))
NET = (Stage(1, 5_000), Stage(1, 1_000, net=1.0), Stage(1, 100, net=3.0, passes=4))
WINNERS, TIMES, ROUNDS_OF_EM = 100, 8, 40


def shrunken(reads: Reads) -> Estimates:
    """Crossed random effects of letters and judges: each side's expectations given the other's, and the variances, in turn."""
    sides = (reads.letter, reads.judge)
    counts = [
        np.bincount(side, minlength=size) for side, size in zip(sides, (reads.letters, reads.judges), strict=True)
    ]
    effects = [np.zeros(reads.letters), np.zeros(reads.judges)]
    mean, noise, variances = reads.mark.mean(), reads.mark.var() / 3, [reads.mark.var() / 3] * 2
    for _turn in range(ROUNDS_OF_EM):
        for mine, other in ((0, 1), (1, 0)):
            left = reads.mark - mean - effects[other][sides[other]]
            effects[mine] = np.bincount(sides[mine], left) / (counts[mine] + noise / variances[mine])
        errors = [noise / (count + noise / variance) for count, variance in zip(counts, variances, strict=True)]
        residual = reads.mark - mean - effects[0][reads.letter] - effects[1][reads.judge]
        mean += residual.mean()
        noise = float(np.mean(residual**2 + errors[0][reads.letter] + errors[1][reads.judge]))
        variances = [float(np.mean(effect**2 + error)) for effect, error in zip(effects, errors, strict=True)]
    return Estimates(effects[0], np.sqrt(noise / (counts[0] + noise / variances[0])))


# The model of fair marks: swap it here.
FAIR: Estimator = shrunken


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
    fair = measured("fair marks", PLAIN, FAIR)
    net = measured("fair marks with the safety net", NET, FAIR)
    assert raw < fair < net


if __name__ == "__main__":
    main()
