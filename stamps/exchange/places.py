"""Where files and paper show on pages of others: own stamps, an issue, the list of issues for curators."""

from flask_login import current_user

from core.permissions import can
from core.sections import Section
from stamps.exchange import queries
from stamps.models import StampIssue


def files_and_paper(_thing: object) -> Section | None:
    """On the own stamps: into files, onto paper."""
    if not current_user.is_authenticated:
        return None
    return Section("stamps/exchange/_own.html", {"unknown": queries.count(queries.proposals_of(current_user.id))})


def on_paper(issue: StampIssue) -> Section | None:
    """On an issue: its album page, for whoever is signed in."""
    return Section("stamps/exchange/_issue.html", {"issue": issue}) if current_user.is_authenticated else None


def files_for_the_catalogue(_thing: object) -> Section | None:
    """On the list of issues: the way in for curators."""
    return Section("stamps/exchange/_catalogue.html") if can("exchange.catalogue") else None
