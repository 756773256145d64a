"""What a round is before it begins: how it is judged, who goes on from it, how ties are settled. Pure.

All of it is published before judging starts; whoever changed it later would choose winners by choosing rules.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from core.errors import Refused

MOST_ANCHORS = 200
MOST_LETTERS = 1_000_000
CENT = Decimal("0.01")


class RoundMethod(StrEnum):
    """How letters are judged: yes or no, marks by criteria, two beside each other, a shortlist put in order."""

    SCREENING = "screening"
    MARKS = "marks"
    PAIRS = "pairs"
    RANKING = "ranking"


class GoingOn(StrEnum):
    """Which letters go on: the best so many, a share of all, those of a mark, so many of each province, or by hand."""

    TOP = "top"
    SHARE = "share"
    LEAST = "least"
    UNITS = "units"
    BY_HAND = "by_hand"


class Ties(StrEnum):
    """What becomes of equal letters that do not all fit: all go on, or the organiser chooses by hand."""

    ALL_GO_ON = "all_go_on"
    BY_HAND = "by_hand"


class Pairing(StrEnum):
    """How pairs are drawn; never by earlier answers, which would make chance look like agreement."""

    RANDOM = "random"
    CHAINED = "chained"


class Counting(StrEnum):
    """How the orders of a committee become one: points by place, the nearest order, or transferable votes for equal prizes."""

    BORDA = "borda"
    KEMENY = "kemeny"
    STV = "stv"


class RankedBy(StrEnum):
    """What a round of marks ranks by: fair marks, of which the judges' sternness is taken, or the plain means."""

    FAIR = "fair"
    RAW = "raw"


class SeverityModel(StrEnum):
    """How sternness is found: as the reads allow, by the additive model, by the many-facet Rasch model."""

    AUTOMATIC = "automatic"
    ADDITIVE = "additive"
    RASCH = "rasch"


class Parting(StrEnum):
    """What parts equal letters before they share a rank: nothing, the weightiest criterion, more judges for the one."""

    NOTHING = "nothing"
    CRITERION = "criterion"
    MAJORITY = "majority"


class Sees(StrEnum):
    """What a judge may see beside the letter itself: its words counted, the child's age, what earlier rounds have said of it.

    Whether it was typed or written by hand is no choice: the letter itself shows it.
    """

    WORDS = "words"
    AGE = "age"
    MARK_BEFORE = "mark_before"
    REMARKS_BEFORE = "remarks_before"


# What needs a round before.
OF_ROUNDS_BEFORE = frozenset({Sees.MARK_BEFORE, Sees.REMARKS_BEFORE})

# Letters that go on from a province, where another number than the usual one is meant: (unit, letters).
Quotas = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Terms:
    """The terms of a round.

    `cut` belongs to `going_on`: letters (TOP, UNITS), percent (SHARE), a mark from 0 to 10 (LEAST), nothing (BY_HAND).
    `anchors` are letters that every judge reads; `bars_province`: no judge reads letters of the own province.
    `counting` belongs to a shortlist, `quotas` to provinces, the exceptions from `cut`.
    `ranked_by` and `severity_model` speak of rounds of marks only. `sees` is what judges see beside the letter.
    """

    method: RoundMethod = RoundMethod.MARKS
    going_on: GoingOn = GoingOn.BY_HAND
    cut: Decimal | None = None
    ties: Ties = Ties.ALL_GO_ON
    anchors: int = 0
    bars_province: bool = False
    pairing: Pairing = Pairing.CHAINED
    counting: Counting = Counting.BORDA
    quotas: Quotas = ()
    parting: Parting = Parting.NOTHING
    ranked_by: RankedBy = RankedBy.FAIR
    severity_model: SeverityModel = SeverityModel.AUTOMATIC
    sees: frozenset[Sees] = frozenset({Sees.WORDS})

    @property
    def ranks_fairly(self) -> bool:
        """Whether fair marks decide."""
        return self.method is RoundMethod.MARKS and self.ranked_by is RankedBy.FAIR


USUAL_TERMS = Terms()


def cut_of(typed: str) -> Decimal | None:
    """The number of a rule as somebody means it, to two places; None if nothing is typed."""
    if not typed.strip():
        return None
    try:
        cut = Decimal(typed.strip().replace(",", "."))
    except ArithmeticError:
        cut = Decimal(-1)
    if not cut.is_finite() or not 0 <= cut <= MOST_LETTERS:
        raise Refused("A number, please.", field="cut")
    return cut.quantize(CENT)


