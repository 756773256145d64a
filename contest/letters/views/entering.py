"""Entering the contest: province, then the child and the guardian's consent."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from accounts import queries as accounts
from accounts.rules import NameShown, Relation
from contest.editions import queries as editions
from contest.editions.models import Stage, Unit
from contest.letters import queries, rules, services
from contest.letters.forms import ConsentForm, EnterForm, ProvinceForm
from contest.letters.rules import LetterForm
from contest.letters.views import blueprint
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks


@blueprint.route("/stages/<int:number>/enter", methods=["GET", "POST"])
@asks("entrant.create", of=editions.stage)
def enter(stage: Stage) -> ResponseReturnValue:
    """First step: the province; who has entered already goes on to the letter."""
    if queries.entrant(stage, current_user):
        return _onward()
    rules.refuse_outside(rules.Window(stage.opens_at, stage.closes_at), now=clock.now())
    form = ProvinceForm()
    provinces = editions.provinces(stage)
    form.province.choices = [SelectChoice("", _("Please choose"))]
    form.province.choices += [SelectChoice(str(unit.id), unit.name) for unit in provinces]
    if form.validate_on_submit():
        return redirect(url_for("letters.enter_child", number=stage.edition.number, province=form.province.data))
    return page("contest/letters/enter.html", form=form, stage=stage, provinces=provinces)


@blueprint.route("/stages/<int:number>/enter/child", methods=["GET", "POST"])
@asks("entrant.create", of=editions.stage)
def enter_child(stage: Stage) -> ResponseReturnValue:
    """Second step: the child, the school, the guardian."""
    if queries.entrant(stage, current_user):
        return _onward()
    province = _province(stage)
    if province is None:
        return redirect(url_for("letters.enter", number=stage.edition.number))
    form = EnterForm(full_name=current_user.full_name)
    form.school.choices = [SelectChoice("", _("Please choose"))]
    form.school.choices += [SelectChoice(str(school.id), school.name) for school in editions.schools_of(province)]
    if form.validate_on_submit():
        with refusals(form):
            _enter(stage, province, form)
            return _onward()
    return page(
        "contest/letters/enter_child.html",
        form=form,
        stage=stage,
        province=province,
        consent_text=accounts.latest_consent_text(),
    )


def _province(stage: Stage) -> Unit | None:
    """The province of this stage that the address names."""
    wanted = request.args.get("province", "")
    return next((province for province in editions.provinces(stage) if str(province.id) == wanted), None)


def _enter(stage: Stage, province: Unit, form: EnterForm) -> None:
    now = clock.now()
    with transaction():
        picked = editions.unit(int(form.school.data)) if form.school.data else None
        services.enter_stage(
            stage=stage,
            person=current_user,
            full_name=form.full_name.data,
            given_name=form.given_name.data or "",
            born=form.born,
            school=picked
            or services.school_called(province=province, name=form.other_school.data, by=current_user, now=now),
            class_name=form.class_name.data or "",
            guardian_name=form.guardian_name.data,
            relation=Relation(form.relation.data),
            name_shown=NameShown(form.name_shown.data),
            now=now,
        )


def _onward() -> ResponseReturnValue:
    return redirect(url_for("letters.mine"))


@blueprint.route("/stages/<int:number>/consent", methods=["GET", "POST"])
@asks("entrant.create", of=editions.stage)
def renew_consent(stage: Stage) -> ResponseReturnValue:
    """A guardian who has withdrawn the consent may give it again."""
    entrant = queries.entrant(stage, current_user)
    if entrant is None:
        return redirect(url_for("letters.enter", number=stage.edition.number))
    form = ConsentForm(guardian_name=entrant.consent.guardian_name)
    if form.validate_on_submit():
        with transaction():
            services.renew_consent(
                entrant=entrant,
                guardian_name=form.guardian_name.data,
                relation=Relation(form.relation.data),
                name_shown=NameShown(form.name_shown.data),
                now=clock.now(),
            )
        flash(_("Thank you. The consent is given again."))
        return redirect(url_for("letters.mine"))
    return page(
        "contest/letters/renew_consent.html", form=form, stage=stage, consent_text=accounts.latest_consent_text()
    )


@blueprint.get("/letters")
@asks("letter.own")
def mine() -> ResponseReturnValue:
    """Everything of mine: this year's letter and its next step, and those before."""
    now = clock.now()
    stage = editions.running_stage(now)
    entrant = queries.entrant(stage, current_user) if stage else None
    living = queries.living_letter(entrant) if entrant else None
    return page(
        "contest/letters/mine.html",
        stage=stage,
        entrant=entrant,
        living=living,
        taken=services.taken_forms(stage) if stage else (),
        is_open=bool(stage and stage.opens_at <= now <= stage.closes_at),
        others=[letter for letter in queries.letters_of(current_user) if letter is not living],
    )


@blueprint.post("/stages/<int:number>/letters/<any(typed, handwritten):form>")
@asks("entrant.create", of=lambda number, **_form: editions.stage(number))
def begin(stage: Stage) -> ResponseReturnValue:
    """Begin a letter, typed or handwritten; a second click opens the same one."""
    form = LetterForm((request.view_args or {})["form"])
    entrant = queries.entrant(stage, current_user)
    if entrant is None:
        return redirect(url_for("letters.enter", number=stage.edition.number))
    with transaction():
        letter = services.begin_letter(entrant=entrant, form=form, now=clock.now())
    endpoint = "letters.write" if letter.form is LetterForm.TYPED else "letters.sheets"
    return redirect(url_for(endpoint, letter_id=letter.id))
