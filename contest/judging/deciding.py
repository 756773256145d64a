"""Who goes on from a round: a rule, applied to where letters stand. Pure; the same input gives the same outcome.

Equal letters are never parted by time or number: where they do not all fit, either all go on, or the organiser chooses
among them, as the terms of the round said beforehand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import ceil

from contest.judging import ranking
from contest.judging.ranking import Scores
from contest.judging.safety import WITHIN
from contest.judging.terms import GoingOn, Quotas, Terms, Ties
from core.errors import Refused


@dataclass(frozen=True)
class Standing:
    """Where a letter stands: `score` from 0 to 10, exact; its standard error if one is known; its province."""

    letter_id: int
    score: Fraction
    error: float | None = None
    unit_id: int | None = None
    reads: int = 0
    part: Fraction = Fraction(0)

    @property
    def key(self) -> tuple[Fraction, Fraction]:
        """What letters are ordered by: the score, then what parts equal ones."""
        return self.score, self.part


@dataclass(frozen=True)
class Rule:
    """Who goes on: see `Terms`."""

    going_on: GoingOn
    cut: Decimal | None
    ties: Ties
    quotas: Quotas = ()

    @classmethod
    def of(cls, terms: Terms) -> "Rule":
        """The rule among the terms of a round."""
        return cls(terms.going_on, terms.cut, terms.ties, terms.quotas)


@dataclass(frozen=True)
class Tie:
    """Equal letters for fewer places: of one province under quotas, of all otherwise."""

    letters: tuple[int, ...]
    places: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a rule makes of standings: who goes on, ties at the cut, and letters too near to it to be sure."""

    going_on: frozenset[int]
    ties: tuple[Tie, ...] = ()
    borderline: frozenset[int] = frozenset()
    # Letters the rule takes from each province; empty unless there are quotas.
    by_unit: Mapping[int | None, int] = field(default_factory=dict)


def standings(scores: Scores, units: Mapping[int, int | None]) -> list[Standing]:
    """Where letters stand, best first."""
    return [
        Standing(
            each.letter_id,
            each.mean,
            scores[each.letter_id].error,
            units.get(each.letter_id),
            each.reads,
            scores[each.letter_id].part,
        )
        for each in ranking.placed(scores)
    ]


def outcome(standings: Iterable[Standing], rule: Rule) -> Outcome:
    """What the rule alone decides. Tied letters that do not all fit go on only if the rule lets all of them."""
    ordered = sorted(standings, key=lambda each: (-each.score, -each.part, each.letter_id))
    if rule.going_on is GoingOn.BY_HAND:
        return Outcome(frozenset())
    if rule.going_on is GoingOn.UNITS:
        return _by_units(ordered, rule)
    return _taken(ordered, _places(ordered, rule), rule.ties)


def _places(ordered: Sequence[Standing], rule: Rule) -> int:
    cut = Fraction(rule.cut or 0)
    if rule.going_on is GoingOn.SHARE:
        return ceil(len(ordered) * cut / 100)
    if rule.going_on is GoingOn.LEAST:
        return sum(each.score >= cut for each in ordered)
    return int(cut)


def _by_units(ordered: Sequence[Standing], rule: Rule) -> Outcome:
    units: dict[int | None, list[Standing]] = defaultdict(list)
    for each in ordered:
        units[each.unit_id].append(each)
    quotas: dict[int | None, int] = dict(rule.quotas)
    usual = int(rule.cut or 0)
    parts = {unit: _taken(letters, quotas.get(unit, usual), rule.ties, unit) for unit, letters in units.items()}
    return Outcome(
        going_on=frozenset[int]().union(*(part.going_on for part in parts.values())),
        ties=tuple(tie for part in parts.values() for tie in part.ties),
        borderline=frozenset[int]().union(*(part.borderline for part in parts.values())),
        by_unit={unit: len(part.going_on) for unit, part in parts.items()},
    )


def _taken(ordered: Sequence[Standing], places: int, ties: Ties, unit_id: int | None = None) -> Outcome:
    """The best so many of letters in order, best first."""
    if not 0 < places < len(ordered):
        return Outcome(frozenset(each.letter_id for each in ordered[: max(places, 0)]))
    last = ordered[places - 1].key
    above = [each for each in ordered if each.key > last]
    level = [each for each in ordered if each.key == last]
    fits = len(above) + len(level) == places
    taken = above + (level if fits or ties is Ties.ALL_GO_ON else [])
    tie = () if fits else (Tie(tuple(each.letter_id for each in level), places - len(above), unit_id),)
    return Outcome(frozenset(each.letter_id for each in taken), tie, _borderline(ordered, len(taken)))


def _borderline(ordered: Sequence[Standing], taken: int) -> frozenset[int]:
    """Letters within so many standard errors of the line, which lies midway between the last in and the first out."""
    if not 0 < taken < len(ordered):
        return frozenset()
    line = (ordered[taken - 1].score + ordered[taken].score) / 2
    return frozenset(
        each.letter_id
        for each in ordered
        if each.error is not None and abs(float(each.score - line)) <= WITHIN * each.error
    )


def decided(standings: Collection[Standing], rule: Rule, chosen: Collection[int]) -> frozenset[int]:
    """The letters that go on, with those the organiser chose where the rule leaves the choice to a hand.

    Refuses a choice of other letters than the tied, and of more than there are places; fewer are allowed.
    """
    found = outcome(standings, rule)
    if rule.going_on is GoingOn.BY_HAND:
        return _chosen_among(chosen, [each.letter_id for each in standings])
    if rule.ties is Ties.ALL_GO_ON:
        return found.going_on | _chosen_among(chosen, [])
    tied = [letter_id for tie in found.ties for letter_id in tie.letters]
    picked = _chosen_among(chosen, tied)
    for tie in found.ties:
        if len(picked & set(tie.letters)) > tie.places:
            raise Refused("More letters are chosen than there are places left: %(places)s.", places=tie.places)
    return found.going_on | picked


def _chosen_among(chosen: Collection[int], allowed: Collection[int]) -> frozenset[int]:
    if set(chosen) - set(allowed):
        raise Refused("One of the letters chosen is none that may be chosen here. Please look again.")
    return frozenset(chosen)


def fingerprint(standings: Iterable[Standing]) -> str:
    """What changes as soon as one letter stands elsewhere: a page carries it, so that only what was seen is confirmed."""
    told = sorted((each.letter_id, str(each.score), str(each.part)) for each in standings)
    return sha256(repr(told).encode()).hexdigest()
