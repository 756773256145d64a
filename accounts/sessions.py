"""Who is signed in: Flask-Login, told about our persons."""

from datetime import timedelta

from flask import Flask, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, login_user

from accounts import queries
from accounts.models import Person

LENGTH = timedelta(days=14)


def start(person: Person) -> None:
    """Sign a person in with a session of its own: nothing of the visitor's session is carried over but the language."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    login_user(person)


def turn_away() -> ResponseReturnValue:
    """To the sign-in page, and from there back to where they wanted to go."""
    flash(_("Please sign in to go on."))
    wish = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wish))


def register(app: Flask) -> None:
    """Set up Flask-Login."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(queries.person_of_session)
    manager.unauthorized_handler(turn_away)
    app.config["PERMANENT_SESSION_LIFETIME"] = LENGTH
