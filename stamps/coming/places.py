"""Where issues to come show on pages of others: on an issue's page its first day, while that is to come, and reserving."""

from core import clock
from core.localtime import local_day
from core.sections import Section
from stamps.coming import queries, words
from stamps.coming.rules import LATELY, Certainty, span_of
from stamps.models import StampIssue


def of_issue(issue: StampIssue) -> Section | None:
    """What is announced, and the way to reserve; nothing of issues that came out long ago and were announced plainly."""
    (coming,) = queries.told_of([issue])
    today, span = local_day(clock.now()), span_of(issue.date)
    recent = span is not None and span.after > today - LATELY
    if not recent and coming.offer is None and coming.certainty is not Certainty.CANCELLED:
        return None
    return Section("stamps/coming/_of_issue.html", {"coming": coming, "words": words, "today": today})
