"""Why a mark moved, as the pieces of one sentence: how the letter's judges compare with the others, and by how much it counts.

Pure and without words of a language: pages and the report put the pieces into their own sentence.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from contest.judging.severity.outcome import Outcome
from contest.judging.severity.ratings import Ratings

# A judge this many standard errors from zero is called stern or mild; below it nobody can know.
CLEARLY = 1.0


class Company(StrEnum):
    """How the judges of a letter compare with most."""

    STERNER = "sterner"
    MILDER = "milder"
    MIXED = "mixed"
    USUAL = "usual"


@dataclass(frozen=True)
class Reason:
    """`judges` read the letter; `company` they are; in marks: `of_judges` for sternness, `of_rest` for few reads and the like."""

    judges: int
    company: Company
    of_judges: float
    of_rest: float


def reason(ratings: Ratings, outcome: Outcome, letter: int) -> Reason:
    """Why the fair mark of the letter at this position differs from its raw mean."""
    readers = ratings.reads.judge[ratings.reads.letter == letter]
    severity, error = outcome.judges.severity[readers], outcome.judges.severity_se[readers]
    return Reason(
        judges=len(readers),
        company=_company(bool((severity > CLEARLY * error).any()), bool((severity < -CLEARLY * error).any())),
        of_judges=float(np.nan_to_num(outcome.letters.of_judges[letter])),
        of_rest=float(np.nan_to_num(outcome.letters.of_rest[letter])),
    )


def _company(some_stern: bool, some_mild: bool) -> Company:  # noqa: FBT001 - two facts of one kind
    if some_stern and some_mild:
        return Company.MIXED
    if some_stern:
        return Company.STERNER
    return Company.MILDER if some_mild else Company.USUAL
