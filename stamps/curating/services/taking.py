"""Taking a suggestion over: a change with the suggester named as far as they wish."""

from datetime import datetime

from accounts.models import Person
from core.errors import Refused
from core.evidence import Confidence
from stamps.curating import queries, rules
from stamps.curating.models import Revision, Suggestion
from stamps.curating.rules import Act, Naming, SuggestionState
from stamps.curating.services import saving
from stamps.curating.services.suggesting import decide
from stamps.models import StampIssue


def take_over(
    *, suggestion: Suggestion, value: str, confidence: Confidence, answer: str, by: Person, now: datetime
) -> Revision | None:
    """The field says what was suggested, or what the curator made of it."""
    rules.refuse_decided(suggestion.state)
    thing = queries.thing(suggestion.kind, suggestion.key)
    if thing is None:
        raise Refused("The record is no longer there.")
    revision = saving.begin(
        act=Act.TAKEN_OVER,
        by=by,
        now=now,
        source=suggestion.source,
        reason=suggestion.remark,
        confidence=confidence,
        suggester=suggestion.person.user_name if suggestion.naming is Naming.USER_NAME else "",
    )
    saving.change_fields(revision, thing, {suggestion.field: value})
    made = saving.finish(revision, {thing.key: thing})
    taken = SuggestionState.TAKEN
    decide(suggestion=suggestion, state=taken, answer=answer, by=by, now=now, revision_id=made.id if made else None)
    return made


def settle(*, suggestion: Suggestion, issue: StampIssue, by: Person, now: datetime) -> None:
    """A record that somebody missed was entered."""
    if suggestion.state is SuggestionState.WAITING and not suggestion.key:
        suggestion.kind, suggestion.key = rules.ISSUE, issue.key
        decide(suggestion=suggestion, state=SuggestionState.TAKEN, answer="", by=by, now=now)
