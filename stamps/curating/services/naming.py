"""New series, joint issues and topics, so that issues can belong to them."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Person
from core import journal
from core.db import db
from core.errors import Refused
from core.evidence import Confidence
from stamps.curating import finding
from stamps.curating.rules import NamedKind
from stamps.models import JointIssue, Series, Topic
from stamps.services.describing import key_of_name
from stamps.services.permanent import give_permanent_numbers

LONGEST_TOPIC = 80


def add_named(
    *, kind: NamedKind, names: Mapping[str, str], above: str, by: Person, now: datetime
) -> Series | JointIssue | Topic:
    """One that nothing is called by yet; a topic needs its name in every language, and may hang below a wider one."""
    told = {language: names.get(language, "").strip() for language in ("vi", "en", "fr")}
    if not any(told.values()) or (kind is NamedKind.TOPIC and not all(told.values())):
        raise Refused("Please give it a name; a topic needs one in every language.", field="name_vi")
    if any(name and _called(kind, name) for name in told.values()):
        raise Refused("There is one of that name already.", field="name_vi")
    key = key_of_name(told["en"] or told["vi"] or told["fr"])
    columns = {f"name_{language}": name for language, name in told.items()}
    made = _made(kind, key, columns, above)
    db.session.add(made)
    db.session.flush()
    if isinstance(made, Series):
        give_permanent_numbers(kind="stamp_series", keys=[made.key])
    journal.write(who=by.id, act="catalogue.named", kind=made.__tablename__, thing=made.id, now=now)
    return made


def _made(kind: NamedKind, key: str, columns: Mapping[str, str], above: str) -> Series | JointIssue | Topic:
    if kind is NamedKind.SERIES:
        return Series(key=finding.free_key(Series, key), confidence=Confidence.UNKNOWN, **columns)
    if kind is NamedKind.JOINT:
        return JointIssue(key=finding.free_key(JointIssue, key), confidence=Confidence.UNKNOWN, **columns)
    if any(len(name) > LONGEST_TOPIC for name in columns.values()):
        raise Refused("At most %(most)s characters, please.", field="name_vi", most=LONGEST_TOPIC)
    wider = finding.topic(above) if above else None
    if above and wider is None:
        raise Refused("No topic is called “%(text)s”.", field="above", text=above)
    return Topic(key=finding.free_key(Topic, key), parent=wider, **columns)


def _called(kind: NamedKind, name: str) -> bool:
    find = {NamedKind.SERIES: finding.series, NamedKind.JOINT: finding.joint_issue, NamedKind.TOPIC: finding.topic}[
        kind
    ]
    return find(name) is not None
