"""Run every bench, or those named."""

import sys
from importlib import import_module

BENCHES = (
    *("hand_in", "search", "finding", "killing", "assigning", "funnel", "marking", "severity"),
    *("catalogue", "completeness", "importing", "pictures", "swapping"),
)


def main() -> None:
    """Run and print."""
    for name in sys.argv[1:] or BENCHES:
        bench = import_module(f"bench.{name}")
        print(f"\n== {name}: {bench.__doc__.splitlines()[0]}", flush=True)
        bench.main()


if __name__ == "__main__":
    main()
