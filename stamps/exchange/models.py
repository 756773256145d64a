"""Tables of imports: the file as it was, and every row as it was brought, with what became of it. No decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from core.db import Base, Instant, choice
from stamps.exchange.rules import Finding, ImportState, Proposal, RowAct
from stamps.models import Stamp


class StampImport(Base):
    """One file brought: by a collector for own lists (`person_id`), or for the catalogue (None).

    `head`, `tail` and `writing` are what stood around the rows and how the text was written, so that it can go out as it came;
    `header` are its headings and the columns they mean. `options` are the choices made; `counts` what came of it.
    """

    __tablename__ = "stamp_import"
    __table_args__ = (Index("ix_stamp_import_person_id", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Instant)
    file_name: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(16), default="")
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.READING)
    head: Mapped[str] = mapped_column(Text, default="")
    tail: Mapped[str] = mapped_column(Text, default="")
    writing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    header: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    refusal: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class ImportRow(Base):
    """One row as it was brought (`raw`), with what was found and done.

    `identity` is what makes it the same thing as a row of another file; a later row takes its place (`superseded_by`).
    `seen` is what our cells were when it was written, in short, so that what is changed since is known; `made` names what it
    made, for undoing. A stamp that the catalogue does not know is a `proposal`, and for its collector alone until offered.
    """

    __tablename__ = "stamp_import_row"
    __table_args__ = (
        Index("ix_stamp_import_row_import_id", "import_id", "id"),
        Index("ix_stamp_import_row_identity", "identity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("stamp_import.id", ondelete="CASCADE"))
    line: Mapped[int]
    raw: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(64), default="")
    finding: Mapped[Finding] = mapped_column(choice(Finding))
    act: Mapped[RowAct] = mapped_column(choice(RowAct))
    written: Mapped[bool] = mapped_column(default=False)
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id", ondelete="SET NULL"), index=True)
    proposal: Mapped[Proposal | None] = mapped_column(choice(Proposal))
    superseded_by: Mapped[int | None] = mapped_column(
        ForeignKey("stamp_import_row.id", ondelete="SET NULL"), index=True
    )
    doubts: Mapped[str] = mapped_column(String(300), default="")
    seen: Mapped[str] = mapped_column(String(400), default="")
    made: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    import_: Mapped[StampImport] = relationship(foreign_keys=[import_id])
    stamp: Mapped[Stamp | None] = relationship(foreign_keys=[stamp_id])


class ImportAgain(Base):
    """A row that said nothing new, as it was brought: nothing was done with it, and the file can go out whole.

    `row` is the one of an earlier file that it repeats, while that is here.
    """

    __tablename__ = "stamp_import_again"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("stamp_import.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    raw: Mapped[str] = mapped_column(Text)
    row_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_import_row.id", ondelete="SET NULL"), index=True)
    row: Mapped[ImportRow | None] = relationship()
