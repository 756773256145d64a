"""One engine in a process of its own: `build`, or `ask`; prints what it measured as JSON."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from archive.index import Document, Query
from bench.searching.corpus import documents, kept
from bench.searching.ours import OURS
from bench.searching.questions import questions
from bench.searching.rivals import RIVALS

ENGINES: dict[str, Any] = OURS | RIVALS
# Questions are drawn from the first records: those are the same in every run, however many follow.
DRAWN_FROM = 20_000
# Once to warm up, then so many times, of which the quickest counts, for others work on the machine too; what takes
# very long is asked once.
ROUNDS = 3
VERY_LONG = 0.25
# Seconds an engine has for one kind of question; then it is asked no more of them, but a few it always is.
PATIENCE = 90.0
FEWEST = 20


def memory_mb() -> tuple[float, float]:
    """Resident memory of this process, and that part of it that is not files mapped into it."""
    found = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(found["VmRSS"].split()[0]) / 1024, int(found["RssAnon"].split()[0]) / 1024


def build(engine: Any, folder: Path, count: int) -> dict[str, float]:
    """Seconds to build, the making of the records left out, and megabytes of memory at most."""
    spent = 0.0

    def made() -> Iterator[Document]:
        nonlocal spent
        rest = kept(folder.parent, count)
        while True:
            begun = time.perf_counter()
            some = list(islice(rest, 1000))
            spent += time.perf_counter() - begun
            if not some:
                return
            yield from some

    begun, worked = time.perf_counter(), time.process_time() + servers_seconds(engine)
    engine.build(made())
    return {
        "build s": time.perf_counter() - begun - spent,
        # Of the processor, its server's included, that of making the records too.
        "cpu s": time.process_time() + servers_seconds(engine) - worked,
        "load": os.getloadavg()[1],
        "build MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def servers_seconds(engine: Any) -> float:
    """Seconds of the processor that the server of an engine has used; 0 without one."""
    server = getattr(engine, "server", None)
    if server is None:
        return 0.0
    master = int((server.pgdata / "postmaster.pid").read_text().splitlines()[0])
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            of = path.read_text().rpartition(")")[2].split()
            if master in (int(path.parent.name), int(of[1])):
                ticks += sum(map(int, of[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(engine: Any, opened: float, count: int) -> dict[str, Any]:
    """Milliseconds of every kind of question, p50 and p95; what opening took; memory; totals, to be compared."""
    asked = questions(islice(documents(count), min(DRAWN_FROM, count)))
    begun = time.perf_counter()
    engine.ask(asked["one word"][0])
    measured: dict[str, Any] = {"first s": opened + time.perf_counter() - begun}
    totals, fewer = {}, {}
    for name, some in asked.items():
        times, totals[name] = _timed(engine, name, some)
        measured[name] = (statistics.median(times), statistics.quantiles(times, n=20)[-1])
        if len(times) < len(some):
            fewer[name] = len(times)
    measured["MB"], measured["own MB"] = memory_mb()
    return measured | {"totals": totals, "fewer": fewer, "load": os.getloadavg()[0]}


def _timed(engine: Any, name: str, some: list[Query]) -> tuple[list[float], list[int]]:
    times, totals = [], []
    end = time.perf_counter() + PATIENCE
    for query in some:
        if len(times) >= FEWEST and time.perf_counter() > end:
            break
        took = []
        for _round in range(ROUNDS + 1):
            begun = time.perf_counter()
            total = _answer(engine, name, query)
            took.append(time.perf_counter() - begun)
            if took[-1] > VERY_LONG:
                break
        times.append(min(took[1:] or took) * 1000)
        totals.append(total)
    return times, totals


def _answer(engine: Any, name: str, query: Query) -> int:
    if name != "typo":
        return int(engine.ask(query))
    if not hasattr(engine, "correct"):
        return int(engine.ask(query, fuzzy=True))
    engine.ask(query)  # finds nothing, as on the page
    (word,) = query.words
    return int(engine.ask(Query(words=(engine.correct(word),), facets=())))


def main(what: str, name: str, folder: str, count: str) -> None:
    """Print one line of JSON."""
    begun = time.perf_counter()
    engine = ENGINES[name](Path(folder))
    opened = time.perf_counter() - begun
    print(json.dumps(build(engine, Path(folder), int(count)) if what == "build" else ask(engine, opened, int(count))))
    engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
