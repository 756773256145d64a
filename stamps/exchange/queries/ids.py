"""Ids for rows that are written many at once, known before they are written."""

from sqlalchemy import func, select, text

from core.db import Base, db


def next_ids(table: type[Base], number: int) -> list[int]:
    """So many ids that no row of a table has; under the write lock nobody else takes them on SQLite, never on PostgreSQL."""
    if not number:
        return []
    if db.engine.dialect.name == "postgresql":
        asked = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :number)")
        return list(db.session.scalars(asked, {"name": table.__tablename__, "number": number}))
    last = db.session.scalar(select(func.max(table.__table__.c.id))) or 0
    return list(range(last + 1, last + 1 + number))
