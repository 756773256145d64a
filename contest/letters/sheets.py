"""Every write to the sheets of a handwritten letter. Pictures come in made; files of what failed are removed.

Making a picture is slow and happens before the transaction: `prepared` and `recovered` are called outside it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from contest.letters import pictures, rules
from contest.letters.models import Letter, Sheet
from contest.letters.pictures import Picture
from contest.letters.rules import Corner, LetterForm, LetterState
from core import files, journal
from core.db import db
from core.errors import Refused


@dataclass(frozen=True)
class KeptSheet:
    """A sheet's two files, written and waiting for their row."""

    file_id: str
    blind_file_id: str
    covered: tuple[Corner, ...]
    width: int
    height: int


def keep(picture: Picture, corners: Collection[Corner]) -> KeptSheet:
    """Write a sheet and the jury's copy of it to the disk. Slow: outside a transaction."""
    copy = pictures.covered(picture.content, corners)
    return KeptSheet(
        file_id=files.keep(picture.content, ending="jpg"),
        blind_file_id=files.keep(copy.content, ending="jpg"),
        covered=tuple(corners),
        width=picture.width,
        height=picture.height,
    )


def forget(sheets: Iterable[KeptSheet]) -> None:
    """Remove files whose rows never came to be."""
    for sheet in sheets:
        files.forget(sheet.file_id)
        files.forget(sheet.blind_file_id)


def add_sheets(*, letter: Letter, sheets: list[KeptSheet], now: datetime) -> None:
    """Add sheets at the end of a letter."""
    refuse_unless_writable(letter)
    rules.refuse_sheets(present=len(letter.sheets), added=len(sheets))
    for position, kept in enumerate(sheets, start=len(letter.sheets) + 1):
        letter.sheets.append(
            Sheet(
                position=position,
                file_id=kept.file_id,
                blind_file_id=kept.blind_file_id,
                covered=[corner.value for corner in kept.covered],
                width=kept.width,
                height=kept.height,
            )
        )
    letter.saved_at = now
    db.session.flush()


def replace_sheet(*, sheet: Sheet, kept: KeptSheet, now: datetime) -> tuple[str, str | None]:
    """Put a turned sheet, or other covered corners, in place of what was there; give the files to forget."""
    old = sheet.file_id, sheet.blind_file_id
    sheet.file_id, sheet.blind_file_id = kept.file_id, kept.blind_file_id
    sheet.covered = [corner.value for corner in kept.covered]
    sheet.width, sheet.height = kept.width, kept.height
    sheet.letter.saved_at = now
    db.session.flush()
    return old


def cover_more(*, sheet: Sheet, kept: KeptSheet, by: Person, now: datetime) -> tuple[str, str | None]:
    """An organiser covers what a child has forgotten."""
    if sheet.letter.state is not LetterState.SUBMITTED:
        raise Refused("This letter is not handed in.")
    journal.write(
        who=by.id, act="sheet.covered", kind="letter", thing=sheet.letter_id, now=now, corners=list(kept.covered)
    )
    return replace_sheet(sheet=sheet, kept=kept, now=now)


def move_sheet(*, sheet: Sheet, by: int, now: datetime) -> None:
    """Move a sheet one place up (-1) or down (+1); beyond the end nothing happens."""
    refuse_unless_writable(sheet.letter)
    order = list(sheet.letter.sheets)
    at = order.index(sheet)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    _number(sheet.letter, order, now)


def remove_sheet(*, sheet: Sheet, now: datetime) -> tuple[str, str | None]:
    """Take a sheet out; give the files to forget once that is saved."""
    letter = sheet.letter
    refuse_unless_writable(letter)
    letter.sheets.remove(sheet)
    _number(letter, list(letter.sheets), now)
    return sheet.file_id, sheet.blind_file_id


def _number(letter: Letter, order: list[Sheet], now: datetime) -> None:
    for position, sheet in enumerate(order, start=1):
        sheet.position = position
    letter.saved_at = now
    db.session.flush()
    db.session.expire(letter, ["sheets"])


def refuse_unless_writable(letter: Letter) -> None:
    """Sheets belong to handwritten letters that are still drafts."""
    if letter.form is not LetterForm.HANDWRITTEN:
        raise Refused("This letter is typed; it has no sheets.")
    if letter.state is not LetterState.DRAFT:
        raise Refused("This letter is handed in; it can no longer be changed.")
