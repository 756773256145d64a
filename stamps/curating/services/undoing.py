"""Taking back: one change, or a whole save; and taking a record out, which can itself be taken back."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Person
from core.db import db
from core.errors import Refused
from core.evidence import Confidence
from stamps import queries as stamps
from stamps.curating import queries, references, rules
from stamps.curating.models import Change, Revision
from stamps.curating.rules import ISSUE, RECORD, STAMP, Act
from stamps.curating.services import fields, saving
from stamps.curating.services.fields import Thing
from stamps.curating.services.sets import add_item
from stamps.fieldwords import FieldName
from stamps.kinds import StampKind
from stamps.models import Stamp, StampIssue
from stamps.services.permanent import give_permanent_numbers, retire


def undo(
    *, revision: Revision, by: Person, now: datetime, only: Change | None = None, reason: str = ""
) -> Revision | None:
    """Take back a whole save, or one change of it; refused where something was changed again since."""
    if revision.act is Act.MERGED:
        raise Refused("Two records that became one cannot be parted again; enter the other one anew.")
    changes = [only] if only else list(revision.changes)
    if only and only.field == RECORD:
        raise Refused("Take back the whole save, so that the record goes or comes with everything in it.")
    undoing = saving.begin(act=Act.UNDONE, by=by, now=now, reason=reason, undoes_id=revision.id)
    things = _bring_back(undoing, [change for change in changes if change.field == RECORD and not change.after])
    entered = [change for change in changes if change.field == RECORD and change.after]
    gone = {(change.kind, change.key) for change in entered}
    for change in _in_order(changes):
        if (change.kind, change.key) not in gone:
            thing = things.get(change.key) or _thing(change)
            things[change.key] = thing
            _undo_field(undoing, thing, change)
    _refuse_later(revision, entered)
    for change in sorted(entered, key=lambda each: (each.kind == ISSUE, -each.id)):
        take_out(undoing, _thing(change))
    return saving.finish(undoing, {key: thing for key, thing in things.items() if (STAMP, key) not in gone})


def retire_thing(*, thing: Thing, by: Person, now: datetime, reason: str) -> Revision | None:
    """Take a record out of the catalogue, an issue with its items; its number stays and leads nowhere."""
    revision = saving.begin(act=Act.RETIRED, by=by, now=now, reason=reason)
    for item in list(reversed(thing.stamps)) if isinstance(thing, StampIssue) else []:
        take_out(revision, item)
    issue = None if isinstance(thing, StampIssue) else thing.issue
    take_out(revision, thing)
    return saving.finish(revision, {issue.key: issue} if issue else None)


def take_out(revision: Revision, thing: Thing) -> None:
    """One record: every field is noted, so that it can come again; refused while collectors have it in their lists."""
    rules.refuse_leaving_collectors(holders=references.holders(thing))
    if _hanging_on(thing):
        raise Refused("Others hang on it: varieties, overprints, sheets or items. See to those first.")
    for field in fields.fields_of(thing):
        saving.note(revision, thing, field, before=fields.read(thing, field), after="")
    kind, key = saving.kind_of(thing), thing.key
    saving.note(
        revision, thing, RECORD, before=thing.country if isinstance(thing, StampIssue) else thing.issue.key, after=""
    )
    issue = thing.issue if isinstance(thing, Stamp) else None
    db.session.delete(thing)
    db.session.flush()
    if issue is not None:
        db.session.expire(issue, ["stamps"])
    retire(kind=kind, key=key)


def _hanging_on(thing: Thing) -> bool:
    if isinstance(thing, StampIssue):
        return bool(thing.stamps)
    return bool(thing.varieties or thing.overprints or stamps.containers_of(thing))


def _bring_back(revision: Revision, changes: Sequence[Change]) -> dict[str, Thing]:
    """Records that were taken out are there again, under their own keys and numbers; issues before their items."""
    found: dict[str, Thing] = {}
    for change in sorted(changes, key=lambda each: (each.kind != ISSUE, -each.id)):
        if queries.thing(change.kind, change.key) is not None:
            raise Refused("The record is there again already.")
        if change.kind == ISSUE:
            found[change.key] = _issue_again(revision, change)
        else:
            issue = found.get(change.before) or stamps.issue(change.before)
            if not isinstance(issue, StampIssue):
                raise Refused("The issue it belonged to is no longer there.")
            found[change.key] = add_item(
                revision,
                issue,
                kind=StampKind(_before(change, "kind") or StampKind.STAMP),
                position=_before(change, "position"),
                number=len(issue.stamps),
                confidence=Confidence(_before(change, "confidence") or Confidence.UNKNOWN),
                key=change.key,
            )
    return found


def _issue_again(revision: Revision, change: Change) -> StampIssue:
    issue = StampIssue(key=change.key, country=change.before, stamps=[], confidence=Confidence.UNKNOWN)
    for name in ("topics", "numbers", "credits", "pictures"):
        setattr(issue, name, [])
    db.session.add(issue)
    db.session.flush()
    give_permanent_numbers(kind=ISSUE, keys=[issue.key])
    saving.note(revision, issue, RECORD, before="", after=change.before)
    return issue


def _before(change: Change, field: str) -> str:
    """What a field said when the record was taken out."""
    return next((each.before for each in change.revision.changes if (each.key, each.field) == (change.key, field)), "")


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """Fields before links, for items must be there before something hangs on them."""
    ordinary = [change for change in changes if change.field != RECORD]
    return sorted(ordinary, key=lambda change: (change.field in fields.LINKS, -change.id))


def _thing(change: Change) -> Thing:
    found = queries.thing(change.kind, change.key)
    if found is None:
        raise Refused("The record is no longer there.")
    return found


def _undo_field(revision: Revision, thing: Thing, change: Change) -> None:
    now_is = fields.read(thing, change.field)
    if now_is == change.before:
        return
    was_taken_out = any(each.field == RECORD and each.key == change.key for each in change.revision.changes)
    if not was_taken_out:
        rules.refuse_undo(now_is=now_is, left_at=change.after, field=FieldName(change.field))
    fields.write(thing, change.field, change.before)
    db.session.flush()
    saving.note(revision, thing, change.field, before=now_is, after=fields.read(thing, change.field))


def _refuse_later(revision: Revision, entered: Sequence[Change]) -> None:
    """A record that somebody worked on since it was entered is not taken out by taking back its entry."""
    if entered and queries.latest_revision([(change.kind, change.key) for change in entered]) > revision.id:
        later = [
            each
            for each in queries.history([(change.kind, change.key) for change in entered])
            if each.id > revision.id and each.act is not Act.UNDONE
        ]
        if later:
            raise Refused(
                "“%(name)s” was changed again since; take the later change back first.", name=FieldName(RECORD)
            )
