"""Figures of judging as a reader writes them, where no template does it."""

from decimal import Decimal

from babel import numbers
from flask_babel import get_locale

# Ticks are round values; what is beyond these places is how floats are kept.
PLACES = 6


def figure(value: float) -> str:
    """A round figure in the reader's language, with a minus sign as long as the plus sign."""
    rounded = Decimal(f"{value:.{PLACES}g}")
    return str(numbers.format_decimal(rounded, locale=get_locale(), decimal_quantization=False)).replace("-", "−")
