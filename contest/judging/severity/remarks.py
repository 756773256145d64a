"""What must be said beside the figures: supposed spreads, empty marks, judges who cannot be compared. In plain English.

For terminals and reports; a page that needs them in three languages asks the figures themselves.
"""

import numpy as np

from contest.judging.severity.additive import SUPPOSED_RELIABILITY, AdditiveFit
from contest.judging.severity.connection import Connection
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.rasch import LARGEST_DEVIATION, RaschFit
from contest.judging.severity.ratings import BoolArray, Ratings

FEW_READS = 10
NOT_APART = "The marks do not tell letters apart: once judges are accounted for, all that is left may be chance."
MOST_NAMED = 20


def of_rasch(ratings: Ratings, found: RaschFit) -> list[str]:
    """What the Rasch model had to suppose or could not see."""
    return [*_about_letters(ratings, found), *_about_judges(ratings), *_about_marks(ratings, found)]


def of_additive(found: AdditiveFit) -> list[str]:
    """What the additive model had to suppose or could not see."""
    remarks, nothing = [], found.variances.nothing
    if not found.measured:
        remarks.append(
            "No letter has two readers, so luck of a single read cannot be told from the letter;"
            f" the reliability of one read is supposed to be {SUPPOSED_RELIABILITY:g}."
        )
    if nothing.read:
        return [
            *remarks,
            "Reads of a letter differ by nothing but the judges' severity: how far off its mark may be is not known.",
        ]
    if nothing.letters:
        remarks.append(NOT_APART)
    if nothing.judges:
        remarks.append("The marks do not tell judges apart: what seems stern or mild may be chance.")
    return remarks


def of_connection(ratings: Ratings, together: Connection) -> list[str]:
    """Groups of judges who share no letter, and who should."""
    if together.connected:
        return []
    links = [f"{ratings.judges[link.judge]} with {ratings.judges[link.with_judge]}" for link in together.links]
    return [
        f"The judges fall into {len(together.components)} groups that share no letter: their severities are compared only on"
        " the supposition that their letters are equally good on average."
        f" Let both read the same letters: {_listed(links)}."
    ]


def of_anchors(ratings: Ratings, anchors: Anchors) -> list[str]:
    """Anchors that hold nothing."""
    unknown = [*(anchors.judges.keys() - set(ratings.judges)), *(anchors.letters.keys() - set(ratings.letters))]
    return [f"These anchors are not among the marks: {_listed(sorted(unknown))}."] if unknown else []


def _about_letters(ratings: Ratings, found: RaschFit) -> list[str]:
    if np.bincount(ratings.letter).max() < 2:
        return ["No letter has two marks, so the spread of letters cannot be measured; it is taken as one logit."]
    if found.is_at_bound and found.population_variance > 1:
        return [
            f"Judges agree so well that letters seem to lie without end apart; their spread was stopped at {LARGEST_DEVIATION:g}"
            " logits. Measures and severities are too large; the additive model does not need a spread in logits."
        ]
    return [] if found.tells_letters_apart else [NOT_APART]


def _about_judges(ratings: Ratings) -> list[str]:
    if np.median(ratings.reads_of_judges) >= FEW_READS:
        return []
    return [
        f"Half of the judges have fewer than {FEW_READS} reads: too few for the Rasch model, which believes every judge's"
        " severity as found. The additive model is the safer one here."
    ]


def _about_marks(ratings: Ratings, found: RaschFit) -> list[str]:
    remarks = []
    silent = [name for name, tells in zip(ratings.criteria, found.facets.scale.measuring, strict=True) if not tells]
    if silent:
        remarks.append(f"Everybody got the same mark on {_listed(silent)}: it says nothing about letters or judges.")
    remarks += _about_steps(ratings, found)
    unused = _unused_marks(ratings, found)
    if unused:
        remarks.append(f"Nobody gave these marks, though higher ones were given: {_listed(unused)}.")
    return remarks


def _about_steps(ratings: Ratings, found: RaschFit) -> list[str]:
    """Marks between two steps or of no even step, criteria of different steps, and those that end below a common top."""
    scale, remarks = found.facets.scale, []
    names = ("all criteria",) if _is_common(found) else ratings.criteria
    between = _named(ratings, found, scale.between)
    if between:
        remarks.append(f"These marks lie between two steps of the scale and count as such: {_listed(between)}.")
    uneven = [name for name, step in zip(names, scale.step, strict=False) if np.isnan(step)]
    if uneven:
        remarks.append(f"Marks go by no even step; they are numbered in their order: {_listed(uneven)}.")
    if len(np.unique(scale.step[scale.measuring & np.isfinite(scale.step)])) > 1:
        steps = [f"{name} {step:.3g}" for name, step in zip(names, scale.step, strict=False) if np.isfinite(step)]
        remarks.append(f"Criteria are marked in different steps, which count alike: {_listed(steps)}.")
    if low := _low(ratings) if _is_common(found) else []:
        remarks.append(f"On the scale that all criteria share nobody gave {_listed(low)}.")
    return remarks


def _low(ratings: Ratings) -> list[str]:
    """Criteria whose highest mark lies below the highest of all."""
    highest = np.full(len(ratings.criteria), -np.inf)
    np.maximum.at(highest, ratings.criterion, ratings.mark)
    below = np.flatnonzero(highest < highest.max()).tolist()
    return [f"more than {highest[place]:g} on {ratings.criteria[place]}" for place in below]


def _unused_marks(ratings: Ratings, found: RaschFit) -> list[str]:
    """Marks between used ones that nobody gave."""
    scale = found.facets.scale
    return _named(ratings, found, ~scale.used & (np.arange(scale.used.shape[1]) < scale.top[:, None]))


def _named(ratings: Ratings, found: RaschFit, these: BoolArray) -> list[str]:
    """Categories as marks of their criterion; on a common scale each is named once."""
    criteria = ("all criteria",) if _is_common(found) else ratings.criteria
    marks = found.facets.scale.mark
    return [
        f"{name} {marks[row, category]:.4g}"
        for row, name in enumerate(criteria)
        for category in np.flatnonzero(these[row]).tolist()
    ]


def _is_common(found: RaschFit) -> bool:
    return -1 in found.facets.layout.step_criterion


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
