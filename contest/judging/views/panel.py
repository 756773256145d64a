"""The organiser's page of judges while they judge: how stern, how steady, how alike; and a kind word to one of them."""

from collections.abc import Sequence

import numpy as np
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from contest.judging import panel, queries, services
from contest.judging.forms import NoteForm
from contest.judging.models import Judge, Round
from contest.judging.panel import Panel, Seat
from contest.judging.rules import RoundState
from contest.judging.runs import JudgeNote
from contest.judging.severity import plots
from contest.judging.terms import RoundMethod
from contest.judging.views import blueprint
from contest.judging.watching import Sign
from contest.judging.words import figure
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks

# Beside the table, which has everybody, the plots show so many.
MOST_SEVERITIES, MOST_DRIFTS = 60, 8


@blueprint.get("/rounds/<int:round_id>/judges")
@asks("round.manage", of=queries.round_)
def panel_(round_: Round) -> ResponseReturnValue:
    """Everybody who judges in a round of marks."""
    found = _panel_or_404(round_)
    return page(
        "contest/judging/panel.html",
        round=round_,
        stage=round_.stage,
        panel=found,
        is_open=round_.state is RoundState.OPEN,
        names={seat.judge.id: seat.judge.person.user_name for seat in found.seats},
        severities=_severities([seat for seat in found.seats if seat.figures]),
        drifts=_drifts([seat for seat in found.seats if seat.drift]),
    )


def _panel_or_404(round_: Round) -> Panel:
    if round_.method is not RoundMethod.MARKS or round_.opened_at is None:
        abort(404)
    return panel.panel_of(round_)


def _severities(seats: Sequence[Seat]) -> Markup | None:
    """Severity of each judge in marks, with the interval in which it lies."""
    shown = sorted(seats, key=lambda seat: -abs(seat.figures.taken if seat.figures else 0))[:MOST_SEVERITIES]
    figures = [seat.figures for seat in shown if seat.figures]
    if not figures:
        return None
    return Markup(  # noqa: S704 - made by our own plots, names escaped there
        plots.caterpillar(
            [seat.judge.person.user_name for seat in shown],
            np.array([each.taken for each in figures]),
            np.array([each.taken_error for each in figures]),
            title=_("How stern each judge is"),
            description=_("Each judge with a 95 percent interval; right of zero is stern, left is mild."),
            axis_label=_("marks of ten taken: mild ← 0 → stern"),
            written=figure,
        )
    )


def _drifts(seats: Sequence[Seat]) -> Markup | None:
    """The judges who have changed most, anchor by anchor."""
    told = [(seat.judge.person.user_name, seat.drift) for seat in seats if seat.drift]
    told.sort(key=lambda each: -abs(each[1].now))
    if not told:
        return None
    return Markup(  # noqa: S704 - made by our own plots, names escaped there
        plots.paths(
            [(name, drift.smoothed) for name, drift in told[:MOST_DRIFTS]],
            title=_("Drift of the judges on anchor letters"),
            description=_("A line for each judge: above zero sterner than at other times, below it milder."),
            across=_("anchor letters read"),
            upwards=_("sterner ↑ 0 ↓ milder, in marks of ten"),
            written=figure,
        )
    )


@blueprint.route("/rounds/<int:round_id>/judges/<int:judge_id>", methods=["GET", "POST"])
@asks("round.manage", of=lambda round_id, **_rest: queries.round_(round_id))
def seat(round_: Round) -> ResponseReturnValue:
    """One judge of a round, and what was and may be written to them."""
    found = _panel_or_404(round_)
    here = next((each for each in found.seats if each.judge.id == _judge_asked()), None) or abort(404)
    form = NoteForm(words=_suggested(here))
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.write_note(
                    round_=round_, judge=here.judge, words=form.words.data, by=current_user, now=clock.now()
                )
            flash(_("The note lies on the judge’s desk."))
            return redirect(url_for("judging.seat", round_id=round_.id, judge_id=_judge_asked()))
    return page(
        "contest/judging/seat.html",
        form=form,
        round=round_,
        stage=round_.stage,
        seat=here,
        notes=queries.notes_to(here.judge, round_),
        drift=_own_drift(here),
    )


def _judge_asked() -> int:
    return int((request.view_args or {})["judge_id"])


def _own_drift(here: Seat) -> Markup | None:
    if here.drift is None:
        return None
    return Markup(  # noqa: S704 - made by our own plots, names escaped there
        plots.paths(
            [(here.judge.person.user_name, here.drift.smoothed)],
            dots=here.drift.deviations,
            title=_("Drift on anchor letters"),
            description=_(
                "Dots are single anchor letters, the line smooths them; above zero sterner than at other times."
            ),
            across=_("anchor letters read"),
            upwards=_("sterner ↑ 0 ↓ milder, in marks of ten"),
            written=figure,
        )
    )


def _suggested(here: Seat) -> str:
    """Words to begin with, by what was seen first; the organiser changes them at will."""
    name = _name(here.judge)
    first = here.signs[0] if here.signs else None
    if first is Sign.DRIFTS_STERNER:
        seen = _("On letters that several of us read, your marks have lately become a little lower than they were.")
    elif first is Sign.DRIFTS_MILDER:
        seen = _("On letters that several of us read, your marks have lately become a little higher than they were.")
    elif first is Sign.ERRATIC:
        seen = _(
            "On letters that several of us read, your marks often lie elsewhere than those of the others, now above, now below."
        )
    elif first is Sign.PREDICTABLE:
        seen = _("Many of your letters have very similar marks. Please feel free to use the whole scale.")
    else:
        seen = _("Your work is going well, and we are glad to have you.")
    help_ = _(
        "This happens to everybody after many letters; a pause helps, and a look at the descriptions of the criteria."
    )
    ending = _("Nothing that you gave is changed. No other judge reads this note.")
    parts = [_("Dear %(name)s,", name=name), _("Thank you for reading so many letters with care."), seen]
    return "\n\n".join([parts[0], " ".join([*parts[1:], *([help_] if first else [])]), ending])


def _name(judge: Judge) -> str:
    return judge.person.full_name or judge.person.user_name


@blueprint.post("/judging/notes/<int:note_id>/read")
@asks("note.read", of=queries.note)
def read_note(note: JudgeNote) -> ResponseReturnValue:
    """The judge says so."""
    with transaction():
        services.read_note(written=note, by=current_user, now=clock.now())
    return redirect(url_for("judging.desk"))
