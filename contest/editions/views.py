"""Pages of a stage: its rules for everybody, its settings for organisers."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions import defaults, queries, rules, services
from contest.editions.forms import CriterionForm, OpenForm, PrizeForm, ReasonedForm, SchoolsForm, SettingsForm, UnitForm
from contest.editions.models import Criterion, Prize, Stage, Unit
from core import clock
from core.db import transaction
from core.localtime import from_local, to_local
from core.pages import page, refusals
from core.permissions import asks, public

blueprint = Blueprint("editions", __name__, url_prefix="/stages")
MOMENTS = ("opens_at", "closes_at")
SETTINGS = (
    "theme_vi",
    "theme_en",
    "theme_fr",
    "youngest",
    "oldest",
    "reference_day",
    "word_limit",
    *MOMENTS,
    "takes_typed",
    "takes_handwritten",
)


@blueprint.get("/<int:number>/rules")
@public
def rules_page(number: int) -> ResponseReturnValue:
    """What everybody needs to know: theme, ages, window, words, criteria, prizes, and what was changed and why."""
    stage = queries.stage(number)
    if stage is None:
        return redirect(url_for("winners.edition", number=number))
    now = clock.now()
    return page(
        "contest/editions/rules.html",
        stage=stage,
        phase=rules.phase(opens_at=stage.opens_at, closes_at=stage.closes_at, published_at=stage.published_at, now=now),
        extensions=queries.extensions_of(stage),
    )


@blueprint.get("/<int:number>/changes")
@public
def changes(number: int) -> ResponseReturnValue:
    """The whole history of the settings."""
    stage = queries.stage(number)
    if stage is None:
        return redirect(url_for("winners.edition", number=number))
    return page("contest/editions/changes.html", stage=stage, changes=queries.changes_of(stage))


@blueprint.get("")
@asks("stage.open")
def stages() -> ResponseReturnValue:
    """Every stage there is, and the way to open one."""
    return page("contest/editions/stages.html", stages=queries.stages())


@blueprint.route("/open", methods=["GET", "POST"])
@asks("stage.open")
def open_stage() -> ResponseReturnValue:
    """Open a stage; what the record knows of the edition is filled in."""
    number = request.args.get("number", 55, type=int)
    form = OpenForm(data=_suggested(number))
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.open_stage(
                    number=form.number.data,
                    country=current_app.config["COUNTRY"],
                    values=_values(form),
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The stage is open. Now add the provinces and schools."))
            return redirect(url_for("editions.manage", number=form.number.data))
    return page("contest/editions/open.html", form=form)


def _suggested(number: int) -> dict[str, Any]:
    edition = queries.edition(number)
    year = rules.FIRST_YEAR + number - 1
    return {
        "number": number,
        "theme_vi": edition.theme_vi if edition else "",
        "theme_en": edition.theme_en if edition else "",
        "theme_fr": edition.theme_fr if edition else "",
        "youngest": defaults.YOUNGEST,
        "oldest": defaults.OLDEST,
        "reference_day": rules.reference_day(year),
        "word_limit": defaults.WORD_LIMIT,
        "takes_typed": True,
        "takes_handwritten": True,
    }


def _values(form: SettingsForm) -> dict[str, Any]:
    values = {name: form[name].data for name in SETTINGS}
    return values | {name: from_local(values[name]) for name in MOMENTS}


@blueprint.get("/<int:number>")
@asks("stage.manage", of=queries.stage)
def manage(stage: Stage) -> ResponseReturnValue:
    """The organiser's desk: where the year stands, and everything there is to do."""
    return page(
        "contest/editions/manage.html",
        stage=stage,
        phase=rules.phase(
            opens_at=stage.opens_at, closes_at=stage.closes_at, published_at=stage.published_at, now=clock.now()
        ),
        provinces=queries.schools_by_province(stage),
    )


