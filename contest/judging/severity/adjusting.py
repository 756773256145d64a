"""The door of this package: from marks to fair marks, by the model that is asked for."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import perf_counter

import numpy as np

from contest.judging.severity import additive, fair, fit, rasch, remarks
from contest.judging.severity.additive import AdditiveFit
from contest.judging.severity.connection import connection
from contest.judging.severity.fair import Fair
from contest.judging.severity.fit import MeanSquares, separation
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.outcome import Criteria, Curve, Judges, Letters, Outcome, Step
from contest.judging.severity.rasch import RaschFit
from contest.judging.severity.ratings import FloatArray, Ratings, means
from contest.judging.severity.steps import Steps
from core.errors import Refused

CURVE_POINTS = 81


class Model(StrEnum):
    """How severity is taken away."""

    RASCH = "rasch"
    ADDITIVE = "additive"


class Ability(StrEnum):
    """Whether the deviation of the letters' abilities is found from the marks or taken as one logit."""

    ESTIMATED = "estimated"
    STANDARD = "standard"


@dataclass(frozen=True)
class Asked:
    """What is to be computed. `ability` None: as the program does whose steps these are (see `usual_ability`)."""

    model: Model = Model.RASCH
    steps: Steps = Steps.PARTIAL_CREDIT
    ability: Ability | None = None
    anchors: Anchors = field(default_factory=Anchors)
    # What a mark of each criterion counts in a fair mark of the Rasch model; None for an even mean.
    shares: FloatArray | None = None

    @property
    def deviation(self) -> float | None:
        """The deviation of abilities, None to estimate it."""
        return 1.0 if (self.ability or usual_ability(self.steps)) is Ability.STANDARD else None


def usual_ability(steps: Steps) -> Ability:
    """TAM estimates the deviation (partial credit); mfrmr takes abilities as standard normal (rating scale).

    The unit of severities follows: with a deviation of one logit they are in deviations of letters.
    """
    return Ability.ESTIMATED if steps is Steps.PARTIAL_CREDIT else Ability.STANDARD


def adjust(ratings: Ratings, asked: Asked | None = None) -> Outcome:
    """Measure letters and judges. Refused without marks, or when the Rasch model cannot take them."""
    if not len(ratings):
        raise Refused("There is no mark to adjust.")
    wanted = asked or Asked()
    begun = perf_counter()
    made = _by_rasch(ratings, wanted) if wanted.model is Model.RASCH else _by_additive(ratings, wanted)
    seconds = round(perf_counter() - begun, 3)
    said = (*remarks.of_anchors(ratings, wanted.anchors), *made.remarks)
    return replace(made, figures={**made.figures, "seconds": seconds}, remarks=said)


def _by_rasch(ratings: Ratings, asked: Asked) -> Outcome:
    found = rasch.fit(ratings, steps=asked.steps, anchors=asked.anchors, deviation=asked.deviation)
    usual = ratings.usual_severity(found.severity) if not asked.anchors.hold(ratings.judges) else 0.0
    together, marks = connection(ratings), fair.fair(ratings, found, asked.shares, usual=usual)
    of_judges, of_criteria = fit.mean_squares(found)
    return Outcome(
        model=asked.model.value,
        unit="logits",
        letters=_letters_of_rasch(ratings, found, marks),
        judges=_judges_of_rasch(ratings, found, marks, of_judges),
        criteria=_criteria(
            ratings,
            _where_measuring(found, found.difficulty),
            _where_measuring(found, found.difficulty_se),
            of_criteria,
        ),
        steps=_steps(ratings, found),
        curves=_curves(ratings, found),
        separation={
            "judges": separation(found.severity, found.severity_se),
            "criteria": separation(found.difficulty, _where_measuring(found, found.difficulty_se)),
        },
        connection=together,
        figures=_figures_of_rasch(ratings, found, asked),
        remarks=(*remarks.of_rasch(ratings, found), *remarks.of_connection(ratings, together)),
        is_sure=not found.is_at_bound and found.tells_letters_apart and bool(np.isfinite(found.severity_se).all()),
    )


def _letters_of_rasch(ratings: Ratings, found: RaschFit, marks: Fair) -> Letters:
    return Letters(
        names=ratings.letters,
        reads=ratings.reads_of_letters,
        raw_mean=ratings.raw_means,
        fair_mark=marks.mark,
        fair_se=marks.error,
        of_judges=marks.judges,
        measure=found.measure,
        measure_se=found.measure_se,
    )


def _judges_of_rasch(ratings: Ratings, found: RaschFit, marks: Fair, squares: MeanSquares) -> Judges:
    return Judges(
        names=ratings.judges,
        reads=ratings.reads_of_judges,
        severity=found.severity,
        severity_se=found.severity_se,
        infit=squares.infit,
        outfit=squares.outfit,
        taken=marks.taken,
        taken_se=marks.per_logit * found.severity_se,
    )


def _judges_of_additive(ratings: Ratings, found: AdditiveFit) -> Judges:
    squares = additive.mean_squares(ratings, found)
    return Judges(
        names=ratings.judges,
        reads=ratings.reads_of_judges,
        severity=found.severity,
        severity_se=found.severity_se,
        infit=squares,
        outfit=squares,
        taken=found.severity - found.usual,
        taken_se=found.severity_se,
    )


