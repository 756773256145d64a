"""Letter numbers: `55-4829-1307-3` is edition, eight random digits, a check digit. Pure.

Random, so that a number tells neither time nor class; the check digit finds every single wrong digit and every
swap of two neighbours (Damm, “Total anti-symmetric quasigroups”, 2004; his table of order 10).
"""

import re
import unicodedata
from collections.abc import Callable

DIGITS = 8
# Signs that people type for the digit they look like.
LOOK_ALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> int:
    """The digit that makes the whole come out as zero."""
    state = 0
    for digit in digits:
        state = TABLE[state][int(digit)]
    return state


def written(edition: int, digits: str) -> str:
    """A number as it stands on receipts."""
    return f"{edition}-{digits[:4]}-{digits[4:]}-{check_digit(f'{edition}{digits}')}"


def new_number(edition: int, below: Callable[[int], int]) -> str:
    """A fresh number; `below(n)` gives a random integer in [0, n)."""
    return written(edition, str(below(10**DIGITS)).zfill(DIGITS))


def _digits(typed: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", typed).translate(LOOK_ALIKES))


def is_unfinished(typed: str) -> bool:
    """Whether there are fewer digits than any number has."""
    return len(_digits(typed)) < DIGITS + 2


def understood(typed: str) -> str | None:
    """The number somebody means, however carelessly typed; None if it has a slip."""
    digits = _digits(typed)
    if not DIGITS + 2 <= len(digits) <= DIGITS + 4 or check_digit(digits) != 0:
        return None
    return written(int(digits[: -DIGITS - 1]), digits[-DIGITS - 1 : -1])
