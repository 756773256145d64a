"""Decisions of judging: marks, time left, who may read what. Pure; dealing and ranking have modules of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Any

from accounts.rules import Role, is_organiser
from contest.judging.terms import RoundMethod
from core.errors import Refused

STEP = Decimal("0.5")
TENTH = Decimal("0.1")
# A letter that takes longer than this was left lying; it says nothing about the pace.
LONGEST_READ_MINUTES = 30.0
# What is fetched ahead is read in an hour; a browser that keeps more of children's letters is no desk any more.
HOUR = 60.0
LEAST_AHEAD, MOST_AHEAD = 10, 80
# Minutes for one read by somebody quick, before anybody has a pace: a verdict, four marks, a choice between two letters.
BRISK_MINUTES = {
    RoundMethod.SCREENING: 1.5,
    RoundMethod.MARKS: 3.0,
    RoundMethod.PAIRS: 3.0,
    RoundMethod.RANKING: 3.0,
}
# Before anybody has a pace: what a page of a child's letter and four marks took in the field's reports.
USUAL_READ_MINUTES = 4.0


class RoundState(StrEnum):
    """A round is planned, then open to judges, then closed."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class AssignmentState(StrEnum):
    """A read waits, is marked in every criterion, or was given back."""

    WAITING = "waiting"
    MARKED = "marked"
    RECUSED = "recused"


class Verdict(StrEnum):
    """What a judge says of a letter in a screening round."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


def points_of(typed: str, *, most: int) -> Decimal:
    """The points somebody means; halves from 0 to `most`."""
    try:
        points = Decimal(typed.strip().replace(",", "."))
    except ArithmeticError:
        points = Decimal(-1)
    if not points.is_finite() or not 0 <= points <= most or points != (half := points.quantize(TENTH)) or half % STEP:
        raise Refused("Points go from 0 to %(most)s in halves.", field="points", most=most)
    return half


def refuse_marking(*, round_state: RoundState, state: AssignmentState, published: bool, has_left: bool) -> None:
    """Marks are given while the round is open, on letters that were not given back, by those who judge still."""
    if has_left:
        raise Refused("You no longer judge in this stage.")
    if published or round_state is not RoundState.OPEN:
        raise Refused("This round is closed; its marks stay as they are.")
    if state is AssignmentState.RECUSED:
        raise Refused("You gave this letter back.")


def refuse_appointing(*, sees_names: bool, has_entered: bool) -> None:
    """Who judges must not be able to look up who wrote, nor judge among their own rivals."""
    if sees_names:
        raise Refused("An organiser sees who wrote each letter and cannot judge it too.", field="user_name")
    if has_entered:
        raise Refused("This person has entered the stage as a child.", field="user_name")


def refuse_opening(
    *, state: RoundState, another_open: bool, waits_for: int | None, letters: int, judges: int, reads: int
) -> None:
    """A round needs letters, and at least as many judges as reads; one round is open at a time, after those before it.

    `waits_for` is the position of an earlier round that is still planned or from which nobody goes on yet.
    """
    if state is not RoundState.PLANNED:
        raise Refused("This round has been opened already.")
    if another_open:
        raise Refused("Another round is open. Close it first.")
    if waits_for is not None:
        raise Refused("First decide who goes on from round %(position)s, or cancel it.", position=waits_for)
    if letters == 0:
        raise Refused("No letter may be judged yet.")
    if judges < reads:
        raise Refused(
            "Each letter needs %(reads)s readers; judges appointed so far: %(judges)s.",
            reads=reads,
            judges=judges,
        )


def judges_needed(method: RoundMethod, reads: int) -> int:
    """Judges without whom a round cannot begin: as many as read a letter; for pairs and shortlists one is enough."""
    return reads if method in (RoundMethod.MARKS, RoundMethod.SCREENING) else 1


def refuse_changing(*, state: RoundState) -> None:
    """Terms are changed only before anybody judges by them."""
    if state is not RoundState.PLANNED:
        raise Refused("This round has been opened; its terms stay as they are.")


def refuse_reopening(*, state: RoundState, is_last: bool, hour_set: bool, decided: bool) -> None:
    """Marks can be changed again while they decide something and nobody has been promised a result."""
    if hour_set:
        raise Refused("This round cannot be opened again: an hour of publication is set.")
    if state is RoundState.CLOSED and not is_last:
        raise Refused("This round cannot be opened again: another one has followed.")
    if state is RoundState.CLOSED and decided:
        raise Refused("It is decided who goes on from this round. Take the decision back first.")


def refuse_deciding(*, state: RoundState, is_last: bool, published: bool) -> None:
    """Who goes on is decided, and taken back, after a round is closed and before the next one opens."""
    if published:
        raise Refused("The results are published.")
    if state is not RoundState.CLOSED:
        raise Refused("Close this round before it is decided who goes on.")
    if not is_last:
        raise Refused("The next round has been opened; the decision stays as it is.")


def is_complete(marked: Sequence[int], criteria: Sequence[int]) -> bool:
    """Whether every criterion has its mark."""
    return set(criteria) <= set(marked)


def minutes_left(*, waiting: int, spent: Sequence[float]) -> int:
    """Minutes the letters that wait will take, at this judge's own pace (the median of reads, in minutes)."""
    paced = [minutes for minutes in spent if 0 < minutes <= LONGEST_READ_MINUTES]
    return max(1, round(waiting * (median(paced) if paced else USUAL_READ_MINUTES))) if waiting else 0


