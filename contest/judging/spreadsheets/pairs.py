"""Files of comparative judgement: decisions in; abilities, judges and a summary out."""

import json
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from contest.judging.arrays import Floats
from contest.judging.pairs import Abilities, Pairs, SplitHalf
from contest.judging.spreadsheets.reading import letter_of, table
from contest.judging.spreadsheets.tables import refused_file
from contest.judging.spreadsheets.writing import write, write_text
from core.datafiles import Row

COLUMNS = ("judge", "chosen", "not_chosen")
# As comparing sites name them in their downloads.
SYNONYMS = {"judgename": "judge", "winner": "chosen", "won": "chosen", "loser": "not_chosen", "lost": "not_chosen"}


@dataclass(frozen=True, eq=False)
class NamedPairs:
    """Decisions, and what the file calls letters and judges (each in the order of names)."""

    pairs: Pairs
    letters: tuple[str, ...]
    judges: tuple[str, ...]


def read_pairs(path: Path) -> NamedPairs:
    """The decisions of a file, one a line: who judged, the letter chosen, the one that was not."""
    decisions = [_decision(row) for row in table(path, COLUMNS, SYNONYMS).rows]
    if not decisions:
        raise refused_file(path, "it has no decisions")
    judges, judge = np.unique([each[0] for each in decisions], return_inverse=True)
    letters, sides = np.unique([each[1:] for each in decisions], return_inverse=True)
    chosen, not_chosen = sides.reshape(-1, 2).T
    pairs = Pairs(judge, chosen, not_chosen, letters=len(letters), judges=len(judges))
    return NamedPairs(pairs, tuple(letters.tolist()), tuple(judges.tolist()))


def _decision(row: Row) -> tuple[str, str, str]:
    judge = row.needed("judge")
    chosen, other = (letter_of(row, column) for column in COLUMNS[1:])
    if chosen == other:
        raise row.bad("not_chosen", f"{other} was compared with itself")
    return judge, chosen, other


def write_comparison(folder: Path, named: NamedPairs, found: Abilities, halves: SplitHalf, **further: object) -> None:
    """`abilities.csv` best letter first, `judges.csv`, and `summary.json` with what `further` holds."""
    order = np.argsort(-found.ability, kind="stable").tolist()
    several = found.groups > 1
    columns = ("letter", "pairs", "won", "ability", "se", "infit", "outfit", *(["group"] if several else []))
    parts = (
        found.pairs.astype(int),
        found.won.astype(int),
        found.ability,
        found.se,
        found.letters.infit,
        found.letters.outfit,
    )
    groups = [[int(found.group[letter]) + 1] if several else [] for letter in order]
    rows = [
        [named.letters[at], *(_cell(part[at]) for part in parts), *group]
        for at, group in zip(order, groups, strict=True)
    ]
    write(folder / "abilities.csv", columns, rows)
    write(folder / "judges.csv", ("judge", "pairs", "infit", "outfit"), _judge_rows(named, found))
    summary = {**_summary(named, found, halves), **further}
    write_text(folder / "summary.json", json.dumps(summary, ensure_ascii=False, indent=2) + "\n")


def _judge_rows(named: NamedPairs, found: Abilities) -> list[list[object]]:
    counts = np.bincount(named.pairs.judge, minlength=len(named.judges)).tolist()
    fits = zip(found.judges.infit.tolist(), found.judges.outfit.tolist(), strict=True)
    return [
        [name, count, _cell(infit), _cell(outfit)]
        for name, count, (infit, outfit) in zip(named.judges, counts, fits, strict=True)
    ]


def _summary(named: NamedPairs, found: Abilities, halves: SplitHalf) -> dict[str, object]:
    return {
        "decisions": len(named.pairs.chosen),
        "letters": len(named.letters),
        "judges": len(named.judges),
        "ssr": _cell(found.ssr),
        "separation": _cell(found.separation),
        "split_half": halves.correlation if halves.correlation is None else _cell(halves.correlation),
        "split_half_splits": halves.splits,
        "split_half_of": "judges" if halves.by_judges else "decisions",
        "groups": found.groups,
        "shrunk_within_pairs": found.evenly,
        "iterations": found.iterations,
    }


def _cell(value: float | Floats) -> float | int | None:
    """A figure with seven places; what does not exist is left empty."""
    number = float(value)
    if not isfinite(number):
        return None
    return int(number) if isinstance(value, int | np.integer) else round(number, 7)
