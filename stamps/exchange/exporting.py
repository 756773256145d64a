"""A file that goes out, in pieces: the catalogue, or the lists of one collector, in any of the forms. Reads only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from core.errors import Refused
from stamps.exchange import leaving, services, writing
from stamps.exchange.columns import headings_beside
from stamps.exchange.models import StampImport
from stamps.exchange.rules import ImportState

# What is done with the rows on their way, such as showing how far it is.
Passing = Callable[[Iterable[Any]], Iterable[Any]]


def exported(
    form: str, person_id: int | None, *, name: str, address: str, now: datetime, site: str = "", passing: Passing = iter
) -> Iterator[bytes]:
    """The file: Colnect's list as it came where nothing has changed since, else written anew in the form that is asked for.

    `address`: where anybody may see the collection, or ""; `site`: how whole addresses of this site begin, or "".
    """
    if form == "colnect" and (import_ := leaving.as_it_came(person_id)):
        kept = services.writing_of_import(import_)
        return writing.colnect_as_it_came(import_.head, passing(leaving.raws(import_)), import_.tail, kept)
    rows, beside = passing(leaving.leaving(person_id, site=site)), leaving.headings(person_id)
    return _written(
        form,
        rows,
        beside,
        number=lambda: sum(1 for row in leaving.leaving(person_id) if row.cells),
        name=name,
        address=address,
        now=now,
    )


def of_import(
    form: str, import_: StampImport, *, name: str, address: str, now: datetime, passing: Passing = iter
) -> Iterator[bytes]:
    """What one file brought. `colnect` is the file's own form where it was text: with its beginning, encoding and end."""
    if import_.state is not ImportState.DONE:
        raise Refused("This file is not brought in, or is undone already.")
    rows = leaving.of_import(import_)
    if form == "colnect" and import_.kind in ("colnect", "csv"):
        texts = (text for _row, text in rows)
        kept = services.writing_of_import(import_)
        return writing.colnect_as_it_came(import_.head, passing(texts), import_.tail, kept)
    return _written(
        form,
        passing(row for row, _text in rows),
        [heading for heading in headings_beside(services.header_of_import(import_)) if heading],
        number=lambda: sum(1 for row, _text in leaving.of_import(import_) if row.cells),
        name=name,
        address=address,
        now=now,
    )


def _written(
    form: str,
    rows: Iterable[writing.Leaving],
    beside: Sequence[str],
    *,
    number: Callable[[], int],
    name: str,
    address: str,
    now: datetime,
) -> Iterator[bytes]:
    if form == "colnect":
        return writing.colnect(rows, name=name, address=address, number=number(), now=now, beside=beside)
    if form == "json":
        return writing.as_json(rows, now=now)
    return writing.plain_csv(rows, beside) if form == "csv" else writing.spreadsheet(rows, beside)
