"""Where curating shows on pages of others: below an issue and a stamp, the way to correct it."""

from core.sections import Section
from stamps.models import Stamp, StampIssue


def below_issue(issue: StampIssue) -> Section:
    """Suggest, edit, history."""
    return Section("stamps/curating/_below.html", {"thing": issue, "kind": "issue", "issue": issue})


def below_stamp(stamp: Stamp) -> Section:
    """The same for an item; it is edited with its set."""
    return Section("stamps/curating/_below.html", {"thing": stamp, "kind": "stamp", "issue": stamp.issue})
