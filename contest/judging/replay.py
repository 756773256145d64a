"""Everything that was computed in judging, computed once more from the log alone. Pure.

The log is read from its first line on. What was said (marks, verdicts, places, choices) is gathered; wherever a ranking or a
decision was written down, it is made anew and compared figure by figure, exactly. What remains at the end is compared with
the tables as they are now. A fault names the figure that does not match.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from contest.judging import deciding, ranking, terms
from contest.judging.deciding import Rule
from contest.judging.measuring import JudgeFigures, LetterFigures
from contest.judging.ranking import Weighing
from contest.judging.told import Told
from core.errors import Refused

# Figures as an organiser calls them.
NAMES = {
    "fair": "fair mark",
    "raw": "raw mean",
    "error": "standard error",
    "of_judges": "part for its judges",
    "of_rest": "part for few reads",
    "severity_error": "standard error of severity",
    "taken": "severity in marks",
    "taken_error": "standard error of severity in marks",
}


@dataclass(frozen=True)
class Line:
    """A line of the log: its number, its round, its kind, what it says, and whether its digest fits what it says."""

    number: int
    round_id: int | None
    kind: str
    payload: Mapping[str, Any]
    is_whole: bool = True


@dataclass(frozen=True)
class Tables:
    """A round as the tables tell it now: (read, criterion) → mark, read → verdict, read → place, pair → letter chosen.

    Reads and pairs are those that were not given back, with letters and judge. `going_on` are the letters of the decision
    that holds, None without one. `run` is the newest model run, with the figures that are kept of it.
    """

    round_id: int
    reads: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    pairs: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    verdicts: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)
    choices: Mapping[int, int] = field(default_factory=dict)
    going_on: frozenset[int] | None = None
    run: int | None = None
    fair: Mapping[int, LetterFigures] = field(default_factory=dict)
    judges: Mapping[int, JudgeFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A figure that does not match: in which round, which figure, as it was written down, as it is computed."""

    round_id: int | None
    figure: str
    written: object
    computed: object


@dataclass(frozen=True)
class Replayed:
    """What came of it: lines read, figures compared, and the faults found."""

    lines: int
    figures: int
    faults: tuple[Fault, ...]


class _Replay:
    """The log being read, line by line."""

    def __init__(self, wanted: Mapping[int, Sequence[Line]]) -> None:
        """`wanted`: the model runs that have read the log up to each of these lines."""
        self.wanted = wanted
        self.rounds: dict[int, Told] = {}
        self.figures = 0
        self.faults: list[Fault] = []

    def compare(self, round_id: int | None, figure: str, written: object, computed: object) -> None:
        """Count a figure; keep it as a fault if it is not the same."""
        self.figures += 1
        if written != computed:
            self.faults.append(Fault(round_id, figure, written, computed))

    def take(self, line: Line) -> None:
        """Read one line."""
        self.compare(line.round_id, f"digest of line {line.number}", line.is_whole, computed=True)
        act = _ACTS.get(line.kind)
        if line.round_id is not None and act is not None:
            act(self, self.rounds.setdefault(line.round_id, Told()), line)
        for run in self.wanted.get(line.number, ()):
            round_ = self.rounds.setdefault(run.round_id or 0, Told())
            round_.runs[run.payload["run"]] = round_.measured(run.payload["absent"])


def replayed(lines: Iterable[Line], tables: Iterable[Tables]) -> Replayed:
    """Read the log, compute everything again, compare it with what was written down and with the tables as they are."""
    told = list(lines)
    runs = [line for line in told if line.kind == "measured"]
    replay = _Replay({place: list(of) for place, of in groupby(sorted(runs, key=_position), key=_position)})
    for line in told:
        replay.take(line)
    for table in tables:
        _compare_tables(replay, table)
    return Replayed(len(told), replay.figures, tuple(replay.faults))


def _position(line: Line) -> int:
    return int(line.payload["position"])


def _open(_replay: _Replay, round_: Told, line: Line) -> None:
    round_.is_opened = True
    round_.terms = terms.read(line.payload["terms"])
    round_.seed = line.payload.get("seed", "")
    round_.weighings = [Weighing(*criterion) for criterion in line.payload["criteria"]]


def _deal(_replay: _Replay, round_: Told, line: Line) -> None:
    for read_id, letter_id, judge_id in line.payload.get("reads", ()):
        round_.reads[read_id] = (letter_id, judge_id)
    for pair_id, left, right, judge_id in line.payload.get("pairs", ()):
        round_.pairs[pair_id] = (left, right, judge_id)


def _give_back(_replay: _Replay, round_: Told, line: Line) -> None:
    if "read" in line.payload:
        round_.reads.pop(line.payload["read"], None)
        round_.changes += 1
    else:
        round_.pairs.pop(line.payload["pair"], None)


def _mark(replay: _Replay, round_: Told, line: Line) -> None:
    said = line.payload
    key = (said["read"], said["criterion"])
    figure = f"mark of read {key[0]}, criterion {key[1]}, before line {line.number}"
    _say(replay, round_.marks, key, line, figure)
    round_.changes += 1


def _verdict(replay: _Replay, round_: Told, line: Line) -> None:
    read_id = line.payload["read"]
    _say(replay, round_.verdicts, read_id, line, f"verdict of read {read_id}, before line {line.number}")


def _choose(replay: _Replay, round_: Told, line: Line) -> None:
    pair_id = line.payload["pair"]
    _say(replay, round_.choices, pair_id, line, f"choice of pair {pair_id}, before line {line.number}")


