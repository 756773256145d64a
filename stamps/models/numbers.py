"""Numbers: those that catalogues give, as rows, and our own permanent ones. Reading them is `stamps/reading/numbers.py`."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from stamps.models.columns import Dated


class Catalogue(Dated, Base):
    """A system of numbers: a publisher's catalogue, a post's own, the WNS. `key` is its mark as collectors write it (`Mi`).

    The list is open: an unknown mark that somebody brings becomes a row with no name. We carry numbers, never prices.
    """

    __tablename__ = "stamp_catalogue"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    rank: Mapped[int] = mapped_column(default=100)


class CatalogueNumber(Base):
    """The number that a catalogue gives to an issue or to an item. Neither is it unique, nor has an item only one.

    `area` is the catalogue's country code (`VN`, `AD-ES`), then prefix, whole number, suffix: `Mi:AR BL176a`. `printed` is
    what the source wrote; `normal` the one form we write it in, for looking up; `sort` orders numbers of one catalogue.
    """

    __tablename__ = "stamp_catalogue_number"
    __table_args__ = (CheckConstraint("(issue_id IS NULL) <> (stamp_id IS NULL)", name="of_one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("stamp_catalogue.id"), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_issue.id", ondelete="CASCADE"), index=True)
    stamp_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    area: Mapped[str] = mapped_column(String(8), default="")
    prefix: Mapped[str] = mapped_column(String(16), default="")
    number: Mapped[int | None] = mapped_column(BigInteger)
    suffix: Mapped[str] = mapped_column(String(24), default="")
    printed: Mapped[str] = mapped_column(String(80))
    normal: Mapped[str] = mapped_column(String(80), index=True)
    sort: Mapped[str] = mapped_column(String(80))
    catalogue: Mapped[Catalogue] = relationship(lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """The number without its catalogue's mark."""
        return self.normal.partition(":")[2]


class PermanentNumber(Dated, Base):
    """Our own number of an issue, item, series or maker: given once, never to anything else, with an address of its own.

    When two records were one, the number of the one that went leads to the other (`key` is then the other's);
    a record that was taken out keeps its number with an empty key.
    """

    __tablename__ = "stamp_permanent_number"
    __table_args__ = (Index("ix_stamp_permanent_number_changed_at_number", "changed_at", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64), index=True)
