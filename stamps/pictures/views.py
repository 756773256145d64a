"""Pages of pictures: which stamp is this, the index behind it, smaller sizes, and a thing's pictures for who looks after them."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from accounts.rules import network_of
from core import clock
from core.countries import by_name, known
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks, public
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.collections.places import statuses
from stamps.kinds import View
from stamps.looking.shelf import Unusable
from stamps.models import Stamp, StampIssue, StampPicture
from stamps.pictures import asking, making, queries, services, sizes, words
from stamps.pictures.forms import PhotographForm, PictureForm
from stamps.pictures.rules import MOST_LESS, MOST_SHOWN, Size
from stamps.pictures.services import indexing

KEPT = 31_536_000
blueprint = Blueprint("pictures", __name__, url_prefix="/stamps")


@blueprint.route("/by-picture", methods=["GET", "POST"])
@public
def by_picture() -> ResponseReturnValue:
    """Send a photograph, get the likeliest stamps. The photograph is looked at and dropped."""
    form = _photograph_form()
    if form.validate_on_submit():
        with refusals(form):
            asking.count_question(network_of(request.remote_addr or ""), now=clock.now())
            year = int(form.year.data) if form.year.data else None
            try:
                found = asking.ask(form.content(), country=form.country.data, year=year)
            except Unusable:
                _heal()
            else:
                return redirect(url_for("pictures.found", of=asking.written(found)))
    return _asking_page(form)


@blueprint.get("/by-picture/found")
@public
def found() -> ResponseReturnValue:
    """What a photograph is like, narrowed by country and year."""
    likenesses = asking.read(request.args.get("of", ""))
    country = request.args.get("country", "") if known(request.args.get("country", "")) else ""
    year = request.args.get("year", type=int)
    every = asking.things(likenesses)
    shown, less = (
        [one for one in some if country in ("", one.pictured.issue.country) and year in (None, one.pictured.issue.year)]
        for some in (every, asking.less_alike(likenesses, every))
    )
    return page(
        "stamps/pictures/found.html",
        form=None,
        asked=request.args.get("of", ""),
        country=country,
        year=year,
        found=shown[:MOST_SHOWN],
        less=less[:MOST_LESS],
        countries=by_name({one.pictured.issue.country for one in every}),
        years=sorted({one.pictured.issue.year for one in every if one.pictured.issue.year}, reverse=True),
        statuses=statuses(
            [one.pictured.stamp.key for one in (*shown[:MOST_SHOWN], *less[:MOST_LESS]) if one.pictured.stamp]
        ),
        was_asked=bool(likenesses),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/by-picture/index", methods=["GET", "POST"])
@asks("picture.index")
def index() -> ResponseReturnValue:
    """How many pictures can be found, how far a rebuild is; a button that starts one."""
    if request.method == "POST":
        with transaction():
            services.rebuild_later()
        flash(_("The index of pictures is being built anew."))
        return redirect(url_for("pictures.index"))
    return page(
        "stamps/pictures/index.html",
        held=_number_held(),
        total=queries.number_searched(),
        progress=indexing.progress(),
    )


@blueprint.get("/pictures/<key:key>/<any(thumbnail, page):kept_size>")
@public
def sized(key: str, kept_size: str) -> ResponseReturnValue:
    """A smaller size of a picture; until the worker has made it, the whole one."""
    picture = queries.picture(key) or abort(404)
    path = sizes.best(picture.file_id, Size(kept_size))
    is_made = path == sizes.path_of(picture.file_id, Size(kept_size))
    return send_file(path, mimetype="image/jpeg", max_age=KEPT if is_made else 0) if path.is_file() else abort(404)


@blueprint.route("/<key:key>/pictures", methods=["GET", "POST"])
@asks("picture.add", of=stamps.stamp)
def of_stamp(stamp: Stamp) -> ResponseReturnValue:
    """Pictures of an item: add one, withdraw one."""
    return _pictures_of(stamp)


@blueprint.route("/issues/<key:key>/pictures", methods=["GET", "POST"])
@asks("picture.add", of=stamps.issue)
def of_issue(issue: StampIssue) -> ResponseReturnValue:
    """Pictures of an issue as a whole."""
    return _pictures_of(issue)


@blueprint.post("/pictures/<key:key>/withdraw")
@asks("picture.withdraw", of=queries.any_picture)
def withdraw(picture: StampPicture) -> ResponseReturnValue:
    """Show it no more."""
    return _changed(picture, services.withdraw_picture, _("The picture is shown no more."))


@blueprint.post("/pictures/<key:key>/restore")
@asks("picture.withdraw", of=queries.any_picture)
def restore(picture: StampPicture) -> ResponseReturnValue:
    """Show it again."""
    return _changed(picture, services.restore_picture, _("The picture is shown again."))


def _photograph_form() -> PhotographForm:
    form = PhotographForm()
    any_one = SelectChoice("", _("any"))
    form.country.choices = [any_one, *(SelectChoice(code, name) for code, name in by_name(stamps.countries()))]
    form.year.choices = [any_one, *(SelectChoice(str(year), str(year)) for year in stamps.years())]
    return form


def _asking_page(form: PhotographForm) -> ResponseReturnValue:
    is_ready = _number_held() is not None
    if not is_ready and queries.number_searched():
        _heal()
    return page(
        "stamps/pictures/by_picture.html",
        form=form,
        is_ready=is_ready,
        number=queries.number_searched(),
        progress=indexing.progress(),
    )


def _number_held() -> int | None:
    """How many pictures the index holds; None without one."""
    try:
        return indexing.number_held()
    except Unusable:
        return None


def _heal() -> None:
    with transaction():
        services.heal(now=clock.now())


def _pictures_of(thing: Stamp | StampIssue) -> ResponseReturnValue:
    form = PictureForm()
    if form.validate_on_submit():
        with refusals(form):
            return _add(thing, form)
    return page(
        "stamps/pictures/of_thing.html",
        form=form,
        thing=thing,
        pictures=queries.pictures_of(thing),
        withdrawn=queries.pictures_of(thing, withdrawn=True),
        address=_address(thing),
        words=words,
        stamps_words=stamps_words,
    )


def _add(thing: Stamp | StampIssue, form: PictureForm) -> ResponseReturnValue:
    kept = services.keep(making.made_anew(form.content()))
    with services.or_forget(kept), transaction():
        services.add_picture(
            thing=thing,
            kept=kept,
            licence=form.licence.data,
            source=form.source.data,
            author=form.author.data or "",
            view=View(form.view.data),
            by=current_user,
            now=clock.now(),
        )
    flash(_("The picture is there."))
    return redirect(request.path)


def _changed(picture: StampPicture, change: Callable[..., None], said: str) -> ResponseReturnValue:
    with transaction():
        change(picture=picture, by=current_user, now=clock.now())
        pictured = queries.thing_of(picture)
    flash(said)
    return redirect(_address(pictured, endpoint="pictures.of_{}"))


def _address(thing: Stamp | StampIssue, *, endpoint: str = "stamps.{}") -> str:
    return url_for(endpoint.format("stamp" if isinstance(thing, Stamp) else "issue"), key=thing.key)