def _say(replay: _Replay, known: dict[Any, Any], key: object, line: Line, figure: str) -> None:
    """Each change tells what it found: a line that was taken out or put in breaks the chain."""
    replay.compare(line.round_id, figure, line.payload["before"], known.get(key))
    if line.payload["after"] is None:
        known.pop(key, None)
    else:
        known[key] = line.payload["after"]


def _place(_replay: _Replay, round_: Told, line: Line) -> None:
    for read_id, place in line.payload["places"]:
        round_.places[read_id] = place


def _rank(replay: _Replay, round_: Told, line: Line) -> None:
    computed = {each.letter_id: each for each in ranking.placed(round_.scores(line.payload["absent"]))}
    replay.compare(line.round_id, "number of letters ranked", line.payload["letters"], len(computed))
    for letter_id, rank, mean, reads in line.payload["ranking"]:
        found = computed.get(letter_id)
        for figure, written, again in (
            ("mean", mean, str(found.mean) if found else None),
            ("rank", rank, found.rank if found else None),
            ("reads", reads, found.reads if found else None),
        ):
            replay.compare(line.round_id, f"{figure} of letter {letter_id}", written, again)


def _decide(replay: _Replay, round_: Told, line: Line) -> None:
    said = line.payload
    standings = deciding.standings(round_.scores(said["absent"]), dict(said["units"]))
    rule = Rule.of(round_.terms)
    round_.going_on = frozenset(said["going_on"])
    try:
        computed = deciding.decided(standings, rule, said["chosen"])
    except Refused as refused:
        replay.compare(line.round_id, f"decision {said['decision']}", "taken", refused.message)
        return
    for letter_id in sorted(round_.going_on | computed):
        figure = f"letter {letter_id} in decision {said['decision']}"
        written = _words(letter_id in round_.going_on)
        replay.compare(line.round_id, figure, written, _words(letter_id in computed))


def _words(goes_on: bool) -> str:  # noqa: FBT001
    return "goes on" if goes_on else "stays"


def _measure(replay: _Replay, round_: Told, line: Line) -> None:
    """A model run: by which method, of which marks, and every figure that came of them."""
    said, run = line.payload, f"of model run {line.payload['run']}"
    found = round_.runs.get(said["run"])
    if found is None:
        replay.compare(line.round_id, f"marks {run}", f"up to line {said['position']}", "none")
        return
    for figure, written, computed in (
        ("method", said["method"], found.method),
        ("marks", said["inputs"], found.inputs),
        ("number of letters", said["letters"], len(found.letters)),
        ("figures of letters", said["results"], found.results),
    ):
        replay.compare(line.round_id, f"{figure} {run}", written, computed)
    judges = {judge_id: figures for judge_id, *figures in said["judges"]}
    _compare_figures(replay, line.round_id, "judge {}, " + run, judges, found.judges)
    for name in sorted({*said["figures"], *found.figures}):
        figure = f"{name.replace('_', ' ')} {run}"
        replay.compare(line.round_id, figure, said["figures"].get(name), found.figures.get(name))


def _compare_figures(
    replay: _Replay, round_id: int | None, of: str, written: Mapping[int, Sequence[Any]], computed: Mapping[int, Any]
) -> None:
    """Figures of letters or judges by their ids, each by its name."""
    for key in sorted(set(written) | set(computed)):
        there, again = written.get(key), computed.get(key)
        names = getattr(again, "_fields", getattr(there, "_fields", ()))
        for place, name in enumerate(names):
            figure = f"{NAMES.get(name, name)} of {of.format(key)}"
            replay.compare(
                round_id,
                figure,
                there[place] if there and place < len(there) else None,
                again[place] if again else None,
            )


def _undo_decision(_replay: _Replay, round_: Told, _line: Line) -> None:
    round_.going_on = None


_ACTS: Mapping[str, Callable[[_Replay, Told, Line], None]] = {
    "round.opened": _open,
    "dealt": _deal,
    "given_back": _give_back,
    "mark": _mark,
    "verdict": _verdict,
    "chosen": _choose,
    "placed": _place,
    "ranked": _rank,
    "decided": _decide,
    "decision.undone": _undo_decision,
    "measured": _measure,
}


def _compare_tables(replay: _Replay, table: Tables) -> None:
    """The tables as they are against what the log says they must be."""
    round_ = replay.rounds.get(table.round_id, Told())
    if not round_.is_opened:
        replay.compare(table.round_id, "log of the round", "missing", "there")
        return
    for name, now, logged in (
        ("read", table.reads, round_.reads),
        ("pair", table.pairs, round_.pairs),
        ("mark of read, criterion", table.marks, round_.marks),
        ("verdict of read", table.verdicts, round_.verdicts),
        ("place of read", table.places, round_.places),
        ("choice of pair", table.choices, round_.choices),
    ):
        _compare_mapping(replay, table.round_id, name, now, logged)
    if table.run is not None:
        run = round_.runs.get(table.run)
        replay.compare(table.round_id, f"model run {table.run} in the log", run is not None, computed=True)
        if run:
            _compare_figures(replay, table.round_id, "letter {}, table against log", table.fair, run.letters)
            _compare_figures(replay, table.round_id, "judge {}, table against log", table.judges, run.judges)
    replay.compare(table.round_id, "letters that go on", _listed(table.going_on), _listed(round_.going_on))


def _compare_mapping(
    replay: _Replay, round_id: int, name: str, now: Mapping[Any, Any], logged: Mapping[Any, Any]
) -> None:
    for key in sorted(set(now) | set(logged)):
        replay.compare(round_id, f"{name} {key}, table against log", now.get(key), logged.get(key))


def _listed(letters: frozenset[int] | None) -> list[int] | None:
    return None if letters is None else sorted(letters)
