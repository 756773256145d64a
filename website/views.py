"""Pages that belong to no feature: home, health, the choice of language."""

from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, Flask, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from core.db import db
from core.pages import page
from core.permissions import public
from website.home import greeting
from website.languages import LANGUAGES

blueprint = Blueprint("website", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What this is, what is going on this year, and one search box."""
    return page("website/home.html", **greeting())


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about whom, and for how long."""
    return page("website/privacy.html")


@blueprint.route("/language/<language>", methods=["GET", "POST"])
@public
def language(language: str) -> ResponseReturnValue:
    """Remember the language a visitor chose and go back to where they were."""
    if language in LANGUAGES:
        session["language"] = language
    return redirect(own_path(request.values.get("next", "")))


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """For whatever watches the site: the database answers."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")


def own_path(wish: str) -> str:
    """A path of this site, or home: nobody is sent elsewhere."""
    parts = urlsplit(wish)
    mine = wish.startswith("/") and not wish.startswith(("//", "/\\")) and not parts.netloc
    return wish if mine else url_for("website.home")


def register(app: Flask) -> None:
    """Add these pages."""
    for endpoint in ("static", "bootstrap.static"):
        # A partial carries the mark; the method of a blueprint cannot.
        app.view_functions[endpoint] = public(partial(app.view_functions[endpoint]))  # type: ignore[arg-type]
    app.register_blueprint(blueprint)
