"""Names of processes by which others on the same machine can tell whether one still runs."""

import os
import socket
from pathlib import Path


def own() -> str:
    """The name of this process: its machine, its number, and when it was started, since numbers are given again."""
    number = os.getpid()
    return f"{socket.gethostname()[:64]}/{number}/{_start_of(number)}"


def is_gone(name: str) -> bool:
    """Whether the process of this name surely runs no more; of other machines nothing is known."""
    machine, _, rest = name.partition("/")
    number, _, start = rest.partition("/")
    return machine == socket.gethostname()[:64] and number.isdigit() and _start_of(int(number)) != start


def _start_of(number: int) -> str:
    """When a process was started, as the system counts; "" when there is none. Where it does not tell: only that it runs."""
    if not Path("/proc/self/stat").exists():
        return "runs" if _runs(number) else ""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # Behind the program's name, which may have anything in it: the state, and 19 fields later the start.
    state, *fields = told.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except PermissionError:  # somebody else's
        return True
    except OSError:
        return False
    return True
