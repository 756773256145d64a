"""Values and sizes in the ways people type them, for the search. Pure."""

from decimal import Decimal

from stamps.rules import in_currency

# How people write units of currency that stamps print otherwise.
UNITS = {
    "VND": ("đ", "đồng", "dong"),
    "EUR": ("euro", "euros", "ơ rô"),
    "GBP": ("pound", "pounds", "p", "bảng", "livre"),
    "USD": ("dollar", "dollars", "c", "đô la"),
    "JPY": ("yen", "yên"),
    "CNY": ("yuan", "nhân dân tệ"),
    "KRW": ("won",),
    "INR": ("rupee", "rupees", "roupie"),
    "CHF": ("franc", "francs", "phrăng"),
    "FRF": ("franc", "francs", "phrăng"),
    "RUB": ("rouble", "ruble", "rúp"),
    "SUR": ("rouble", "ruble", "rúp"),
    "THB": ("baht", "bạt"),
    "LAK": ("kip", "kíp"),
    "KHR": ("riel", "riên"),
    "SEK": ("krona", "kronor"),
    "DKK": ("krone", "kroner"),
    "NOK": ("krone", "kroner"),
    "DEM": ("mark",),
    "BRL": ("real", "reais"),
    "MXN": ("peso", "pesos"),
    "PLN": ("zloty",),
    "CZK": ("koruna",),
}


def said_values(value: str, currency: str) -> tuple[str, ...]:
    """A face value in the ways people type it: `4000 VND`, `4000 đ`, `4.000 đồng`."""
    if not value:
        return ()
    printed = in_currency(value, currency)
    if printed == value:  # it names its unit itself
        return (value,)
    grouped = f"{int(value):,}".replace(",", ".") if value.isdecimal() and len(value) > 3 else value
    return (printed, *(f"{amount} {unit}" for amount in (value, grouped) for unit in UNITS.get(currency, ())))


def said_sizes(width: Decimal | None, height: Decimal | None) -> tuple[str, ...]:
    """A size as people type it, either side first: `43 x 32 mm`."""
    if width is None or height is None:
        return ()
    across, down = (f"{side.normalize():f}" for side in (width, height))
    return tuple(dict.fromkeys((f"{across} x {down} mm", f"{down} x {across} mm")))
