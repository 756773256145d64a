"""The organiser's desk for photographed letters: nothing on the jury's copies may show who wrote them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.letters import queries, services
from contest.letters import sheets as sheet_services
from contest.letters.models import Letter, Sheet
from contest.letters.views import blueprint
from contest.letters.views.sheets import corners_form, keep_covered
from core import clock
from core.db import transaction
from core.pages import page
from core.permissions import asks


@blueprint.get("/stages/<int:number>/clearing")
@asks("stage.manage", of=editions.stage)
def clearing(stage: Stage) -> ResponseReturnValue:
    """The letter that has waited longest."""
    waiting = queries.waiting_for_clearing(stage)
    letter = waiting[0] if waiting else None
    corners = {sheet.id: corners_form(sheet) for sheet in (letter.sheets if letter else [])}
    return page("contest/letters/clearing.html", stage=stage, letter=letter, count=len(waiting), corners=corners)


@blueprint.post("/letters/sheets/<int:sheet_id>/cover-more")
@asks("sheet.clear", of=queries.sheet)
def cover_more(sheet: Sheet) -> ResponseReturnValue:
    """Cover what the child has forgotten."""
    kept, letter, sheet_id = keep_covered(sheet), sheet.letter, sheet.id
    with sheet_services.or_forget([kept]), transaction():
        old = sheet_services.cover_more(letter=letter, sheet_id=sheet_id, kept=kept, by=current_user, now=clock.now())
    sheet_services.forget(*old)
    return redirect(url_for("letters.clearing", number=letter.stage.edition.number))


@blueprint.post("/letters/<int:letter_id>/clear")
@asks("letter.clear", of=queries.letter)
def clear(letter: Letter) -> ResponseReturnValue:
    """Nothing shows the child: the letter may be judged."""
    with transaction():
        services.clear_letter(letter=letter, by=current_user, now=clock.now())
    flash(_("Letter %(number)s may be judged.", number=letter.number))
    return redirect(url_for("letters.clearing", number=letter.stage.edition.number))
