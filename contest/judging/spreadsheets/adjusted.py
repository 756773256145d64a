"""The files of `temthu judging adjust`: letters, judges, criteria, steps, a summary and the report."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from contest.judging.severity.fit import Separation
from contest.judging.severity.outcome import Outcome
from contest.judging.spreadsheets.report import report
from contest.judging.spreadsheets.writing import write, write_text

PLACES = 6


def write_all(outcome: Outcome, folder: Path, agreement: Mapping[str, float]) -> None:
    """Write every file into the folder, which is made when it is missing."""
    _write_letters(outcome, folder / "letters.csv")
    _write_judges(outcome, folder / "judges.csv")
    _write_criteria(outcome, folder / "criteria.csv")
    _write_steps(outcome, folder / "steps.csv")
    write_text(folder / "summary.json", json.dumps(summary(outcome, agreement), ensure_ascii=False, indent=1) + "\n")
    write_text(folder / "report.html", report(outcome))


def summary(outcome: Outcome, agreement: Mapping[str, float]) -> dict[str, Any]:
    """The figures of the whole as JSON; what is not known is null."""
    groups = [[outcome.judges.names[judge] for judge in group] for group in outcome.connection.components]
    return {
        "model": outcome.model,
        "unit": outcome.unit,
        **{name: _plain(value) for name, value in outcome.figures.items()},
        **{f"of_{facet}": _of_facet(found) for facet, found in outcome.separation.items()},
        "agreement": {name: _plain(value) for name, value in agreement.items()},
        "connected": outcome.connection.connected,
        "groups_of_judges": groups if len(groups) > 1 else [],
        "link": [
            {"judge": outcome.judges.names[link.judge], "with": outcome.judges.names[link.with_judge]}
            for link in outcome.connection.links
        ],
        "remarks": list(outcome.remarks),
    }


def _of_facet(found: Separation) -> dict[str, Any]:
    names = ("rmse", "true_deviation", "separation", "reliability", "strata")
    return {name: _plain(getattr(found, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return round(float(value), PLACES) if math.isfinite(value) else None
    return value


def _write_letters(outcome: Outcome, path: Path) -> None:
    letters = outcome.letters
    columns = (letters.raw_mean, letters.fair_mark, letters.measure, letters.measure_se)
    head = ("letter", "reads", "raw_mean", "fair_mark", "measure", "se")
    _write(path, head, zip(letters.names, letters.reads, *columns, strict=True))


def _write_judges(outcome: Outcome, path: Path) -> None:
    judges = outcome.judges
    columns = (judges.severity, judges.severity_se, judges.infit, judges.outfit)
    head = ("judge", "reads", "severity", "se", "infit", "outfit")
    _write(path, head, zip(judges.names, judges.reads, *columns, strict=True))


def _write_criteria(outcome: Outcome, path: Path) -> None:
    criteria = outcome.criteria
    columns = (criteria.difficulty, criteria.difficulty_se, criteria.infit, criteria.outfit)
    head = ("criterion", "marks", "difficulty", "se", "infit", "outfit")
    _write(path, head, zip(criteria.names, criteria.marks, *columns, strict=True))


def _write_steps(outcome: Outcome, path: Path) -> None:
    """The criterion is empty where all share the steps."""
    rows = ((step.criterion or "", step.number, step.mark, step.value, step.error) for step in outcome.steps)
    _write(path, ("criterion", "step", "mark", "tau", "se"), rows)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    write(path, head, ([_cell(value) for value in row] for row in rows))


def _cell(value: Any) -> Any:
    """A number with enough places to compute on; empty where nothing is known."""
    if isinstance(value, float | np.floating):
        return f"{value:z.{PLACES}f}".rstrip("0").rstrip(".") if math.isfinite(value) else ""
    return value
