"""Where collections show on pages of others: the own copies on a stamp's page, marking on those of issues and lists.

For nobody there is only the way to sign in; nobody sees what another has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask import request
from flask_login import current_user

from core import clock
from core.sections import Section
from stamps import words as stamps_words
from stamps.collections import queries, words
from stamps.collections.forms import QuickCopyForm
from stamps.collections.rules import UNDO_SHOWN
from stamps.kinds import StampKind
from stamps.models import Stamp, StampIssue
from stamps.rules import PRODUCTS


@dataclass(frozen=True)
class Markable:
    """A stamp or an issue that can be ticked: what stands in the form for it, and what is so already."""

    field: str
    key: str
    name: str
    status: str


class Listed(Protocol):
    """A page of a list of the catalogue."""

    @property
    def things(self) -> Sequence[StampIssue | Stamp]:
        """Issues or items."""


def own_copies(stamp: Stamp) -> Section:
    """What the person at the page has of a stamp; for nobody, the way to sign in."""
    if not current_user.is_authenticated:
        return Section("stamps/collections/_sign_in.html", {"path": request.full_path.rstrip("?")})
    context = {
        "stamp": stamp,
        "copies": queries.copies_of(current_user.id, stamp),
        "want": queries.want(current_user.id, stamp),
        "form": QuickCopyForm(formdata=None),
        "words": words,
    }
    return Section("stamps/collections/_own_copies.html", context | _around())


def marking_of_issue(issue: StampIssue) -> Section | None:
    """The set: how much of it one has, marking it at once or one by one."""
    items = [item for item in issue.stamps if item.parent_id is None and item.kind not in PRODUCTS]
    if not items:
        return None
    if not current_user.is_authenticated:
        return Section("stamps/collections/_sign_in.html", {"path": request.full_path.rstrip("?")})
    sheets = [item for item in items if item.kind is not StampKind.STAMP]
    context = {
        "issue": issue,
        "with_sheets": bool(sheets) and len(sheets) < len(items),
        "progress": queries.progress_of_issues(current_user.id, [issue.id])[issue.id],
        "markables": _markables(items),
    }
    return Section("stamps/collections/_marking.html", context | _around())


def marking_of_list(listed: Listed) -> Section | None:
    """Marking what is on a page of the catalogue."""
    if not current_user.is_authenticated or not listed.things:
        return None
    context = {"issue": None, "with_sheets": False, "progress": None, "markables": _markables(listed.things)}
    return Section("stamps/collections/_marking.html", context | _around())


def statuses(keys: Sequence[str]) -> Mapping[str, str]:
    """What the person at the page has to do with stamps of these keys, in words."""
    if not current_user.is_authenticated:
        return {}
    return {key: words.status(status) for key, status in queries.statuses(current_user.id, keys).items()}


def statuses_of_issues(keys: Sequence[str]) -> Mapping[str, str]:
    """How much of issues of these keys the person at the page has, in words, where it is anything."""
    if not current_user.is_authenticated:
        return {}
    ids = queries.issue_ids(keys)
    found = queries.progress_of_issues(current_user.id, list(ids.values()))
    return {key: words.progress(found[id_]) for key, id_ in ids.items() if found[id_].owned}


def _markables(things: Sequence[StampIssue | Stamp]) -> list[Markable]:
    issues = [thing.key for thing in things if isinstance(thing, StampIssue)]
    said = {**statuses([thing.key for thing in things if isinstance(thing, Stamp)]), **statuses_of_issues(issues)}
    return [
        Markable(
            field="issue" if isinstance(thing, StampIssue) else "stamp",
            key=thing.key,
            name=_name(thing),
            status=said.get(thing.key, ""),
        )
        for thing in things
    ]


def _name(thing: StampIssue | Stamp) -> str:
    if isinstance(thing, StampIssue):
        return " · ".join(filter(None, (stamps_words.name_of(thing), str(thing.year or ""))))
    place = thing.position if thing.kind is StampKind.STAMP else stamps_words.kind(thing)
    return " · ".join(filter(None, (place, stamps_words.name_of(thing), stamps_words.face_value(thing))))


def _around() -> dict[str, Any]:
    """What marking needs wherever it stands: the lists, and what was marked a moment ago."""
    return {
        "lists": queries.lists_of(current_user.id),
        "last_act": queries.last_act(current_user.id, since=clock.now() - UNDO_SHOWN),
        "next_path": request.full_path.rstrip("?"),
    }
