"""Two records that are one: what the one knew and everything that points to it goes to the other; its number leads there."""

from datetime import datetime

from sqlalchemy import update

from accounts.models import Person
from core import evidence
from core.db import db
from core.errors import Refused
from stamps.curating import references
from stamps.curating.models import Change, Revision, Suggestion
from stamps.curating.rules import RECORD, Act
from stamps.curating.services import fields, saving
from stamps.curating.services.fields import Thing
from stamps.models import Member, Stamp, StampIssue
from stamps.services.permanent import lead_to

# What each has of its own and the other does not take over.
_OWN = frozenset((*fields.LINKS, "country", "kind", "position", "confidence", "n_stamps", "n_sheets"))
_JOINED = ("numbers", "topics")
MERGED = "merged"


def merge(*, one: Thing, into: Thing, by: Person, now: datetime, reason: str = "") -> Revision:
    """Make one record of two of a kind: empty fields are filled, differing ones become claims, lists point to the one left."""
    if type(one) is not type(into):
        raise Refused("An issue and a stamp cannot be merged.")
    if one is into:
        raise Refused("That is the same record already.")
    revision = saving.begin(act=Act.MERGED, by=by, now=now, reason=reason)
    kind, key, hung_on = saving.kind_of(one), one.key, one.country if isinstance(one, StampIssue) else one.issue.key
    _take_over(revision, one, into)
    _take_evidence(one, into)
    if isinstance(one, Stamp) and isinstance(into, Stamp):
        _unhang(one, into)
    one.numbers, one.credits, one.topics = [], [], []
    references.move(one, to=into)
    into.changed_at = now
    db.session.execute(update(Suggestion).where(Suggestion.kind == kind, Suggestion.key == key).values(key=into.key))
    for changed, field, before, after in ((key, RECORD, hung_on, ""), (into.key, MERGED, "", key)):
        revision.changes.append(Change(kind=kind, key=changed, field=field, before=before, after=after))
    db.session.delete(one)
    db.session.flush()
    lead_to(kind=kind, key=key, other=into.key)
    saving.finish(revision, {into.key: into})
    return revision


def _take_over(revision: Revision, one: Thing, into: Thing) -> None:
    for field in fields.fields_of(into):
        if field in _OWN:
            continue
        mine, theirs = fields.read(into, field), fields.read(one, field)
        if field in _JOINED or (field == "number" and not mine):
            wanted = ", ".join(dict.fromkeys(part for text in (mine, theirs) for part in text.split(", ") if part))
        else:
            wanted = mine or theirs
        if wanted != mine:
            fields.write(into, field, wanted)
            saving.note(revision, into, field, before=mine, after=fields.read(into, field))
        elif theirs and theirs != mine and field in fields.CLAIMED and field not in _JOINED:
            _claim(one, into, field, theirs)


def _claim(one: Thing, into: Thing, field: str, value: str) -> None:
    evidence.claim_by_hand(
        saving.kind_of(into),
        into.key,
        field=field,
        value=value,
        confidence=one.confidence,
        chosen=False,
        sources=evidence.citations_of(saving.kind_of(one), one.key),
    )


def _take_evidence(one: Thing, into: Thing) -> None:
    kind = saving.kind_of(one)
    for claim in evidence.claims_about(kind, one.key):
        evidence.claim_by_hand(
            kind,
            into.key,
            field=claim.field,
            value=claim.value,
            confidence=claim.confidence,
            chosen=False,
            sources=[each.source for each in claim.sources],
        )
        db.session.delete(claim)
    for source in evidence.citations_of(kind, one.key):
        evidence.cite(kind, into.key, source=source)


def _unhang(one: Stamp, into: Stamp) -> None:
    """Nothing may hang on itself once the two are one."""
    if into.parent is one:
        into.parent = one.parent
    if into.base is one:
        into.base = one.base
    if one.parent is into:
        one.parent = None
    if one.base is into:
        one.base = None
    for container, stamp in ((one, into), (into, one)):
        within = db.session.get(Member, (container.id, stamp.id))
        if within is not None:
            db.session.delete(within)
    db.session.flush()
