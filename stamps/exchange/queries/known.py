"""What is known of many stamps at once, in a few statements: for files that go out, and for what is printed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, select

from core.db import db
from stamps.exchange.cells import Known
from stamps.kinds import Part, StampKind
from stamps.models import CatalogueNumber, Credit, Maker, Series, Stamp, StampIssue, Topic, issue_topic, item_topic
from stamps.queries import MOST_ASKED

_STAMP = (
    *(Stamp.id, Stamp.key, Stamp.issue_id, Stamp.kind, Stamp.emission, Stamp.position, Stamp.date, Stamp.date_printed),
    *(Stamp.validity_end, Stamp.face_value, Stamp.currency, Stamp.width_mm, Stamp.height_mm, Stamp.perforation),
    *(Stamp.watermark, Stamp.printing, Stamp.paper, Stamp.gum, Stamp.colours, Stamp.print_run, Stamp.note),
    *(Stamp.name_en, Stamp.name_local, Stamp.name_vi, Stamp.name_fr),
)
_ISSUE = (
    *(StampIssue.country, StampIssue.issuer, StampIssue.year),
    *(
        StampIssue.date.label("issue_date"),
        StampIssue.validity_end.label("issue_validity"),
        StampIssue.currency.label("issue_currency"),
    ),
    *(StampIssue.width_mm.label("issue_width"), StampIssue.height_mm.label("issue_height")),
    *(StampIssue.perforation.label("issue_perforation"), StampIssue.printing.label("issue_printing")),
    *(StampIssue.print_run.label("issue_print_run"), StampIssue.name_en.label("issue_en")),
    *(
        StampIssue.name_local.label("issue_local"),
        StampIssue.name_vi.label("issue_vi"),
        StampIssue.name_fr.label("issue_fr"),
    ),
    *(Series.name_en.label("series_en"), Series.name_local.label("series_local"), Series.name_vi.label("series_vi")),
)


def known_stamps(ids: Sequence[int]) -> dict[int, Known]:
    """What is known of these stamps, by their ids."""
    found: dict[int, Known] = {}
    for some in _parts(ids):
        query = select(*_STAMP, *_ISSUE).join(StampIssue, Stamp.issue_id == StampIssue.id)
        rows = db.session.execute(query.outerjoin(Series, StampIssue.series_id == Series.id).where(Stamp.id.in_(some)))
        part = {row.id: _known(row) for row in rows}
        _add_numbers(part)
        _add_credits(part)
        _add_topics(part)
        found |= part
    return found


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    wanted = list(dict.fromkeys(ids))
    return (wanted[at : at + MOST_ASKED] for at in range(0, len(wanted), MOST_ASKED))


def _known(row: Row[Any]) -> Known:
    of_stamp = row.kind is StampKind.STAMP
    own = row.name_en or row.name_local or row.name_vi or row.name_fr
    issue_name = row.issue_en or row.issue_local or row.issue_vi or row.issue_fr
    series = row.series_en or row.series_local or row.series_vi or ""
    return Known(
        id=row.id,
        key=row.key,
        issue_id=row.issue_id,
        name=own or issue_name,
        country=row.country,
        issuer=row.issuer,
        series=series or (issue_name if own and own != issue_name else ""),
        issue_name=issue_name,
        date=row.date or row.date_printed or row.issue_date,
        validity_end=row.validity_end or row.issue_validity,
        width=row.width_mm or (row.issue_width if of_stamp else None),
        height=row.height_mm or (row.issue_height if of_stamp else None),
        watermark=row.watermark,
        kind=row.kind,
        emission=row.emission,
        perforation=row.perforation or (row.issue_perforation if of_stamp else ""),
        printing=row.printing or row.issue_printing,
        paper=row.paper,
        gum=row.gum,
        currency=row.currency or row.issue_currency,
        face_value=row.face_value,
        print_run=row.print_run or row.issue_print_run,
        colours=row.colours,
        note=row.note,
        position=row.position,
        year=row.year,
        names=(row.name_vi, row.name_en, row.name_fr, row.name_local),
        issue_names=(row.issue_vi, row.issue_en, row.issue_fr, row.issue_local),
    )


def _add_numbers(part: dict[int, Known]) -> None:
    query = select(CatalogueNumber.stamp_id, CatalogueNumber.normal).where(CatalogueNumber.stamp_id.in_(part))
    for stamp_id, normal in db.session.execute(query.order_by(CatalogueNumber.id)):
        part[stamp_id].numbers.append(normal)


def _add_credits(part: dict[int, Known]) -> None:
    """Its own credits, and those of its issue in parts that it says nothing of."""
    of_issue = defaultdict(list)
    query = select(Credit.stamp_id, Credit.issue_id, Credit.part, Credit.printed, Maker.name).join(Maker)
    issues = {known.issue_id for known in part.values()}
    own = query.where(Credit.stamp_id.in_(part)).order_by(Credit.rank, Credit.id)
    for stamp_id, _issue, role, printed, name in db.session.execute(own):
        part[stamp_id].credits.append((role, printed or name))
    shared = query.where(Credit.issue_id.in_(issues)).order_by(Credit.rank, Credit.id)
    for _stamp, issue_id, role, printed, name in db.session.execute(shared):
        of_issue[issue_id].append((role, printed or name))
    for known in part.values():
        said: set[Part] = {role for role, _name in known.credits}
        known.credits += [pair for pair in of_issue[known.issue_id] if pair[0] not in said]


def _add_topics(part: dict[int, Known]) -> None:
    of_issue: dict[int, list[str]] = defaultdict(list)
    issues = {known.issue_id for known in part.values()}
    shared = select(issue_topic.c.issue_id, Topic.name_en).join(Topic, Topic.id == issue_topic.c.topic_id)
    for issue_id, name in db.session.execute(shared.where(issue_topic.c.issue_id.in_(issues)).order_by(Topic.id)):
        of_issue[issue_id].append(name)
    for known in part.values():
        known.topics += of_issue[known.issue_id]
    own = select(item_topic.c.stamp_id, Topic.name_en).join(Topic, Topic.id == item_topic.c.topic_id)
    for stamp_id, name in db.session.execute(own.where(item_topic.c.stamp_id.in_(part)).order_by(Topic.id)):
        if name not in part[stamp_id].topics:
            part[stamp_id].topics.append(name)
