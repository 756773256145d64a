"""The demonstration year: the 55th edition, its first round of judging open, and two collectors.

Everything goes through the services people use, in one transaction, so that it is there whole or not at all.
"""

import io
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from flask import current_app
from PIL import Image, ImageDraw, ImageFont
from tqdm import tqdm

from accounts import passwords
from accounts import queries as accounts
from accounts import services as account_services
from accounts.models import Person
from accounts.rules import NameShown, Relation, Role
from contest.editions import defaults
from contest.editions import queries as editions
from contest.editions import rules as edition_rules
from contest.editions import services as edition_services
from contest.editions.models import Stage, Unit
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Assignment, Round
from contest.judging.rules import STEP
from contest.judging.terms import GoingOn, Terms
from contest.letters import pictures, sheets
from contest.letters import rules as letter_rules
from contest.letters import services as letter_services
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm
from contest.letters.sheets import KeptSheet
from core import clock
from core.db import transaction
from website.config import DEMONSTRATION_SIGN_INS
from website.demonstration import collectors, coming, stamps, texts
from website.demonstration.provinces import PROVINCES

NUMBER = 55
LETTERS = 28
# How stern each judge is, in marks; the second grows sterner after a while, as people do when they are tired.
SEVERITIES = (0.1, 0.2, -0.9, 1.0, -0.4, 0.3)
TIRED, FRESH_FOR, TIRING = 1, 6, 0.3
JUDGES = len(SEVERITIES)
ANCHORS = 10
# Each role's account; names say what they are for, in Vietnamese without accents.
ACCOUNTS = {Role.ORGANISER: "to-chuc", Role.JUDGE: "giam-khao-1", Role.STUDENT: "hoc-sinh-1", Role.CURATOR: "bien-tap"}
ACCOUNTS |= {Role.CLERK: "quay-tem"}
OPENED_DAYS_AGO, CLOSES_IN_DAYS = 40, 45
MARKED_BY_FIRST_JUDGE = 5


def sign_ins() -> list[str]:
    """What `make run` prints: one sign-in per role."""
    lines = [f"  {role.value:<10} {name:<14} {password}" for role, name, password in _kept_sign_ins()]
    return ["Demonstration year; its people are invented. Sign in as (role, user name, password):", *lines]


def load() -> None:
    """Load the year, unless there is one already."""
    if editions.stage(NUMBER) is not None or _sign_ins_file().exists():
        return
    with tqdm(total=3, desc="demonstration year", unit="step", disable=None) as bar:
        made = {role: passwords.generated() for role in ACCOUNTS}
        hashes = {role: passwords.hash_of(password) for role, password in made.items()}
        nobody = passwords.hash_of(passwords.generated())
        bar.update()
        scan, drawn = _scanned_sheet(), stamps.kept()
        bar.update()
        with transaction():
            curator = _fill(hashes, nobody, scan, clock.now())
            stamps.load(drawn, by=curator, now=clock.now())
        _keep_sign_ins(made)
        bar.update()


def _fill(hashes: dict[Role, str], nobody: str, scan: KeptSheet, now: datetime) -> Person:
    """Everything but the stamps; gives the curator."""
    people = {role: _person(name, hashes[role], role, now) for role, name in ACCOUNTS.items()}
    organiser = people[Role.ORGANISER]
    stage = _stage(organiser, now)
    _units(stage, organiser, now)
    children = [people[Role.STUDENT]]
    children += [_person(f"hoc-sinh-{number}", nobody, Role.STUDENT, now) for number in range(2, LETTERS + 4)]
    entrants = [_entrant(stage, child, number, now) for number, child in enumerate(children)]
    _letters(entrants, scan, now)
    judges = [people[Role.JUDGE]]
    judges += [_person(f"giam-khao-{number}", nobody, Role.JUDGE, now) for number in range(2, JUDGES + 1)]
    _round(stage, judges, organiser, now)
    partner = account_services.register_person(
        user_name="suu-tap-2", password_hash=nobody, roles=[], now=now, invented=True
    )
    collectors.fill(collector=people[Role.CURATOR], partner=partner, now=now)
    coming.fill(people, children, now)
    return people[Role.CURATOR]


