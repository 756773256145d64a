"""Pages of a catalogue of a million stamps, through the application: every kind of page, p50 and p95 in the server.

TEMTHU_BENCH_STAMPS says how many items (1,000,000 unless told; 100,000 are made ten times sooner), TEMTHU_BENCH_FOLDER where
the catalogue is kept to be asked again. SQLite with its index beside it. The first of each kind of page is asked once before
it is measured. The bound is on the time of processor, which is that of the clock where the machine does nothing else; exit
code 1 above it.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from archive.engines import current_index
from bench.catalogue_made import COUNTRIES, ITEMS_OF_AN_ISSUE, MAKERS, SERIES, TOPICS, documents, fill
from bench.hand_in import build
from core.db import db

STAMPS = int(os.environ.get("TEMTHU_BENCH_STAMPS", "1000000"))
ASKED = 200
BOUND_MS = 60.0
Address = Callable[[random.Random], str]


def main() -> None:
    """Make the catalogue, ask for pages, print a table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("TEMTHU_BENCH_FOLDER", temporary)) / f"catalogue-{STAMPS}"
        app = build(folder, "")
        with app.app_context():
            _make(folder)
        print(
            f"{STAMPS:,} items in {STAMPS // ITEMS_OF_AN_ISSUE:,} issues; ms in the server, {ASKED} pages of each kind"
        )
        slow = [name for name, address in addresses().items() if _measured(app, name, address) > BOUND_MS]
        print(f"above {BOUND_MS:.0f} ms at p95:", ", ".join(slow) or "nothing")
        if slow:
            raise SystemExit(1)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "made"
    if made.exists():
        return
    begun = time.perf_counter()
    db.create_all()
    with db.engine.begin() as connection:
        fill(connection, STAMPS)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    rows = time.perf_counter()
    current_index().rebuild(documents(STAMPS))
    print(f"made in {rows - begun:.0f} s, indexed in {time.perf_counter() - rows:.0f} s", flush=True)
    made.touch()


def addresses() -> dict[str, Address]:
    """An address of each kind of page, by chance."""

    def country(chance: random.Random) -> str:
        return COUNTRIES[min(int(chance.expovariate(1 / 6)), len(COUNTRIES) - 1)]

    def topic(chance: random.Random) -> int:
        return min(int(chance.expovariate(1 / 12)), TOPICS - 1) + 1

    def item(chance: random.Random) -> int:
        return chance.randint(1, STAMPS)

    def decade(chance: random.Random) -> str:
        first = chance.randrange(1900, 2021, 10)
        return f"{first}..{first + 9}"

    return {
        "list of issues": lambda chance: f"/stamps?sort={chance.choice(('newest', 'oldest', 'number'))}",
        "wall of items": lambda chance: f"/stamps?kind=stamp&sort={chance.choice(('newest', 'oldest', 'value'))}",
        "table of items": lambda chance: f"/stamps?kind=stamp&look=table&country={country(chance)}",
        "one facet": lambda chance: f"/stamps?kind=stamp&country={country(chance)}",
        "three facets": lambda chance: (
            f"/stamps?kind=stamp&country={country(chance)}&topic=topic-{topic(chance)}&emission=commemorative"
        ),
        "three facets of issues": lambda chance: (
            f"/stamps?country={country(chance)}&years={decade(chance)}&process=offset"
        ),
        "deep page": lambda chance: f"/stamps?kind=stamp&page={chance.randint(200, 500)}",
        "deep page, one facet": lambda chance: f"/stamps?kind=stamp&country=VN&page={chance.randint(100, 500)}",
        "words": lambda chance: f"/stamps?kind=stamp&q=ba+{country(chance)}",
        "item": lambda chance: f"/stamps/made-{item(chance)}",
        "issue": lambda chance: f"/stamps/issues/made-issue-{item(chance) // ITEMS_OF_AN_ISSUE + 1}",
        "maker": lambda chance: f"/stamps/makers/maker-{chance.randint(1, MAKERS)}",
        "series": lambda chance: f"/stamps/series/series-{chance.randint(1, SERIES)}",
        "topic": lambda chance: f"/stamps/topics/topic-{topic(chance)}",
        "country": lambda chance: f"/countries/{country(chance)}",
        "permanent number": lambda chance: f"/stamps/no/{10_000_000 + item(chance)}",
        "search by number": lambda chance: f"/search?q=Mi+VN+{item(chance)}",
    }


def _measured(app: Flask, name: str, address: Address) -> float:
    chance, client = random.Random(name), app.test_client()
    _ask(client, address(chance))
    walls, works = zip(*(_ask(client, address(chance)) for _ in range(ASKED)), strict=True)
    print(f"{name:<24} {_said(walls)}   {_said(works)}", flush=True)
    return statistics.quantiles(works, n=20)[-1]


def _said(times: Sequence[float]) -> str:
    return f"p50 {statistics.median(times):6.1f} p95 {statistics.quantiles(times, n=20)[-1]:6.1f}"


def _ask(client: FlaskClient, address: str) -> tuple[float, float]:
    """Milliseconds on the clock and of processor."""
    clock, work = time.perf_counter(), time.process_time()
    answer = client.get(address, headers={"Accept-Language": "en"})
    answer.get_data()
    taken = (time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000
    assert answer.status_code in (200, 301, 404), (address, answer.status_code)
    return taken


if __name__ == "__main__":
    main()
