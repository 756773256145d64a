"""Rows compared with the catalogue and with what was brought before: what each one is. Reads; writes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from stamps.exchange import queries
from stamps.exchange.cells import ITEM_COLUMNS, Known
from stamps.exchange.columns import Header
from stamps.exchange.facts import Facts, facts_of
from stamps.exchange.models import ImportRow
from stamps.exchange.records import Record
from stamps.exchange.rules import (
    Basic,
    Finding,
    RowAct,
    compared_name,
    grade,
    identity_of,
    is_link,
    own_key,
    usual_act,
)

# Countries and years that are remembered while an import is at work.
MOST_REMEMBERED = 400
MOST_CANDIDATES = 5
Thing = TypeVar("Thing")
_ORDER = (Finding.KNOWN, Finding.LIKELY, Finding.NEAR)


@dataclass(slots=True)
class Examined:
    """One row with what it says, what it is, and what is to be done with it. `thing` is its identity without its turn."""

    record: Record
    cells: dict[str, str]
    facts: Facts
    thing: str
    identity: str
    finding: Finding = Finding.NEW
    act: RowAct = RowAct.NEW
    stamp_id: int | None = None
    candidates: list[int] = field(default_factory=list)
    before: ImportRow | None = None
    row_id: int | None = None
    made: dict[str, Any] = field(default_factory=dict)
    seen: str = ""
    known: Known | None = None


class Examiner:
    """Compares the rows of one import, in portions, in their order.

    What the import itself `made` is no candidate: two rows of one file are two stamps, unless they are the same thing.
    """

    def __init__(self, *, person_id: int | None, header: Header, this_year: int) -> None:
        self.person_id, self.this_year = person_id, this_year
        self.columns, self.beside = header.columns, header.beside
        self.turns: Counter[str] = Counter()
        self.made: set[int] = set()
        self.remembered: dict[tuple[str, int], list[Basic]] = {}

    def examine(self, records: Sequence[Record]) -> list[Examined]:
        """What each row is."""
        rows = [self.taken(record) for record in records]
        before = queries.same_rows(self.person_id, [row.identity for row in rows])
        open_rows = []
        for row in rows:
            row.before = before.get(row.identity)
            if row.before is not None and _same(row.before.raw, row.record.raw):
                row.finding, row.act, row.stamp_id = Finding.UNCHANGED, RowAct.LEAVE, row.before.stamp_id
            elif not row.cells:
                row.finding = Finding.UNREADABLE if row.record.fault else Finding.FRAME
                row.act = RowAct.LEAVE
            elif row.before is not None and row.before.stamp_id is not None:
                row.finding, row.act, row.stamp_id = Finding.KNOWN, RowAct.MATCH, row.before.stamp_id
            else:
                open_rows.append(row)
        self.compare(open_rows)
        return rows

    def taken(self, record: Record) -> Examined:
        """A row with its identity; the second row of the same thing has another turn."""
        pairs = zip(self.columns, record.cells, strict=False)
        cells = {column: cell for column, cell in pairs if column} if not record.frame else {}
        if not any(map(str.strip, cells.values())):
            cells = {}  # nothing is said of a stamp
        beside = {column: record.cells[at] for column, at in self.beside.items() if at < len(record.cells)}
        facts = facts_of(cells | beside, this_year=self.this_year) if cells and not record.fault else Facts()
        told = [cells.get(column, "") for column in ITEM_COLUMNS] if cells else [record.raw.strip("\r\n")]
        told += filter(None, map(str.strip, beside.values())) if cells else ()
        thing = identity_of(facts.link, told)
        self.turns[thing] += 1
        turn = self.turns[thing]
        return Examined(record, cells, facts, thing, thing if turn == 1 else f"{thing}#{turn}")

    def compare(self, rows: Sequence[Examined]) -> None:
        """Whether the catalogue has these."""
        linked = queries.stamps_linked([row.thing for row in rows if is_link(row.thing)])
        keyed = queries.stamps_keyed([key for row in rows if (key := own_key(row.facts.link))])
        numbered = queries.numbered([number.normal for row in rows for number in row.facts.numbers])
        known = queries.basics_of({stamp_id for ids in numbered.values() for stamp_id in ids} - self.made)
        for row in rows:
            if here := linked.get(row.thing) or keyed.get(own_key(row.facts.link)):
                row.finding, row.act, row.stamp_id = Finding.KNOWN, RowAct.MATCH, here
                continue
            ids = {stamp_id for number in row.facts.numbers for stamp_id in numbered.get(number.normal, ())}
            candidates = [*(known[stamp_id] for stamp_id in ids - self.made), *self._like(row.facts)]
            _decide(row, [other for other in candidates if other.id not in self.made])

    def _like(self, facts: Facts) -> Iterable[Basic]:
        if not facts.country or facts.year is None:
            return ()
        place = (facts.country, facts.year)
        if place not in self.remembered:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[place] = queries.basics_like(*place)
        return self.remembered[place]


def _same(one: str, other: str) -> bool:
    return one.strip("\r\n") == other.strip("\r\n")


def _decide(row: Examined, candidates: Iterable[Basic]) -> None:
    """The surest candidate; of two that are equally sure none is, and both are pointed out."""
    candidates = list(candidates)
    if not candidates:
        return
    mine = basic_of(row)
    graded = {other.id: (found, other) for other in candidates if (found := grade(mine, other)) is not None}
    if not graded:
        return
    ranked = sorted(graded.values(), key=lambda pair: _rank(mine, *pair))
    row.candidates = [other.id for _found, other in ranked[:MOST_CANDIDATES]]
    finding, best = ranked[0]
    if len(ranked) > 1 and _rank(mine, *ranked[1]) == _rank(mine, *ranked[0]):
        finding = Finding.NEAR
    row.finding, row.act = finding, usual_act(finding)
    row.stamp_id = best.id if row.act is RowAct.MATCH else None


def _rank(mine: Basic, finding: Finding, other: Basic) -> tuple[int, int, bool, bool]:
    shared = len(mine.numbers & other.numbers)
    return (_ORDER.index(finding), -shared, mine.names.isdisjoint(other.names), mine.value != other.value)


def basic_of(row: Examined) -> Basic:
    """What a row is compared by."""
    facts = row.facts
    value = f"{facts.face_amount.normalize():f}" if facts.face_amount is not None else facts.face_value
    return Basic(
        id=0,
        issue_id=0,
        names=frozenset((compared_name(facts.name),)),
        country=facts.country,
        year=facts.year,
        value=value,
        numbers=frozenset(number.normal for number in facts.numbers),
        link=row.thing if is_link(row.thing) else "",
    )


def portions_of(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """So many at a time."""
    some: list[Thing] = []
    for thing in things:
        some.append(thing)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
