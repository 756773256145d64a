"""Everything that was computed in judging, computed once more from the log alone. Pure.

The log is read from its first line on. What was said (marks, verdicts, places, choices) is gathered; wherever a ranking or a
decision was written down, it is made anew and compared figure by figure, exactly. What remains at the end is compared with
the tables as they are now. A fault names the figure that does not match.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from contest.judging import deciding, ranking, terms
from contest.judging.comparing import scores_of_choices
from contest.judging.counting import scores_of_orders
from contest.judging.deciding import Rule
from contest.judging.ranking import Given, Scores, Weighing
from contest.judging.rules import Verdict
from contest.judging.terms import RoundMethod, Terms
from core.errors import Refused


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
    that holds, None without one.
    """

    round_id: int
    reads: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    pairs: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    verdicts: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)
    choices: Mapping[int, int] = field(default_factory=dict)
    going_on: frozenset[int] | None = None


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


@dataclass
class _Round:
    """A round as far as the log has told it."""

    terms: Terms = terms.USUAL_TERMS
    weighings: Sequence[Weighing] = ()
    seed: str = ""
    is_opened: bool = False
    reads: dict[int, tuple[int, int]] = field(default_factory=dict)
    pairs: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    choices: dict[int, int] = field(default_factory=dict)
    going_on: frozenset[int] | None = None


class _Replay:
    """The log being read, line by line."""

    def __init__(self) -> None:
        self.rounds: dict[int, _Round] = {}
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
            act(self, self.rounds.setdefault(line.round_id, _Round()), line)


def replayed(lines: Iterable[Line], tables: Iterable[Tables]) -> Replayed:
    """Read the log, compute everything again, compare it with what was written down and with the tables as they are."""
    replay = _Replay()
    count = 0
    for line in lines:
        replay.take(line)
        count += 1
    for table in tables:
        _compare_tables(replay, table)
    return Replayed(count, replay.figures, tuple(replay.faults))


def _open(_replay: _Replay, round_: _Round, line: Line) -> None:
    round_.is_opened = True
    round_.terms = terms.read(line.payload["terms"])
    round_.seed = line.payload.get("seed", "")
    round_.weighings = [Weighing(*criterion) for criterion in line.payload["criteria"]]


def _deal(_replay: _Replay, round_: _Round, line: Line) -> None:
    for read_id, letter_id, judge_id in line.payload.get("reads", ()):
        round_.reads[read_id] = (letter_id, judge_id)
    for pair_id, left, right, judge_id in line.payload.get("pairs", ()):
        round_.pairs[pair_id] = (left, right, judge_id)


def _give_back(_replay: _Replay, round_: _Round, line: Line) -> None:
    if "read" in line.payload:
        round_.reads.pop(line.payload["read"], None)
    else:
        round_.pairs.pop(line.payload["pair"], None)


def _mark(replay: _Replay, round_: _Round, line: Line) -> None:
    said = line.payload
    key = (said["read"], said["criterion"])
    figure = f"mark of read {key[0]}, criterion {key[1]}, before line {line.number}"
    _say(replay, round_.marks, key, line, figure)


def _verdict(replay: _Replay, round_: _Round, line: Line) -> None:
    read_id = line.payload["read"]
    _say(replay, round_.verdicts, read_id, line, f"verdict of read {read_id}, before line {line.number}")


def _choose(replay: _Replay, round_: _Round, line: Line) -> None:
    pair_id = line.payload["pair"]
    _say(replay, round_.choices, pair_id, line, f"choice of pair {pair_id}, before line {line.number}")


def _say(replay: _Replay, known: dict[Any, Any], key: object, line: Line, figure: str) -> None:
    """Each change tells what it found: a line that was taken out or put in breaks the chain."""
    replay.compare(line.round_id, figure, line.payload["before"], known.get(key))
    if line.payload["after"] is None:
        known.pop(key, None)
    else:
        known[key] = line.payload["after"]


def _place(_replay: _Replay, round_: _Round, line: Line) -> None:
    for read_id, place in line.payload["places"]:
        round_.places[read_id] = place