@blueprint.route("/<int:number>/settings", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def settings(stage: Stage) -> ResponseReturnValue:
    """Change settings; once letters are taken each change owes everybody its reason."""
    form = SettingsForm(data=_current(stage))
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                changed = services.change_settings(
                    stage=stage, values=_values(form), reason=form.reason.data or "", by=current_user, now=clock.now()
                )
            flash(_("Saved.") if changed else _("Nothing was changed."))
            return redirect(url_for("editions.manage", number=stage.edition.number))
    return page(
        "contest/editions/settings.html",
        form=form,
        stage=stage,
        needs_reason=rules.needs_reason(opens_at=stage.opens_at, now=clock.now()),
    )


def _current(stage: Stage) -> dict[str, Any]:
    values = {name: getattr(stage, name) for name in SETTINGS}
    return values | {name: to_local(values[name]) for name in MOMENTS}


@blueprint.get("/<int:number>/criteria")
@asks("stage.manage", of=queries.stage)
def criteria(stage: Stage) -> ResponseReturnValue:
    """What judges will mark."""
    return page("contest/editions/criteria.html", stage=stage, form=None)


@blueprint.route("/<int:number>/criteria/new", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def add_criterion(stage: Stage) -> ResponseReturnValue:
    """One criterion more."""
    return _edit_criterion(stage, None)


@blueprint.route("/<int:number>/criteria/<int:criterion_id>", methods=["GET", "POST"])
@asks("stage.manage", of=queries.criterion)
def edit_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Change a criterion."""
    return _edit_criterion(criterion.stage, criterion)


def _edit_criterion(stage: Stage, criterion: Criterion | None) -> ResponseReturnValue:
    form = CriterionForm(obj=criterion, data=None if criterion else {"weight": 1, "most": defaults.MOST_POINTS})
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_criterion(
                    stage=stage, criterion=criterion, values=_given(form), reason=form.reason.data or "",
                    by=current_user, now=clock.now(),
                )  # fmt: skip
            return redirect(url_for("editions.criteria", number=stage.edition.number))
    return page("contest/editions/criterion.html", form=form, stage=stage, criterion=criterion)


def _given(form: ReasonedForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("csrf_token", "reason")}


@blueprint.post("/<int:number>/criteria/<int:criterion_id>/remove")
@asks("stage.manage", of=queries.criterion)
def remove_criterion(criterion: Criterion) -> ResponseReturnValue:
    """One criterion less."""
    stage = criterion.stage
    with transaction():
        services.remove_criterion(
            criterion=criterion, reason=request.form.get("reason", ""), by=current_user, now=clock.now()
        )
    return redirect(url_for("editions.criteria", number=stage.edition.number))


@blueprint.get("/<int:number>/prizes")
@asks("stage.manage", of=queries.stage)
def prizes(stage: Stage) -> ResponseReturnValue:
    """The prize table."""
    return page("contest/editions/prizes.html", stage=stage, form=None)


@blueprint.route("/<int:number>/prizes/new", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def add_prize(stage: Stage) -> ResponseReturnValue:
    """One prize more."""
    return _edit_prize(stage, None)


@blueprint.route("/<int:number>/prizes/<int:prize_id>", methods=["GET", "POST"])
@asks("stage.manage", of=queries.prize)
def edit_prize(prize: Prize) -> ResponseReturnValue:
    """Change a prize."""
    return _edit_prize(prize.stage, prize)


def _edit_prize(stage: Stage, prize: Prize | None) -> ResponseReturnValue:
    form = PrizeForm(obj=prize)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_prize(
                    stage=stage, prize=prize, values=_given(form), reason=form.reason.data or "",
                    by=current_user, now=clock.now(),
                )  # fmt: skip
            return redirect(url_for("editions.prizes", number=stage.edition.number))
    return page("contest/editions/prize.html", form=form, stage=stage, prize=prize)


@blueprint.post("/<int:number>/prizes/<int:prize_id>/remove")
@asks("stage.manage", of=queries.prize)
def remove_prize(prize: Prize) -> ResponseReturnValue:
    """One prize less."""
    stage = prize.stage
    with transaction():
        services.remove_prize(prize=prize, reason=request.form.get("reason", ""), by=current_user, now=clock.now())
    return redirect(url_for("editions.prizes", number=stage.edition.number))


@blueprint.route("/<int:number>/units", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def units(stage: Stage) -> ResponseReturnValue:
    """Provinces and schools: what there is, and many at once by pasting or a file."""
    form = SchoolsForm()
    if form.validate_on_submit():
        with refusals(form):
            lines = rules.school_lines(_pasted(form))
            with transaction():
                count = services.add_schools(stage=stage, lines=lines, by=current_user, now=clock.now())
            flash(_("%(count)s lines are in the tree now.", count=count))
            return redirect(url_for("editions.units", number=stage.edition.number))
    return page("contest/editions/units.html", form=form, stage=stage, provinces=queries.schools_by_province(stage))


def _pasted(form: SchoolsForm) -> str:
    """What was typed, and what the file holds; UTF-8, with or without its mark, else as old programs write it."""
    upload = form.file.data
    content = upload.read() if upload else b""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1258", errors="replace")
    return "\n".join([form.lines.data or "", text])


@blueprint.get("/<int:number>/units/<int:unit_id>")
@asks("stage.manage", of=queries.unit_of)
def unit(unit: Unit) -> ResponseReturnValue:
    """One province with its schools, or one school."""
    return _unit_page(unit, UnitForm(obj=unit))


@blueprint.post("/<int:number>/units/<int:unit_id>/rename")
@asks("stage.manage", of=queries.unit_of)
def rename_unit(unit: Unit) -> ResponseReturnValue:
    """Correct a name."""
    form = UnitForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.rename_unit(unit=unit, name=form.name.data, by=current_user, now=clock.now())
            return redirect(request.path.removesuffix("/rename"))
    return _unit_page(unit, form)


def _unit_page(unit: Unit, form: UnitForm) -> ResponseReturnValue:
    stage = queries.stage_of(unit)
    return page("contest/editions/unit.html", form=form, unit=unit, stage=stage, schools=queries.schools_of(unit))


@blueprint.post("/<int:number>/units/<int:unit_id>/remove")
@asks("stage.manage", of=queries.unit_of)
def remove_unit(unit: Unit) -> ResponseReturnValue:
    """Remove a unit nobody uses."""
    number = queries.stage_of(unit).edition.number
    with transaction():
        services.remove_unit(unit=unit, by=current_user, now=clock.now())
    return redirect(url_for("editions.units", number=number))
