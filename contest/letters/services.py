"""Every write to entrants and typed letters, from entering to taking back. Sheets have a file of their own."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import NameShown, Relation
from contest.editions import queries as editions
from contest.editions import services as editions_services
from contest.editions.models import Stage, Unit
from contest.letters import numbers, queries, rules
from contest.letters.blinding import blind
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm, LetterState, Window
from core import journal
from core.db import db
from core.errors import Refused

MOST_TRIES_FOR_A_NUMBER = 20
Made = TypeVar("Made")


def enter_stage(
    *,
    stage: Stage,
    person: Person,
    full_name: str,
    given_name: str,
    born: date,
    school: Unit,
    class_name: str,
    guardian_name: str,
    relation: Relation,
    name_shown: NameShown,
    now: datetime,
) -> Entrant:
    """Enter a child with a guardian's consent. Entering twice is entering once."""
    if entered := queries.entrant(stage, person):
        return entered
    rules.refuse_outside(_window(stage), now=now)
    rules.refuse_age(born=born, youngest=stage.youngest, oldest=stage.oldest, reference_day=stage.reference_day)
    entrant = Entrant(
        stage_id=stage.id,
        person_id=person.id,
        full_name=" ".join(full_name.split()),
        given_name=" ".join(given_name.split()) or rules.given_name_of(full_name),
        born=born,
        school_id=school.id,
        class_name=class_name.strip(),
        registered_at=now,
    )
    try:
        with db.session.begin_nested():
            entrant.consent_id = accounts.give_consent(
                person=person, guardian_name=guardian_name, relation=relation, name_shown=name_shown, now=now
            ).id
            db.session.add(entrant)
            db.session.flush()
    except IntegrityError:  # a second tab was faster
        return _there(queries.entrant(stage, person))
    journal.write(who=person.id, act="entrant.entered", kind="entrant", thing=entrant.id, now=now)
    return entrant


def _there(found: Made | None) -> Made:
    """What the faster of two tabs has made; a constraint broken without it is a bug."""
    if found is None:
        raise LookupError("a constraint was broken by nobody")
    return found


def renew_consent(
    *, entrant: Entrant, guardian_name: str, relation: Relation, name_shown: NameShown, now: datetime
) -> None:
    """A guardian who has withdrawn says yes again."""
    entrant.consent = accounts.give_consent(
        person=entrant.person, guardian_name=guardian_name, relation=relation, name_shown=name_shown, now=now
    )
    db.session.flush()


def school_called(*, province: Unit, name: str, by: Person, now: datetime) -> Unit:
    """The school a child has typed, added to the tree when it was missing there."""
    known = editions.unit_named(province, " ".join(name.split()))
    if known:
        return known
    school = editions_services.add_school(province=province, name=name)
    journal.write(who=by.id, act="unit.added_by_entrant", kind="unit", thing=school.id, now=now, name=school.name)
    return school


