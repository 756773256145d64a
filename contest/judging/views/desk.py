"""The judge's desk: letters by number, one at a time. Every page here is fed by `blind_letter` and by marks, by nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from babel import numbers
from flask import abort, flash, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions.models import Criterion
from contest.judging import queries, rules, services
from contest.judging.forms import Act, ActForm
from contest.judging.models import Assignment, Comparison, Round
from contest.judging.queries import Newest
from contest.judging.rules import Pile, RoundState
from contest.judging.shown import shown_of
from contest.judging.terms import RoundMethod
from contest.judging.views import blueprint
from contest.letters import queries as letters
from contest.letters.queries import BlindLetter
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import in_language, page, refusals, sentence
from core.permissions import asks
from core.sections import sections

# Headers that speak of the file rather than of the letter; what is to be kept is decided for every page alike.
OF_FILES = ("Content-Disposition", "Last-Modified", "Expires", "Cache-Control")
# Where a letter lies in rounds that are not judged by marks.
OTHER_DESKS = {RoundMethod.SCREENING: "judging.screening", RoundMethod.RANKING: "judging.order"}


@dataclass(frozen=True)
class Step:
    """A mark a criterion can have: as forms send it, as a reader writes it, and whether it is a whole one."""

    value: str
    shown: str
    is_whole: bool


@dataclass(frozen=True)
class RoundOnDesk:
    """A round on a judge's desk: its letters in order, and how far the judge is."""

    position: int
    edition: int
    is_open: bool
    method: RoundMethod
    assignments: list[Assignment]
    pile: Pile

    def address_of(self, read_id: int) -> str:
        """Where a letter lies: named at once, since without network nothing leads on. A shortlist lies in one place."""
        if self.method is RoundMethod.RANKING:
            read_id = self.assignments[0].id
        return url_for(OTHER_DESKS.get(self.method, "judging.letter"), assignment_id=read_id)


@blueprint.get("/judging")
@asks("desk.open")
def desk() -> ResponseReturnValue:
    """What lies on my desk, and where to go on."""
    mine = queries.desk_of(current_user)
    rounds = [_on_desk(round_, list(reads)) for round_, reads in groupby(mine, key=lambda each: each.round)]
    return page(
        "contest/judging/desk.html",
        rounds=rounds,
        numbers=queries.numbers({each.letter_id for each in mine}),
        next_one=_next_one(rounds),
        pairs=queries.pairs_on_desk(current_user),
        notes=queries.notes_on_desk(current_user),
        begun=queries.begun_on_desk(current_user),
    )


def _next_one(rounds: list[RoundOnDesk]) -> str | None:
    """The address of the letter that waits first."""
    for read_id in queries.first_waiting(current_user, most=1):
        for each in rounds:
            if any(read.id == read_id for read in each.assignments):
                return each.address_of(read_id)
    return None


def _on_desk(round_: Round, reads: list[Assignment]) -> RoundOnDesk:
    return RoundOnDesk(
        position=round_.position,
        edition=round_.stage.edition.number,
        is_open=round_.state is RoundState.OPEN,
        method=round_.method,
        assignments=reads,
        pile=rules.pile([(each.state, each.finished_at) for each in reads]),
    )


@blueprint.route("/judging/desk/<int:assignment_id>", methods=["GET", "POST"])
@asks("assignment.mark", of=queries.assignment)
def letter(assignment: Assignment) -> ResponseReturnValue:
    """One letter beside its criteria. Without a script the form saves all marks; with it each is saved as it is given."""
    if elsewhere := OTHER_DESKS.get(assignment.round.method):
        return redirect(url_for(elsewhere, assignment_id=assignment.id))
    form = ActForm()
    if form.validate_on_submit():
        with refusals(form):
            _save_all(assignment)
            return _onward(assignment)
    return _letter_page(assignment, form)


