"""Swap partners among 10,000 collectors with 1,000 wants and 300 swaps each: one question, how long it takes.

Half of what anybody wants or swaps is among a tenth of the stamps, as with people. SQLite; five collectors are asked for.
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, text

from core.db import db, transaction
from stamps.collections import queries
from stamps.models import Stamp, StampIssue
from website.application import create_app
from website.config import Settings

COLLECTORS, WANTS, SWAPS = 10_000, 1_000, 300
# Primes, so that steps through them meet no stamp twice.
STAMPS, POPULAR = 200_003, 20_011
STEP = 9_973
AT_A_TIME = 10_000
NOW = datetime(2026, 1, 15, tzinfo=UTC)
CONDITIONS = "CASE {} % 4 WHEN 0 THEN 'mnh' WHEN 1 THEN 'mlh' WHEN 2 THEN 'used' ELSE 'cto' END"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "


def main() -> None:
    """Fill, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), database_url="", secret_key="of the bench"))
        with app.app_context():
            begun = time.perf_counter()
            db.create_all()
            with transaction():
                _fill()
            print(
                f"   {COLLECTORS:,} collectors, {COLLECTORS * WANTS:,} wants: {time.perf_counter() - begun:.0f} s to fill"
            )
            for person_id in (1, 77, 2_500, 5_000, 10_000):
                _ask(person_id)


def _ask(person_id: int) -> None:
    taken = []
    for _time in range(3):
        db.session.rollback()
        begun = time.perf_counter()
        found = queries.partners(person_id, most=50)
        taken.append(time.perf_counter() - begun)
    best = [(gives, takes) for _collector, gives, takes in found[:3]]
    first, *later = (f"{each * 1000:.0f}" for each in taken)
    print(
        f"   collector {person_id:>6}: {first} ms the first time, then {', '.join(later)} ms; {len(found)} partners, best {best}"
    )


def _fill() -> None:
    moment = NOW.replace(tzinfo=None).isoformat(" ")
    people = NUMBERS.format(first=1, last=COLLECTORS)
    _run(
        "INSERT INTO person (id, user_name, full_name, password_hash, session_key, language, created_at, invented) "
        f"{people} SELECT i, 'c' || i, '', '', 'k' || i, '', '{moment}', TRUE FROM n"
    )
    _run(
        "INSERT INTO stamp_collector (person_id, address, name, about, shows_counts, shows_haves, shows_swaps, "
        "shows_wants, grown_up_said_at, swaps_since) "
        f"SELECT id, 'a' || id, 'c' || id, '', FALSE, FALSE, FALSE, FALSE, '{moment}', '{moment}' FROM person"
    )
    _fill_catalogue()
    for popular, half in ((POPULAR, WANTS // 2), (STAMPS, WANTS - WANTS // 2)):
        _run(
            "INSERT OR IGNORE INTO stamp_want (person_id, stamp_id, conditions, formats, certificate_needed, priority, "
            "public_note, private_note, added_at) "
            f"{NUMBERS.format(first=1, last=half)} SELECT p.id, 1 + (p.id * 7919 + n.i * {STEP}) % {popular}, "
            f"CASE n.i % 3 WHEN 0 THEN 'mnh mlh' ELSE '' END, '', FALSE, 'normal', '', '', '{moment}' "
            "FROM person p, n"
        )
    for popular, half in ((POPULAR, SWAPS // 2), (STAMPS, SWAPS - SWAPS // 2)):
        _run(
            "INSERT INTO stamp_copy (person_id, stamp_id, condition, grade, place, acquired_on, acquired_from, "
            "price_currency, certificate_expert, certificate_number, certificate_date, picture, public_note, "
            "private_note, to_swap, disposition, parted_on, parted_with, added_at) "
            f"{NUMBERS.format(first=1, last=half)} SELECT p.id, 1 + (p.id * 104729 + n.i * {STEP} * 3) % {popular}, "
            f"{CONDITIONS.format('(p.id + n.i)')}, '', '', '', '', '', '', '', '', '', '', '', TRUE, 'kept', '', '', "
            f"'{moment}' FROM person p, n"
        )


def _fill_catalogue() -> None:
    db.session.execute(insert(StampIssue), [{"id": 1, "key": "i", "country": "VN", "name_en": "i"}])
    for first in range(1, STAMPS + 1, AT_A_TIME):
        some = range(first, min(first + AT_A_TIME, STAMPS + 1))
        db.session.execute(insert(Stamp), [{"id": number, "key": f"s{number}", "issue_id": 1} for number in some])


def _run(statement: str) -> None:
    db.session.execute(text(statement))


if __name__ == "__main__":
    main()