def begin_letter(*, entrant: Entrant, form: LetterForm, now: datetime) -> Letter:
    """Begin a letter; who has one gets that one, whatever is clicked twice."""
    if living := queries.living_letter(entrant):
        return living
    rules.refuse_outside(_window(entrant.stage), now=now)
    rules.refuse_form(form, takes=taken_forms(entrant.stage))
    letter = Letter(stage_id=entrant.stage_id, entrant_id=entrant.id, form=form, created_at=now, saved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(letter)
    except IntegrityError:  # a second tab was faster: its letter is this letter
        return _there(queries.living_letter(entrant))
    _note(letter, "letter.begun", entrant.person, now)
    return letter


def change_form(*, letter: Letter, form: LetterForm, now: datetime) -> None:
    """Go on by hand, or typed. What was written so far stays, should the child change back."""
    _hold_draft(letter)
    rules.refuse_form(form, takes=taken_forms(letter.stage))
    letter.form, letter.saved_at = form, now
    letter.word_count = rules.word_count(letter.body) if form is LetterForm.TYPED else 0
    db.session.flush()
    _note(letter, "letter.form_changed", letter.entrant.person, now, form=form.value)


def taken_forms(stage: Stage) -> frozenset[LetterForm]:
    """The forms of letters a stage takes."""
    forms = ((stage.takes_typed, LetterForm.TYPED), (stage.takes_handwritten, LetterForm.HANDWRITTEN))
    return frozenset(form for takes, form in forms if takes)


def save_body(*, letter: Letter, body: str, revision: int, now: datetime) -> Letter:
    """Keep what has been typed. Saves every few seconds leave no line in the journal.

    `revision` is the one the writer started from; an older one is refused, so that a forgotten tab
    never overwrites what was written since. The same text is always fine.
    """
    _hold_draft(letter)
    clean = body.replace("\r\n", "\n")
    if clean == letter.body:
        return letter
    if revision != letter.revision:
        raise Refused("This letter was changed in another window", field="body")
    letter.body = clean
    letter.word_count = rules.word_count(clean)
    letter.revision += 1
    letter.saved_at = now
    db.session.flush()
    return letter


def set_word_count(*, letter: Letter, words: int, now: datetime) -> None:
    """How many words a child has counted on the sheets."""
    _hold_draft(letter)
    letter.word_count, letter.saved_at = words, now
    db.session.flush()


def submit_letter(
    *, letter: Letter, by: Person, now: datetime, random_below: Callable[[int], int] = secrets.randbelow
) -> Letter:
    """Hand a letter in, which the child says to have written alone: it gets its number, the jury its copy.

    A second click changes nothing.
    """
    queries.hold(letter)
    if letter.state is LetterState.SUBMITTED:
        return letter
    refuse_unless_draft(letter)
    stage, entrant = letter.stage, letter.entrant
    rules.refuse_outside(_window(stage), now=now)
    rules.refuse_age(born=entrant.born, youngest=stage.youngest, oldest=stage.oldest, reference_day=stage.reference_day)
    rules.refuse_to_submit(
        form=letter.form,
        words=letter.word_count,
        word_limit=stage.word_limit,
        sheets=len(letter.sheets),
        consent_holds=entrant.consent.withdrawn_at is None,
        takes=taken_forms(stage),
    )
    letter.number = _free_number(stage.edition.number, random_below)
    letter.blind_body = jury_copy(letter) if letter.form is LetterForm.TYPED else ""
    letter.state = LetterState.SUBMITTED
    letter.submitted_at = now
    letter.cleared_at = now if letter.form is LetterForm.TYPED else None
    db.session.flush()
    _note(letter, "letter.submitted", by, now, number=letter.number, words=letter.word_count, own_work=True)
    return letter


def jury_copy(letter: Letter) -> str:
    """The text as the jury reads it."""
    entrant = letter.entrant
    return blind(letter.body, full_name=entrant.full_name, given_name=entrant.given_name, school=entrant.school.name)


def _free_number(edition: int, random_below: Callable[[int], int]) -> str:
    for _try in range(MOST_TRIES_FOR_A_NUMBER):
        number = numbers.new_number(edition, random_below)
        if queries.letter_by_number(number) is None:
            return number
    raise RuntimeError("no free letter number was found")


def withdraw_letter(*, letter: Letter, reason: str, by: Person, now: datetime) -> None:
    """Take a letter back before the close. Twice is once."""
    queries.hold(letter)
    if letter.state is LetterState.WITHDRAWN:
        return
    rules.refuse_to_withdraw(state=letter.state, closes_at=letter.stage.closes_at, now=now)
    letter.state, letter.withdrawn_at = LetterState.WITHDRAWN, now
    db.session.flush()
    _note(letter, "letter.withdrawn", by, now, reason=reason.strip())


def clear_letter(*, letter: Letter, by: Person, now: datetime) -> None:
    """Somebody has looked: nothing in the jury's copy names the child."""
    queries.hold(letter)
    if letter.state is not LetterState.SUBMITTED:
        raise Refused("This letter is not handed in.")
    if letter.cleared_at is None:
        letter.cleared_at = now
        db.session.flush()
        _note(letter, "letter.cleared", by, now)


def _hold_draft(letter: Letter) -> None:
    queries.hold(letter)
    refuse_unless_draft(letter)


def refuse_unless_draft(letter: Letter) -> None:
    """Only a draft can be changed."""
    if letter.state is LetterState.SUBMITTED:
        raise Refused("This letter is handed in; it can no longer be changed.")
    if letter.state is LetterState.WITHDRAWN:
        raise Refused("This letter was taken back.")


def _window(stage: Stage) -> Window:
    return Window(stage.opens_at, stage.closes_at)


def _note(letter: Letter, act: str, by: Person, now: datetime, **details: object) -> None:
    journal.write(who=by.id, act=act, kind="letter", thing=letter.id, now=now, **details)
