"""What the contest shows on pages of packages below it: the contest of the year on the page of a stamp issue."""

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
