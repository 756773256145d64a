"""Files of assignment: letters, judges and reads that exist in; who reads what out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from contest.judging.arrays import Ints
from contest.judging.assigning import NOBODY, UNLIMITED, Assignment, Judges, Letters, desk_order, random_anchors
from contest.judging.spreadsheets.reading import Columns, by_column, letter_of, table
from contest.judging.spreadsheets.tables import NO_NAME, refused_file
from contest.judging.spreadsheets.writing import write
from core.datafiles import Row

# Places that keep a letter and a judge apart where both name the same one.
PLACES = ("unit", "school", "province")
# Columns of judges that name letters never to be read.
BARRING = ("not_letters", "relatives", "conflicts", "recused", "exclude")
# Between a school and its province: a sign that no name has.
BESIDE = "\0"
COLUMNS_OUT = ("letter", "judge", "place", "anchor")
KNOWN = {"letter": ("letter", *PLACES), "judge": ("judge", *PLACES, "capacity", *BARRING)}


@dataclass(frozen=True, eq=False)
class ToAssign:
    """What the files say, in the numbers that `contest.judging.assigning` takes, beside the names (in their order)."""

    letter_names: tuple[str, ...]
    judge_names: tuple[str, ...]
    letters: Letters
    judges: Judges
    barred: Ints
    kept: Ints
    remarks: tuple[str, ...]


def read_to_assign(
    letters: Path,
    judges: Path,
    kept: Path | None,
    *,
    reads: int,
    anchors: int,
    seed: str,
    places: Sequence[str] = PLACES,
) -> ToAssign:
    """Letters (`letter`, and any of `unit`, `school`, `province`), judges (`judge`, the same, `capacity`, `not_letters`).

    `capacity` is reads in all, empty for no limit; `not_letters` (and its synonyms) are letters never to be read by this judge,
    between `|`, `;` or `,`. `kept` has `letter` and `judge` of reads that exist. Only the `places` named keep letters and judges
    apart. Columns that are not used are named in `remarks`.
    """
    remarks: list[str] = []
    of_letters, of_judges = _named(letters, "letter", remarks), _named(judges, "judge", remarks)
    letter_names, judge_names = tuple(of_letters.column("letter")), tuple(of_judges.column("judge"))
    judge_rows = [of_judges.row(place) for place in range(len(of_judges))]
    origins = _origins(of_letters, of_judges, places)
    count = len(of_letters)
    numbers = {name: number for number, name in enumerate(letter_names)}
    capacity = np.array([_capacity(row) for row in judge_rows], dtype=np.int64)
    return ToAssign(
        letter_names, judge_names,
        Letters(np.full(count, reads), origins[:count], random_anchors(count, anchors, seed=seed)),
        Judges(capacity, origins[count:]),
        _barred(judge_rows, numbers),
        _kept(kept, numbers, {name: number for number, name in enumerate(judge_names)}) if kept else NOBODY,
        tuple(remarks),
    )  # fmt: skip


def write_assignment(path: Path, given: ToAssign, found: Assignment, *, seed: str) -> None:
    """One line a new read: letter, judge, its place on the judge's desk, and `yes` where the letter is an anchor."""
    places = desk_order(found, given.letters.anchors, seed=seed)
    order = np.lexsort((places, found.reads[:, 1]))
    anchors = np.isin(found.reads[:, 0], given.letters.anchors)
    columns = (found.reads[order, 0], found.reads[order, 1], places[order], anchors[order])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    names, judges = given.letter_names, given.judge_names
    write(path, COLUMNS_OUT, ((names[letter], judges[judge], at, "yes" * anchor) for letter, judge, at, anchor in rows))


def _named(path: Path, column: str, remarks: list[str]) -> Columns:
    """Rows in the order of the names in a column; what other columns there are is remarked."""
    known = KNOWN[column]
    read = by_column(path, [column], {name: name for name in known})
    if others := [name for name in read.cells if name not in known]:
        remarks.append(f"{path.name}: not used are the columns {', '.join(others)}.")
    if not len(read):
        raise refused_file(path, f"it has no {column}s")
    names = read.column(column)
    different = set(names)
    if len(different) < len(names) or different & NO_NAME:
        _refuse_names(read, column)
    return read.in_order(sorted(range(len(names)), key=names.__getitem__))


def _refuse_names(read: Columns, column: str) -> None:
    """Refuse the first row whose name is none, or stands in a line before."""
    found: dict[str, int] = {}
    for place, line in enumerate(read.lines):
        row = read.row(place)
        name = letter_of(row, column) if column == "letter" else row.needed(column)
        if name in found:
            raise row.bad(column, f"{name} stands in line {found[name]} already")
        found[name] = line


def _origins(letters: Columns, judges: Columns, places: Sequence[str]) -> Ints:
    """A number for each place a row names, -1 where it names none; capitals and spaces set aside. Letters first."""
    columns = []
    for place in places:
        named = [*letters.column(place), *judges.column(place)]
        columns.append(_numbered(_schools(letters, judges, named) if place == "school" else named))
    return np.array(columns, dtype=np.int64).reshape(len(places), len(letters) + len(judges)).T


def _numbered(names: Sequence[str]) -> list[int]:
    """A number for each name in the order in which they come, -1 for none."""
    numbers: dict[str, int] = {"": -1}
    number_of = {name: numbers.setdefault(_folded(name), len(numbers)) for name in dict.fromkeys(names)}
    return [number_of[name] for name in names]


def _schools(letters: Columns, judges: Columns, schools: Sequence[str]) -> list[str]:
    """Schools are one where name and province are; one whose province is not said everywhere could be any of that name."""
    pairs = list(zip(schools, [*letters.column("province"), *judges.column("province")], strict=True))
    folded = {pair: (_folded(pair[0]), _folded(pair[1])) for pair in dict.fromkeys(pairs)}
    anywhere = {school for school, province in folded.values() if not province}
    name_of = {
        pair: school if school in anywhere or not school else f"{school}{BESIDE}{province}"
        for pair, (school, province) in folded.items()
    }
    return [name_of[pair] for pair in pairs]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _capacity(row: Row) -> int:
    capacity = row.whole("capacity") if "capacity" in row.cells else None
    return UNLIMITED if capacity is None else min(capacity, UNLIMITED)


def _barred(judges: Sequence[Row], letters: Mapping[str, int]) -> Ints:
    pairs = [
        (letter, judge)
        for judge, row in enumerate(judges)
        for column in BARRING
        for letter in _letters_of(row, column, letters)
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _letters_of(row: Row, column: str, letters: Mapping[str, int]) -> list[int]:
    """The letters of a list; between spaces too, where that makes names of them."""
    parts = [part for piece in re.split(r"[|;,]", row.cells.get(column, "")) if (part := piece.strip())]
    names = [name for part in parts for name in ([part] if part in letters else part.split())]
    for name in names:
        if name not in letters:
            raise row.bad(column, f"there is no letter {name}")
    return [letters[name] for name in names]


def _kept(path: Path, letters: Mapping[str, int], judges: Mapping[str, int]) -> Ints:
    """Reads that exist. One by a judge who is no longer listed is refused: list them with capacity 0 to keep their reads."""
    pairs: dict[tuple[int, int], None] = {}
    for row in table(path, ["letter", "judge"]).rows:
        for column, known in (("letter", letters), ("judge", judges)):
            if row.needed(column) not in known:
                raise row.bad(column, f"there is no {column} {row.cells[column]}")
        pairs[letters[row.cells["letter"]], judges[row.cells["judge"]]] = None
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
