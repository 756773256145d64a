"""Suggestions: anyone signed in may make them, imports too; a curator decides, and the person sees what became of it."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Person
from core import journal
from core.db import db
from stamps.curating import queries, rules
from stamps.curating.models import Suggestion
from stamps.curating.rules import STAMP, Naming, SuggestionState
from stamps.models import Stamp, StampIssue


def suggest(
    *,
    person: Person,
    thing: StampIssue | Stamp,
    field: str,
    value: str,
    now: datetime,
    source: str = "",
    remark: str = "",
    naming: Naming = Naming.NOT,
    bounded: bool = True,
) -> Suggestion:
    """A correction of one field, for a curator. A second click gives the first; `bounded=False` is for imports of files."""
    kind, country = rules.ISSUE if isinstance(thing, StampIssue) else STAMP, _country(thing)
    return _keep(
        Suggestion(
            person_id=person.id,
            at=now,
            kind=kind,
            key=thing.key,
            country=country,
            field=field,
            value=value.strip(),
            source=source.strip(),
            remark=remark.strip(),
            naming=naming,
            details={},
        ),
        now=now,
        bounded=bounded,
    )


def suggest_record(
    *,
    person: Person,
    country: str,
    title: str,
    details: Mapping[str, str],
    now: datetime,
    source: str = "",
    remark: str = "",
    kind: str = STAMP,
    bounded: bool = True,
) -> Suggestion:
    """A record that the catalogue lacks: `details` are its fields by name, each as printed."""
    made = Suggestion(
        person_id=person.id,
        at=now,
        kind=kind,
        key="",
        country=country,
        field=rules.RECORD,
        value=title.strip(),
        source=source.strip(),
        remark=remark.strip(),
        naming=Naming.NOT,
        details=dict(details),
    )
    return _keep(made, now=now, bounded=bounded)


def decline(*, suggestion: Suggestion, answer: str, by: Person, now: datetime) -> None:
    """Not taken over, with the reason that the person reads."""
    rules.refuse_decided(suggestion.state)
    decide(suggestion=suggestion, state=SuggestionState.DECLINED, answer=answer, by=by, now=now)


def decide(
    *,
    suggestion: Suggestion,
    state: SuggestionState,
    answer: str,
    by: Person,
    now: datetime,
    revision_id: int | None = None,
) -> None:
    """What became of it, and in which save."""
    suggestion.state, suggestion.answer = state, answer.strip()
    suggestion.decided_by_id, suggestion.decided_at, suggestion.revision_id = by.id, now, revision_id
    db.session.flush()
    journal.write(who=by.id, act=f"suggestion.{state.value}", kind="stamp_suggestion", thing=suggestion.id, now=now)


def _keep(made: Suggestion, *, now: datetime, bounded: bool) -> Suggestion:
    since = now - rules.SECOND_CLICK
    first = queries.same_suggestion(made.person_id, made.kind, made.key, made.field, made.value, since=since)
    if first is not None:
        return first
    if bounded:
        today, waiting = queries.made_since(made.person_id, now - rules.A_DAY), queries.waiting_of(made.person_id)
        rules.refuse_too_many(today=today, waiting=waiting)
    db.session.add(made)
    db.session.flush()
    journal.write(who=made.person_id, act="suggestion.made", kind="stamp_suggestion", thing=made.id, now=now)
    return made


def _country(thing: StampIssue | Stamp) -> str:
    return thing.country if isinstance(thing, StampIssue) else thing.issue.country
