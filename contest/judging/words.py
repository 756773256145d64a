"""Figures of judging as a reader writes them, where no template does it."""

from decimal import Decimal

from flask_babel import format_decimal

# Ticks are round values; what is beyond these places is how floats are kept.
PLACES = 6


def figure(value: float) -> str:
    """A round figure in the reader's language, with a minus sign as long as the plus sign."""
    return str(format_decimal(Decimal(f"{value:.{PLACES}g}"), decimal_quantization=False)).replace("-", "−")
