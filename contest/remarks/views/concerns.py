"""Children in distress: what the person who looks after them sees, and who that person is."""

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import queries as accounts
from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.letters.models import Sheet
from contest.remarks import queries, services
from contest.remarks.forms import SafeguardForm, SettleForm
from contest.remarks.queries import Case
from contest.remarks.views import blueprint
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks


def _mine() -> list[int] | None:
    """The stages entrusted to who is at the page; None if there is none, or nobody is signed in."""
    return (queries.stages_entrusted_to(current_user) or None) if current_user.is_authenticated else None


@blueprint.get("/concerns")
@asks("concerns.open", of=_mine)
def concerns(stage_ids: list[int]) -> ResponseReturnValue:
    """Every concern that is mine to look after, open ones first."""
    return page("contest/remarks/concerns.html", concerns=queries.concerns_of(stage_ids))


@blueprint.route("/concerns/<int:concern_id>", methods=["GET", "POST"])
@asks("concern.handle", of=queries.case)
def concern(case: Case) -> ResponseReturnValue:
    """The letter, who wrote it, what the judge said; and what is done about it."""
    form, concern = SettleForm(), case.concern
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.settle(
                    concern=concern,
                    handles=request.form.get("act") != "again",
                    words=form.words.data,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("Saved."))
            return redirect(url_for("remarks.concern", concern_id=concern.id))
    letter = concern.letter
    province = editions.province_of(letter.entrant.school)
    return page("contest/remarks/concern.html", form=form, concern=concern, letter=letter, province=province)


@blueprint.get("/concerns/<int:concern_id>/sheets/<int:sheet_id>.jpg")
@asks("concern.handle", of=lambda concern_id, **_rest: queries.case(concern_id))
def sheet(case: Case) -> ResponseReturnValue:
    """One sheet of the letter as it was handed in."""
    wanted = (request.view_args or {})["sheet_id"]
    sheets: list[Sheet] = case.concern.letter.sheets
    found = next((each for each in sheets if each.id == wanted), None) or abort(404)
    return send_file(files.path_of(found.file_id), mimetype="image/jpeg")


@blueprint.route("/stages/<int:number>/safeguard", methods=["GET", "POST"])
@asks("stage.manage", of=editions.stage)
def safeguard(stage: Stage) -> ResponseReturnValue:
    """Name who looks after children in distress; nobody named means the organisers."""
    named = queries.safeguard(stage)
    form = SafeguardForm(user_name=named.person.user_name if named else "")
    if form.validate_on_submit():
        with refusals(form):
            _name(stage, form.user_name.data or "")
            flash(_("Saved."))
            return redirect(url_for("editions.manage", number=stage.edition.number))
    return page("contest/remarks/safeguard.html", form=form, stage=stage)


def _name(stage: Stage, user_name: str) -> None:
    person = accounts.person_by_name(user_name) if user_name else None
    if user_name and person is None:
        raise Refused("Nobody has this user name.", field="user_name")
    with transaction():
        services.name_safeguard(stage=stage, person=person, by=current_user, now=clock.now())
