"""The organiser's desk for photographed letters: nothing on the jury's copies may show who wrote them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.letters import queries, services
from contest.letters import sheets as sheet_services
from contest.letters.forms import CornersForm
from contest.letters.models import Letter, Sheet
from contest.letters.views import blueprint
from contest.letters.views.sheets import keep_covered
from core import clock, files
from core.db import transaction
from core.pages import page
from core.permissions import asks


@blueprint.get("/stages/<int:number>/clearing")
@asks("stage.manage", of=editions.stage)
def clearing(stage: Stage) -> ResponseReturnValue:
    """The letter that has waited longest."""
    waiting = queries.waiting_for_clearing(stage)
    letter = waiting[0] if waiting else None
    forms = {
        sheet.id: CornersForm(formdata=None, data={"corners": sheet.covered}, prefix=f"sheet-{sheet.id}")
        for sheet in (letter.sheets if letter else [])
    }
    return page("contest/letters/clearing.html", stage=stage, letter=letter, count=len(waiting), corners=forms)


@blueprint.post("/letters/sheets/<int:sheet_id>/cover-more")
@asks("sheet.clear", of=queries.sheet)
def cover_more(sheet: Sheet) -> ResponseReturnValue:
    """Cover what the child has forgotten."""
    kept = keep_covered(sheet)
    with transaction():
        old = sheet_services.cover_more(sheet=sheet, kept=kept, by=current_user, now=clock.now())
    for file_id in old:
        if file_id:
            files.forget(file_id)
    return redirect(url_for("letters.clearing", number=sheet.letter.stage.edition.number))


@blueprint.post("/letters/<int:letter_id>/clear")
@asks("sheet.clear", of=queries.letter)
def clear(letter: Letter) -> ResponseReturnValue:
    """Nothing shows the child: the letter may be judged."""
    with transaction():
        services.clear_letter(letter=letter, by=current_user, now=clock.now())
    flash(_("Letter %(number)s may be judged.", number=letter.number))
    return redirect(url_for("letters.clearing", number=letter.stage.edition.number))
