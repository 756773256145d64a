"""The organiser's stages: opening one, its desk, its settings, a later close."""

from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions import defaults, queries, rules, services
from contest.editions.forms import MOST_EDITIONS, ExtendForm, OpenForm, SettingsForm, ask_for_reason
from contest.editions.models import Stage
from contest.editions.views import blueprint
from core import clock
from core.db import transaction
from core.localtime import from_local, to_local
from core.pages import page, refusals
from core.permissions import asks

MOMENTS = ("opens_at", "closes_at")


@blueprint.get("")
@asks("stage.open")
def stages() -> ResponseReturnValue:
    """Every stage there is, and the way to open one."""
    return page("contest/editions/stages.html", stages=queries.stages())


@blueprint.route("/open", methods=["GET", "POST"])
@asks("stage.open")
def open_stage() -> ResponseReturnValue:
    """Open a stage; what the record knows of the edition is filled in."""
    wanted = request.args.get("number", 0, type=int)
    form = OpenForm(data=_suggested(wanted if 1 <= wanted <= MOST_EDITIONS else queries.number_to_open(clock.now())))
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
    values = {name: form[name].data for name in rules.SETTINGS}
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
            changed = _change(stage, form)
            flash(_("Saved.") if changed else _("Nothing was changed."))
            return redirect(url_for("editions.manage", number=stage.edition.number))
    ask_for_reason(form, owed=rules.needs_reason(opens_at=stage.opens_at, now=clock.now()))
    return page("contest/editions/settings.html", form=form, stage=stage)


def _current(stage: Stage) -> dict[str, Any]:
    values = {name: getattr(stage, name) for name in rules.SETTINGS} | {"seen": queries.last_change(stage)}
    return values | {name: to_local(values[name]) for name in MOMENTS}


def _change(stage: Stage, form: SettingsForm) -> bool:
    values = _values(form)
    for name in MOMENTS:  # the form knows minutes only; a moment that was not touched stays to the second
        if form[name].data == _minute(to_local(getattr(stage, name))):
            values[name] = getattr(stage, name)
    with transaction():
        return bool(
            services.change_settings(
                stage=stage,
                values=values,
                reason=form.reason.data or "",
                by=current_user,
                now=clock.now(),
                seen=form.seen.data,
            )
        )


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


@blueprint.route("/<int:number>/extend", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def extend(stage: Stage) -> ResponseReturnValue:
    """Take letters for longer, and tell everybody why."""
    form = ExtendForm(data={"closes_at": to_local(stage.closes_at)})
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.extend(
                    stage=stage,
                    closes_at=from_local(form.closes_at.data),
                    reason=form.reason.data,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The new close is on the page everybody sees, with its reason."))
            return redirect(url_for("editions.manage", number=stage.edition.number))
    return page("contest/editions/extend.html", form=form, stage=stage)
