"""Run every bench, or those named; exit code 1 when a figure is above its bound, after the others have run too."""

import sys
from importlib import import_module

BENCHES = (
    *("hand_in", "search", "finding", "killing", "assigning", "funnel", "marking", "severity"),
    *("catalogue", "completeness", "importing", "pictures", "swapping"),
)


def main() -> None:
    """Run and print."""
    above = []
    for name in sys.argv[1:] or BENCHES:
        bench = import_module(f"bench.{name}")
        print(f"\n== {name}: {bench.__doc__.splitlines()[0]}", flush=True)
        try:
            bench.main()
        except SystemExit as ended:
            above += [name] if ended.code else []
    if above:
        sys.exit(f"above the bound: {', '.join(above)}")


if __name__ == "__main__":
    main()