def _rank(replay: _Replay, round_: _Round, line: Line) -> None:
    computed = {each.letter_id: each for each in ranking.placed(_scores(round_, line.payload["absent"]))}
    replay.compare(line.round_id, "number of letters ranked", line.payload["letters"], len(computed))
    for letter_id, rank, mean, reads in line.payload["ranking"]:
        found = computed.get(letter_id)
        for figure, written, again in (
            ("mean", mean, str(found.mean) if found else None),
            ("rank", rank, found.rank if found else None),
            ("reads", reads, found.reads if found else None),
        ):
            replay.compare(line.round_id, f"{figure} of letter {letter_id}", written, again)


def _decide(replay: _Replay, round_: _Round, line: Line) -> None:
    said = line.payload
    standings = deciding.standings(_scores(round_, said["absent"]), dict(said["units"]))
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


def _undo_decision(_replay: _Replay, round_: _Round, _line: Line) -> None:
    round_.going_on = None


_ACTS: Mapping[str, Callable[[_Replay, _Round, Line], None]] = {
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
}


def _scores(round_: _Round, absent: Sequence[int]) -> Scores:
    """What each letter is worth by now, without letters that had left the contest."""
    gone = frozenset(absent)
    method = round_.terms.method
    if method is RoundMethod.SCREENING:
        return ranking.scored(ranking.worths_of_verdicts(_verdicts(round_, gone)))
    if method is RoundMethod.RANKING:
        seats = int(round_.terms.cut or 1)
        return scores_of_orders(_orders(round_, gone), round_.terms.counting, seats=seats, seed=round_.seed)
    if method is RoundMethod.PAIRS:
        return scores_of_choices(_choices(round_, gone))
    return ranking.scored(ranking.worths_of_marks(_given(round_, gone), round_.weighings))


def _given(round_: _Round, gone: frozenset[int]) -> list[Given]:
    return [
        Given(round_.reads[read_id][0], read_id, criterion_id, Fraction(points))
        for (read_id, criterion_id), points in sorted(round_.marks.items())
        if read_id in round_.reads and round_.reads[read_id][0] not in gone
    ]


def _verdicts(round_: _Round, gone: frozenset[int]) -> list[tuple[int, Verdict]]:
    return [
        (round_.reads[read_id][0], Verdict(verdict))
        for read_id, verdict in sorted(round_.verdicts.items())
        if read_id in round_.reads and round_.reads[read_id][0] not in gone
    ]


def _orders(round_: _Round, gone: frozenset[int]) -> list[list[int]]:
    orders: dict[int, list[int]] = {}
    for read_id, _place_given in sorted(round_.places.items(), key=lambda item: item[1]):
        if read_id in round_.reads and round_.reads[read_id][0] not in gone:
            letter_id, judge_id = round_.reads[read_id]
            orders.setdefault(judge_id, []).append(letter_id)
    return list(orders.values())


def _choices(round_: _Round, gone: frozenset[int]) -> list[tuple[int, int]]:
    found = []
    for pair_id, chosen in sorted(round_.choices.items()):
        if pair_id in round_.pairs:
            left, right, _judge = round_.pairs[pair_id]
            if not {left, right} & gone:
                found.append((chosen, right if chosen == left else left))
    return found


def _compare_tables(replay: _Replay, table: Tables) -> None:
    """The tables as they are against what the log says they must be."""
    round_ = replay.rounds.get(table.round_id, _Round())
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
    replay.compare(table.round_id, "letters that go on", _listed(table.going_on), _listed(round_.going_on))


def _compare_mapping(
    replay: _Replay, round_id: int, name: str, now: Mapping[Any, Any], logged: Mapping[Any, Any]
) -> None:
    for key in sorted(set(now) | set(logged)):
        replay.compare(round_id, f"{name} {key}, table against log", now.get(key), logged.get(key))


def _listed(letters: frozenset[int] | None) -> list[int] | None:
    return None if letters is None else sorted(letters)
