"""Pictures of issues and items, each with its licence and source."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Instant, choice
from stamps.kinds import View


class StampPicture(Base):
    """One picture. `file_id` names the kept file (core/files.py); a withdrawn one is shown and searched no more.

    `key` stands in addresses. `licence` is a licence's short name or address, `source` where it is from: both are shown.
    """

    __tablename__ = "stamp_picture"
    __table_args__ = (CheckConstraint("(issue_id IS NULL) <> (stamp_id IS NULL)", name="of_one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_issue.id", ondelete="CASCADE"), index=True)
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(String(80))
    view: Mapped[View] = mapped_column(choice(View), default=View.FACE)
    width: Mapped[int]
    height: Mapped[int]
    licence: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200), default="")
    rank: Mapped[int] = mapped_column(default=0)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
