"""One save: a revision, its changes, what sources say of them, and who else must hear of it."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Person
from archive.sources import index_later
from core import evidence, journal
from core.db import db
from core.evidence import Confidence
from stamps.curating.models import Change, Revision
from stamps.curating.rules import ISSUE, RECORD, STAMP, Act
from stamps.curating.services import fields
from stamps.curating.services.fields import Thing
from stamps.models import StampIssue


def kind_of(thing: Thing) -> str:
    """What evidence, numbers and the search call this kind of record."""
    return ISSUE if isinstance(thing, StampIssue) else STAMP


def begin(
    *,
    act: Act,
    by: Person,
    now: datetime,
    source: str = "",
    reason: str = "",
    confidence: Confidence = Confidence.UNKNOWN,
    suggester: str = "",
    undoes_id: int | None = None,
) -> Revision:
    """A save that has changed nothing yet."""
    revision = Revision(
        act=act,
        person_id=by.id,
        at=now,
        source=source.strip(),
        reason=reason.strip(),
        confidence=confidence,
        suggester=suggester,
        undoes_id=undoes_id,
        changes=[],
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def change_fields(revision: Revision, thing: Thing, typed: Mapping[str, str]) -> list[str]:
    """Write what was typed into fields that say something else; gives the names of those that changed."""
    changed = []
    for field, text in typed.items():
        if text.strip() == fields.shown(thing, field):
            continue
        before = fields.read(thing, field)
        fields.write(thing, field, text)
        db.session.flush()
        if note(revision, thing, field, before=before, after=fields.read(thing, field)):
            changed.append(field)
    return changed


def note(revision: Revision, thing: Thing, field: str, *, before: str, after: str) -> bool:
    """A line of the change, and what its source says; nothing where nothing changed."""
    if before == after:
        return False
    revision.changes.append(Change(kind=kind_of(thing), key=thing.key, field=field, before=before, after=after))
    if field in fields.CLAIMED:
        _keep_claims(revision, thing, field, before, after)
    db.session.flush()
    return True


def finish(revision: Revision, things: Mapping[str, Thing] | None = None) -> Revision | None:
    """The save as it is kept: none when it changed nothing. The search and the journal hear of what changed."""
    if not revision.changes:
        db.session.delete(revision)
        db.session.flush()
        return None
    touched = {(change.kind, change.key) for change in revision.changes}
    for thing in (things or {}).values():
        if isinstance(thing, StampIssue) and (ISSUE, thing.key) in touched:
            touched |= {(STAMP, item.key) for item in thing.stamps}
        elif not isinstance(thing, StampIssue) and (STAMP, thing.key) in touched:
            touched.add((ISSUE, thing.issue.key))
    for kind, key in sorted(touched):
        index_later(kind, key)
    journal.write(
        who=revision.person_id,
        act=f"catalogue.{revision.act.value}",
        kind="stamp_revision",
        thing=revision.id,
        now=revision.at,
        records=sorted({change.key for change in revision.changes})[:50],
    )
    return revision


def is_new(revision: Revision, thing: Thing) -> bool:
    """Whether this save entered the record itself."""
    return any(change.key == thing.key and change.field == RECORD and change.after for change in revision.changes)


def _keep_claims(revision: Revision, thing: Thing, field: str, before: str, after: str) -> None:
    """The source of a change becomes a claim of its field; what the record's own sources said stays beside it."""
    kind, key = kind_of(thing), thing.key
    if not revision.source or is_new(revision, thing):
        evidence.choose_claim(kind, key, field=field, value=after)
        return
    told = [claim for claim in evidence.claims_about(kind, key) if claim.field == field]
    if before and not any(claim.value == before for claim in told):
        rests_on = evidence.citations_of(kind, key)
        if rests_on:
            evidence.claim_by_hand(
                kind, key, field=field, value=before, confidence=thing.confidence, chosen=False, sources=rests_on
            )
    if not after:
        evidence.choose_claim(kind, key, field=field, value="")
        return
    evidence.claim_by_hand(
        kind,
        key,
        field=field,
        value=after,
        confidence=revision.confidence,
        chosen=True,
        sources=[revision.source],
    )