def reads_in_an_hour(method: RoundMethod, *, spent: Sequence[float]) -> int:
    """How many letters, or pairs, are enough for an hour at this judge's own pace (minutes of the last reads)."""
    paced = [minutes for minutes in spent if 0 < minutes <= LONGEST_READ_MINUTES]
    return min(MOST_AHEAD, max(LEAST_AHEAD, ceil(HOUR / (median(paced) if paced else BRISK_MINUTES[method]))))


@dataclass(frozen=True)
class Pile:
    """Where a judge is in a round: "12 of 40, about 35 min left"."""

    done: int
    total: int
    minutes: int


def pile(reads: Sequence[tuple[AssignmentState, datetime | None]]) -> Pile:
    """How far somebody is with these reads; each is its state and its end. What was given back is no part of it."""
    kept = [(state, end) for state, end in reads if state is not AssignmentState.RECUSED]
    waiting = sum(state is AssignmentState.WAITING for state, _end in kept)
    ends = [end for state, end in kept if state is AssignmentState.MARKED and end]
    minutes = minutes_left(waiting=waiting, spent=paces(ends))
    return Pile(done=len(kept) - waiting, total=len(kept), minutes=minutes)


def given_at(*, kept_for: float, dealt_at: datetime, now: datetime) -> datetime:
    """When a mark was given that its desk kept for so many seconds; never before the letter was dealt, nor to come."""
    return min(now, max(dealt_at, now - timedelta(seconds=kept_for)))


def own_paces(finished: Sequence[tuple[datetime, int | None]]) -> list[float]:
    """Minutes of one judge's reads, each its end and the seconds the desk's clock has counted.

    A read without a clock counts from the end of the one before; the first has none and counts as 0, which is no pace.
    """
    ordered = sorted(finished, key=lambda read: read[0])
    befores: list[datetime | None] = [None, *(end for end, _seconds in ordered)]
    return [
        seconds / 60 if seconds else (end - (before or end)).total_seconds() / 60
        for before, (end, seconds) in zip(befores, ordered, strict=False)
    ]


def paces(finished: Sequence[datetime]) -> list[float]:
    """Minutes between the ends of neighbouring reads of one judge."""
    ends = sorted(finished)
    return [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(ends)]


def is_judge(person: Any, _thing: Any) -> bool:
    """Judges somewhere."""
    return bool(person.is_authenticated and person.has_role(Role.JUDGE))


def sees_no_names(person: Any, _thing: Any) -> bool:
    """Cannot look up who wrote what; whoever becomes an organiser later says no more of letters."""
    return not is_organiser(person, _thing)


def was_dealt_to(person: Any, assignment: Any) -> bool:
    """This letter or pair was dealt to this judge, who may have given it back since."""
    return bool(person.is_authenticated and assignment.judge.person_id == person.id)


def was_written_to(person: Any, note: Any) -> bool:
    """This note lies on this judge's desk."""
    return bool(person.is_authenticated and note.judge.person_id == person.id)


def is_on_desk(_person: Any, assignment: Any) -> bool:
    """The letter has not been given back."""
    return assignment.state is not AssignmentState.RECUSED


PERMISSIONS: Mapping[str, Any] = {
    "desk.open": [[is_judge, sees_no_names]],
    "assignment.mark": [[was_dealt_to, is_on_desk, sees_no_names]],
    # A second click on the button must not be told that there is no such letter.
    "assignment.give_back": [[was_dealt_to]],
    "pair.choose": [[was_dealt_to, is_on_desk, sees_no_names]],
    "pair.give_back": [[was_dealt_to]],
    "note.read": [[was_written_to]],
    "round.manage": [[is_organiser]],
    "judge.manage": [[is_organiser]],
}
