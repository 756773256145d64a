"""Everything that points to an issue or item, whichever package's table it stands in: found from the tables themselves."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, func, select, update
from sqlalchemy.exc import IntegrityError

from core.db import Base, db
from stamps.models import Stamp, StampIssue

# Tables of the catalogue itself; whatever else points to an item belongs to people.
OURS = frozenset(
    (
        "stamp",
        "stamp_member",
        "stamp_catalogue_number",
        "stamp_credit",
        "stamp_picture",
        "stamp_item_topic",
        "stamp_issue_topic",
    )
)


def holders(thing: StampIssue | Stamp) -> int:
    """How many rows of people's lists point to a record."""
    return sum(
        db.session.scalar(select(func.count()).select_from(table).where(column == thing.id)) or 0
        for table, column in _pointing(thing)
        if table.name not in OURS and not _goes_with(table)
    )


def move(one: StampIssue | Stamp, *, to: StampIssue | Stamp) -> None:
    """Make whatever points to the one point to the other; a row that would then stand twice stays once."""
    db.session.flush()
    for table, column in _pointing(one):
        if table.primary_key.columns.keys() == ["id"]:
            ids = list(db.session.scalars(select(table.c.id).where(column == one.id)))
            for row in ids:
                _move_row(table, table.c.id == row, column, to.id)
        else:
            others = [each for each in table.primary_key.columns if each is not column]
            for values in db.session.execute(select(*others).where(column == one.id)).all():
                this = [each == value for each, value in zip(others, values, strict=True)]
                _move_row(table, (column == one.id) & this[0], column, to.id)
    db.session.expire_all()


def _move_row(table: Table, this: object, column: Column[int], to: int) -> None:
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(this).values({column.name: to}))  # type: ignore[arg-type]
    except IntegrityError:  # the other record has its like
        db.session.execute(table.delete().where(this))  # type: ignore[arg-type]


def _pointing(thing: StampIssue | Stamp) -> Iterator[tuple[Table, Column[int]]]:
    wanted = thing.__tablename__
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == wanted:
                yield table, key.parent


def _goes_with(table: Table) -> bool:
    """What hangs on nothing but the catalogue (what the program itself worked out of a picture) belongs to nobody."""
    return all(key.column.table.name in OURS | {"stamp_issue"} for key in table.foreign_keys)