def _person(name: str, password_hash: str, role: Role, now: datetime) -> Person:
    return account_services.register_person(
        user_name=name, password_hash=password_hash, roles=[role], full_name="", now=now, invented=True
    )


def _stage(organiser: Person, now: datetime) -> Stage:
    """The real theme of the record; a window around today, extended once with a reason."""
    edition = editions.edition(NUMBER)
    values = {
        "theme_vi": (edition.theme_vi if edition else "") or "Chủ đề minh họa",
        "theme_en": (edition.theme_en if edition else "") or "A theme for demonstration",
        "theme_fr": (edition.theme_fr if edition else "") or "Un thème de démonstration",
        "youngest": defaults.YOUNGEST,
        "oldest": defaults.OLDEST,
        "reference_day": edition_rules.reference_day(edition_rules.FIRST_YEAR + NUMBER - 1),
        "word_limit": defaults.WORD_LIMIT,
        "opens_at": now - timedelta(days=OPENED_DAYS_AGO),
        "closes_at": now + timedelta(days=CLOSES_IN_DAYS - 16),
        "takes_typed": True,
        "takes_handwritten": True,
    }
    stage = edition_services.open_stage(
        number=NUMBER,
        country=current_app.config["COUNTRY"],
        values=values,
        by=organiser,
        now=now - timedelta(days=OPENED_DAYS_AGO + 5),
        demonstration=True,
    )
    edition_services.change_settings(
        stage=stage,
        values=values | {"closes_at": now + timedelta(days=CLOSES_IN_DAYS)},
        reason="Minh họa: gia hạn vì chủ đề được công bố muộn, như đã từng xảy ra năm 2023.",
        by=organiser,
        now=now - timedelta(days=3),
    )
    return stage


def _units(stage: Stage, organiser: Person, now: datetime) -> None:
    for name in PROVINCES:
        edition_services.add_province(stage=stage, name=name)
    lines = [(province, school) for province, schools in texts.SCHOOLS.items() for school in schools]
    edition_services.add_schools(stage=stage, lines=lines, by=organiser, now=now)


def _entrant(stage: Stage, child: Person, number: int, now: datetime) -> Entrant:
    full_name, given_name = texts.names(LETTERS + 3)[number]
    return letter_services.enter_stage(
        stage=stage,
        person=child,
        full_name=full_name,
        given_name=given_name,
        born=date(2012 + number % 4, 1 + number % 12, 1 + number % 28),
        school=_school(stage, number),
        class_name=f"{5 + number % 5}A",
        guardian_name=f"{full_name} (phụ huynh)",
        relation=Relation.MOTHER,
        name_shown=(NameShown.FULL, NameShown.GIVEN, NameShown.FULL, NameShown.HIDDEN)[number % 4],
        now=now - timedelta(days=OPENED_DAYS_AGO - 2),
    )


def _school(stage: Stage, number: int) -> Unit:
    schools = [school for province in editions.provinces(stage) for school in editions.schools_of(province)]
    return schools[number % len(schools)]


def _letters(entrants: list[Entrant], scan: KeptSheet, now: datetime) -> None:
    """The first child is still writing, the last one has photographed a sheet, two have only entered."""
    bodies = texts.letters(LETTERS)
    for entrant, body in zip(entrants, bodies, strict=False):
        at = now - timedelta(days=20) + timedelta(hours=len(body) % 300)
        letter = letter_services.begin_letter(entrant=entrant, form=LetterForm.TYPED, now=at)
        signed = f"{body}\n\n{entrant.full_name}" if entrant is not entrants[0] else body
        letter_services.save_body(letter=letter, body=signed, revision=letter.revision, now=at)
        if entrant is not entrants[0]:
            letter_services.submit_letter(letter=letter, by=entrant.person, now=at)
    _handwritten(entrants[-1], scan, now)


def _handwritten(entrant: Entrant, scan: KeptSheet, now: datetime) -> Letter:
    at = now - timedelta(days=1)
    letter = letter_services.begin_letter(entrant=entrant, form=LetterForm.HANDWRITTEN, now=at)
    sheets.add_sheets(letter=letter, sheets=[scan], now=at)
    return letter_services.submit_letter(letter=letter, by=entrant.person, now=at)


