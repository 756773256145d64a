"""The organiser decides who goes on from a round: a look first, then the confirmation, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.judging import deciding, queries, services, standing
from contest.judging.deciding import Outcome, Standing
from contest.judging.forms import DecisionForm
from contest.judging.measuring import LetterFigures
from contest.judging.models import Round
from contest.judging.queries import VerdictCounts
from contest.judging.rules import RoundState
from contest.judging.terms import GoingOn, Ties
from contest.judging.views import blueprint
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks

# Beside all that may be chosen and all that is borderline, the page shows so many letters on each side of the cut.
SHOWN_BESIDE_CUT = 100


@dataclass(frozen=True)
class Line:
    """A letter on the page: where it stands, whether it goes on, is too near to the cut to be sure, or may be chosen.

    `figures`: its fair mark and raw mean, in a round of marks; `verdicts`: yes, unsure and no, in a screening.
    """

    standing: Standing
    number: str
    goes_on: bool
    borderline: bool
    to_choose: bool
    figures: LetterFigures | None
    verdicts: VerdictCounts | None


@blueprint.route("/rounds/<int:round_id>/decision", methods=["GET", "POST"])
@asks("round.manage", of=queries.round_)
def decision(round_: Round) -> ResponseReturnValue:
    """What the rule of the round makes of it, before anything is decided; and the decision once it is taken."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.decide(
                    round_=round_, chosen=form.chosen.data, seen=form.seen.data, by=current_user, now=clock.now()
                )
            flash(_("It is decided who goes on."))
            return redirect(url_for("judging.decision", round_id=round_.id))
    return _decision_page(round_, form)


def _decision_page(round_: Round, form: DecisionForm) -> ResponseReturnValue:
    figures = standing.fair_marks(round_)
    standings = standing.standings_of(round_, figures)
    found = deciding.outcome(standings, standing.rule_of(round_))
    form.seen.data = deciding.fingerprint(standings)
    taken = queries.decision_of(round_)
    going_on = queries.went_on(taken) if taken else found.going_on
    chosen = set(form.chosen.data or [])
    return page(
        "contest/judging/decision.html",
        form=form,
        round=round_,
        stage=round_.stage,
        decision=taken,
        may_decide=round_.state is RoundState.CLOSED and queries.last_round(round_.stage) is round_,
        ties=found.ties,
        going_on=len(going_on),
        standings=len(standings),
        unread=len(queries.entries(round_)) - len(standings),
        borderline=len(found.borderline),
        chosen=chosen,
        lines=_lines(round_, standings, found, going_on, figures),
        fairly=round_.terms.ranks_fairly,
        with_figures=bool(figures),
        provinces=queries.names_of_units({unit for unit in found.by_unit if unit is not None}),
        by_unit=found.by_unit,
    )


def _to_choose(round_: Round, standings: list[Standing], found: Outcome) -> frozenset[int]:
    """The letters among which the organiser chooses by hand."""
    if round_.going_on is GoingOn.BY_HAND:
        return frozenset(each.letter_id for each in standings)
    if round_.ties is Ties.ALL_GO_ON:
        return frozenset()
    return frozenset(letter_id for tie in found.ties for letter_id in tie.letters)


def _lines(
    round_: Round,
    standings: list[Standing],
    found: Outcome,
    going_on: frozenset[int],
    figures: Mapping[int, LetterFigures],
) -> list[Line]:
    to_choose, verdicts = _to_choose(round_, standings, found), queries.counts_of_verdicts(round_)
    inside = [each for each in standings if each.letter_id in going_on]
    outside = [each for each in standings if each.letter_id not in going_on]
    near = {each.letter_id for each in [*inside[-SHOWN_BESIDE_CUT:], *outside[:SHOWN_BESIDE_CUT]]}
    shown = [each for each in standings if each.letter_id in near | to_choose | found.borderline]
    numbers = queries.numbers([each.letter_id for each in shown])
    return [
        Line(
            standing=each,
            number=numbers[each.letter_id],
            goes_on=each.letter_id in going_on,
            borderline=each.letter_id in found.borderline,
            to_choose=each.letter_id in to_choose,
            figures=figures.get(each.letter_id),
            verdicts=verdicts.get(each.letter_id),
        )
        for each in shown
    ]


@blueprint.post("/rounds/<int:round_id>/decision/undo")
@asks("round.manage", of=queries.round_)
def undo_decision(round_: Round) -> ResponseReturnValue:
    """Decide anew."""
    with transaction():
        services.undo_decision(round_=round_, by=current_user, now=clock.now())
    flash(_("The decision is taken back."))
    return redirect(url_for("judging.decision", round_id=round_.id))
