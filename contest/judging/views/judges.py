"""The organiser's judges: appointing them, how much they read, what they never read."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from accounts import passwords
from accounts import queries as accounts
from accounts import services as account_services
from accounts.rules import Role
from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.judging import preparing, queries, services
from contest.judging.forms import ExclusionForm, JudgeForm, LimitsForm
from contest.judging.models import Judge, JudgeExclusion
from contest.judging.views import blueprint
from contest.letters import queries as letters
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks

NO_HOME = 0


@dataclass(frozen=True)
class Made:
    """An account made for a judge: its name as kept, and the password nobody will see again."""

    user_name: str
    password: str


@blueprint.route("/stages/<int:number>/judges", methods=["GET", "POST"])
@asks("stage.manage", of=editions.stage)
def judges(stage: Stage) -> ResponseReturnValue:
    """Who judges; a user name nobody has becomes a new account whose password is shown once."""
    form = JudgeForm()
    if form.validate_on_submit():
        with refusals(form):
            appointed, made = _appointed(stage, form)
            if made is None:
                flash(_("%(name)s judges in this stage.", name=appointed.person.user_name))
                return redirect(url_for("judging.judges", number=stage.edition.number))
            return _judges_page(stage, JudgeForm(formdata=None), made)
    return _judges_page(stage, form)


def _appointed(stage: Stage, form: JudgeForm) -> tuple[Judge, Made | None]:
    """Appoint; the account if it had to be made."""
    known = accounts.person_by_name(form.user_name.data)
    password = None if known else passwords.generated()
    password_hash = passwords.hash_of(password) if password else ""
    with transaction():
        person = known or account_services.register_person(
            user_name=form.user_name.data,
            password_hash=password_hash,
            roles=[Role.JUDGE],
            full_name=form.full_name.data or "",
            now=clock.now(),
        )
        judge = services.appoint_judge(stage=stage, person=person, by=current_user, now=clock.now())
    return judge, Made(judge.person.user_name, password) if password else None


def _judges_page(stage: Stage, form: JudgeForm, made: Made | None = None) -> ResponseReturnValue:
    answer = page("contest/judging/judges.html", form=form, stage=stage, judges=queries.judges_of(stage), made=made)
    return answer[0], 200 if made else answer[1]


@blueprint.route("/judges/<int:judge_id>", methods=["GET", "POST"])
@asks("judge.manage", of=queries.judge)
def judge(judge: Judge) -> ResponseReturnValue:
    """How much a judge reads, and the schools and provinces never."""
    form = LimitsForm(
        capacity=judge.capacity, home=judge.home_id or NO_HOME, units=[barrier.unit_id for barrier in judge.barriers]
    )
    choices = _units_to_choose(judge.stage)
    form.units.choices = choices
    form.home.choices = [SelectChoice(NO_HOME, _("none that matters")), *choices]
    if form.validate_on_submit():
        try:
            gone = _limits_set(judge, form)
        except Refused as refused:
            form.form_errors.append(sentence(refused))
            form.seen.data = refused.values.get("seen", "")
        else:
            flash(_("Saved."))
            _say_gone(gone)
            return redirect(url_for("judging.judges", number=judge.stage.edition.number))
    return page(
        "contest/judging/judge.html", form=form, judge=judge, stage=judge.stage, waiting=preparing.waiting_for(judge)
    )


def _limits_set(judge: Judge, form: LimitsForm) -> int:
    with transaction():
        return services.set_limits(
            judge=judge,
            capacity=form.capacity.data,
            units=[unit for unit_id in form.units.data if (unit := editions.unit(unit_id))],
            home=editions.unit(form.home.data),
            by=current_user,
            now=clock.now(),
            seen=form.seen.data or "",
        )


def _say_gone(gone: int) -> None:
    if gone:
        flash(
            ngettext(
                "%(num)d letter or pair has left this desk.", "%(num)d letters or pairs have left this desk.", gone
            )
        )


def _units_to_choose(stage: Stage) -> list[SelectChoice]:
    choices: list[SelectChoice] = []
    for province in editions.provinces(stage):
        choices.append(SelectChoice(province.id, province.name))
        choices += [
            SelectChoice(school.id, f"{province.name}: {school.name}") for school in editions.schools_of(province)
        ]
    return choices


@blueprint.route("/judges/<int:judge_id>/letters", methods=["GET", "POST"])
@asks("judge.manage", of=queries.judge)
def excluded_letters(judge: Judge) -> ResponseReturnValue:
    """Letters a judge never reads: of relatives, and of children the judge knows."""
    form = ExclusionForm()
    if form.validate_on_submit():
        with refusals(form):
            letter = letters.letter_by_number(form.letter.data.upper())
            if letter is None:
                raise Refused("There is no such letter in this stage.", field="letter")
            with transaction():
                gone = services.exclude_letter(judge=judge, letter=letter, by=current_user, now=clock.now())
            flash(_("Saved."))
            _say_gone(gone)
            return redirect(url_for("judging.excluded_letters", judge_id=judge.id))
    numbers = queries.numbers([each.letter_id for each in judge.exclusions])
    return page(
        "contest/judging/excluded.html",
        form=form,
        judge=judge,
        stage=judge.stage,
        numbers=numbers,
        recognised=queries.recognised_by(judge),
    )


@blueprint.post("/judges/letters/<int:exclusion_id>/include")
@asks("judge.manage", of=queries.exclusion)
def include_letter(exclusion: JudgeExclusion) -> ResponseReturnValue:
    """The judge may read it after all."""
    judge_id = exclusion.judge_id
    with transaction():
        services.include_letter(exclusion=exclusion, by=current_user, now=clock.now())
    return redirect(url_for("judging.excluded_letters", judge_id=judge_id))


@blueprint.post("/judges/<int:judge_id>/dismiss")
@asks("judge.manage", of=queries.judge)
def dismiss(judge: Judge) -> ResponseReturnValue:
    """A judge leaves; what waits on the desk goes to others."""
    number, name = judge.stage.edition.number, judge.person.user_name
    with transaction():
        seen = request.form.get("waiting", 0, type=int)
        left = services.dismiss_judge(judge=judge, by=current_user, now=clock.now(), seen=seen)
    flash(_("%(name)s no longer judges in this stage.", name=name))
    _say_gone(left.gone)
    if left.taken:
        flash(ngettext("%(num)d of them lies on another desk.", "%(num)d of them lie on other desks.", left.taken))
    if waiting := left.gone - left.taken:
        flash(
            ngettext(
                "%(num)d of them may be read by nobody else now and waits for “Deal what is missing”.",
                "%(num)d of them may be read by nobody else now and wait for “Deal what is missing”.",
                waiting,
            )
        )
    return redirect(url_for("judging.judges", number=number))