def _save_all(assignment: Assignment) -> None:
    given = {
        criterion: rules.points_of(typed, most=criterion.most)
        for criterion in assignment.round.stage.criteria
        if (typed := request.form.get(f"criterion-{criterion.id}", "").strip())
    }
    with transaction():
        for criterion, points in given.items():
            services.save_mark(assignment=assignment, criterion=criterion, points=points, now=clock.now())


def _onward(assignment: Assignment) -> ResponseReturnValue:
    """To the next letter if that was asked for and there is one; else back to this one, or to the desk."""
    if "next" not in request.form:
        flash(_("Saved."))
        return redirect(url_for("judging.letter", assignment_id=assignment.id))
    given, criteria = len(queries.marks_of(assignment)), len(assignment.round.stage.criteria)
    if 0 < given < criteria:
        flash(_("%(given)s of %(criteria)s criteria are marked; the letter waits.", given=given, criteria=criteria))
    for follower in queries.waiting_after(assignment, most=1):
        return redirect(url_for("judging.letter", assignment_id=follower))
    return redirect(url_for("judging.desk"))


def _letter_page(assignment: Assignment, form: ActForm) -> ResponseReturnValue:
    letter = _blind(assignment)
    newest = queries.newest_changes(assignment)
    return page(
        "contest/judging/letter.html",
        form=form,
        letter=letter,
        assignment_id=assignment.id,
        criteria=assignment.round.stage.criteria,
        points=_points_shown(assignment),
        steps=_steps,
        theme=assignment.round.stage,
        pile=queries.pile_on_desk(assignment),
        has_left=assignment.judge.left_at is not None,
        is_open=is_taken(assignment),
        shown=shown_of(letter, assignment.round),
        undo=_undo_address(assignment, newest),
        seconds=queries.seconds_of(assignment),
        version=newest.version,
        previous=queries.before(assignment),
        follower=queries.after(assignment),
        beside=sections("judging.letter", assignment),
    )


def is_taken(dealt: Assignment | Comparison) -> bool:
    """Whether anything may still be said of it: the round is open, and its judge has not left."""
    return dealt.round.state is RoundState.OPEN and dealt.judge.left_at is None


def _points_shown(assignment: Assignment) -> dict[int, str]:
    """Marks by criterion as the page writes them: those saved, and over them what was sent and refused."""
    saved = {criterion_id: _written(mark.points) for criterion_id, mark in queries.marks_of(assignment).items()}
    sent = {each.id: request.form.get(f"criterion-{each.id}", "") for each in assignment.round.stage.criteria}
    return saved | {criterion_id: typed for criterion_id, typed in sent.items() if typed}


def _steps(criterion: Criterion) -> tuple[Step, ...]:
    return _scale(criterion.most, str(get_locale()))


@lru_cache
def _scale(most: int, language: str) -> tuple[Step, ...]:
    """Every mark up to this one, worked out once a language: a page has a hundred of them."""
    marks = [rules.STEP * step for step in range(most * 2 + 1)]
    return tuple(
        Step(_written(points), numbers.format_decimal(points, locale=language), points == int(points))
        for points in marks
    )


def _written(points: Decimal) -> str:
    return f"{points:f}".removesuffix(".0")


def _blind(assignment: Assignment) -> BlindLetter:
    """The jury's copy; a letter taken back since is gone."""
    return letters.blind_letter(assignment.letter_id) or abort(404)


def _undo_address(assignment: Assignment, newest: Newest) -> str:
    """Where the last change of a mark is taken back; it names that change, so that two clicks take back one."""
    return url_for("judging.undo", assignment_id=assignment.id, change=newest.standing)


