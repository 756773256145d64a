"""Finding what people name when they curate: topics, series, makers, stamps by key, address or permanent number. Reads only."""

import re
from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from archive.text import fold
from core.db import db
from stamps import queries as stamps
from stamps import words
from stamps.curating.rules import ISSUE, STAMP
from stamps.models import JointIssue, Maker, Series, Stamp, StampIssue, Topic

# How several things are parted in one field.
PARTED = re.compile(r"[;\n]|,(?!\d)")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PERMANENT = re.compile(r"#?(\d{1,9})")
Called = TypeVar("Called", Topic, Series, JointIssue)


def makers(keys: Collection[str]) -> dict[str, Maker]:
    """Makers by their key, those of these keys that there are."""
    return {maker.key: maker for maker in db.session.scalars(select(Maker).where(Maker.key.in_(keys)))}


def topic(name: str) -> Topic | None:
    """A topic by key or by its name in any language, however accented."""
    return _called(Topic, name)


def series(name: str) -> Series | None:
    """A series by key or name."""
    return _called(Series, name)


def joint_issue(name: str) -> JointIssue | None:
    """A joint issue by key or name."""
    return _called(JointIssue, name)


def every(table: type[Called]) -> list[Called]:
    """All of a kind, by key."""
    return list(db.session.scalars(select(table).order_by(table.key)))


def stamp(text: str) -> Stamp | None:
    """An item by key, address or permanent number."""
    return stamps.stamp(_key_in(text, "stamp"))


def issue(text: str) -> StampIssue | None:
    """An issue by key, address or permanent number."""
    return stamps.issue(_key_in(text, "stamp_issue"))


def names(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What these records (kind, key) are called in the reader's language; one that is no more has no name."""
    keys: dict[str, set[str]] = {ISSUE: set(), STAMP: set()}
    for kind, key in things:
        keys.setdefault(kind, set()).add(key)
    issues = select(StampIssue).where(StampIssue.key.in_(keys[ISSUE]))
    items = select(Stamp).where(Stamp.key.in_(keys[STAMP])).options(joinedload(Stamp.issue))
    return {
        **{(ISSUE, issue.key): words.step_name(issue) for issue in db.session.scalars(issues)},
        **{(STAMP, item.key): words.step_name(item) for item in db.session.scalars(items)},
    }


def free_key(table: type[StampIssue] | type[Stamp] | type[Series] | type[JointIssue] | type[Topic], wanted: str) -> str:
    """The wanted key, or the first of `wanted-2`, `wanted-3`, … that nothing has or had."""
    base = wanted[:60].strip("-") or "unnamed"
    taken = set(db.session.scalars(select(table.key).where(table.key.like(f"{base}%"))))
    return next(key for number in range(1, 10_000) if (key := base if number == 1 else f"{base}-{number}") not in taken)


def _key_in(text: str, kind: str) -> str:
    last = text.strip().partition("?")[0].partition("#my")[0].rstrip("/").rpartition("/")[2]
    if found := _PERMANENT.fullmatch(last):
        numbered = stamps.permanent_number(int(found[1]))
        if numbered is not None and numbered.kind == kind:
            return numbered.key
    return last if _KEY.fullmatch(last) else ""


def _called(table: type[Called], name: str) -> Called | None:
    """By key, else the only one of that name."""
    if found := db.session.scalar(select(table).where(table.key == name.strip())):
        return found
    wanted = fold(name.strip())
    alike = [
        row
        for row in db.session.scalars(select(table))
        if wanted in {fold(each) for each in (row.name_vi, row.name_en, row.name_fr) if each}
    ]
    return alike[0] if len(alike) == 1 else None
