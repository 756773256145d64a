"""Plain builders: each makes one thing, saved, with everything it needs and nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from accounts.models import Person, PersonRole
from accounts.rules import Role
from contest.editions.models import Edition, Stage
from contest.winners.services import load_record, read_record
from core.db import Base, db, transaction

NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
RECORD = Path(__file__).resolve().parent.parent / "record"


def saved(*things: Base) -> None:
    """Save things as an edge would."""
    with transaction():
        db.session.add_all(things)


def person(user_name: str, *roles: Role, **given: Any) -> Person:
    """Somebody with an account whose password nobody knows."""
    someone = Person(
        user_name=user_name,
        full_name=given.pop("full_name", user_name.title()),
        password_hash="none",
        session_key=f"key-of-{user_name}",
        created_at=NOW,
        role_rows=[PersonRole(role=role) for role in roles],
        **given,
    )
    saved(someone)
    return someone


def edition(number: int = 55, **given: Any) -> Edition:
    """An edition of the record."""
    made = Edition(number=number, year=1971 + number, **given)
    saved(made)
    return made


def stage(number: int = 55, **given: Any) -> Stage:
    """Our country's stage, open on NOW."""
    settings: dict[str, Any] = {
        "country": "VN",
        "theme_vi": "Hãy viết thư cho một người bạn",
        "theme_en": "Write a letter to a friend",
        "theme_fr": "Écris une lettre à un ami",
        "youngest": 9,
        "oldest": 15,
        "reference_day": date(1971 + number, 5, 5),
        "word_limit": 800,
        "opens_at": datetime(2025, 12, 19, tzinfo=UTC),
        "closes_at": datetime(2026, 3, 5, 16, 59, tzinfo=UTC),
    }
    made = Stage(edition=edition(number), **(settings | given))
    saved(made)
    return made


def record() -> None:
    """The real record, loaded from the data files that come with the program."""
    read = read_record(RECORD)
    with transaction():
        load_record(read, step=lambda: None)
