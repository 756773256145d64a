"""A whole answer of the site: the search page with its sections, facets and links, through the application."""

import shutil
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

from flask import Flask

from bench.hand_in import build
from bench.searching.corpus import documents
from bench.searching.questions import questions
from core.db import db

ROUNDS = 2


def main(folder: Path, count: int, url: str = "") -> None:
    """Ask for pages of one and two words, with a kind and without; print p50 and p95. With a database's address: of its index."""
    asked = questions(islice(documents(count), min(20_000, count)))
    words = [" ".join(query.words) for query in asked["one word"] + asked["two words"]]
    with tempfile.TemporaryDirectory() as data:
        (Path(data) / "index").symlink_to(folder / "index")
        app = build(Path(data), url)
        with app.app_context():
            db.create_all()
        for name, more in (("everything", ""), ("one kind, a list", "&kind=stamp"), ("page 50", "&kind=stamp&page=50")):
            times = _timed(app, words, more)
            print(
                f"search page, {name}: p50 {statistics.median(times):.1f} ms, "
                f"p95 {statistics.quantiles(times, n=20)[-1]:.1f} ms",
                flush=True,
            )
        (Path(data) / "index").unlink()
        shutil.rmtree(data, ignore_errors=True)


def _timed(app: Flask, words: list[str], more: str) -> list[float]:
    """Milliseconds of each; the quicker of two, for others work on the machine too."""
    client, times = app.test_client(), []
    for word in words:
        took = []
        for _round in range(ROUNDS):
            begun = time.perf_counter()
            answer = client.get(f"/search?q={word}{more}")
            took.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200
        times.append(min(took))
    return times
