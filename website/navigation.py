"""The few places the header leads to, for this person."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.rules import Role
from contest.remarks import queries as remarks
from stamps.collections import queries as collections


@dataclass(frozen=True)
class Place:
    """One link of the header; `current` when the page at hand is under it."""

    label: str
    url: str
    current: bool


def places() -> list[Place]:
    """Everybody's places first, then those of the person's roles."""
    links = [
        (_("Years"), url_for("winners.editions")),
        (_("Laureates"), url_for("winners.laureates")),
        (_("Stamps"), url_for("stamps.issues")),
        (_("Where is my letter?"), url_for("letters.track")),
    ]
    if current_user.is_authenticated:
        links += _of_roles(current_user.roles) + _to_look_after() + _reported(current_user.roles)
    return [Place(label, url, request.path.startswith(url)) for label, url in links]


def _of_roles(roles: frozenset[Role]) -> list[tuple[str, str]]:
    pages = {
        Role.STUDENT: (_("My letter"), "letters.mine"),
        Role.JUDGE: (_("My desk"), "judging.desk"),
        Role.ORGANISER: (_("Running the year"), "editions.stages"),
        Role.CURATOR: (_("Names in the record"), "winners.names"),
        Role.CLERK: (_("The counter"), "coming.clerk"),
    }
    links = [(label, url_for(endpoint)) for role, (label, endpoint) in pages.items() if role in roles]
    return links + ([(_("The catalogue"), url_for("curating.desk"))] if Role.CURATOR in roles else [])


def _to_look_after() -> list[tuple[str, str]]:
    """Children in distress who wait for this person, counted where nobody can overlook it."""
    waiting = remarks.open_concerns(current_user)
    return [(_("Children to look after (%(count)s)", count=waiting), url_for("remarks.concerns"))] if waiting else []


def _reported(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """What collectors have reported and no organiser has looked at."""
    waiting = collections.number_reported() if Role.ORGANISER in roles else 0
    return [(_("Reported messages (%(count)s)", count=waiting), url_for("collections.reported"))] if waiting else []


def register(app: Flask) -> None:
    """Let every template ask for its navigation; only the header does, and only then is anything counted."""

    @app.context_processor
    def navigation() -> dict[str, Any]:
        return {"navigation": places}
