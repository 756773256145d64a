"""The organiser's rounds: planning, changing, cancelling, a look at the dealing before it happens, opening, closing."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.judging import preparing, queries, rereading, services, worker
from contest.judging.dealing import Deal, Lack
from contest.judging.forms import RoundForm
from contest.judging.models import Round
from contest.judging.rereading import Net
from contest.judging.rules import RoundState
from contest.judging.seen import fingerprint
from contest.judging.terms import USUAL_TERMS, RoundMethod, Terms
from contest.judging.views import blueprint
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks

# More letters without readers than this are counted; their cause is the same.
MOST_LISTED = 50
# Towards the end of a round, when this many letters or fewer are unread, they can be dealt once more.
MOST_DEALT_AGAIN = 1000
# What lies near the cut is weighed on its own page, and here too as long as that costs less than a second.
MOST_WEIGHED_HERE = 20_000


@dataclass(frozen=True)
class Total:
    """Reads of a round: done, and waiting."""

    done: int
    waiting: int


@dataclass(frozen=True)
class Lacking:
    """A letter that too few judges may read, and why."""

    number: str
    lack: Lack


@blueprint.route("/stages/<int:number>/rounds/plan", methods=["GET", "POST"])
@asks("stage.manage", of=editions.stage)
def plan(stage: Stage) -> ResponseReturnValue:
    """Plan a round; the seed is random unless somebody brings one, drawn in public say."""
    form = RoundForm(reads_per_letter=2, seed=secrets.token_hex(6), **_asked(USUAL_TERMS, stage))
    form.offer(is_first=not queries.rounds_of(stage))
    if form.validate_on_submit():
        with refusals(form):
            terms = form.terms_in(_provinces(stage))
            with transaction():
                planned = services.plan_round(
                    stage=stage,
                    reads_per_letter=form.reads_per_letter.data,
                    seed=form.seed.data,
                    terms=terms,
                    by=current_user,
                    now=clock.now(),
                )
            return redirect(url_for("judging.round_", round_id=planned.id))
    return page("contest/judging/plan.html", form=form, stage=stage, round=None)


@blueprint.route("/rounds/<int:round_id>/change", methods=["GET", "POST"])
@asks("round.manage", of=queries.round_)
def change_round(round_: Round) -> ResponseReturnValue:
    """Other terms, as long as nobody judges by them."""
    form = RoundForm(reads_per_letter=round_.reads_per_letter, seed=round_.seed, **_asked(round_.terms, round_.stage))
    form.offer(is_first=round_.position == 1)
    if form.validate_on_submit():
        with refusals(form):
            terms = form.terms_in(_provinces(round_.stage))
            with transaction():
                services.change_round(
                    round_=round_,
                    reads_per_letter=form.reads_per_letter.data,
                    seed=form.seed.data,
                    terms=terms,
                    by=current_user,
                    now=clock.now(),
                )
            return redirect(url_for("judging.round_", round_id=round_.id))
    return page("contest/judging/plan.html", form=form, stage=round_.stage, round=round_)


def _asked(terms: Terms, stage: Stage) -> dict[str, object]:
    """Terms as the form asks for them."""
    cut = "" if terms.cut is None else f"{terms.cut.normalize():f}"
    names = {unit_id: name for name, unit_id in _provinces(stage).items()}
    quotas = "\n".join(f"{names[unit_id]}: {letters}" for unit_id, letters in terms.quotas)
    return asdict(terms) | {"cut": cut, "quotas": quotas}


def _provinces(stage: Stage) -> dict[str, int]:
    """Ids by name."""
    return {province.name: province.id for province in editions.provinces(stage)}


@blueprint.post("/rounds/<int:round_id>/cancel")
@asks("round.manage", of=queries.round_)
def cancel_round(round_: Round) -> ResponseReturnValue:
    """A planned round is not held."""
    number = round_.stage.edition.number
    with transaction():
        services.cancel_round(round_=round_, by=current_user, now=clock.now())
    flash(_("The round is cancelled."))
    return redirect(url_for("editions.manage", number=number))


@blueprint.get("/rounds/<int:round_id>")
@asks("round.manage", of=queries.round_)
def round_(round_: Round) -> ResponseReturnValue:
    """How a round stands; before it opens, and while reads are missing, what dealing would do."""
    rows, entries, reads_done = queries.progress_of(round_), queries.count_entries(round_), queries.reads_done(round_)
    look = {RoundState.PLANNED: preparing.preview, RoundState.OPEN: preparing.missing}.get(round_.state)
    deal = look(round_) if look else None
    return page(
        "contest/judging/round.html",
        round=round_,
        stage=round_.stage,
        judges={row.judge.id: row.judge for row in rows},
        rows=rows,
        total=Total(done=sum(row.pile.done for row in rows), waiting=sum(row.waiting for row in rows)),
        reads_done=reads_done,
        deal=deal,
        seen=fingerprint(deal.pairs) if deal else "",
        lacking=_lacking(deal) if deal else [],
        is_last=queries.last_round(round_.stage) is round_,
        decision=queries.decision_of(round_),
        entries=entries,
        **_unread(round_, entries - sum(letters for reads, letters in reads_done.items() if reads)),
        waits_for=queries.waits_for(round_),
        net=_net(round_) if entries <= MOST_WEIGHED_HERE else None,
        now=clock.now(),
    )


def _net(round_: Round) -> Net | None:
    """Letters near the cut, while further judges may still read them."""
    if round_.state is not RoundState.OPEN or round_.method not in (RoundMethod.MARKS, RoundMethod.SCREENING):
        return None
    return rereading.net_of(round_, hours=0, minutes=1)


def _unread(round_: Round, left: int) -> dict[str, object]:
    """Letters that would drop out unread, so many of them, and, once they are few, what dealing them again would do."""
    if round_.state is not RoundState.OPEN or round_.method is RoundMethod.PAIRS:
        return {"unread": 0, "again": None}
    may_deal = 0 < left <= MOST_DEALT_AGAIN and round_.method is not RoundMethod.RANKING
    again = preparing.dealt_again(round_, preparing.unread(round_)) if may_deal else None
    return {"unread": left, "again": again, "again_seen": fingerprint(again.pairs) if again else ""}


def _lacking(deal: Deal) -> list[Lacking]:
    listed = list(deal.lacking)[:MOST_LISTED]
    numbers = queries.numbers(listed)
    return [Lacking(numbers[letter_id], deal.lacking[letter_id]) for letter_id in listed]


def _dealt(round_: Round, act: Callable[..., Deal]) -> ResponseReturnValue:
    """Deal what was looked at, and say how many reads that was."""
    with transaction():
        deal = act(round_=round_, by=current_user, now=clock.now(), seen=request.form.get("seen", ""))
    flash(ngettext("%(num)d read is dealt.", "%(num)d reads are dealt.", len(deal.pairs)))
    return redirect(url_for("judging.round_", round_id=round_.id))


@blueprint.post("/rounds/<int:round_id>/open")
@asks("round.manage", of=queries.round_)
def open_round(round_: Round) -> ResponseReturnValue:
    """Deal, and let the judges begin."""
    return _dealt(round_, services.open_round)


@blueprint.post("/rounds/<int:round_id>/top-up")
@asks("round.manage", of=queries.round_)
def top_up(round_: Round) -> ResponseReturnValue:
    """Deal what is missing."""
    return _dealt(round_, services.top_up)


@blueprint.post("/rounds/<int:round_id>/unread")
@asks("round.manage", of=queries.round_)
def deal_unread(round_: Round) -> ResponseReturnValue:
    """Letters that nobody has read go to one further judge each."""
    return _dealt(round_, services.deal_unread)


@blueprint.post("/rounds/<int:round_id>/close")
@asks("round.manage", of=queries.round_)
def close_round(round_: Round) -> ResponseReturnValue:
    """End the marking. What there is to measure is measured before, so that the closing holds no lock for it."""
    worker.measure(round_.id)
    with transaction():
        services.close_round(round_=round_, by=current_user, now=clock.now())
    flash(_("The round is closed."))
    return redirect(url_for("judging.decision", round_id=round_.id))


@blueprint.post("/rounds/<int:round_id>/reopen")
@asks("round.manage", of=queries.round_)
def reopen_round(round_: Round) -> ResponseReturnValue:
    """Let the judges go on."""
    with transaction():
        services.reopen_round(round_=round_, by=current_user, now=clock.now())
    return redirect(url_for("judging.round_", round_id=round_.id))
