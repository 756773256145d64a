"""Single changes to a large index: what a commit takes, and what two processes read meanwhile."""

import multiprocessing
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing.synchronize import Event
from pathlib import Path

from archive.engines.whoosh import WhooshIndex
from archive.index import Query
from bench.searching.corpus import documents
from bench.searching.questions import questions

COMMITS = 200


def main(folder: Path, count: int) -> None:
    """Print both."""
    with copied(folder / "index") as index:
        done, results = multiprocessing.Event(), multiprocessing.Queue()
        readers = [multiprocessing.Process(target=read, args=(index, done, results, count)) for _ in range(2)]
        for reader in readers:
            reader.start()
        times = write(index)
        done.set()
        counts, slowest = zip(*(results.get() for _ in readers), strict=True)
        for reader in readers:
            reader.join()
    print(
        f"{COMMITS} commits of one record: p50 {statistics.median(times):.0f} ms, "
        f"p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms, most {max(times):.0f} ms; "
        f"meanwhile two processes read {sum(counts) / sum(times) * 1000:,.0f} a second, p95 {max(slowest):.1f} ms",
        flush=True,
    )


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """The index in a folder of its own, its large files linked: they are never written to."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        shutil.copytree(folder, Path(temporary) / "index", copy_function=_linked)
        yield Path(temporary) / "index"


def _linked(source: str, target: str) -> None:
    if source.endswith(".arrays"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy(source, target)


def write(folder: Path) -> list[float]:
    """Milliseconds of each commit: one record in turn changed and new."""
    index, times = WhooshIndex(folder), []
    for number, document in enumerate(islice(documents(COMMITS), COMMITS)):
        changed = document if number % 2 else replace(document, key=f"new-{number}")
        begun = time.perf_counter()
        index.put([changed])
        times.append((time.perf_counter() - begun) * 1000)
    return times


def read(folder: Path, done: Event, results: "multiprocessing.Queue[tuple[int, float]]", count: int) -> None:
    """Search until told to stop; every answer must be whole."""
    asked = questions(islice(documents(count), 2_000))["two words"]
    index, times = WhooshIndex(folder), []
    while not done.is_set():
        for query in asked:
            begun = time.perf_counter()
            assert index.search(Query(words=query.words)).ready
            times.append((time.perf_counter() - begun) * 1000)
    results.put((len(times), statistics.quantiles(times, n=20)[-1]))
