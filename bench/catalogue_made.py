"""A made catalogue for the bench: issues of four items each, makers, series, topics, numbers; and its documents.

Nothing here is of the record. The same count gives the same catalogue.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert

from archive.index import Document
from bench.searching.corpus import COUNTRIES as NAMED
from bench.searching.corpus import drawing
from core.countries import country_names
from stamps.kinds import Emission, MakerKind, Part, Process, StampKind
from stamps.models import (
    Catalogue,
    CatalogueNumber,
    Credit,
    Maker,
    PermanentNumber,
    Series,
    Stamp,
    StampIssue,
    Topic,
    issue_topic,
)

SEED = 1874
ITEMS_OF_AN_ISSUE = 4
MAKERS, SERIES, TOPICS = 5_000, 2_000, 60
COUNTRIES = NAMED.split()
AT_ONCE = 5_000
THEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class MadeIssue:
    """One issue, before it becomes rows and documents. Makers and topics by number, from 1."""

    id: int
    country: str
    date: str
    name_vi: str
    name_en: str
    series: int
    topics: tuple[int, ...]
    designer: int
    printer: int
    emission: Emission
    process: Process
    values: tuple[int, ...]

    @property
    def key(self) -> str:
        """Its key."""
        return f"made-issue-{self.id}"

    def items(self) -> Iterator[tuple[int, str, StampKind, int]]:
        """Id, place, kind and value of its items; of every third issue the last one is a sheet."""
        for at, value in enumerate(self.values, 1):
            is_sheet = at == ITEMS_OF_AN_ISSUE and not self.id % 3
            kind = StampKind.SOUVENIR_SHEET if is_sheet else StampKind.STAMP
            yield (self.id - 1) * ITEMS_OF_AN_ISSUE + at, f"{ITEMS_OF_AN_ISSUE}-{at}", kind, value


def issues(count: int) -> Iterator[MadeIssue]:
    """So many issues."""
    chance = random.Random(SEED)
    vietnamese, english = drawing("vi", chance), drawing("en", chance)
    emissions = (
        Emission.COMMEMORATIVE,
        Emission.COMMEMORATIVE,
        Emission.TOPICAL,
        Emission.DEFINITIVE,
        Emission.AIR_POST,
    )
    for number in range(1, count + 1):
        year = 2026 - min(int(chance.expovariate(1 / 40)), 186)
        place = min(int(chance.expovariate(1 / 6)), len(COUNTRIES) - 1)
        topics = {min(int(chance.expovariate(1 / 12)), TOPICS - 1) + 1 for _ in range(chance.randint(1, 2))}
        yield MadeIssue(
            id=number,
            country=COUNTRIES[place],
            date=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            name_vi=" ".join(vietnamese(chance.randint(2, 4))),
            name_en=" ".join(english(chance.randint(2, 4))),
            series=chance.randint(1, SERIES) if chance.random() < 0.3 else 0,
            topics=tuple(sorted(topics)),
            designer=min(int(chance.expovariate(1 / 900)), MAKERS - 301) + 301,
            printer=min(int(chance.expovariate(1 / 40)), 299) + 1,
            emission=chance.choice(emissions),
            process=chance.choice(list(Process)),
            values=tuple(chance.choice((400, 800, 1000, 4000, 12000)) for _ in range(ITEMS_OF_AN_ISSUE)),
        )


def fill(connection: Connection, count: int) -> None:
    """Insert a catalogue of so many items."""
    _few(connection)
    made = issues(count // ITEMS_OF_AN_ISSUE)
    while some := list(islice(made, AT_ONCE)):
        for table, rows in _rows(some).items():
            connection.execute(insert(table), rows)


def _few(connection: Connection) -> None:
    names = {"name_vi": "", "name_en": "", "name_fr": ""}
    connection.execute(
        insert(Topic), [{"id": at, "key": f"topic-{at}", **dict.fromkeys(names, f"Topic {at}")} for at in _to(TOPICS)]
    )
    connection.execute(
        insert(Series), [{"id": at, "key": f"series-{at}", **names, "name_en": f"Series {at}"} for at in _to(SERIES)]
    )
    connection.execute(
        insert(Maker),
        [
            {
                "id": at,
                "key": f"maker-{at}",
                "name": f"Maker {at}",
                "kind": MakerKind.FIRM if at <= 300 else MakerKind.PERSON,
            }
            for at in _to(MAKERS)
        ],
    )
    connection.execute(insert(Catalogue), [{"id": 1, "key": "Mi", "name": "Michel"}])


def _to(count: int) -> range:
    return range(1, count + 1)


def _rows(some: list[MadeIssue]) -> dict[Table | type, list[dict[str, Any]]]:
    items = [(issue, *item) for issue in some for item in issue.items()]
    return {
        StampIssue: [_issue_row(issue) for issue in some],
        issue_topic: [{"issue_id": issue.id, "topic_id": topic} for issue in some for topic in issue.topics],
        Credit: [
            {"maker_id": maker, "issue_id": issue.id, "part": part, "printed": "", "rank": 0}
            for issue in some
            for part, maker in ((Part.DESIGNER, issue.designer), (Part.PRINTER, issue.printer))
        ],
        Stamp: [_item_row(issue, *item) for issue, *item in items],
        CatalogueNumber: [
            {
                "catalogue_id": 1,
                "stamp_id": id_,
                "area": issue.country,
                "number": id_,
                "printed": f"Mi:{issue.country} {id_}",
                "normal": f"Mi:{issue.country} {id_}",
                "sort": f"{id_:012}",
            }
            for issue, id_, *_ in items
        ],
        PermanentNumber: [
            {"number": 10_000_000 + id_, "kind": "stamp", "key": f"made-{id_}", "changed_at": THEN}
            for _, id_, *_ in items
        ],
    }


def _issue_row(issue: MadeIssue) -> dict[str, Any]:
    return {
        "id": issue.id,
        "key": issue.key,
        "series_id": issue.series or None,
        "country": issue.country,
        "date": issue.date,
        "year": int(issue.date[:4]),
        "name_vi": issue.name_vi,
        "name_en": issue.name_en,
        "n_stamps": ITEMS_OF_AN_ISSUE,
        "perforation": "13",
        "face_values": "\n".join(map(str, issue.values)),
        "currency": "VND",
        "changed_at": THEN,
    }


def _item_row(issue: MadeIssue, id_: int, place: str, kind: StampKind, value: int) -> dict[str, Any]:
    return {
        "id": id_,
        "key": f"made-{id_}",
        "issue_id": issue.id,
        "kind": kind,
        "emission": issue.emission,
        "processes": (issue.process,),
        "position": place,
        "rank": int(place[-1]),
        "face_value": str(value),
        "face_amount": value,
        "currency": "VND",
        "changed_at": THEN,
    }


def documents(count: int) -> Iterator[Document]:
    """The same catalogue as the search knows it."""
    for issue in issues(count // ITEMS_OF_AN_ISSUE):
        shared = _shared(issue)
        kinds = tuple(dict.fromkeys(kind.value for _, _, kind, _ in issue.items()))
        yield Document("stamp_issue", issue.key, f"/stamps/issues/{issue.key}", items=kinds, **shared)
        for id_, place, kind, value in issue.items():
            yield Document(
                "stamp",
                f"made-{id_}",
                f"/stamps/made-{id_}",
                **shared,
                texts=(place, f"{value} VND"),
                numbers=(f"Mi:{issue.country} {id_}",),
                rank=int(place[-1]),
                items=(kind.value,),
                value=value * 1000,
            )


def _shared(issue: MadeIssue) -> dict[str, Any]:
    return {
        "titles": (issue.name_vi, issue.name_en),
        "years": (int(issue.date[:4]),),
        "country": issue.country,
        "country_names": country_names(issue.country),
        "date": issue.date,
        "topics": tuple(f"topic-{topic}" for topic in issue.topics),
        "emissions": (issue.emission.value,),
        "processes": (issue.process.value,),
        "makers": (f"maker-{issue.designer}", f"maker-{issue.printer}"),
        "series": f"series-{issue.series}" if issue.series else "",
    }