def quotas_of(typed: str, provinces: Mapping[str, int]) -> Quotas:
    """Exceptions as somebody types them, a line each: `Hà Nội: 5`; `provinces` are ids by name."""
    known = {_folded(name): unit_id for name, unit_id in provinces.items()}
    found: dict[int, int] = {}
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        name, number = _parts(line)
        unit_id = known.get(_folded(name))
        if unit_id is None:
            raise Refused("There is no province “%(name)s” in this stage.", field="quotas", name=name)
        if unit_id in found:
            raise Refused("“%(name)s” stands there twice.", field="quotas", name=name)
        found[unit_id] = number
    return tuple(sorted(found.items()))


def _parts(line: str) -> tuple[str, int]:
    name, _mark, number = line.replace(";", ":").replace("\t", ":").rpartition(":")
    if not name.strip() or not number.strip().isdecimal() or int(number) > MOST_LETTERS:
        raise Refused("A province, a colon and a number in each line, please: “%(line)s”.", field="quotas", line=line)
    return name.strip(), int(number)


def _folded(name: str) -> str:
    return normalize("NFC", " ".join(name.split())).casefold()


def refuse_terms(terms: Terms) -> None:
    """Refuse a rule for going on whose number is missing or makes no sense."""
    if terms.quotas and terms.going_on is not GoingOn.UNITS:
        raise Refused("Numbers of single provinces belong to the rule of the best of each province.", field="quotas")
    if terms.method is RoundMethod.RANKING and terms.counting is Counting.STV and terms.going_on is not GoingOn.TOP:
        raise Refused(
            "Transferable votes need to know how many letters win: “the best letters, so many”.", field="going_on"
        )
    _refuse_cut(terms)


def refuse_looking_back(terms: Terms, *, position: int) -> None:
    """The judges of a first round cannot see what an earlier one has said."""
    if position == 1 and terms.sees & OF_ROUNDS_BEFORE:
        raise Refused("No round comes before the first: nothing of earlier rounds can be seen in it.", field="sees")


def _refuse_cut(terms: Terms) -> None:
    cut = terms.cut
    if terms.going_on is GoingOn.BY_HAND:
        return
    if cut is None:
        raise Refused("This rule needs its number.", field="cut")
    if terms.going_on in (GoingOn.TOP, GoingOn.UNITS) and (cut < 1 or cut != int(cut)):
        raise Refused("A whole number of letters, please.", field="cut")
    if terms.going_on is GoingOn.SHARE and not 0 < cut <= 100:
        raise Refused("A share goes up to 100 percent.", field="cut")
    if terms.going_on is GoingOn.LEAST and not 0 <= cut <= 10:
        raise Refused("A mark goes from 0 to 10.", field="cut")


def written(terms: Terms) -> dict[str, Any]:
    """Terms as the log keeps them: plain JSON values, numbers exact."""
    quotas = [list(each) for each in terms.quotas]
    cut = None if terms.cut is None else str(terms.cut)
    return asdict(terms) | {"cut": cut, "quotas": quotas, "sees": sorted(terms.sees)}


def read(kept: Mapping[str, Any]) -> Terms:
    """Terms as the log has kept them; before there were fair marks in rounds, raw means decided."""
    return Terms(
        method=RoundMethod(kept["method"]),
        going_on=GoingOn(kept["going_on"]),
        cut=None if kept["cut"] is None else Decimal(kept["cut"]),
        ties=Ties(kept["ties"]),
        anchors=kept["anchors"],
        bars_province=kept["bars_province"],
        pairing=Pairing(kept["pairing"]),
        counting=Counting(kept.get("counting", Counting.BORDA)),
        parting=Parting(kept.get("parting", Parting.NOTHING)),
        quotas=tuple((unit_id, letters) for unit_id, letters in kept.get("quotas", ())),
        ranked_by=RankedBy(kept.get("ranked_by", RankedBy.RAW)),
        severity_model=SeverityModel(kept.get("severity_model", SeverityModel.AUTOMATIC)),
        sees=frozenset(Sees(each) for each in kept.get("sees", [Sees.WORDS])),
    )
