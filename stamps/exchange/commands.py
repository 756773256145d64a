"""`temthu stamps import` and `temthu stamps export`: the catalogue, or the lists of one collector, in and out of files."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from accounts import queries as accounts
from accounts.models import Person
from core import clock
from core.db import db, transaction
from core.errors import Refused
from stamps.commands import commands
from stamps.exchange import leaving, queries, services, writing
from stamps.exchange.matching import portions_of
from stamps.exchange.rules import BATCH, ImportState
from stamps.exchange.tables import Table, table_of

FOR = click.option("--for", "collector", metavar="COLLECTOR", help="That collector's lists only; else the catalogue.")
FORMATS = {"colnect": "colnect", "csv": "csv", "json": "json"}


@commands.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@FOR
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@with_appcontext
def import_file(path: Path, collector: str | None, *, dry_run: bool) -> None:
    """Bring the stamps of FILE (a Colnect list, CSV, XLSX or JSON) in; the same file twice changes nothing."""
    person = _person(collector)
    number = _rows_in(path)
    table = table_of(path)
    with transaction():
        import_ = services.receive(
            path=path,
            file_name=path.name,
            file_id="",
            person_id=person.id if person else None,
            by_id=person.id if person else None,
            now=clock.now(),
        )
        services.begin(import_, ImportState.WORKING)
        import_.total = number
        import_id = import_.id
    try:
        counts = _taken(import_id, table, number, dry_run=dry_run)
    except BaseException:
        if dry_run:
            _forget(import_id)
        raise
    _tell(counts, dry_run=dry_run)


def _taken(import_id: int, table: Table, number: int, *, dry_run: bool) -> dict[str, int]:
    work = services.Work(_import(import_id), now=clock.now())
    step = services.look_at_portion if dry_run else services.take_portion
    with tqdm(total=number, unit=" rows", disable=None) as bar:
        for records in portions_of(table.rows, BATCH):
            with transaction():
                step(work, records)
            bar.update(len(records))
    if dry_run:
        _forget(import_id)
        return dict(work.counts)
    with transaction():
        services.finish(import_=_import(import_id), work=work, tail=table.tail)
    return dict(work.counts)


def _import(import_id: int):  # type: ignore[no-untyped-def]
    return queries.import_(import_id)


def _forget(import_id: int) -> None:
    with transaction():
        if found := queries.import_(import_id):
            db.session.delete(found)


def _rows_in(path: Path) -> int:
    return sum(1 for _row in table_of(path).rows)


def _tell(counts: dict[str, int], *, dry_run: bool) -> None:
    said = {
        "new": "new",
        "matched": "of stamps that are here",
        "unchanged": "unchanged since they were brought before",
        "doubts": "with something in doubt, kept as printed",
        "unreadable": "that could not be read, kept as they are",
    }
    parts = [f"{counts[name]} {words}" for name, words in said.items() if counts.get(name)]
    click.echo(("Would be: " if dry_run else "Rows: ") + ("; ".join(parts) or "none") + ".")


@commands.command("export")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="colnect", show_default=True)
@FOR
@with_appcontext
def export(form: str, collector: str | None) -> None:
    """Write the stamps of the catalogue, or of a collector's lists, to standard output."""
    person = _person(collector)
    out = sys.stdout.buffer
    for chunk in exported(form, person):
        out.write(chunk)
    out.flush()


def exported(form: str, person: Person | None) -> Iterator[bytes]:
    """The file, in pieces."""
    person_id, now = person.id if person else None, clock.now()
    if form == "colnect" and (import_ := leaving.as_it_came(person_id)):
        raws = tqdm(leaving.raws(import_), unit=" rows", disable=None)
        return writing.colnect_as_it_came(import_.head, raws, import_.tail, services.writing_of_import(import_))
    rows = tqdm(leaving.leaving(person_id), unit=" rows", disable=None)
    if form == "colnect":
        number = sum(1 for _row in leaving.leaving(person_id))
        name = person.user_name if person else "Tem Thư"
        return writing.colnect(rows, name=name, address="", number=number, now=now)
    return writing.plain_csv(rows) if form == "csv" else writing.as_json(rows, now=now)


def _person(user_name: str | None) -> Person | None:
    if user_name is None:
        return None
    found = accounts.person_by_name(user_name)
    if found is None:
        raise Refused("Nobody here is called %(name)s.", name=user_name)
    return found