@blueprint.post("/judging/desk/<int:assignment_id>/mark")
@asks("assignment.mark", of=queries.assignment)
def mark(assignment: Assignment) -> ResponseReturnValue:
    """One mark, saved as it is given: JSON in, JSON out."""
    sent = request.get_json(silent=True)
    given, act = sent if isinstance(sent, dict) else {}, Act.of(sent)
    criterion = next((each for each in assignment.round.stage.criteria if each.id == given.get("criterion")), None)
    if criterion is None:
        abort(404)
    name = in_language(criterion, "name")
    try:
        points = rules.points_of(str(given.get("points", "")), most=criterion.most)
        _save(assignment, criterion, points, act)
    except Refused as refused:
        return jsonify(_state_of(assignment, sentence(refused))), 422
    return jsonify(
        _state_of(assignment, _("Saved: %(criterion)s %(points)s", criterion=name, points=format_decimal(points)))
    )


def _save(assignment: Assignment, criterion: Criterion, points: Decimal, act: Act) -> None:
    at = rules.given_at(kept_for=act.kept_for, dealt_at=assignment.dealt_at, now=clock.now())
    with transaction():
        services.save_mark(assignment=assignment, criterion=criterion, points=points, now=at, key=act.key)
        if act.seconds:
            services.note_reading(assignment=assignment, seconds=act.seconds)


@blueprint.post("/judging/desk/<int:assignment_id>/undo")
@asks("assignment.mark", of=queries.assignment)
def undo(assignment: Assignment) -> ResponseReturnValue:
    """Take back the last mark given on this letter."""
    said, status = _("The last mark is taken back."), 200
    try:
        with transaction():
            change_id = request.args.get("change", type=int)
            services.undo_mark(assignment=assignment, change_id=change_id, now=clock.now())
    except Refused as refused:
        said, status = sentence(refused), 422
    if request.is_json:
        return jsonify(_state_of(assignment, said)), status
    flash(said)
    return redirect(url_for("judging.letter", assignment_id=assignment.id))


def _state_of(assignment: Assignment, said: str) -> dict[str, object]:
    """What the desk's script needs to know after an act: what is saved now, and the sentence to show."""
    pile = queries.pile_on_desk(assignment)
    marks = queries.marks_of(assignment)
    newest = queries.newest_changes(assignment)
    return {
        "said": said,
        "points": {str(criterion_id): _written(given.points) for criterion_id, given in marks.items()},
        "version": newest.version,
        "undo": _undo_address(assignment, newest),
        "pile": _(
            "%(done)s of %(total)s, about %(minutes)s min left", done=pile.done, total=pile.total, minutes=pile.minutes
        ),
    }


@blueprint.post("/judging/desk/<int:assignment_id>/recuse")
@asks("assignment.give_back", of=queries.assignment)
def recuse(assignment: Assignment) -> ResponseReturnValue:
    """“I recognise this child”: it goes to another judge."""
    return given_back(
        lambda: services.recuse(assignment=assignment, by=current_user, now=clock.now()),
        _("Thank you. The letter has left your desk and goes to another judge."),
    )


def given_back(act: Callable[[], object], said: str) -> ResponseReturnValue:
    """Give a letter or a pair back, and say so; the script sends JSON: the same act, perhaps kept for an hour."""
    try:
        with transaction():
            act()
    except Refused as refused:
        if not request.is_json:
            raise
        return jsonify(said=sentence(refused)), 422
    if request.is_json:
        return jsonify(said=said)
    flash(said)
    return redirect(url_for("judging.desk"))


@blueprint.get("/judging/desk/<int:assignment_id>/sheets/<int:place>.jpg")
@asks("assignment.mark", of=lambda assignment_id, **_rest: queries.assignment(assignment_id))
def sheet(assignment: Assignment) -> ResponseReturnValue:
    """The jury's copy of one sheet of the letter at hand, by its place in the letter."""
    place = int((request.view_args or {})["place"])
    return blind_picture(letters.blind_sheet(assignment.letter_id, place) or abort(404))


def blind_picture(file_id: str) -> ResponseReturnValue:
    """A picture without the file's name and the time at which it was made."""
    answer = send_file(files.path_of(file_id), mimetype="image/jpeg", etag=False)
    for name in OF_FILES:
        answer.headers.pop(name, None)
    return answer
