"""Many rows of one table in one statement, their ids given."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, insert

from core.db import Base, db


def add_many(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Add rows; none is fine."""
    if rows:
        db.session.execute(insert(cast("Table", table.__table__)), rows)
