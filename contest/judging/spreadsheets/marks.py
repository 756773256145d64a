"""Marks and anchors from CSV.

Marks are long (`letter,judge,criterion,mark`, criterion optional) or wide (`letter,judge` and a column for each criterion), in
any order of columns. Anchors are `judge,severity` or `letter,measure`, or both in one file.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from contest.judging.severity.freedom import Anchors
from contest.judging.severity.ratings import IntArray, Ratings
from contest.judging.spreadsheets import tables
from contest.judging.spreadsheets.tables import NO_NAME, Line, Table, opened
from core.errors import Refused

Mark = tuple[int, str, str, str, float]
LONG = ("letter", "judge", "criterion", "mark")


def _to_nobody(_remark: str) -> None:
    """Said into the air."""


def marks(path: Path, *, tell: Callable[[str], None] = _to_nobody) -> Ratings:
    """The marks of a file. Refused, with the line, when they cannot be understood; `tell` hears of columns not used.

    A column `mark` without `criterion`, beside another of numbers alone, is one criterion of several.
    """
    table = opened(path)
    if "mark" not in table.columns:
        return _gathered(table, _wide(table))
    others = [place for place, title in enumerate(table.titles) if title and table.columns[place] not in LONG]
    if others and "criterion" not in table.columns:
        lines = list(table.lines)
        table = replace(table, lines=iter(lines))
        numbers = _of_numbers(lines, others)
        if numbers:
            criteria = sorted([table.place("mark"), *numbers])
            tell(f"{path.name}: criteria are the columns {_titles(table, criteria)}.")
            _tell_unused(table, [place for place in others if place not in numbers], tell)
            return _gathered(table, _wide(table, criteria))
    _tell_unused(table, others, tell)
    return _gathered(table, _long(table))


def _of_numbers(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """Which columns hold numbers alone, and at least one."""
    return [place for place in places if _is_of_numbers([cells[place] for _line, cells in lines if place < len(cells)])]


def _is_of_numbers(cells: Sequence[str]) -> bool:
    try:
        return {tables.number(cell) for cell in cells} - {None} != set()
    except ValueError:
        return False


def _tell_unused(table: Table, places: Sequence[int], tell: Callable[[str], None]) -> None:
    if places:
        tell(f"{table.path.name}: not used are the columns {_titles(table, places)}.")


def _titles(table: Table, places: Sequence[int]) -> str:
    return ", ".join(table.titles[place] for place in places)


def anchors(path: Path, ratings: Ratings) -> Anchors:
    """The anchors of a file. Refused when it names nobody who is in the marks, or gives somebody two values."""
    table = opened(path)
    rows = list(table.rows())
    judges, letters = _values(table, rows, "judge", "severity"), _values(table, rows, "letter", "measure")
    known = (judges.keys() & set(ratings.judges)) or (letters.keys() & set(ratings.letters))
    if not known:
        raise table.refused(
            1, "none of these judges or letters is in the marks; columns: judge,severity or letter,measure"
        )
    return Anchors(judges, letters)


def _values(table: Table, rows: Iterable[Line], who: str, what: str) -> dict[str, float]:
    """Name and number of the rows that have both."""
    found: dict[str, float] = {}
    if who not in table.columns or what not in table.columns:
        return found
    name, value = table.place(who), table.place(what)
    for line, cells in rows:
        number = table.number(line, what, cells[value])
        if cells[name] and number is not None and found.setdefault(cells[name], number) != number:
            raise table.refused(line, f"{cells[name]} has the {what} {found[cells[name]]:g} already, now {number:g}")
    return found


def _long(table: Table) -> Iterator[Mark]:
    letter, judge, mark = (table.place(column) for column in ("letter", "judge", "mark"))
    criterion = table.place("criterion") if "criterion" in table.columns else None
    for line, cells in table.rows():
        number = table.number(line, "mark", cells[mark])
        if number is not None:
            name = "mark" if criterion is None else _named(table, line, "criterion", cells[criterion])
            yield (
                line,
                _named(table, line, "letter", cells[letter]),
                _named(table, line, "judge", cells[judge]),
                name,
                number,
            )


def _wide(table: Table, criteria: Sequence[int] = ()) -> Iterator[Mark]:
    """Every other column with a title is a criterion, unless told; one without is what some programs number their rows in."""
    letter, judge = table.place("letter"), table.place("judge")
    criteria = criteria or [place for place, title in enumerate(table.titles) if title and place not in (letter, judge)]
    if not criteria:
        raise table.refused(
            1, "there is no column with marks; columns: letter,judge,criterion,mark or one for each criterion"
        )
    for place in criteria:
        table.place(table.columns[place])
    for line, cells in table.rows():
        who = _named(table, line, "letter", cells[letter]), _named(table, line, "judge", cells[judge])
        for place in criteria:
            number = table.number(line, table.titles[place], cells[place])
            if number is not None:
                yield line, *who, table.titles[place], number


def _named(table: Table, line: int, column: str, cell: str) -> str:
    if not cell:
        raise table.refused(line, f"the column {column!r} is empty")
    if column == "letter" and cell in NO_NAME:
        raise table.refused(line, f"{cell} is no letter")
    return cell


def _gathered(table: Table, given: Iterable[Mark]) -> Ratings:
    """Names in the order in which they come, marks by position."""
    letters: dict[str, int] = {}
    judges: dict[str, int] = {}
    criteria: dict[str, int] = {}
    places, values, lines = array("q"), array("d"), array("q")
    for line, letter, judge, criterion, number in given:
        places.append(letters.setdefault(letter, len(letters)))
        places.append(judges.setdefault(judge, len(judges)))
        places.append(criteria.setdefault(criterion, len(criteria)))
        values.append(number)
        lines.append(line)
    if not values:
        raise Refused("%(file)s holds no marks.", file=table.path.name)
    place = np.frombuffer(places, dtype=np.int64).reshape(-1, 3)
    everything = Ratings(
        list(letters), list(judges), list(criteria), place[:, 0], place[:, 1], place[:, 2], np.frombuffer(values)
    )
    return _each_once(table, everything, np.frombuffer(lines, dtype=np.int64))


def _each_once(table: Table, ratings: Ratings, lines: IntArray) -> Ratings:
    """Rows that say the same again count once; the same judge with two marks for one thing is refused."""
    pair = ratings.letter * len(ratings.judges) + ratings.judge
    key = pair * len(ratings.criteria) + ratings.criterion
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1])
    if not len(again):
        return ratings
    before, after = order[again], order[again + 1]
    differing = np.flatnonzero(ratings.mark[before] != ratings.mark[after])
    if len(differing):
        _refuse_two_marks(table, ratings, lines, int(before[differing[0]]), int(after[differing[0]]))
    keep = np.ones(len(ratings), dtype=np.bool_)
    keep[after] = False
    return replace(
        ratings,
        letter=ratings.letter[keep],
        judge=ratings.judge[keep],
        criterion=ratings.criterion[keep],
        mark=ratings.mark[keep],
    )


def _refuse_two_marks(table: Table, ratings: Ratings, lines: IntArray, first: int, second: int) -> None:
    who = f"{ratings.judges[ratings.judge[first]]} already marked letter {ratings.letters[ratings.letter[first]]}"
    what = f"{ratings.criteria[ratings.criterion[first]]}: {ratings.mark[first]:g}, now {ratings.mark[second]:g}"
    raise table.refused(int(lines[second]), f"{who} in line {lines[first]} ({what})")
