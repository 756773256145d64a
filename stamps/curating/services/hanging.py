"""What an item hangs on and what it contains: varieties, overprints, members of sheets. Read and written as one text."""

import re
from collections.abc import Iterable

from core.db import db
from core.errors import Refused
from stamps.curating import finding
from stamps.curating.finding import PARTED
from stamps.curating.rules import refuse_ring
from stamps.kinds import StampKind
from stamps.models import Member, Stamp
from stamps.rules import closes_a_ring

_TIMES = re.compile(r"(.+?)\s*[×x*]\s*(\d{1,3})")
MOST_ABOVE = 100


def read_members(stamp: Stamp, _field: str) -> str:
    """What it contains: keys, with `× 4` where it is there four times."""
    return ", ".join(f"{one.stamp.key} × {one.times}" if one.times > 1 else one.stamp.key for one in stamp.members)


def write_parent(stamp: Stamp, _field: str, text: str) -> None:
    """Hang an item below the one it is a variety of, to any depth; never below itself."""
    parent = _item(stamp, text) if text else None
    if parent is not None:
        db.session.flush()
        refuse_ring(closes=closes_a_ring(_parents(parent), stamp.id, parent.id))
    stamp.parent = parent


def _parents(stamp: Stamp) -> dict[int, int | None]:
    """What hangs on what, from an item upwards."""
    found: dict[int, int | None] = {}
    above: Stamp | None = stamp
    while above is not None and above.id not in found and len(found) < MOST_ABOVE:
        found[above.id] = above.parent.id if above.parent else None
        above = above.parent
    return found


def write_base(stamp: Stamp, _field: str, text: str) -> None:
    """Say on which stamp an overprint is."""
    base = _item(stamp, text) if text else None
    if base is stamp:
        raise Refused("Nothing is an overprint of itself.")
    stamp.base = base


def write_members(stamp: Stamp, _field: str, text: str) -> None:
    """Say what a sheet, booklet or strip contains: positions, keys, `3-1 × 4`, or `*` for every stamp of the issue."""
    wanted = dict(_members(stamp, text))
    present = {member.stamp.key: member for member in stamp.members}
    kept = []
    for rank, (item, times) in enumerate(wanted.items()):
        member = present.get(item.key) or Member(stamp=item)
        member.times, member.rank = times, rank
        kept.append(member)
    stamp.members = kept
    db.session.flush()


def _members(stamp: Stamp, text: str) -> Iterable[tuple[Stamp, int]]:
    if text == "*":
        yield from ((item, 1) for item in stamp.issue.stamps if item.kind is StampKind.STAMP and item is not stamp)
        return
    for part in filter(None, (each.strip() for each in PARTED.split(text))):
        times = _TIMES.fullmatch(part)
        item = _item(stamp, times[1] if times else part)
        if item is stamp or int(times[2] if times else 1) < 1:
            raise Refused("A sheet cannot contain itself.")
        yield item, int(times[2]) if times else 1


def _item(stamp: Stamp, text: str) -> Stamp:
    """An item named by its position in the same issue, its key, its address or our permanent number."""
    same = [item for item in stamp.issue.stamps if item.position == text and item is not stamp]
    found = same[0] if len(same) == 1 else finding.stamp(text)
    if found is None:
        raise Refused("No stamp is “%(text)s”: give its position in this issue, its address or its number.", text=text)
    return found
