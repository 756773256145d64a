"""What issues and stamps are about: a tree of topics."""

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from stamps.models.columns import Dated

issue_topic = Table(
    "stamp_issue_topic",
    Base.metadata,
    Column("issue_id", ForeignKey("stamp_issue.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("stamp_topic.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_stamp_issue_topic_topic_id", "topic_id"),
)
# What one stamp is about beyond what its issue is about.
item_topic = Table(
    "stamp_item_topic",
    Base.metadata,
    Column("stamp_id", ForeignKey("stamp.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("stamp_topic.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_stamp_item_topic_topic_id", "topic_id"),
)


class Topic(Dated, Base):
    """What something is about, in three languages; narrower ones hang below wider ones (`birds` below `fauna`)."""

    __tablename__ = "stamp_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_topic.id"), index=True)
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))
    parent: Mapped["Topic | None"] = relationship(remote_side="Topic.id", back_populates="narrower")
    narrower: Mapped[list["Topic"]] = relationship(back_populates="parent", order_by="Topic.id")
