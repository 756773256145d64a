"""Which language a page is in: the one chosen, else the person's, else the browser's, else Vietnamese."""

from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale
from flask_login import current_user

LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "fr": "Français"}


def chosen_language() -> str:
    """The language of this request."""
    for wish in (session.get("language"), getattr(current_user, "language", None)):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(LANGUAGES) or "vi"


def locale() -> str:
    """The language as templates need it, e.g. for `<html lang>`."""
    return str(get_locale() or "vi")


def register(app: Flask) -> None:
    """Set up Flask-Babel."""
    Babel(
        app,
        locale_selector=chosen_language,
        timezone_selector=lambda: str(current_app.config["TIMEZONE"]),
    )
