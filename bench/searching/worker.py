"""A worker without end, to be killed: `python -m bench.searching.worker FOLDER indexing|rebuilding`."""

import sys
from itertools import islice
from pathlib import Path

from flask import current_app

from archive.sources import index_later, rebuild_later, sources
from bench.hand_in import build
from core import jobs
from core.db import transaction


def main(folder: str, what: str) -> None:
    """Enqueue and run until killed; says `begun` first."""
    with build(Path(folder), "").app_context():
        with current_app.test_request_context():
            things = [(source.kind, one.key) for source in sources() for one in islice(source.all(), 5)]
        print("begun", flush=True)
        while True:
            with transaction():
                if what == "rebuilding":
                    rebuild_later()
                for kind, key in things if what == "indexing" else ():
                    index_later(kind, key)
            jobs.run_due()


if __name__ == "__main__":
    main(*sys.argv[1:])
