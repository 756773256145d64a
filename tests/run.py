"""`make test`: everything but the browser, then the journeys in a real browser, each on both cores.

A run that has no browser says so loudly, and fails where nobody is there to read it (CI).
"""

import os
import subprocess
import sys

from tests.journeys.browser import find_browser

ALARM = "!" * 78
ON_BOTH_CORES = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
QUICK = [*ON_BOTH_CORES, "-m", "not journey"]
JOURNEYS = [*ON_BOTH_CORES, "-m", "journey", "-p", "no:randomly"]


def pytest(*arguments: str) -> int:
    """Run pytest in a process of its own; its exit code."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments, *sys.argv[1:]], check=False).returncode


def main() -> int:
    """Run all; 0 only if all ran and passed."""
    failed = pytest(*QUICK)
    if find_browser() is None:
        sys.stdout.write(f"\n{ALARM}\nNO BROWSER: the journeys of the year were NOT run.\n{ALARM}\n")
        return failed or (1 if os.environ.get("CI") else 0)
    return failed or pytest(*JOURNEYS)


if __name__ == "__main__":
    sys.exit(main())
