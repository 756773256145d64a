"""Our own permanent numbers: given once, never to anything else. Those of the record's files are the same on every site."""

from collections.abc import Iterable

from sqlalchemy import insert

from core.db import db
from stamps import queries
from stamps.models import PermanentNumber
from stamps.rules import FIRST_OF_A_SITE


def give_permanent_numbers(*, kind: str, keys: Iterable[str]) -> None:
    """A number to each thing of a kind (`stamp`, `stamp_issue`, `stamp_series`, `stamp_maker`) that has none yet.

    Called under the write lock, so that no number is given twice.
    """
    wanted = list(keys)
    numbered = queries.numbered_keys(kind, wanted)
    following = max(queries.highest_permanent_number(), FIRST_OF_A_SITE - 1) + 1
    unnumbered = [key for key in dict.fromkeys(wanted) if key not in numbered]
    if unnumbered:
        values = [{"number": number, "kind": kind, "key": key} for number, key in enumerate(unnumbered, following)]
        db.session.execute(insert(PermanentNumber), values)


def lead_to(*, kind: str, key: str, other: str) -> None:
    """What was numbered as one thing is another one now: its numbers lead there."""
    for number in queries.permanent_numbers(kind, key):
        number.key = other
    db.session.flush()


def retire(*, kind: str, key: str) -> None:
    """A record is taken out: its number stays and leads nowhere."""
    lead_to(kind=kind, key=key, other="")
