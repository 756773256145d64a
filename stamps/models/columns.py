"""Kinds of columns that tables of stamps share: exact numbers, lists of choices, names in several languages."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Dialect, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from core import clock
from core.db import Instant

Choice = TypeVar("Choice", bound=StrEnum)
PLACES = 1000


class Exact(TypeDecorator[Decimal]):
    """A decimal number with three places, kept as whole thousandths: exact on every engine, and sortable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """To thousandths; more places than three are a mistake."""
        if value is None:
            return None
        thousandths = value * PLACES
        if thousandths != int(thousandths):
            raise ValueError(f"{value} has more than three places")
        return int(thousandths)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """From thousandths, without trailing zeros."""
        return None if value is None else Decimal(f"{Decimal(value) / PLACES:f}")


class Several(TypeDecorator[tuple[Choice, ...]], Generic[Choice]):
    """A few members of an enum in one column, in their order: `recess offset`. Nothing known is an empty tuple."""

    impl = String(120)
    cache_ok = True

    def __init__(self, kind: type[Choice]) -> None:
        self.kind = kind
        super().__init__()

    def process_bind_param(self, value: tuple[Choice, ...] | None, _dialect: Dialect) -> str:
        """Joined by blanks."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Choice, ...]:
        """Each a member again."""
        return tuple(self.kind(one) for one in (value or "").split())

    def coerce_compared_value(self, _op: Any, _value: Any) -> Any:
        """Compared with text, as LIKE needs it."""
        return String()


class Named:
    """Names in the languages of the platform, and as the post printed it in another one (`local`, with its code)."""

    name_vi: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    name_fr: Mapped[str] = mapped_column(Text, default="")
    name_local: Mapped[str] = mapped_column(Text, default="")
    local_language: Mapped[str] = mapped_column(String(8), default="")


class Dated:
    """When a row was last changed, for whoever keeps copies of it: harvesters, caches, the map of the site."""

    changed_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, onupdate=clock.now)
