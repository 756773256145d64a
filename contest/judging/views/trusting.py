"""For the organiser: how far the choices of a round of pairs can be trusted."""

import numpy as np
from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from contest.judging import queries
from contest.judging.models import Round
from contest.judging.severity import plots
from contest.judging.terms import RoundMethod
from contest.judging.trusting import LetterAbility, trust
from contest.judging.views import blueprint
from contest.judging.words import figure
from core.pages import page
from core.permissions import asks

# More letters than this are in the table alone.
MOST_DRAWN = 60


@blueprint.get("/rounds/<int:round_id>/trust")
@asks("round.manage", of=queries.round_)
def trust_in_pairs(round_: Round) -> ResponseReturnValue:
    """Abilities with errors, both reliabilities, and how each judge fits."""
    if round_.method is not RoundMethod.PAIRS:
        abort(404)
    found = trust(queries.answers_in(round_), seed=round_.seed)
    numbers = queries.numbers([each.letter_id for each in found.letters] if found else [])
    names = {judge.id: judge.person.user_name for judge in queries.judges_of(round_.stage)}
    drawn = _drawn(found.letters[:MOST_DRAWN], numbers) if found else None
    return page(
        "contest/judging/trust.html",
        round=round_,
        stage=round_.stage,
        trust=found,
        numbers=numbers,
        names=names,
        plot=drawn,
    )


def _drawn(letters: tuple[LetterAbility, ...], numbers: dict[int, str]) -> Markup:
    """Each letter with its 95 % interval. The plot escapes what it is given."""
    drawing = plots.caterpillar(
        [numbers[each.letter_id] for each in letters],
        np.array([each.ability for each in letters]),
        np.array([each.error for each in letters]),
        title=_("Letters with their intervals of 95 percent"),
        description=_("Best letter first. Where intervals overlap widely, more pairs could turn the order."),
        axis_label=_("Ability, in logits"),
        written=figure,
    )
    return Markup(drawing)  # noqa: S704 - made by our own code, which escapes names
