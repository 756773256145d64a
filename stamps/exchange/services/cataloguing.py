"""Writing rows into the catalogue, many at once: new issues and items with numbers, makers, topics, our own numbers.

What is known already is not written over: an item that is here only gets what it lacks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Select, insert, select, update

from core.db import db
from core.evidence import Citation
from stamps import queries as stamps
from stamps.exchange import queries
from stamps.exchange.cells import Known
from stamps.exchange.facts import Facts
from stamps.exchange.languages import names_in
from stamps.exchange.matching import Examined
from stamps.exchange.rules import compared_name
from stamps.exchange.services.filling import (
    EMPTY_NAMES,
    FIRMS,
    Group,
    different,
    group_of,
    issue_key_of,
    key_of,
    lacking,
    maker_of,
    missing,
    slug,
    way_to_call,
)
from stamps.exchange.services.many import add_many
from stamps.models import CatalogueNumber, Credit, Maker, Stamp, StampIssue, Topic, item_topic
from stamps.models.changing import issues_changed
from stamps.reading.numbers import Number
from stamps.services import give_permanent_numbers, known_catalogues
from stamps.services.describing import catalogue_of


class Cataloguer:
    """Writes the rows of one import, in portions. `language` is that of names whose row says none, "" where nothing does."""

    def __init__(self, *, source: str, language: str) -> None:
        self.source, self.language = source, language
        self.catalogues = {mark: row.id for mark, row in known_catalogues().items()}
        self.makers = dict(iter(db.session.execute(select(Maker.key, Maker.id)).tuples()))
        self.topics, self.topic_names = _topics_by_name()
        self.names: dict[int, str] = {}
        self.issues: dict[Group, int] = {}
        self.own: set[int] = set()
        self.ranks: dict[int, int] = defaultdict(int)
        self.things: dict[str, int] = {}

    def write_new(self, rows: Sequence[Examined]) -> list[str]:
        """Make these rows items of the catalogue; gives the keys of the new stamps. A thing named twice is made once."""
        fresh = []
        for row in rows:
            if row.thing in self.things:
                row.stamp_id = self.things[row.thing]
            else:
                self.things[row.thing] = 0
                fresh.append(row)
        keys = self._make(fresh) if fresh else []
        for row in rows:
            row.stamp_id = self.things[row.thing]
        return keys

    def _make(self, rows: Sequence[Examined]) -> list[str]:
        issue_keys = self._make_issues(rows)
        wanted = [(key_of(row.facts, row.thing), row.thing) for row in rows]
        keys = dict(zip(_free_keys(Stamp, wanted), rows, strict=True))
        for row, stamp_id in zip(rows, queries.next_ids(Stamp, len(rows)), strict=True):
            row.stamp_id = self.things[row.thing] = stamp_id
            row.made = {**row.made, "stamp": True}
        add_many(Stamp, [self._stamp(key, row) for key, row in keys.items()])
        issues_changed({self.issues[group_of(row.facts)] for row in rows} - {row.made.get("issue") for row in rows})
        self._number(rows)
        self._credit(rows)
        self._about(rows)
        for row in rows:
            row.known = (
                self._known(row) if "issue" in row.made or self.issues[group_of(row.facts)] in self.own else None
            )
        add_many(Citation, [self._citation(key, row.facts) for key, row in keys.items()])
        give_permanent_numbers(kind="stamp_issue", keys=issue_keys)
        give_permanent_numbers(kind="stamp", keys=keys)
        return list(keys)

    def _make_issues(self, rows: Sequence[Examined]) -> list[str]:
        groups = {row.thing: group_of(row.facts) for row in rows}
        self._find_issues({group: row.facts for row in rows if (group := groups[row.thing]) not in self.issues})
        new = {groups[row.thing]: row.facts for row in reversed(rows) if groups[row.thing] not in self.issues}
        wanted = [(issue_key_of(facts), group) for group, facts in new.items()]
        named = dict(zip(_free_keys(StampIssue, wanted), new, strict=True))
        if named:
            ids = queries.next_ids(StampIssue, len(named))
            pairs = zip(ids, named.items(), strict=True)
            values = [{"id": issue_id, **self._issue(key, new[group])} for issue_id, (key, group) in pairs]
            add_many(StampIssue, values)
            self.issues |= dict(zip(named.values(), ids, strict=True))
            self.own.update(ids)
            self.names |= {self.issues[group]: facts.series or facts.name for group, facts in new.items()}
        for row in rows:
            row.made = {"issue": self.issues[groups[row.thing]]} if groups[row.thing] in new else {}
        return list(named)

    def _find_issues(self, wanted: dict[Group, Facts]) -> None:
        """Issues that are here already: the same country, day and name."""
        for place in {(facts.country, facts.year) for facts in wanted.values() if facts.country and facts.date}:
            for issue_id, date, *names in db.session.execute(_issues_of(*place)):
                for name in filter(None, names):
                    self.issues.setdefault((place[0], date, compared_name(name)), issue_id)

    def _issue(self, key: str, facts: Facts) -> dict[str, Any]:
        return EMPTY_NAMES | {
            "key": key,
            "country": facts.country,
            "issuer": "" if facts.country else facts.country_printed[:120],
            "date": facts.date,
            "date_printed": facts.date_printed,
            "year": facts.year,
            **names_in(facts.language or self.language, facts.series or facts.name),
        }

    def _stamp(self, key: str, row: Examined) -> dict[str, Any]:
        facts = row.facts
        issue_id = self.issues[group_of(facts)]
        self.ranks[issue_id] += 1
        return EMPTY_NAMES | {
            "id": row.stamp_id,
            "key": key,
            "issue_id": issue_id,
            "rank": self.ranks[issue_id],
            **names_in(facts.language or self.language, facts.name),
            "kind": facts.kind,
            "emission": facts.emission,
            "date": facts.date,
            "date_printed": facts.date_printed,
            "validity_end": facts.validity_end,
            "face_value": facts.face_value[:80],
            "face_kind": facts.face_kind,
            "face_amount": facts.face_amount,
            "surcharge_amount": facts.surcharge,
            "currency": facts.currency,
            "width_mm": facts.width,
            "height_mm": facts.height,
            "perforation": facts.perforation[:120],
            "perforation_kind": facts.perforation_kind,
            "perforation_across": facts.across,
            "perforation_down": facts.down,
            "watermark": facts.watermark,
            "printing": facts.printing,
            "processes": facts.processes,
            "paper": facts.paper,
            "gum": facts.gum,
            "colours": facts.colours,
            "print_run": facts.print_run,
            "note": facts.note,
        }

    def _number(self, rows: Iterable[Examined]) -> None:
        values = [self._number_row(row.stamp_id, number) for row in rows for number in different(row.facts.numbers)]
        add_many(CatalogueNumber, values)

    def _number_row(self, stamp_id: int | None, number: Number) -> dict[str, Any]:
        if number.catalogue not in self.catalogues:
            made = catalogue_of(number.catalogue, {})
            db.session.flush()
            self.catalogues[number.catalogue] = made.id
        return {
            "catalogue_id": self.catalogues[number.catalogue],
            "stamp_id": stamp_id,
            "area": number.area,
            "prefix": number.prefix[:16],
            "number": number.number,
            "suffix": number.suffix[:24],
            "printed": number.printed,
            "normal": number.normal[:80],
            "sort": number.sort[:80],
        }

    def _credit(self, rows: Iterable[Examined]) -> None:
        rows = list(rows)
        names = {(part, name) for row in rows for part, name in row.facts.credits}
        keys = {(part, name): slug(name if part in FIRMS else name.partition(" (")[0]) for part, name in names}
        new = {key: pair for pair, key in keys.items() if key not in self.makers}
        if new:
            values = [maker_of(key, *pair) for key, pair in new.items()]
            ids = queries.next_ids(Maker, len(values))
            add_many(Maker, [{"id": maker_id, **value} for maker_id, value in zip(ids, values, strict=True)])
            self.makers |= dict(zip(new, ids, strict=True))
        credits_ = [
            {
                "maker_id": self.makers[keys[part, name]],
                "stamp_id": row.stamp_id,
                "part": part,
                "printed": name,
                "rank": rank,
            }
            for row in rows
            for rank, (part, name) in enumerate(row.facts.credits)
        ]
        add_many(Credit, credits_)

    def _about(self, rows: Iterable[Examined]) -> None:
        """Topics that we know by this name; others stay in the row as it was brought."""
        pairs = {
            (row.stamp_id, self.topics[name])
            for row in rows
            for name in map(compared_name, row.facts.themes)
            if name in self.topics
        }
        if pairs:
            values = [{"stamp_id": stamp_id, "topic_id": topic_id} for stamp_id, topic_id in sorted(pairs)]
            db.session.execute(item_topic.insert(), values)

    def _known(self, row: Examined) -> Known:
        """What is known of an item of a new issue, without reading it again: `queries.known_stamps` gives the same."""
        facts, issue_id = row.facts, self.issues[group_of(row.facts)]
        issue_name = self.names[issue_id]
        name = facts.name or issue_name
        about = sorted({self.topics[topic] for topic in map(compared_name, facts.themes) if topic in self.topics})
        return Known(
            id=row.stamp_id or 0,
            issue_id=issue_id,
            name=name,
            country=facts.country,
            issuer="" if facts.country else facts.country_printed[:120],
            series=issue_name if facts.name and facts.name != issue_name else "",
            date=facts.date or facts.date_printed,
            validity_end=facts.validity_end,
            width=facts.width,
            height=facts.height,
            watermark=facts.watermark,
            kind=facts.kind,
            emission=facts.emission,
            perforation=facts.perforation[:120],
            printing=facts.printing,
            paper=facts.paper,
            gum=facts.gum,
            currency=facts.currency,
            face_value=facts.face_value[:80],
            print_run=facts.print_run,
            colours=facts.colours,
            note=facts.note,
            numbers=[number.normal[:80] for number in different(facts.numbers)],
            credits=list(facts.credits),
            topics=[self.topic_names[topic_id] for topic_id in about],
        )

    def _citation(self, key: str, facts: Facts) -> dict[str, Any]:
        return {"kind": "stamp", "key": key, "url": facts.link or facts.page or self.source, "position": 0}

    def complete(self, rows: Sequence[Examined], known: dict[int, Known]) -> list[str]:
        """Give items that are here what they lack, and numbers they have not; gives the keys of those that changed."""
        changed = []
        for row in rows:
            stamp = known.get(row.stamp_id or 0)
            if stamp is None:
                continue
            filled, numbers = lacking(stamp, row.facts), missing(stamp, row.facts)
            ids = [self._added(stamp.id, number) for number in numbers]
            if filled or ids:  # a number is part of the stamp: it changed too
                db.session.execute(update(Stamp).where(Stamp.id == stamp.id).values(key=stamp.key, **filled))
            if filled or ids:
                row.made = {"filled": sorted(filled), "numbers": ids}
                changed.append(stamp.key)
        return changed

    def _added(self, stamp_id: int, number: Number) -> int:
        statement = insert(CatalogueNumber).values(**self._number_row(stamp_id, number)).returning(CatalogueNumber.id)
        return db.session.scalars(statement).one()

    def hang(self, pairs: Iterable[tuple[int, int, str]]) -> None:
        """Hang varieties below their parents and overprints on their base, where nothing is said yet: (child, other, column)."""
        for child, other, column in pairs:
            here = getattr(Stamp, column)
            db.session.execute(update(Stamp).where(Stamp.id == child, here.is_(None)).values({column: other}))


def _free_keys(table: type[Stamp] | type[StampIssue], wanted: Sequence[tuple[str, object]]) -> list[str]:
    """A key that nothing has for each thing, its own where that is free."""
    found: dict[int, str] = {}
    for turn in count():
        tries = {at: way_to_call(*wanted[at], turn) for at in range(len(wanted)) if at not in found}
        taken = stamps.taken_keys(table, list(tries.values())) | set(found.values())
        for at, key in tries.items():
            if key not in taken:
                taken.add(key)
                found[at] = key
        if len(found) == len(wanted):
            break
    return [found[at] for at in range(len(wanted))]


def _issues_of(country: str, year: int | None) -> Select[Any]:
    names = (StampIssue.name_vi, StampIssue.name_en, StampIssue.name_fr, StampIssue.name_local)
    query = select(StampIssue.id, StampIssue.date, *names)
    return query.where(StampIssue.country == country, StampIssue.year == year).order_by(StampIssue.id)


def _topics_by_name() -> tuple[dict[str, int], dict[int, str]]:
    rows = db.session.execute(select(Topic.id, Topic.name_en, Topic.name_vi, Topic.name_fr)).all()
    by_name = {compared_name(name): topic_id for topic_id, *names in rows for name in names}
    return by_name, {topic_id: name for topic_id, name, *_others in rows}
