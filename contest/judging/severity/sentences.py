"""How the judges of a letter compare with most: a piece of the sentence why a mark moved.

Without words of a language: pages and the report put the pieces into their own sentence.
"""

from enum import StrEnum

# A judge this many standard errors from zero is called stern or mild; below it nobody can know.
CLEARLY = 1.0


class Company(StrEnum):
    """How the judges of a letter compare with most."""

    STERNER = "sterner"
    MILDER = "milder"
    MIXED = "mixed"
    USUAL = "usual"
