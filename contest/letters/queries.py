"""Every SELECT about entrants and letters. What judges see comes from `blind_letter`, which joins nobody."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from accounts.models import Consent, Person
from contest.editions.models import Stage, Unit
from contest.editions.rules import age_on
from contest.letters.models import Entrant, Letter, Sheet
from contest.letters.rules import LetterForm, LetterState, word_count
from core.db import db


@dataclass(frozen=True)
class BlindLetter:
    """All that a judge may know of a letter: its number and what is written in it, names covered.

    Of a letter written by hand it is the number of its sheets, which are asked for by their places: ids that run through all
    letters would tell which were handed in together.
    """

    letter_id: int
    number: str
    form: LetterForm
    body: str
    word_count: int
    sheets: int


@dataclass(frozen=True)
class Origin:
    """Where a letter comes from, for keeping it from judges of the same place; never shown to them."""

    letter_id: int
    school_id: int
    province_id: int | None


_IS_CLEARED = (Letter.state == LetterState.SUBMITTED) & Letter.cleared_at.is_not(None)
_IS_HANDWRITTEN = Letter.form == LetterForm.HANDWRITTEN


def blind_letter(letter_id: int) -> BlindLetter | None:
    """The jury's copy of a letter that has been handed in and cleared."""
    query = select(Letter.id, Letter.number, Letter.form, Letter.blind_body, Letter.word_count)
    row = db.session.execute(query.where(Letter.id == letter_id, _IS_CLEARED)).one_or_none()
    if row is None or row.number is None:
        return None
    if row.form is LetterForm.HANDWRITTEN:
        return BlindLetter(row.id, row.number, row.form, "", row.word_count, blind_sheets([letter_id])[letter_id])
    # Counted anew with names covered: the child's own count would tell of how many words the name is.
    return BlindLetter(row.id, row.number, row.form, row.blind_body, word_count(row.blind_body), 0)


def age_of(letter_id: int) -> int | None:
    """How old the child who wrote a letter is on the stage's reference day. Nothing else of the child is read."""
    query = select(Entrant.born, Stage.reference_day).join(Letter, Letter.entrant_id == Entrant.id)
    row = db.session.execute(query.join(Stage, Letter.stage_id == Stage.id).where(Letter.id == letter_id)).one_or_none()
    return age_on(born=row.born, day=row.reference_day) if row else None


def blind_sheets(letter_ids: Collection[int]) -> dict[int, int]:
    """How many sheets a judge may see of each of a few letters."""
    found = _sheets_shown(letter_ids).subquery()
    counts = select(found.c.letter_id, func.count()).group_by(found.c.letter_id)
    return dict.fromkeys(letter_ids, 0) | {letter_id: count for letter_id, count in db.session.execute(counts)}  # noqa: C416


def blind_sheet(letter_id: int, place: int) -> str | None:
    """The file of the jury's copy of a sheet, the first at place 1, of a letter that has been handed in and cleared."""
    if place < 1:
        return None
    query = _sheets_shown([letter_id]).order_by(Sheet.position).offset(place - 1).limit(1)
    row = db.session.execute(query).one_or_none()
    return row.blind_file_id if row else None


def _sheets_shown(letter_ids: Collection[int]) -> Select[tuple[int, str | None]]:
    return select(Sheet.letter_id, Sheet.blind_file_id).where(
        Sheet.letter_id.in_(letter_ids),
        Sheet.blind_file_id.is_not(None),
        Sheet.letter.has(_IS_CLEARED & _IS_HANDWRITTEN),
    )


def judgeable(stage_id: int, letter_ids: Collection[int] | None = None) -> list[Origin]:
    """Letters of a stage that may be judged, or those of a few that may, and where they come from."""
    query = (
        select(Letter.id, Entrant.school_id, Unit.parent_id)
        .join(Entrant, Letter.entrant_id == Entrant.id)
        .join(Unit, Entrant.school_id == Unit.id)
        .join(Consent, Entrant.consent_id == Consent.id)
        .where(Letter.stage_id == stage_id, _IS_CLEARED, Consent.withdrawn_at.is_(None))
        .order_by(Letter.id)
    )
    if letter_ids is not None:
        query = query.where(Letter.id.in_(letter_ids))
    return [Origin(*row) for row in db.session.execute(query)]


def judgeable_ids() -> Select[tuple[int]]:
    """Which letters may be judged, of any stage, for other queries: handed in, cleared, with a consent that holds."""
    return (
        select(Letter.id)
        .join(Entrant, Letter.entrant_id == Entrant.id)
        .join(Consent, Entrant.consent_id == Consent.id)
        .where(_IS_CLEARED, Consent.withdrawn_at.is_(None))
    )


def letter(letter_id: int) -> Letter | None:
    """By id."""
    return db.session.get(Letter, letter_id)


def hold(letter: Letter) -> None:
    """Read a letter anew and keep others from changing it until the transaction ends."""
    db.session.refresh(letter, with_for_update={"of": Letter})


def letter_by_number(number: str) -> Letter | None:
    """By its number as written."""
    return db.session.scalar(select(Letter).where(Letter.number == number))


def sheet(sheet_id: int) -> Sheet | None:
    """By id."""
    return db.session.get(Sheet, sheet_id)


def entrant(stage: Stage, person: Person) -> Entrant | None:
    """A person's entry in a stage."""
    query = select(Entrant).where(Entrant.stage_id == stage.id, Entrant.person_id == person.id)
    return db.session.scalar(query)


def living_letter(entrant: Entrant) -> Letter | None:
    """The letter of an entrant that is not withdrawn."""
    query = select(Letter).where(Letter.entrant_id == entrant.id, Letter.state != LetterState.WITHDRAWN)
    return db.session.scalar(query)


def letters_of(person: Person) -> list[Letter]:
    """Every letter somebody ever began, newest first."""
    query = select(Letter).join(Entrant).where(Entrant.person_id == person.id)
    return list(db.session.scalars(query.order_by(Letter.id.desc())))


def waiting_for_clearing(stage: Stage) -> list[Letter]:
    """Handwritten letters whose copies nobody has looked at yet, oldest first."""
    query = select(Letter).where(
        Letter.stage_id == stage.id, Letter.state == LetterState.SUBMITTED, Letter.cleared_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Letter.submitted_at, Letter.id)))


@dataclass(frozen=True)
class Counts:
    """Letters of a stage by state."""

    drafts: int
    submitted: int
    withdrawn: int
    to_clear: int


def counts(stage: Stage) -> Counts:
    """How many letters are where."""
    query = select(Letter.state, func.count()).where(Letter.stage_id == stage.id).group_by(Letter.state)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return Counts(
        drafts=found.get(LetterState.DRAFT, 0),
        submitted=found.get(LetterState.SUBMITTED, 0),
        withdrawn=found.get(LetterState.WITHDRAWN, 0),
        to_clear=len(waiting_for_clearing(stage)),
    )
