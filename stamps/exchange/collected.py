"""What a collector has to do with stamps, as the five cells of a list and copy by copy. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from core.db import db
from stamps.collections import queries as collections
from stamps.collections.models import CollectorList, Copy, ListEntry, Want
from stamps.collections.reading import SHORT
from stamps.collections.rules import Condition
from stamps.exchange.lists import Entry, cells_of
from stamps.exchange.pieces import told
from stamps.exchange.queries.candidates import parts

# What Colnect calls the three lists that everybody has.
HAVE, WANT, SWAP = "Collection", "Wish", "Swap"


@dataclass(slots=True)
class Own:
    """What somebody has to do with one stamp: the five cells, each copy with everything noted of it, lists it is on."""

    cells: dict[str, str] = field(default_factory=dict)
    copies: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    entries: Sequence[Entry] = field(default_factory=tuple)

    @property
    def there(self) -> bool:
        """Whether it is anything at all."""
        return bool(self.entries)


def own_things(person_id: int, ids: Sequence[int]) -> dict[int, Own]:
    """What this person has to do with these stamps; the person's alone, nobody else's."""
    kept = collections.kept_by_stamp(person_id, ids)
    wants = collections.wants_of(person_id, ids)
    listed = _entries(person_id, ids)
    found = {}
    for stamp_id in dict.fromkeys(ids):
        entries = [*_kept(kept.get(stamp_id, ())), *_wanted(wants.get(stamp_id)), *listed.get(stamp_id, ())]
        if entries:
            copies = tuple(map(told, kept.get(stamp_id, ())))
            found[stamp_id] = Own(cells_of(entries), copies, entries)
    return found


def stamps_of(person_id: int) -> list[int]:
    """Every stamp that somebody has to do with, in the order of the catalogue."""
    copies = select(Copy.stamp_id).where(collections.copies.kept(person_id))
    wants = select(Want.stamp_id).where(Want.person_id == person_id)
    listed = select(ListEntry.stamp_id).join(CollectorList).where(CollectorList.person_id == person_id)
    return sorted(set(db.session.scalars(copies.union(wants, listed))))


def _kept(copies: Sequence[Copy]) -> list[Entry]:
    """Copies as two lists, what is kept and what would be swapped; each condition is an entry of its own."""
    made = []
    for name, some in (
        (HAVE, [copy for copy in copies if not copy.to_swap]),
        (SWAP, [copy for copy in copies if copy.to_swap]),
    ):
        for condition in dict.fromkeys(copy.condition for copy in some):
            alike = [copy for copy in some if copy.condition is condition]
            notes = [_only({copy.public_note for copy in alike}), _only({copy.private_note for copy in alike})]
            made.append(Entry(name, len(alike), _short(condition), *notes))
    return made


def _wanted(want: Want | None) -> list[Entry]:
    if want is None:
        return []
    conditions = [_short(condition) for condition in want.conditions]
    return [Entry(WANT, None, conditions[0] if len(conditions) == 1 else "", want.public_note, want.private_note)]


def _entries(person_id: int, ids: Sequence[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for some in parts(ids):
        query = (
            select(ListEntry.stamp_id, CollectorList.name, ListEntry.quantity, ListEntry.condition)
            .add_columns(ListEntry.public_note, ListEntry.private_note)
            .join(CollectorList)
            .where(CollectorList.person_id == person_id, ListEntry.stamp_id.in_(some))
            .order_by(CollectorList.id)
        )
        for stamp_id, name, quantity, condition, public, private in db.session.execute(query):
            found[stamp_id].append(Entry(name, quantity, _short(condition), public, private))
    return found


def _short(condition: Condition | None) -> str:
    return SHORT[condition] if condition else ""


def _only(texts: set[str]) -> str:
    """The one text, where there is but one."""
    return next(iter(texts)) if len(texts) == 1 else ""
