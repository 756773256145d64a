"""Face values as printed, understood: amounts, surcharges, letter rates, no value. Pure; what is not sure is not guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from archive.text import fold
from stamps.kinds import ValueKind

# Currencies without a smaller unit in use: a point there parts thousands.
WHOLE_CURRENCIES = frozenset(("VND", "JPY", "KRW", "KHR", "LAK", "IDR", "CLP", "PYG", "ISK", "HUF"))
_VULGAR = {"¼": "25", "½": "5", "¾": "75"}
_NO_VALUE = ("no value", "without value", "khong gia", "khong ghi gia mat", "sans valeur", "none")
_RATES = (
    "forever",
    "nvi",
    "u",
    "1st",
    "2nd",
    "e",
    "domestic",
    "international",
    "global forever",
    "permanent",
    "lettre verte",
)
_AMOUNT = re.compile(r"(?P<before>[^\d+*]{0,12}?)\s*(?P<amount>[0-9][0-9.,\s]*[¼½¾]?|[¼½¾])\s*(?P<after>[^\d+*]{0,24})")
_SURCHARGED = re.compile(r"(.+?)\s*\+\s*(.+)")
_SUM = re.compile(r"[0-9]+\s*[*×x]\s*[0-9].*")
_GROUPED = re.compile(r"[0-9]{1,3}([.,\s])[0-9]{3}(\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]{1,3})?")
# No stamp is worth less than nothing: what a sign before the number means is not known.
_SIGNS = ("-", "\N{MINUS SIGN}", "\N{EN DASH}", "\N{EM DASH}")


@dataclass(frozen=True)
class Value:
    """What a face value says: `amount` and `surcharge` in the unit that is printed; None where it says none for sure."""

    kind: ValueKind
    amount: Decimal | None = None
    surcharge: Decimal | None = None

    @property
    def in_doubt(self) -> bool:
        """Whether somebody should look at it: a sum is not one amount, and what was not understood is nothing yet."""
        return self.kind in (ValueKind.SUM, ValueKind.UNREAD)


def read_value(printed: str, *, currency: str = "") -> Value | None:
    """What is printed; None for nothing. `3*80` is a sum, of which no amount is made; `4000+2000` has a surcharge."""
    text = " ".join(printed.split())
    if not text:
        return None
    if fold(text) in _NO_VALUE:
        return Value(ValueKind.NONE)
    if fold(text) in _RATES:
        return Value(ValueKind.RATE)
    if _SUM.fullmatch(text):
        return Value(ValueKind.SUM)
    if found := _SURCHARGED.fullmatch(text):
        amount, surcharge = _amount(found[1], currency), _amount(found[2], currency)
        known = amount is not None and surcharge is not None
        return Value(ValueKind.SURCHARGE, amount, surcharge) if known else Value(ValueKind.UNREAD)
    amount = _amount(text, currency)
    return Value(ValueKind.AMOUNT, amount) if amount is not None else Value(ValueKind.UNREAD)


def _amount(text: str, currency: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or found["before"].rstrip().endswith(_SIGNS):
        return None
    dong = any(sign in f"{found['before']} {found['after']}".lower() for sign in ("đ", "đồng"))
    return read_amount(found["amount"], whole=dong or currency in WHOLE_CURRENCIES)


def read_amount(text: str, *, whole: bool = False) -> Decimal | None:
    """A number as printed. `4.000` is four thousand where the currency has no smaller unit (`whole`), else not sure: None."""
    text = text.strip()
    fraction = _VULGAR.get(text[-1:], "")
    digits = text[:-1].strip() if fraction else text
    if fraction:
        return Decimal(f"{digits or 0}.{fraction}") if re.fullmatch(r"[0-9]*", digits) else None
    if grouped := _GROUPED.fullmatch(digits):
        sure = whole or grouped[1].isspace() or digits.count(grouped[1]) > 1
        return Decimal(re.sub(r"[.,\s]", "", digits)) if sure else None
    return Decimal(digits.replace(",", ".")) if _PLAIN.fullmatch(digits) else None
