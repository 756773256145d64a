"""People and firms who made stamps, and their part in each."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, choice
from stamps.kinds import MakerKind, Part
from stamps.models.columns import Dated


class Maker(Dated, Base):
    """A designer, engraver, printer, post: a person or a firm. `name` as its own country writes it."""

    __tablename__ = "stamp_maker"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[MakerKind] = mapped_column(choice(MakerKind))
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Credit(Base):
    """The part of a maker in an issue (all of it) or in one item, with the source's own words."""

    __tablename__ = "stamp_credit"
    __table_args__ = (CheckConstraint("(issue_id IS NULL) <> (stamp_id IS NULL)", name="of_one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    maker_id: Mapped[int] = mapped_column(ForeignKey("stamp_maker.id"), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_issue.id", ondelete="CASCADE"), index=True)
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    part: Mapped[Part] = mapped_column(choice(Part))
    printed: Mapped[str] = mapped_column(String(200), default="")
    rank: Mapped[int] = mapped_column(default=0)
    maker: Mapped[Maker] = relationship(lazy="joined", innerjoin=True)
