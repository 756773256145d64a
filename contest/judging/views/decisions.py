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

# So many letters are shown on each side of the cut; of what is borderline, and of what may be chosen, so many more.
SHOWN_BESIDE_CUT = 100
MOST_BORDERLINE, MOST_TO_CHOOSE = 1000, 5000


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
    to_choose = _to_choose(round_, standings, found)
    shown = _shown(standings, found, going_on, to_choose)
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
        unread=queries.count_entries(round_) - len(standings),
        borderline=len(found.borderline),
        chosen=chosen,
        lines=_lines(round_, shown, found, going_on, to_choose, figures),
        unlisted=len((found.borderline | to_choose).difference(each.letter_id for each in shown)),
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


def _shown(
    standings: list[Standing], found: Outcome, going_on: frozenset[int], to_choose: frozenset[int]
) -> list[Standing]:
    """Letters on both sides of the cut, the borderline ones nearest to it and the best that may be chosen, in order."""
    inside = [each for each in standings if each.letter_id in going_on]
    outside = [each for each in standings if each.letter_id not in going_on]
    near = [*inside[-SHOWN_BESIDE_CUT:], *outside[:SHOWN_BESIDE_CUT]]
    near += [each for each in inside if each.letter_id in found.borderline][-MOST_BORDERLINE // 2 :]
    near += [each for each in outside if each.letter_id in found.borderline][: MOST_BORDERLINE // 2]
    near += [each for each in standings if each.letter_id in to_choose][:MOST_TO_CHOOSE]
    wanted = {each.letter_id for each in near}
    return [each for each in standings if each.letter_id in wanted]


def _lines(
    round_: Round,
    shown: list[Standing],
    found: Outcome,
    going_on: frozenset[int],
    to_choose: frozenset[int],
    figures: Mapping[int, LetterFigures],
) -> list[Line]:
    letter_ids = [each.letter_id for each in shown]
    numbers, verdicts = queries.numbers(letter_ids), queries.counts_of_verdicts(round_, letter_ids)
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
