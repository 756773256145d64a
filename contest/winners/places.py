"""What the contest shows on pages of packages below it: the contest of the year on the page of a stamp issue."""

from flask import g

from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.shown import show_all
from core.sections import Section
from stamps.models import StampIssue


def contest_of_the_year(issue: StampIssue) -> Section | None:
    """The edition of the year in which these stamps were issued, with its laureates."""
    edition = queries.edition_of_year(issue.year) if issue.year else None
    if edition is None:
        return None
    awards = show_all(queries.awards_of(edition), queries.discretion())
    return Section("contest/winners/_contest_of_year.html", {"edition": edition, "awards": awards})


def contest_beside_a_year(year: int) -> Section | None:
    """The edition of a year, on paths through the years; all editions are read once for a page."""
    if "editions_by_year" not in g:
        g.editions_by_year = {edition.year: edition for edition in queries.editions()}
    edition: Edition | None = g.editions_by_year.get(year)
    return Section("contest/winners/_year_beside.html", {"edition": edition}) if edition else None
