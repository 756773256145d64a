"""What a measurement says, whichever model made it: rows for letters, judges, criteria and steps, and figures of the whole.

Arrays run parallel to the names beside them. What a model does not know is NaN.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contest.judging.severity.connection import Connection
from contest.judging.severity.fit import Separation
from contest.judging.severity.ratings import FloatArray, IntArray


@dataclass(frozen=True)
class Letters:
    """`raw_mean` and `fair_mark` on the criteria's scale, `measure` in the model's unit, each with its standard error.

    The fair mark differs from the raw mean by `of_judges` (their sternness) and the rest (few reads, criteria left out).
    """

    names: Sequence[str]
    reads: IntArray
    raw_mean: FloatArray
    fair_mark: FloatArray
    fair_se: FloatArray
    of_judges: FloatArray
    measure: FloatArray
    measure_se: FloatArray

    @property
    def of_rest(self) -> FloatArray:
        """What is not due to the judges' sternness."""
        return self.fair_mark - self.raw_mean - self.of_judges


@dataclass(frozen=True)
class Judges:
    """`severity` centred at zero, positive stern, in the model's unit; `taken` and its error: the same in marks."""

    names: Sequence[str]
    reads: IntArray
    severity: FloatArray
    severity_se: FloatArray
    infit: FloatArray
    outfit: FloatArray
    taken: FloatArray
    taken_se: FloatArray


@dataclass(frozen=True)
class Criteria:
    """`difficulty` centred at zero, positive hard, in the model's unit; `marks` given."""

    names: Sequence[str]
    marks: IntArray
    difficulty: FloatArray
    difficulty_se: FloatArray
    infit: FloatArray
    outfit: FloatArray


@dataclass(frozen=True)
class Step:
    """The step to `mark`, the `number`-th of its criterion (None: of all), less the criterion's difficulty, in logits."""

    criterion: str | None
    number: int
    mark: float
    value: float
    error: float


@dataclass(frozen=True)
class Curve:
    """How likely each mark of a criterion is over letters' measures: `chances` is marks × measures."""

    criterion: str
    marks: Sequence[float]
    measures: FloatArray
    chances: FloatArray


@dataclass(frozen=True)
class Outcome:
    """All of it. `unit` of measures and severities; `figures` for the summary by name; `remarks` are plain sentences.

    `is_sure`: every error is known and no figure ended where it was only stopped.
    """

    model: str
    unit: str
    letters: Letters
    judges: Judges
    criteria: Criteria
    steps: Sequence[Step]
    curves: Sequence[Curve]
    separation: Mapping[str, Separation]
    connection: Connection
    figures: Mapping[str, float | int | str | bool]
    remarks: Sequence[str] = field(default_factory=tuple)
    is_sure: bool = True
