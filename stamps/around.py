"""What stands around a thing of the catalogue on its page: evidence, numbers, neighbours, varieties. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from core.claims import by_field
from core.evidence import citations_of, claims_about
from stamps import kindwords, picturing, queries, words
from stamps.models import Credit, JointIssue, Maker, Series, Stamp, StampIssue, StampPicture
from stamps.rules import fields_in_doubt


@dataclass(frozen=True)
class Branch:
    """An item in the tree of its varieties, and how deep it hangs."""

    item: Stamp
    depth: int


def told_of(kind: str, thing: StampIssue | Stamp | Series | JointIssue | Maker) -> dict[str, Any]:
    """Sources, claims and our own number of a thing, as every page of one shows them."""
    numbers = queries.permanent_numbers(kind, thing.key)
    return {
        "sources_of": citations_of(kind, thing.key),
        "fields": by_field(claims_about(kind, thing.key), labels=words.field_names(), read=words.claimed),
        "number": numbers[-1].number if numbers else None,
    }


def with_makers(told: Sequence[tuple[str, object]], credits_: Sequence[Credit]) -> list[tuple[str, object]]:
    """Facts in which whoever had a part leads to everything they made; parts that the facts lack stand at the end."""
    links: dict[str, list[Markup]] = {}
    for each in credits_:
        link = Markup('<a href="{}">{}</a>').format(
            url_for("stamps.maker", key=each.maker.key), each.printed or each.maker.name
        )
        links.setdefault(kindwords.word(each.part), []).append(link)
    joined = {label: Markup("; ").join(found) for label, found in links.items()}
    facts = [(label, joined.pop(label, value)) for label, value in told]
    return [*facts, *joined.items()]


def in_the_set(stamp: Stamp) -> tuple[Stamp | None, Stamp | None]:
    """The items before and after this one in its issue; a variety stands with the item it is a variety of."""
    top = stamp
    while top.parent is not None:
        top = top.parent
    items = [item for item in stamp.issue.stamps if item.parent_id is None]
    at = items.index(top)
    return (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)


def tree_of(stamp: Stamp) -> list[Branch]:
    """The whole tree of varieties an item belongs to; nothing where there are none. Rings and endless depth are cut."""
    top, seen = stamp, {stamp.id}
    while top.parent is not None and top.parent.id not in seen:
        top = top.parent
        seen.add(top.id)
    branches = _below(top, 0, {top.id})
    return branches if len(branches) > 1 else []


def _below(item: Stamp, depth: int, seen: set[int]) -> list[Branch]:
    found = [Branch(item, depth)]
    for variety in item.varieties:
        if variety.id not in seen:
            seen.add(variety.id)
            found += _below(variety, depth + 1, seen)
    return found


def doubts_of(thing: StampIssue | Stamp) -> list[str]:
    """The fields of an issue or item whose printed text was not understood for sure, in words."""
    names = words.field_names()
    return [names[field] for field in doubted(thing)]


def doubted(thing: StampIssue | Stamp) -> list[str]:
    """The same fields by their names; of an item those of its issue, too, which it shows as its own."""
    return fields_in_doubt(
        face_value=thing.face_value if isinstance(thing, Stamp) else "",
        currency=thing.currency,
        perforation=words.own_or_issues(thing, "perforation") if isinstance(thing, Stamp) else thing.perforation,
        date=words.own_date(thing),
        date_printed=words.printed_date(thing),
    )


def pictures_of_issue(issue: StampIssue) -> list[StampPicture]:
    """The pictures of an issue, then the faces of its items."""
    faces = (picturing.face_of(item.pictures) for item in issue.stamps)
    return [*picturing.shown(issue.pictures), *(face for face in faces if face)]