def _round(stage: Stage, judges: list[Person], organiser: Person, now: datetime) -> None:
    """Six judges who are not alike; the first has only begun, so that whoever signs in as that judge finds letters."""
    for person in judges:
        judging_services.appoint_judge(stage=stage, person=person, by=organiser, now=now)
    round_ = judging_services.plan_round(
        stage=stage,
        reads_per_letter=2,
        seed="minh-hoa",
        terms=Terms(going_on=GoingOn.TOP, cut=Decimal(12), anchors=ANCHORS),
        by=organiser,
        now=now,
    )
    judging_services.open_round(round_=round_, by=organiser, now=now)
    for index, person in enumerate(judges):
        pile = judging.desk_of(person)
        for place, assignment in enumerate(pile[: MARKED_BY_FIRST_JUDGE if index == 0 else len(pile) - 2]):
            severity = SEVERITIES[index] + (TIRING * max(place - FRESH_FOR, 0) if index == TIRED else 0)
            _marks(assignment, severity, now - timedelta(minutes=(3 + index % 3) * (len(pile) - place)))
    judging_services.bring_up_to_date(round_=round_, now=now)
    _note_to_first_judge(round_, judges[0], organiser, now)


def _marks(assignment: Assignment, severity: float, at: datetime) -> None:
    """Marks as a judge of this severity gives them: the letter's own worth, and a little chance for each criterion."""
    worth = random.Random(f"thư {assignment.letter_id}").gauss(7, 1.1)  # noqa: S311 - invented, and always the same
    chance = random.Random(f"lượt {assignment.id}")  # noqa: S311
    worth += chance.gauss(0, 0.3)
    for criterion in assignment.round.stage.criteria:
        points = min(max(worth - severity + chance.gauss(0, 0.6), 1), criterion.most)
        half_steps = round(points / float(STEP))
        judging_services.save_mark(assignment=assignment, criterion=criterion, points=STEP * half_steps, now=at)


def _note_to_first_judge(round_: Round, person: Person, organiser: Person, now: datetime) -> None:
    judge = judging.judge_of(round_.stage, person)
    if judge:
        judging_services.write_note(round_=round_, judge=judge, words=texts.NOTE, by=organiser, now=now)


def _scanned_sheet() -> KeptSheet:
    """A photographed sheet as a child might send it: lines, a name in the corner, ink."""
    paper = Image.new("RGB", (1240, 1754), "#fdfbf4")
    pen = ImageDraw.Draw(paper)
    font = ImageFont.load_default(size=34)
    for line in range(160, 1700, 62):
        pen.line((90, line, 1150, line), fill="#c9d6e4", width=2)
    pen.text((100, 60), "Nguyen Vi Du (minh hoa)", fill="#22345c", font=font)
    words = (
        "Ha Noi, ngay 5 thang 11 nam 2026",
        "",
        "Ban Lan than men,",
        "",
        *["Minh viet thu nay bang tay cho cau."] * 12,
    )
    for place, text in enumerate((*words, "", "Than men,", "Vi Du")):
        pen.text((120, 178 + place * 62), text, fill="#22345c", font=font)
    out = io.BytesIO()
    paper.save(out, "PNG")
    [picture] = pictures.sheets_of(out.getvalue(), name="minh-hoa.png")
    return sheets.keep(picture, letter_rules.corners_suggested(position=1, last=True))


def _sign_ins_file() -> Path:
    return Path(current_app.config["DATA"]) / DEMONSTRATION_SIGN_INS


def _keep_sign_ins(made: dict[Role, str]) -> None:
    path = _sign_ins_file()
    path.touch(mode=0o600)
    path.write_text("".join(f"{role.value} {ACCOUNTS[role]} {password}\n" for role, password in made.items()))


def _kept_sign_ins() -> list[tuple[Role, str, str]]:
    path = _sign_ins_file()
    lines = path.read_text().splitlines() if path.exists() else []
    return [
        (Role(role), name, password if accounts.person_by_name(name) else "–")
        for role, name, password in (line.split(" ", 2) for line in lines)
    ]
