"""The search beside its rivals on made records: every kind of question, building, memory, writing, a whole page.

TEMTHU_BENCH_RECORDS says how many records (100,000 unless told; 1,000,000 takes an hour, most of it plain Whoosh's),
TEMTHU_BENCH_ENGINES which engines, TEMTHU_BENCH_FOLDER where indexes are kept to be asked again. An engine that takes
very long is asked fewer questions. Figures of one run may be compared with each other; on two noisy cores, with no
others.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.searching import page, writing
from bench.searching.ours import OursOnPostgres
from bench.searching.questions import COLUMNS

RECORDS = os.environ.get("TEMTHU_BENCH_RECORDS", "100000")
ENGINES = os.environ.get("TEMTHU_BENCH_ENGINES", "ours,postgres,fts5,tantivy,whoosh").split(",")


def run(what: str, engine: str, folder: Path) -> dict[str, Any]:
    """One engine in a process of its own."""
    arguments = [sys.executable, "-W", "ignore", "-m", "bench.searching.one", what, engine, str(folder), RECORDS]
    printed = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    measured: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return measured


def built(engine: str, folder: Path) -> dict[str, Any]:
    """Build, or what building measured when this folder has been built before."""
    kept = folder / "built.json"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        measured = run("build", engine, folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        kept.write_text(json.dumps(measured | {"index MB": size / 1e6}))
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def show(engine: str, building: dict[str, Any], asked: dict[str, Any]) -> None:
    """Two lines, and a third for who was asked less than the others."""
    rate = int(RECORDS) / building["build s"]
    worked = ""
    if "cpu s" in building:  # what was built by an older bench and kept does not know
        worked = f"{int(RECORDS) / building['cpu s']:,.0f} a second of one processor, load {building['load']:.1f}, "
    print(
        f"{engine:<9} built in {building['build s']:.0f} s ({rate:,.0f}/s, {worked}{building['build MB']:.0f} MB at most), "
        f"index {building['index MB']:.0f} MB; first answer {asked['first s']:.2f} s; "
        f"memory {asked['MB']:.0f} MB, of it its own {asked['own MB']:.0f}; load {asked['load']:.1f}"
    )
    cells = (f"{asked[name][0]:7.2f} /{asked[name][1]:8.1f}" for name in COLUMNS)
    print(f"{'':<9} " + "  ".join(cells), flush=True)
    if asked["fewer"]:
        few = ", ".join(f"{name} {count}" for name, count in asked["fewer"].items())
        print(f"{'':<9} asked fewer questions, since each takes long: {few}", flush=True)


def disagreements(totals: dict[str, dict[str, list[int]]]) -> list[str]:
    """Kinds of question on which our two engines do not find the same number of documents."""
    one, other = totals["ours"], totals["postgres"]
    return [name for name in one if one[name] != other[name]]


def main() -> None:
    """All engines one after the other, then writing and whole pages."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("TEMTHU_BENCH_FOLDER", temporary)) / RECORDS
        print(f"{RECORDS} records; p50 / p95 in ms")
        print(f"{'':<9} " + "  ".join(f"{name:>17}" for name in COLUMNS), flush=True)
        totals = {}
        for engine in ENGINES:
            building = built(engine, folder / engine)
            asked = run("ask", engine, folder / engine)
            totals[engine] = asked["totals"]
            show(engine, building, asked)
        if {"ours", "postgres"} <= totals.keys():
            print("our engines disagree on:", ", ".join(disagreements(totals)) or "nothing")
        if "ours" in ENGINES:
            page.main(folder / "ours", int(RECORDS))
            writing.main(folder / "ours", int(RECORDS))
        if "postgres" in ENGINES:
            print("the same on PostgreSQL:")
            ours = OursOnPostgres(folder / "postgres")
            page.main(folder / "postgres", int(RECORDS), ours.server.get_uri())
            ours.close()


if __name__ == "__main__":
    main()
