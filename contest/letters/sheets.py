"""Every write to the sheets of a handwritten letter. Pictures come in made; files of what failed are removed.

Making a picture is slow and happens before the transaction: `keep` is called outside it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from contest.letters import pictures, queries, rules
from contest.letters.models import Letter, Sheet
from contest.letters.pictures import Picture
from contest.letters.rules import Corner, LetterForm, LetterState
from contest.letters.services import refuse_unless_draft
from core import files, journal
from core.db import db
from core.errors import Refused


@dataclass(frozen=True)
class KeptSheet:
    """A sheet's two files, written and waiting for their row; `digest` tells the same picture sent twice."""

    digest: str
    file_id: str
    blind_file_id: str
    covered: tuple[Corner, ...]
    width: int
    height: int


def keep(picture: Picture, corners: Collection[Corner]) -> KeptSheet:
    """Write a sheet and the jury's copy of it to the disk. Slow: outside a transaction."""
    copy = pictures.covered(picture.content, corners)
    return KeptSheet(
        digest=_digest(picture.content),
        file_id=files.keep(picture.content, ending="jpg"),
        blind_file_id=files.keep(copy.content, ending="jpg"),
        covered=tuple(corners),
        width=picture.width,
        height=picture.height,
    )


@contextmanager
def or_forget(sheets: Iterable[KeptSheet]) -> Iterator[None]:
    """Around the transaction that gives kept sheets their rows: if it fails, their files go."""
    try:
        yield
    except BaseException:
        for sheet in sheets:
            forget(sheet.file_id, sheet.blind_file_id)
        raise


def forget(*file_ids: str | None) -> None:
    """Remove files that no row names any more."""
    for file_id in file_ids:
        if file_id:
            files.forget(file_id)


def content(sheet: Sheet) -> bytes:
    """The picture of a sheet. Refuses one that another window has replaced this moment."""
    try:
        return files.path_of(sheet.file_id).read_bytes()
    except FileNotFoundError as gone:
        raise _just_changed() from gone


def _just_changed() -> Refused:
    return Refused("This sheet has just been changed. Please load the page again.")


def add_sheets(*, letter: Letter, sheets: list[KeptSheet], now: datetime) -> list[KeptSheet]:
    """Add sheets at the end of a letter; give those that were there already, sent by a second click."""
    _hold(letter)
    there = {_digest(content(sheet)) for sheet in letter.sheets}
    new: dict[str, KeptSheet] = {}
    for kept in sheets:
        if kept.digest not in there:
            new.setdefault(kept.digest, kept)
    rules.refuse_sheets(present=len(letter.sheets), added=len(new))
    letter.sheets += [_row(kept, position) for position, kept in enumerate(new.values(), len(letter.sheets) + 1)]
    _saved(letter, "sheets.added", now, count=len(new))
    return [kept for kept in sheets if kept not in new.values()]


def _digest(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()


def _row(kept: KeptSheet, position: int) -> Sheet:
    return Sheet(
        position=position,
        file_id=kept.file_id,
        blind_file_id=kept.blind_file_id,
        covered=list(kept.covered),
        width=kept.width,
        height=kept.height,
    )


def replace_sheet(*, letter: Letter, sheet_id: int, kept: KeptSheet, now: datetime) -> tuple[str, str | None]:
    """Put a turned sheet, or other covered corners, in place of what was there; give the files to forget."""
    _hold(letter)
    old = _put(_sheet(letter, sheet_id), kept)
    _saved(letter, "sheet.changed", now, corners=list(kept.covered))
    return old


def cover_more(*, letter: Letter, sheet_id: int, kept: KeptSheet, by: Person, now: datetime) -> tuple[str, str | None]:
    """An organiser covers what a child has forgotten; give the files to forget."""
    queries.hold(letter)
    if letter.state is not LetterState.SUBMITTED:
        raise Refused("This letter is not handed in.")
    corners = list(kept.covered)
    journal.write(who=by.id, act="sheet.covered", kind="letter", thing=letter.id, now=now, corners=corners)
    return _put(_sheet(letter, sheet_id), kept)


def _put(sheet: Sheet, kept: KeptSheet) -> tuple[str, str | None]:
    old = sheet.file_id, sheet.blind_file_id
    sheet.file_id, sheet.blind_file_id = kept.file_id, kept.blind_file_id
    sheet.covered = list(kept.covered)
    sheet.width, sheet.height = kept.width, kept.height
    db.session.flush()
    return old


def move_sheet(*, letter: Letter, sheet_id: int, by: int, now: datetime) -> None:
    """Move a sheet one place up (-1) or down (+1); beyond the end nothing happens."""
    _hold(letter)
    order = list(letter.sheets)
    at = order.index(_sheet(letter, sheet_id))
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    _number(order)
    _saved(letter, "sheet.moved", now)


def remove_sheet(*, letter: Letter, sheet_id: int, now: datetime) -> tuple[str | None, ...]:
    """Take a sheet out; give the files to forget. One that is gone already is fine."""
    _hold(letter)
    sheet = next((sheet for sheet in letter.sheets if sheet.id == sheet_id), None)
    if sheet is None:
        return ()
    letter.sheets.remove(sheet)
    _number(letter.sheets)
    _saved(letter, "sheet.removed", now)
    return sheet.file_id, sheet.blind_file_id


def _sheet(letter: Letter, sheet_id: int) -> Sheet:
    for sheet in letter.sheets:
        if sheet.id == sheet_id:
            return sheet
    raise _just_changed()


def _number(order: Iterable[Sheet]) -> None:
    for position, sheet in enumerate(order, start=1):
        sheet.position = position


def _saved(letter: Letter, act: str, now: datetime, **details: object) -> None:
    letter.saved_at = now
    db.session.flush()
    db.session.expire(letter, ["sheets"])
    journal.write(who=letter.entrant.person_id, act=act, kind="letter", thing=letter.id, now=now, **details)


def _hold(letter: Letter) -> None:
    queries.hold(letter)
    refuse_unless_writable(letter)


def refuse_unless_writable(letter: Letter) -> None:
    """Sheets belong to handwritten letters that are still drafts."""
    if letter.form is not LetterForm.HANDWRITTEN:
        raise Refused("This letter is typed; it has no sheets.")
    refuse_unless_draft(letter)
