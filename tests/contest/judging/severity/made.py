"""Invented marks with a known truth, and readers of the published ones where they are at hand."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contest.judging.severity.ratings import FloatArray, Ratings

PUBLISHED = next(
    (place for above in Path(__file__).parents if (place := above / "shared" / "data" / "judging").exists()),
    Path("shared"),
)


def ratings(rows: Iterable[tuple[str, str, str, float]]) -> Ratings:
    """From (letter, judge, criterion, mark)."""
    given = list(rows)
    names = [list(dict.fromkeys(row[place] for row in given)) for place in range(3)]
    places = [{name: number for number, name in enumerate(each)} for each in names]
    columns = (np.array([places[place][str(row[place])] for row in given]) for place in range(3))
    return Ratings(*names, *columns, np.array([float(row[3]) for row in given]))


@dataclass(frozen=True)
class Made:
    """Marks, and the truth behind them: abilities of letters and severities of judges, in logits."""

    ratings: Ratings
    ability: FloatArray
    severity: FloatArray


def made(
    *,
    letters: int = 60,
    severity: tuple[float, ...] = (1.2, 0.3, -0.5, -1.0),
    criteria: int = 2,
    top: int = 4,
    reads: int = 2,
    seed: int = 5,
) -> Made:
    """Marks from 0 to `top` that follow the model: each letter read by `reads` judges in turn."""
    chance = np.random.default_rng(seed)
    ability = chance.normal(0, 1.5, letters)
    steps = np.linspace(-2, 2, top) if top > 1 else np.zeros(1)
    rows = []
    for letter in range(letters):
        for turn in range(reads):
            judge = (letter + turn * (1 + letter // len(severity) % (len(severity) - 1))) % len(severity)
            for criterion in range(criteria):
                place = ability[letter] - severity[judge] - 0.4 * criterion
                weights = np.exp(np.concatenate([[0.0], np.cumsum(place - steps)]))
                mark = chance.choice(top + 1, p=weights / weights.sum())
                rows.append((f"L{letter}", f"J{judge}", f"C{criterion}", float(mark)))
    unique = {row[:3]: row for row in rows}
    return Made(ratings(unique.values()), ability, np.array(severity))


def in_order(made_: Made, values: FloatArray, truth: FloatArray, names: str) -> tuple[FloatArray, FloatArray]:
    """Found values beside the truth, both in the order of the numbers in the names."""
    order = [int(name[1:]) for name in getattr(made_.ratings, names)]
    return values, truth[order]


def published(name: str) -> list[dict[str, str]]:
    """Rows of a published file; the test is skipped where it is not at hand."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_json(name: str) -> Any:
    """A published JSON file; the test is skipped where it is not at hand."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    return json.loads(path.read_text("utf-8"))


def ratings1() -> Ratings:
    """sirt's data.ratings1: 274 reads of 135 texts by seven raters on five criteria."""
    rows = published("ratings1.csv")
    criteria = ("k1", "k2", "k3", "k4", "k5")
    return ratings((row["idstud"], row["rater"], name, float(row[name])) for row in rows for name in criteria)