def _criteria(ratings: Ratings, difficulty: FloatArray, error: FloatArray, squares: MeanSquares) -> Criteria:
    marks = np.bincount(ratings.criterion, minlength=len(ratings.criteria))
    return Criteria(ratings.criteria, marks, difficulty, error, squares.infit, squares.outfit)


def _where_measuring(found: RaschFit, values: FloatArray) -> FloatArray:
    return np.where(found.facets.scale.measuring, values, np.nan)


def _steps(ratings: Ratings, found: RaschFit) -> list[Step]:
    layout, scale = found.facets.layout, found.facets.scale
    rows = zip(layout.step_criterion, layout.step_category, found.step, found.step_se, strict=True)
    return [
        Step(
            criterion=ratings.criteria[owner] if owner >= 0 else None,
            number=category,
            mark=float(scale.mark[max(owner, 0), category]),
            value=float(value),
            error=float(error),
        )
        for owner, category, value, error in rows
    ]


def _curves(ratings: Ratings, found: RaschFit) -> list[Curve]:
    """Of each criterion that measures, over four deviations of letters to each side."""
    scale, deviation = found.facets.scale, max(found.population_variance**0.5, 0.5)
    measures = found.population_mean + deviation * np.linspace(-4, 4, CURVE_POINTS)
    curves = []
    for criterion in np.flatnonzero(scale.measuring).tolist():
        used = np.flatnonzero(scale.used[criterion])
        marks = scale.mark[criterion, used].tolist()
        chances = fair.chances(found, criterion, measures)[used]
        curves.append(Curve(ratings.criteria[criterion], marks, measures, chances))
    return curves


def _figures_of_rasch(ratings: Ratings, found: RaschFit, asked: Asked) -> dict[str, float | int | str | bool]:
    chi, degrees = fit.homogeneity(found.severity, found.severity_se)
    return {
        "steps": asked.steps.value,
        "ability": "standard" if asked.deviation else "estimated",
        "log_likelihood": found.log_likelihood,
        "deviance": -2 * found.log_likelihood,
        "person_mean": found.population_mean,
        "person_variance": found.population_variance,
        "reliability": fit.reliability_of_letters(found.measure, found.measure_se),
        "separation": _separation_of(fit.reliability_of_letters(found.measure, found.measure_se)),
        "chi_square_of_judges": chi,
        "degrees_of_freedom": degrees,
        "mark_step": float(found.facets.scale.step.max()),
        "iterations": found.rounds,
        **_counts(ratings),
    }


def _separation_of(reliability: float) -> float:
    """G from its reliability."""
    return float(np.sqrt(reliability / (1 - reliability))) if reliability < 1 else float("inf")


def _counts(ratings: Ratings) -> dict[str, int]:
    return {
        "letters": len(ratings.letters),
        "judges": len(ratings.judges),
        "criteria": len(ratings.criteria),
        "reads": len(ratings.reads),
        "marks": len(ratings),
    }


def _by_additive(ratings: Ratings, asked: Asked) -> Outcome:
    found = additive.fit(ratings, anchors=asked.anchors)
    together, criteria = connection(ratings), found.criteria
    return Outcome(
        model=asked.model.value,
        unit="marks",
        letters=_letters_of_additive(ratings, found),
        judges=_judges_of_additive(ratings, found),
        criteria=_criteria(
            ratings, criteria.difficulty, criteria.error, MeanSquares(criteria.mean_square, criteria.mean_square)
        ),
        steps=(),
        curves=(),
        separation={
            "judges": fit.separation_of_predicted(found.severity, found.severity_se),
            "criteria": separation(criteria.difficulty, criteria.error),
        },
        connection=together,
        figures=_figures_of_additive(ratings, found),
        remarks=(*remarks.of_additive(found), *remarks.of_connection(ratings, together)),
    )


def _letters_of_additive(ratings: Ratings, found: AdditiveFit) -> Letters:
    reads = ratings.reads
    return Letters(
        names=ratings.letters,
        reads=ratings.reads_of_letters,
        raw_mean=ratings.raw_means,
        fair_mark=found.mean - found.usual + found.effect,
        fair_se=found.effect_se,
        of_judges=means((found.severity - found.usual)[reads.judge], reads.letter, len(ratings.letters)),
        measure=found.effect,
        measure_se=found.effect_se,
    )


def _figures_of_additive(ratings: Ratings, found: AdditiveFit) -> dict[str, float | int | str | bool]:
    reliability = fit.reliability_of_letters(found.effect, found.effect_se)
    return {
        "log_likelihood": found.log_likelihood,
        "person_mean": found.mean,
        "person_variance": found.variances.letters,
        "judge_variance": found.variances.judges,
        "read_variance": found.variances.read,
        "reliability_of_one_read": found.variances.reliability_of_read,
        "reliability": reliability,
        "separation": _separation_of(reliability),
        "iterations": found.rounds,
        **_counts(ratings),
    }
