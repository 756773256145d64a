"""Adding and withdrawing pictures. The file is kept before the transaction; one whose row fails is removed again."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from archive import sources as archive
from core import files, jobs, journal
from core.db import db, transaction
from stamps.kinds import View
from stamps.models import Stamp, StampIssue, StampPicture
from stamps.pictures import queries, sizes
from stamps.pictures.making import Made
from stamps.pictures.rules import Size
from stamps.pictures.services.indexing import index_later

KIND = "stamp_picture"


@dataclass(frozen=True)
class KeptPicture:
    """A picture's file, written and waiting for its row; `digest` tells the same picture sent twice."""

    digest: str
    file_id: str
    width: int
    height: int


def keep(made: Made) -> KeptPicture:
    """Write a picture to the disk. Slow: outside a transaction."""
    digest = hashlib.sha256(made.content).hexdigest()
    return KeptPicture(digest, files.keep(made.content, ending="jpg"), made.width, made.height)


@contextmanager
def or_forget(kept: KeptPicture) -> Iterator[None]:
    """Around the transaction that gives a kept picture its row: if it fails, or was there before, the file goes."""
    try:
        yield
    except BaseException:
        files.forget(kept.file_id)
        raise


def add_picture(
    *,
    thing: Stamp | StampIssue,
    kept: KeptPicture,
    licence: str,
    source: str,
    author: str = "",
    view: View = View.FACE,
    by: Person | None,
    now: datetime,
) -> StampPicture:
    """Give a thing one more picture. The same one sent again is the one that is there, shown again if it was withdrawn."""
    is_stamp = isinstance(thing, Stamp)
    key = hashlib.sha256(f"{'stamp' if is_stamp else 'issue'}:{thing.key}:{kept.digest}".encode()).hexdigest()[:24]
    present = queries.any_picture(key)
    if present is not None:
        files.forget(kept.file_id)
        if present.withdrawn_at is not None:
            restore_picture(picture=present, by=by, now=now)
        return present
    picture = StampPicture(
        key=key,
        file_id=kept.file_id,
        view=view,
        width=kept.width,
        height=kept.height,
        licence=licence,
        source=source,
        author=author,
        rank=len(queries.pictures_of(thing)),
        added_by_id=by.id if by else None,
        added_at=now,
        **({"stamp_id": thing.id} if is_stamp else {"issue_id": thing.id}),
    )
    db.session.add(picture)
    db.session.flush()
    _write_down("add", picture, by, now, licence=licence, source=source)
    jobs.enqueue("stamps.picture_sizes", picture_id=picture.id)
    _index(picture)
    return picture


def withdraw_picture(*, picture: StampPicture, by: Person | None, now: datetime, reason: str = "") -> None:
    """Show and search a picture no more; its file stays with us, so that it can be taken back."""
    if picture.withdrawn_at is None:
        picture.withdrawn_at = now
        _write_down("withdraw", picture, by, now, reason=reason)
        db.session.flush()
        _index(picture)


def restore_picture(*, picture: StampPicture, by: Person | None, now: datetime) -> None:
    """Show and search it again."""
    if picture.withdrawn_at is not None:
        picture.withdrawn_at = None
        _write_down("restore", picture, by, now)
        db.session.flush()
        _index(picture)


def _index(picture: StampPicture) -> None:
    """Both searches hear of it: by picture, and the one whose lists show it."""
    index_later()
    thing = queries.thing_of(picture)
    archive.index_later("stamp" if isinstance(thing, Stamp) else "stamp_issue", thing.key)


def _write_down(act: str, picture: StampPicture, by: Person | None, now: datetime, **details: str) -> None:
    journal.write(who=by.id if by else None, act=f"picture.{act}", kind=KIND, thing=picture.id, now=now, **details)


@jobs.handles("stamps.picture_sizes", writes=False)
def on_sizes(picture_id: int) -> None:
    """Make the smaller sizes of a picture."""
    picture = db.session.get(StampPicture, picture_id)
    file_id = picture.file_id if picture else ""
    db.session.rollback()  # nothing is held while pictures are made
    if file_id:
        for size in Size:
            sizes.make(file_id, size)


@jobs.handles("stamps.all_picture_sizes", writes=False, takes_long=True)
def on_all_sizes() -> None:
    """Ask for the sizes of every picture, e.g. after they were loaded."""
    with transaction():
        for picture_id in queries.searched():
            jobs.enqueue("stamps.picture_sizes", picture_id=picture_id)
