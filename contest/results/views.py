"""The organiser's pages of results. Nobody else can open any of them; the public reads the record."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.judging import queries as judging
from contest.judging.rules import RoundState
from contest.judging.terms import RoundMethod
from contest.letters.models import Letter
from contest.results import queries, services
from contest.results.forms import AwardForm, HourForm, OfferForm, WithdrawAwardForm
from contest.results.models import StageAward
from contest.winners.services import NamesOf
from core import clock
from core.db import transaction
from core.formulas import guarded
from core.localtime import from_local, to_local
from core.pages import in_language, page, refusals
from core.permissions import asks

blueprint = Blueprint("results", __name__)
ROWS_A_PAGE = 200
# Columns about fair marks, and the figures they hold.
FIGURES = {
    "fair_mark": "fair",
    "standard_error": "error",
    "raw_mean": "raw",
    "for_its_judges": "of_judges",
    "for_few_reads": "of_rest",
}


@blueprint.get("/stages/<int:number>/results")
@asks("stage.manage", of=editions.stage)
def ranking(stage: Stage) -> ResponseReturnValue:
    """The ranking by letter number, ties shown as ties, with the prizes given so far and those it suggests."""
    round_ = judging.last_round(stage)
    found = queries.ranking_of(stage, at=request.args.get("page", 1, type=int), most=ROWS_A_PAGE)
    return page(
        "contest/results/ranking.html",
        stage=stage,
        round=round_,
        is_closed=round_ is not None and round_.state is RoundState.CLOSED,
        ranking=found,
        with_figures=any(row.figures for row in found.rows),
        methods={each.method.value for each in found.rounds},
        fairly=any(each.terms.ranks_fairly for each in found.rounds),
        raw=any(each.method is RoundMethod.MARKS and not each.terms.ranks_fairly for each in found.rounds),
        given={prize.id: queries.given_of(prize) for prize in stage.prizes},
        prizes={prize.id: prize for prize in stage.prizes},
    )


@blueprint.get("/stages/<int:number>/results/ranking.csv")
@asks("stage.manage", of=editions.stage)
def ranking_csv(stage: Stage) -> ResponseReturnValue:
    """The ranking of all rounds together, for a spreadsheet."""
    rows = [("rank", "tied", "letter", "round", "mean", "reads", "prize", *FIGURES)]
    for row in queries.ranking_of(stage).rows:
        ranked, prize = row.ranked, row.award.prize.name_en if row.award else ""
        mean = f"{float(ranked.mean):.4f}"
        told = [f"{getattr(row.figures, name):.4f}" if row.figures else "" for name in FIGURES.values()]
        place = (str(ranked.rank), str(int(ranked.tied)), row.number, str(row.round.position))
        rows.append((*place, mean, str(ranked.reads), prize, *told))
    return _spreadsheet(rows, f"ranking-{stage.edition.number}.csv")


@blueprint.get("/stages/<int:number>/results/marks.csv")
@asks("stage.manage", of=editions.stage)
def marks_csv(stage: Stage) -> ResponseReturnValue:
    """Every mark of every round with what it weighs: whoever holds this can compute the ranking again."""
    criteria = {criterion.id: criterion for criterion in stage.criteria}
    rows = [("round", "letter", "judge", "state", "criterion", "points", "most", "weight")]
    for round_ in judging.rounds_of(stage):
        for row in queries.marks_in(round_):
            criterion = criteria[row.criterion_id]
            scale = (criterion.name_en, str(row.points), str(criterion.most), str(criterion.weight))
            rows.append((str(round_.position), row.number, row.judge, row.state.value, *scale))
    return _spreadsheet(rows, f"marks-{stage.edition.number}.csv")


def _spreadsheet(rows: Iterable[Sequence[str]], name: str) -> Response:
    """CSV as spreadsheets read it; a cell that they would take for a formula is marked as text."""
    out = io.StringIO()
    csv.writer(out).writerows(map(guarded, row) for row in rows)
    answer = make_response("\ufeff" + out.getvalue())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@blueprint.route("/letters/<int:letter_id>/award", methods=["GET", "POST"])
@asks("award.give", of=queries.handed_in)
def award(letter: Letter) -> ResponseReturnValue:
    """One letter: who read it and how, who wrote it, and its prize."""
    known = queries.award_of_letter(letter)
    form = AwardForm(obj=known, prize=known.prize_id if known else None)
    form.prize.choices = [SelectChoice(prize.id, in_language(prize, "name")) for prize in letter.stage.prizes]
    if form.validate_on_submit():
        with refusals(form):
            _give(letter, form)
            flash(_("The prize is given."))
            return redirect(url_for("results.ranking", number=letter.stage.edition.number))
    round_ = judging.last_round(letter.stage)
    return page(
        "contest/results/award.html",
        form=form,
        letter=letter,
        award=known,
        reads=queries.reads_of(letter),
        figures=queries.figures_of(letter),
        is_closed=round_ is not None and round_.state is RoundState.CLOSED,
        province=editions.province_of(letter.entrant.school),
    )


def _give(letter: Letter, form: AwardForm) -> None:
    citations = NamesOf(form.citation_vi.data or "", form.citation_en.data or "", form.citation_fr.data or "")
    with transaction():
        prize = next(prize for prize in letter.stage.prizes if prize.id == form.prize.data)
        services.give_prize(letter=letter, prize=prize, citations=citations, by=current_user, now=clock.now())


@blueprint.post("/stages/<int:number>/results/suggested")
@asks("stage.manage", of=editions.stage)
def give_suggested(stage: Stage) -> ResponseReturnValue:
    """Give every prize the ranking alone decides."""
    with transaction():
        count = services.give_all_suggested(stage=stage, by=current_user, now=clock.now())
    flash(ngettext("%(num)d prize is given.", "%(num)d prizes are given.", count))
    return redirect(url_for("results.ranking", number=stage.edition.number))


@blueprint.route("/awards/<int:award_id>/letter", methods=["GET", "POST"])
@asks("award.change", of=queries.award_before_publication)
def offer_letter(award: StageAward) -> ResponseReturnValue:
    """How much of a letter everybody is to read from the hour on, and who has permitted that."""
    form = OfferForm(
        rights=award.letter_rights,
        language=award.letter_language or "vi",
        excerpt=award.letter_excerpt,
        permitted_by=award.permitted_by,
        permitted_on=award.permitted_on,
    )
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.offer_letter(
                    award=award, letter=form.letter, permission=form.permission, by=current_user, now=clock.now()
                )
            flash(_("It is noted. Nobody reads anything of it before the hour."))
            return redirect(url_for("results.award", letter_id=award.letter_id))
    return page("contest/results/letter.html", form=form, award=award, letter=award.letter, stage=award.stage)


@blueprint.post("/awards/<int:award_id>/take-back")
@asks("award.change", of=queries.award)
def take_back(award: StageAward) -> ResponseReturnValue:
    """Undo a prize before publication."""
    number = award.stage.edition.number
    with transaction():
        services.take_prize_back(award=award, by=current_user, now=clock.now())
    return redirect(url_for("results.ranking", number=number))


@blueprint.route("/awards/<int:award_id>/withdraw", methods=["GET", "POST"])
@asks("award.change", of=queries.award)
def withdraw(award: StageAward) -> ResponseReturnValue:
    """Withdraw a published prize, with its public reason."""
    form = WithdrawAwardForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.withdraw_award(award=award, reason=form.reason.data, by=current_user, now=clock.now())
            return redirect(url_for("results.ranking", number=award.stage.edition.number))
    return page("contest/results/withdraw.html", form=form, award=award, stage=award.stage)


@blueprint.route("/stages/<int:number>/results/hour", methods=["GET", "POST"])
@asks("stage.manage", of=editions.stage)
def hour(stage: Stage) -> ResponseReturnValue:
    """Set or move the hour of publication."""
    form = HourForm(hour=to_local(stage.results_at))
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.set_hour(stage=stage, hour=from_local(form.hour.data), by=current_user, now=clock.now())
            flash(_("The hour is set. Until then only organisers can see the results."))
            return redirect(url_for("results.ranking", number=stage.edition.number))
    return page("contest/results/hour.html", form=form, stage=stage, awards=queries.awards_of(stage))


@blueprint.post("/stages/<int:number>/results/hour/cancel")
@asks("stage.manage", of=editions.stage)
def cancel_hour(stage: Stage) -> ResponseReturnValue:
    """Cancel the hour."""
    with transaction():
        services.cancel_hour(stage=stage, by=current_user, now=clock.now())
    return redirect(url_for("results.ranking", number=stage.edition.number))
