"""Writing rows into a collector's own things: copies, wants and lists, as the lists of the file mean them.

Only what lacks is added: a list that says two adds one copy where one is there. So the same list twice doubles nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from stamps.collections import queries as collections
from stamps.collections import services as collecting
from stamps.collections.models import CollectorList, Copy, ListEntry, Want
from stamps.collections.reading import read_condition
from stamps.collections.rules import LONGEST_NAME, Accepted, Condition, Noted
from stamps.exchange import queries
from stamps.exchange.collected import own_things
from stamps.exchange.columns import COPIES
from stamps.exchange.lists import Entry, entries_of
from stamps.exchange.matching import Examined
from stamps.exchange.models import StampImport
from stamps.exchange.pieces import in_short, pieces_of, told
from stamps.exchange.rules import MOST_COPIES, Meaning, meaning_of
from stamps.exchange.services.many import add_many


class Collector:
    """Writes the rows of one import, in portions. `meanings` says of each list of the file what it stands for.

    Rows that name no list go where `into` says: to what is had, wanted, offered, or onto the list called `into_name`.
    """

    def __init__(self, import_: StampImport, *, now: datetime) -> None:
        self.person_id, self.now = import_.person_id or 0, now
        options = import_.options
        self.meanings = {name: Meaning(meaning) for name, meaning in options.get("meanings", {}).items()}
        self.into = Meaning(options.get("into", Meaning.LIST))
        self.into_name = (options.get("into_name") or import_.file_name.rpartition(".")[0] or import_.file_name)[
            :LONGEST_NAME
        ]
        self.lists: dict[str, int] = {}
        self.made_lists: list[str] = list(import_.counts.get("lists", []))

    def write(self, rows: Sequence[Examined]) -> None:
        """Mark what these rows say of stamps that are in the catalogue."""
        ids = [row.stamp_id for row in rows if row.stamp_id]
        kept = collections.kept_by_stamp(self.person_id, ids)
        wanted = set(collections.wants_of(self.person_id, ids))
        have: dict[tuple[int, Condition | None, bool], int] = Counter(
            (stamp_id, copy.condition, copy.to_swap) for stamp_id, copies in kept.items() for copy in copies
        )
        copies, wants, entries = [], [], []
        for row in rows:
            entries_told = self._told(row)
            if pieces := self._pieces_told(row, entries_told):
                copies += self._pieces(row, pieces, have, kept.get(row.stamp_id or 0, ()))
                entries_told = [each for each in entries_told if each[0] not in (Meaning.HAVE, Meaning.SWAP)]
            for meaning, entry in entries_told:
                if meaning in (Meaning.HAVE, Meaning.SWAP):
                    copies += self._copies(row, entry, have, to_swap=meaning is Meaning.SWAP)
                elif meaning is Meaning.WANT:
                    wants += self._want(row, entry, wanted)
                else:
                    entries.append((row, entry))
        self._keep(Copy, copies)
        self._keep(Want, wants)
        self._list(entries)

    def _told(self, row: Examined) -> list[tuple[Meaning, Entry]]:
        entries, sure = entries_of(row.cells)
        if not sure:
            row.facts.doubts.append("List")
        if not entries:
            return [(self.into, Entry(self.into_name))]
        return [(self.meanings.get(entry.list) or meaning_of(entry.list), entry) for entry in entries]

    def _pieces_told(self, row: Examined, told: Sequence[tuple[Meaning, Entry]]) -> list[Noted]:
        """What a row says of each piece, where it is of stamps that are had or offered."""
        pieces, sure = pieces_of(row.cells.get(COPIES, ""))
        if not sure:
            row.facts.doubts.append(COPIES)
        if len(pieces) > MOST_COPIES:
            row.facts.doubts.append("Quantity")
        here = any(meaning in (Meaning.HAVE, Meaning.SWAP) for meaning, _entry in told)
        return pieces[:MOST_COPIES] if here else []

    def _pieces(
        self,
        row: Examined,
        pieces: Sequence[Noted],
        have: dict[tuple[int, Condition | None, bool], int],
        kept: Sequence[Copy],
    ) -> list[tuple[Examined, dict[str, Any]]]:
        """Of the pieces in each condition as many as lack; those of which the same is noted here already are not among them."""
        here = [told(copy) for copy in kept]
        alike: dict[tuple[int, Condition | None, bool], list[Noted]] = defaultdict(list)
        for noted in sorted(pieces, key=lambda noted: told(noted) not in here):
            alike[row.stamp_id or 0, noted.condition, noted.to_swap].append(noted)
        lacking: list[Noted] = []
        for place, some in alike.items():
            missing = some[have[place] :]
            have[place] += len(missing)
            lacking += missing
        if lacking:
            row.made["noted"] = in_short(lacking)
        return [(row, self._copy(row, noted)) for noted in lacking]

    def _copy(self, row: Examined, noted: Noted) -> dict[str, Any]:
        values = {column.name: getattr(noted, column.name) for column in fields(noted)}
        return values | {"stamp_id": row.stamp_id, "person_id": self.person_id, "added_at": self.now}

    def _copies(
        self, row: Examined, entry: Entry, have: dict[tuple[int, Condition | None, bool], int], *, to_swap: bool
    ) -> list[tuple[Examined, dict[str, Any]]]:
        """As many copies as lack. A condition that is not understood is kept in the private note, as it was written."""
        noted = replace(_noted(entry), to_swap=to_swap)
        place = (row.stamp_id or 0, noted.condition, to_swap)
        quantity = 1 if entry.quantity is None else min(entry.quantity, MOST_COPIES)
        if entry.quantity is not None and entry.quantity > MOST_COPIES:
            row.facts.doubts.append("Quantity")
        missing = max(0, quantity - have[place])
        have[place] += missing
        return [(row, self._copy(row, noted)) for _ in range(missing)]

    def _want(self, row: Examined, entry: Entry, wanted: set[int]) -> list[tuple[Examined, dict[str, Any]]]:
        if row.stamp_id is None or row.stamp_id in wanted:
            return []
        wanted.add(row.stamp_id)
        noted = _noted(entry)
        accepted = Accepted((noted.condition,) if noted.condition else ())
        values = {
            "stamp_id": row.stamp_id,
            "person_id": self.person_id,
            "conditions": accepted.conditions,
            "public_note": noted.public_note,
            "private_note": noted.private_note,
            "added_at": self.now,
        }
        return [(row, values)]

    def _keep(self, table: type[Copy] | type[Want], made: Sequence[tuple[Examined, dict[str, Any]]]) -> None:
        name = "copies" if table is Copy else "wants"
        ids = queries.next_ids(table, len(made))
        add_many(table, [{"id": id_, **values} for id_, (_row, values) in zip(ids, made, strict=True)])
        for id_, (row, _values) in zip(ids, made, strict=True):
            row.made.setdefault(name, []).append(id_)

    def _list(self, told: Sequence[tuple[Examined, Entry]]) -> None:
        by_list: dict[str, list[tuple[Examined, Entry]]] = defaultdict(list)
        for row, entry in told:
            by_list[entry.list[:LONGEST_NAME]].append((row, entry))
        for name, pairs in by_list.items():
            self._put(self._list_called(name), pairs)

    def _put(self, list_: CollectorList, pairs: Sequence[tuple[Examined, Entry]]) -> None:
        """Onto a list, what is not on it."""
        there = set(collections.stamps_on(list_))
        rank = len(there)
        new: dict[int, tuple[Examined, Entry]] = {}
        for row, entry in pairs:
            if row.stamp_id and row.stamp_id not in there:
                new.setdefault(row.stamp_id, (row, entry))
        ids = queries.next_ids(ListEntry, len(new))
        values: list[dict[str, Any]] = []
        for id_, (stamp_id, (row, entry)) in zip(ids, new.items(), strict=True):
            noted, rank = _noted(entry), rank + 1
            values.append(
                {
                    "id": id_,
                    "list_id": list_.id,
                    "stamp_id": stamp_id,
                    "quantity": entry.quantity,
                    "condition": noted.condition,
                    "public_note": noted.public_note,
                    "private_note": noted.private_note,
                    "rank": rank,
                }
            )
            row.made.setdefault("entries", []).append(id_)
        add_many(ListEntry, values)

    def _list_called(self, name: str) -> CollectorList:
        found = collections.list_(self.lists[name]) if name in self.lists else None
        found = found or collections.list_named(self.person_id, name)
        if found is None:
            found = collecting.make_list(person_id=self.person_id, name=name, now=self.now)
            self.made_lists.append(name)
        self.lists[name] = found.id
        return found

    def cells(self, ids: Sequence[int]) -> Mapping[int, dict[str, str]]:
        """The cells of what the collector has to do with these stamps now."""
        return {stamp_id: own.cells for stamp_id, own in own_things(self.person_id, ids).items()}


def _noted(entry: Entry) -> Noted:
    condition = read_condition(entry.condition)
    unread = entry.condition if entry.condition and condition is None else ""
    private = " · ".join(filter(None, (entry.private_note, unread)))
    return Noted(condition=condition, public_note=entry.public_note, private_note=private)
