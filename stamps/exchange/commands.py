"""`temthu stamps import` and `temthu stamps export`: the catalogue, or the lists of one collector, in and out of files."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from accounts import queries as accounts
from accounts.models import Person
from core import clock, processes
from core.db import transaction
from core.errors import Refused
from stamps.commands import commands
from stamps.exchange import exporting, queries, services, working
from stamps.exchange.matching import portions_of
from stamps.exchange.models import StampImport
from stamps.exchange.records import Record
from stamps.exchange.rules import BATCH, ImportState
from stamps.exchange.tables import Table, table_of

FOR = click.option("--for", "collector", metavar="COLLECTOR", help="That collector's lists only; else the catalogue.")
FORMATS = ("colnect", "csv", "json")


@commands.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@FOR
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@with_appcontext
def import_file(path: Path, collector: str | None, *, dry_run: bool) -> None:
    """Bring the stamps of FILE (a Colnect list, CSV, XLSX or JSON) in; the same file twice changes nothing."""
    person, table, number = _person(collector), table_of(path), _rows_in(path)
    if dry_run:
        work = services.Work(_received(path, person, only_looked_at=True), now=clock.now())
        _each_portion(services.look_at_portion, work, table, number)
    else:
        with transaction():
            import_ = _received(path, person)
            services.begin(import_, ImportState.WORKING)
            import_.total = number
            working.look_after(import_.id, processes.own())
        work = services.Work(import_, now=clock.now())
        try:
            _each_portion(services.take_portion, work, table, number)
        except BaseException:  # what is written can be undone, or brought to its end with the same file
            with transaction():
                services.stop(import_=import_, work=work)
            raise
        with transaction():
            services.finish(import_=import_, work=work, table=table)
        click.echo(f"File {import_.id}.")
    _tell(work.counts, dry_run=dry_run)


def _received(path: Path, person: Person | None, *, only_looked_at: bool = False) -> StampImport:
    person_id = person.id if person else None
    return services.receive(
        path=path,
        file_name=path.name,
        file_id="",
        person_id=person_id,
        by_id=person_id,
        now=clock.now(),
        only_looked_at=only_looked_at,
    )


def _each_portion(
    step: Callable[[services.Work, Sequence[Record]], None], work: services.Work, table: Table, number: int
) -> None:
    with tqdm(total=number, unit=" rows", disable=None) as bar:
        for records in portions_of(table.rows, BATCH):
            with transaction():
                step(work, records)
            bar.update(len(records))


def _rows_in(path: Path) -> int:
    return sum(1 for _row in table_of(path).rows)


def _tell(counts: Mapping[str, int], *, dry_run: bool) -> None:
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
@click.option("--format", "form", type=click.Choice(FORMATS), default="colnect", show_default=True)
@FOR
@click.option(
    "--site", default="", metavar="ADDRESS", help="Where this site is reached: links in the file are whole then."
)
@click.option("--import", "number", type=int, metavar="N", help="Only what file N brought, its frame as it came.")
@with_appcontext
def export(form: str, collector: str | None, *, site: str, number: int | None) -> None:
    """Write the stamps of the catalogue, or of a collector's lists, to standard output."""
    person, out = _person(collector), sys.stdout.buffer
    for piece in _pieces(form, person, site=site, number=number):
        out.write(piece)
    out.flush()


def _pieces(form: str, person: Person | None, *, site: str, number: int | None) -> Iterator[bytes]:
    told: dict[str, Any] = {
        "name": person.user_name if person else "Tem Thư",
        "address": "",
        "now": clock.now(),
        "passing": lambda rows: tqdm(rows, unit=" rows", disable=None),
    }
    if number is None:
        return exporting.exported(form, person.id if person else None, site=site.rstrip("/"), **told)
    import_ = queries.import_(number)
    if import_ is None or import_.person_id != (person.id if person else None):
        raise Refused("There is no file %(number)s here.", number=str(number))
    return exporting.of_import(form, import_, **told)


def _person(user_name: str | None) -> Person | None:
    if user_name is None:
        return None
    found = accounts.person_by_name(user_name)
    if found is None:
        raise Refused("Nobody here is called %(name)s.", name=user_name)
    return found
