"""Imports: a list of real or made stamps in Colnect's 39 columns, brought into an empty catalogue, brought again, taken out.

    python -m bench.importing [ROWS]

The stamps of `stamps-world.csv` where `../shared` is there, else made ones; more rows than it has are made of it again.
"""

import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.hand_in import build
from core import clock
from core.countries import country_name
from core.db import db, transaction
from stamps.exchange import leaving, services, writing
from stamps.exchange.columns import COLNECT
from stamps.exchange.matching import portions_of
from stamps.exchange.records import record
from stamps.exchange.rules import BATCH, ImportState
from stamps.exchange.tables import table_of

WORLD = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "stamps-world.csv"


def cells_of(row: dict[str, str], number: int) -> dict[str, str]:
    codes = json.loads(row["catalog_numbers"] or "{}")
    return {
        "Name": row["title"],
        "Country": country_name(row["country"], "en"),
        "Series": row["series"],
        "Catalog Codes": ", ".join(f"{mark}:{row['country']} {code}" for mark, code in codes.items()),
        "Issued on": row["date_issued"] or row["year"],
        "Width": row["width_mm"],
        "Height": row["height_mm"],
        "Format": "Stamp",
        "Emission": "Commemorative",
        "Perforation": f"comb<i> {row['perforation']}</i>" if row["perforation"] else "",
        "Printing": row["printing"],
        "Paper": row["paper"],
        "Currency": row["currency"],
        "FaceValue": row["face_value"],
        "Print run": row["print_run"],
        "Parent Item": "0",
        "Colors": row["color"],
        "Designers": row["designer"],
        "Printers": row["printer"],
        "Themes": ",".join(json.loads(row["topics"] or "[]")),
        "Description": row["description"],
        "Link": f"https://colnect.com/stamps/stamp/{10_000_000 + number}",
    }


def world(rows: int) -> Iterator[dict[str, str]]:
    """Real stamps, the same ones again under other numbers when there are not enough; made ones without the file."""
    number = 0
    while number < rows:
        for row in csv.DictReader(WORLD.open(encoding="utf-8")) if WORLD.exists() else made():
            if number == rows:
                return
            number += 1
            yield cells_of(row, number)


def made() -> Iterator[dict[str, str]]:
    for number in range(20_941):
        row = dict.fromkeys(("color", "designer", "printer", "printing", "paper", "print_run", "description"), "")
        yield row | {
            "title": f"Bird number {number}",
            "country": ("VN", "FR", "DE", "RU")[number % 4],
            "series": f"Birds of {number // 5}",
            "catalog_numbers": json.dumps({"Mi": str(number), "Sn": str(number + 7)}),
            "date_issued": f"{1950 + number % 70}-05-15",
            "year": str(1950 + number % 70),
            "width_mm": "30",
            "height_mm": "40",
            "perforation": "13 x 13½",
            "currency": "EUR",
            "face_value": str(number % 90 + 1),
            "topics": '["Birds"]',
        }


def write(path: Path, rows: int) -> int:
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        out.write('"Stamps on Colnect","List exported on 2026-08-22 11:00:01 GMT+0"\n\n' + record(COLNECT) + "\n")
        for cells in world(rows):
            out.write(record(cells.get(column, "") for column in COLNECT) + "\n")
            number += 1
        out.write('\n\n"END of Colnect list launched on 2026-08-22 11:00:01 GMT+0"\n')
    return number


def bring(path: Path) -> tuple[float, float, float, dict[str, int]]:
    """Seconds in all, those of the processor, the longest portion, what came of it."""
    begun, worked = time.perf_counter(), time.process_time()
    table = table_of(path)
    with transaction():
        import_ = services.receive(
            path=path, file_name=path.name, file_id="", person_id=None, by_id=None, now=clock.now()
        )
        services.begin(import_, ImportState.WORKING)
    work, longest = services.Work(import_, now=clock.now()), 0.0
    for records in portions_of(table.rows, BATCH):
        before = time.perf_counter()
        with transaction():
            services.take_portion(work, records)
        longest = max(longest, time.perf_counter() - before)
    with transaction():
        services.finish(import_=import_, work=work, table=table)
    return time.perf_counter() - begun, time.process_time() - worked, longest, dict(work.counts)


def main(rows: int = 20_941) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        number = write(path, rows)
        with build(Path(folder), "").app_context():
            db.create_all()
            for what in ("into an empty catalogue", "the same once more"):
                seconds, worked, longest, counts = bring(path)
                print(f"{number} rows {what}: {seconds:.1f} s, {number / seconds:,.0f} rows a second,", end=" ")
                print(f"{number / worked:,.0f} a second of one processor,", end=" ")
                print(f"longest portion {longest * 1000:.0f} ms, {counts}")
            begun = time.perf_counter()
            import_ = leaving.as_it_came(None)
            assert import_ is not None
            kept = services.writing_of_import(import_)
            pieces = writing.colnect_as_it_came(import_.head, leaving.raws(import_), import_.tail, kept)
            same = b"".join(pieces) == path.read_bytes()
            print(f"out again: {time.perf_counter() - begun:.1f} s, byte for byte the same: {same}")


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:2]))
