"""Where curating shows on pages of others: below an issue and a stamp, the way to correct it."""

from core.sections import Section
from stamps.curating import queries
from stamps.curating.rules import ISSUE
from stamps.models import Stamp, StampIssue


def below_issue(issue: StampIssue) -> Section:
    """Suggest, edit, history."""
    return Section("stamps/curating/_below.html", {"thing": issue, "kind": "issue", "issue": issue})


def below_stamp(stamp: Stamp) -> Section:
    """The same for an item; it is edited with its set."""
    return Section("stamps/curating/_below.html", {"thing": stamp, "kind": "stamp", "issue": stamp.issue})


def gone(thing: tuple[str, str]) -> Section | None:
    """Of a record (kind, key) that is not here: its history, if there is one."""
    if not queries.history([thing]):
        return None
    kind, key = thing
    return Section("stamps/curating/_gone.html", {"kind": "issue" if kind == ISSUE else "stamp", "key": key})
