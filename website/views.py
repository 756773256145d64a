"""Pages that belong to no feature: home, health, the choice of language."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from core.db import db
from core.pages import page
from core.permissions import View, public
from website import sitemap as map_of_site
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


@blueprint.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """The map of the site."""
    return map_of_site.index()


@blueprint.get("/sitemaps/<name>.xml")
@public
def sitemap_part(name: str) -> ResponseReturnValue:
    """One file of it."""
    return map_of_site.part(name)


@blueprint.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Where search machines need not look."""
    return map_of_site.robots()


def own_path(wish: str) -> str:
    """A path of this site, or home: nobody is sent elsewhere."""
    parts = urlsplit(wish)
    mine = wish.startswith("/") and not wish.startswith(("//", "/\\")) and not parts.netloc
    return wish if mine else url_for("website.home")


def _files_for_all(view: Callable[..., Any]) -> View:
    """The view as a function: the method of a blueprint cannot be marked as public."""

    @wraps(view)
    def files(**arguments: Any) -> ResponseReturnValue:
        answer: ResponseReturnValue = view(**arguments)
        return answer

    return public(files)


def register(app: Flask) -> None:
    """Add these pages."""
    for endpoint in ("static", "bootstrap.static"):
        app.view_functions[endpoint] = _files_for_all(app.view_functions[endpoint])
    app.register_blueprint(blueprint)
