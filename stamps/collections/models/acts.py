"""What a collector marked at one go, kept for a while so that it can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Instant


class Act(Base):
    """One marking, of one stamp or a whole set. `did` names the rows it made and holds those it took away."""

    __tablename__ = "stamp_act"
    __table_args__ = (Index("ix_stamp_act_person_id_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Instant)
    did: Mapped[dict[str, Any]] = mapped_column(JSON)
