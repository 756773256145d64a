"""Plain builders: each makes one thing, saved, with everything it needs and nothing else."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from accounts import services as accounts
from accounts.models import Person, PersonRole
from accounts.rules import NameShown, Relation, Role
from contest.editions import services as editions
from contest.editions.models import Criterion, Edition, Prize, Stage, Unit
from contest.editions.rules import UnitLevel
from contest.judging import deciding, standing
from contest.judging import services as judging
from contest.judging.models import Assignment, Decision, Judge, Round
from contest.judging.terms import RankedBy, Terms
from contest.letters import services as letters
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm
from contest.winners.services import load_record, read_record
from core.db import Base, db, transaction
from tests.kept import kept, made_once

NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
RECORD = Path(__file__).resolve().parent.parent / "record"


def saved(*things: Base) -> None:
    """Save things as an edge would."""
    with transaction():
        db.session.add_all(things)


@kept
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


@kept
def edition(number: int = 55, **given: Any) -> Edition:
    """An edition of the record."""
    made = Edition(number=number, year=1971 + number, **given)
    saved(made)
    return made


@kept
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


@made_once
def record() -> None:
    """The real record, loaded from the data files that come with the program."""
    read = read_record(RECORD)
    with transaction():
        load_record(read, step=lambda: None)


@kept
def school(stage: Stage, name: str = "Trường THCS Lê Lợi", province: str = "Hà Nội") -> Unit:
    """A school of a province; the stage's tree gets what it needs to hold it."""
    with transaction():
        if not db.session.scalar(select(Unit).where(Unit.stage_id == stage.id)):
            db.session.add(Unit(stage_id=stage.id, level=UnitLevel.COUNTRY, name="Việt Nam"))
            db.session.flush()
        return editions.add_school(province=editions.add_province(stage=stage, name=province), name=name)


@kept
def entrant(person: Person, school: Unit, stage: Stage, **given: Any) -> Entrant:
    """A child of twelve who has entered, with the mother's consent."""
    with transaction():
        accounts.ensure_consent_text(now=NOW)
        consent = accounts.give_consent(
            person=person, guardian_name="Trần Thu", relation=Relation.MOTHER, name_shown=NameShown.FULL, now=NOW
        )
        facts: dict[str, Any] = {"full_name": person.full_name, "given_name": person.full_name.split()[-1]}
        made = Entrant(
            stage=stage,
            person=person,
            school=school,
            consent=consent,
            born=date(stage.reference_day.year - 12, 1, 31),
            registered_at=NOW,
            **(facts | given),
        )
        db.session.add(made)
    return made


LETTER = """Hà Nội, ngày 5 tháng 1 năm 2026

Bạn Lan thân mến,

Mình viết thư này để kể cho bạn nghe về con phố nhỏ của mình.

Thân ái,
Ngọc Mai"""


@kept
def letter(entrant: Entrant, body: str = LETTER, form: LetterForm = LetterForm.TYPED, at: datetime = NOW) -> Letter:
    """A draft."""
    with transaction():
        made = letters.begin_letter(entrant=entrant, form=form, now=at)
        if form is LetterForm.TYPED:
            letters.save_body(letter=made, body=body, revision=0, now=at)
    return made


@kept
def handed_in(letter: Letter, at: datetime = NOW) -> Letter:
    """A letter with a number."""
    with transaction():
        letters.submit_letter(letter=letter, by=letter.entrant.person, now=at)
    return letter


@kept
def criterion(stage: Stage, name: str = "Content", *, weight: int = 1, most: int = 10) -> Criterion:
    """What judges mark."""
    made = Criterion(
        stage_id=stage.id,
        position=len(stage.criteria) + 1,
        weight=weight,
        most=most,
        **{f"{part}_{language}": name for part in ("name", "description") for language in ("vi", "en", "fr")},
    )
    saved(made)
    return made


@kept
def prize(stage: Stage, name: str = "First prize", *, places: int = 1) -> Prize:
    """A row of the prize table."""
    names = {f"name_{language}": name for language in ("vi", "en", "fr")}
    made = Prize(stage_id=stage.id, position=len(stage.prizes) + 1, places=places, **names)
    saved(made)
    return made


@kept
def child(stage: Stage, school: Unit, name: str = "Lê Thị Một", body: str = LETTER) -> Letter:
    """A child whose letter is handed in; who has that name already gets another account."""
    number = db.session.scalar(select(func.count()).select_from(Person))
    someone = person(f"child-{number}", Role.STUDENT, full_name=name)
    return handed_in(letter(entrant(someone, school, stage), body=body))


@kept
def judge(stage: Stage, person: Person) -> Judge:
    """A judge of a stage."""
    with transaction():
        return judging.appoint_judge(stage=stage, person=person, by=None, now=NOW)


@kept
def planned_round(stage: Stage, *, reads: int = 1, seed: str = "of the tests", **terms: Any) -> Round:
    """A round to come; what else it is by the names of `Terms`. Unless told otherwise it ranks by plain means."""
    with transaction():
        return judging.plan_round(
            stage=stage,
            reads_per_letter=reads,
            seed=seed,
            terms=Terms(**({"ranked_by": RankedBy.RAW} | terms)),
            by=None,
            now=NOW,
        )


@kept
def open_round(stage: Stage, **given: Any) -> Round:
    """A round that has been dealt."""
    made = planned_round(stage, **given)
    with transaction():
        judging.open_round(round_=made, by=None, now=NOW)
    return made


@kept
def marks(assignment: Assignment, points: str, at: datetime = NOW) -> None:
    """The same mark for every criterion."""
    with transaction():
        for each in assignment.round.stage.criteria:
            judging.save_mark(assignment=assignment, criterion=each, points=Decimal(points), now=at)


@kept
def closed(round_: Round, by: Person) -> Round:
    """A round that is over."""
    with transaction():
        judging.close_round(round_=round_, by=by, now=NOW)
    return round_


@kept
def decided(round_: Round, by: Person, *chosen: Letter) -> Decision:
    """Who goes on from a closed round, with letters chosen by hand."""
    with transaction():
        return judging.decide(
            round_=round_,
            chosen=[letter.id for letter in chosen],
            seen=deciding.fingerprint(standing.standings_of(round_)),
            by=by,
            now=NOW,
        )
