"""Tables of who writes (entrants) and what is written (letters), kept apart so that a judge's page loads only the second."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Consent, Person
from contest.editions.models import Stage, Unit
from contest.letters.rules import LetterForm, LetterState
from core.db import Base, Instant, choice


class Entrant(Base):
    """A child in one stage: who, of which school, with whose consent."""

    __tablename__ = "entrant"
    __table_args__ = (UniqueConstraint("stage_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    full_name: Mapped[str] = mapped_column(String(120))
    given_name: Mapped[str] = mapped_column(String(60))
    born: Mapped[date] = mapped_column(Date)
    school_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    class_name: Mapped[str] = mapped_column(String(40), default="")
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    registered_at: Mapped[datetime] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()
    person: Mapped[Person] = relationship()
    school: Mapped[Unit] = relationship()
    consent: Mapped[Consent] = relationship()


class Letter(Base):
    """One letter. An entrant has at most one that is not withdrawn.

    `number` is given when it is handed in and is all a judge knows of it. `blind_body` is what the jury
    reads: the body with the child's name and school covered, made once, at that moment. `revision` counts
    saves, so that two tabs do not overwrite each other. `cleared_at`: somebody has made sure that the
    jury's copy names nobody (at once for typed letters, by an organiser for sheets).
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index(
            "uq_letter_living",
            "entrant_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_letter_stage_state", "stage_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    entrant_id: Mapped[int] = mapped_column(ForeignKey("entrant.id"))
    form: Mapped[LetterForm] = mapped_column(choice(LetterForm))
    state: Mapped[LetterState] = mapped_column(choice(LetterState), default=LetterState.DRAFT)
    body: Mapped[str] = mapped_column(Text, default="")
    blind_body: Mapped[str] = mapped_column(Text, default="")
    word_count: Mapped[int] = mapped_column(default=0)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()
    entrant: Mapped[Entrant] = relationship()
    sheets: Mapped[list["Sheet"]] = relationship(
        back_populates="letter", order_by="Sheet.position", cascade="all, delete-orphan"
    )


class Sheet(Base):
    """One photographed sheet: the picture as re-encoded, and the jury's copy with the covered corners burnt in."""

    __tablename__ = "sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    file_id: Mapped[str] = mapped_column(String(64))
    blind_file_id: Mapped[str | None] = mapped_column(String(64))
    covered: Mapped[list[Any]] = mapped_column(JSON, default=list)
    width: Mapped[int]
    height: Mapped[int]
    letter: Mapped[Letter] = relationship(back_populates="sheets")
