"""A process that writes to an index without end, to be killed: `python -m tests.archive.engines.writer FOLDER put`."""

import sys
from itertools import count
from pathlib import Path

from archive.engines.whoosh import WhooshIndex
from tests.archive.documents import ALL, stamp


def main(folder: str, how: str) -> None:
    """Put or rebuild until killed; says `begun` first."""
    index = WhooshIndex(Path(folder))
    print("begun", flush=True)  # noqa: T201 - whoever kills us waits for it
    for number in count():
        if how == "put":
            index.put([stamp(f"s{number % 20}", f"New {number}"), stamp(f"t{number % 20}", f"New {number}")])
        else:
            index.rebuild([*ALL, *(stamp(f"r{at}", "Rebuilt") for at in range(30))])


if __name__ == "__main__":
    main(*sys.argv[1:])
