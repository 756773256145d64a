"""A file that goes out, in pieces: the catalogue, or the lists of one collector, in any of the forms. Reads only."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from stamps.exchange import leaving, services, writing

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
    if form == "colnect":
        number = sum(1 for row in leaving.leaving(person_id) if row.cells)
        return writing.colnect(rows, name=name, address=address, number=number, now=now, beside=beside)
    if form == "json":
        return writing.as_json(rows, now=now)
    return writing.plain_csv(rows, beside) if form == "csv" else writing.spreadsheet(rows, beside)
