"""What the person at the page chooses before anything is written: for a row, for all of a kind, for a list of the file."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from accounts.models import Person
from core.db import db
from core.errors import Refused
from stamps.collections.rules import LONGEST_NAME
from stamps.curating.services.suggesting import suggest_record
from stamps.exchange.facts import Facts
from stamps.exchange.languages import names_in
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import Finding, ImportState, Meaning, RowAct

# More suggestions at once than this no curator can look through.
MOST_SUGGESTED = 300


def choose(*, row: ImportRow, choice: str) -> None:
    """`new`, `leave`, or `stamp-17`: the row is of that stamp, one of those that were pointed out."""
    if row.finding in (Finding.UNREADABLE, Finding.FRAME, Finding.UNCHANGED):
        return
    if choice in (RowAct.NEW, RowAct.LEAVE):
        row.act, row.stamp_id = RowAct(choice), None
        return
    stamp_id = int(choice.removeprefix("stamp-")) if choice.removeprefix("stamp-").isdecimal() else 0
    if stamp_id not in row.made.get("near", []):
        raise Refused("Please choose one of the stamps that were pointed out.")
    row.act, row.stamp_id = RowAct.MATCH, stamp_id


def choose_for_all(*, import_: StampImport, finding: Finding, act: RowAct) -> None:
    """The same for every row of a kind; one that is not surely of a stamp can become new or be left out."""
    if act is RowAct.MATCH or finding in (Finding.UNREADABLE, Finding.FRAME, Finding.UNCHANGED):
        return
    here = update(ImportRow).where(ImportRow.import_id == import_.id, ImportRow.finding == finding)
    db.session.execute(here.values(act=act, stamp_id=None))


def set_options(
    *, import_: StampImport, meanings: Mapping[str, Meaning], into: Meaning, into_name: str, offer: bool
) -> None:
    """What lists of the file stand for, where rows without a list go, whether new stamps are suggested to curators."""
    import_.options = {
        **import_.options,
        "meanings": {name: meaning.value for name, meaning in meanings.items()},
        "into": into.value,
        "into_name": into_name.strip()[:LONGEST_NAME],
        "offer": offer,
    }
    db.session.flush()


def forget(*, import_: StampImport) -> None:
    """The file as it was brought and all its rows go."""
    if import_.state in (ImportState.WORKING, ImportState.UNDOING):
        raise Refused("This file is being worked on; please wait until that is done.")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_.id))
    db.session.delete(import_)
    db.session.flush()


def erase_imports(person_id: int) -> list[str]:
    """Every file somebody brought for own lists goes; gives the ids of those still kept, to be forgotten."""
    mine = StampImport.person_id == person_id
    file_ids = list(db.session.scalars(select(StampImport.file_id).where(mine, StampImport.file_id != "")))
    db.session.execute(delete(ImportRow).where(ImportRow.import_id.in_(select(StampImport.id).where(mine))))
    db.session.execute(delete(StampImport).where(mine))
    return file_ids


def suggest(*, person: Person, facts: Facts, language: str, source: str, now: datetime) -> None:
    """A stamp that the catalogue lacks, for the curators to decide on; nothing of the collector's own goes with it."""
    size = f"{facts.width.normalize():f} x {facts.height.normalize():f}" if facts.width and facts.height else ""
    by_part = {
        part.value: "; ".join(name for each, name in facts.credits if each is part) for part, _name in facts.credits
    }
    details = {
        **names_in(facts.language or language, facts.name),
        "country": facts.country,
        "date": facts.date or facts.date_printed,
        "series": facts.series,
        "face_value": facts.face_value,
        "currency": facts.currency,
        "numbers": ", ".join(number.normal for number in facts.numbers),
        "size": size,
        "perforation": facts.perforation,
        "printing": facts.printing,
        "paper": facts.paper,
        "watermark": facts.watermark,
        "gum": facts.gum,
        "colours": facts.colours,
        "print_run": facts.print_run,
        "note": facts.note,
        **by_part,
    }
    suggest_record(
        person=person,
        country=facts.country,
        title=facts.name,
        details={name: text for name, text in details.items() if text},
        now=now,
        source=facts.link or facts.page or source,
        bounded=False,
    )
