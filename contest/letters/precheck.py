"""What a letter needs, looked for in its text: place and date, salutation, closing, signature. Pure, and advice only.

Written for Vietnamese, English and French letters; a letter in another language may lack what is there.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from archive.text import fold

HEAD_LINES = 4
FOOT_LINES = 5
LONGEST_SALUTATION = 90
DATE = re.compile(
    r"ngay\s+\d{1,2}\s+thang\s+\d{1,2}|\b\d{4}-\d{2}-\d{2}\b|"
    r"\b\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}\b|\b\d{1,2}(?:st|nd|rd|th|er)?\s+(?:of\s+)?"
    r"(?:jan|feb|fev|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|aout|sep|oct|nov|dec)\w*|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d{1,2}\b"
)
GREETING = re.compile(
    r"^(?:kinh gui|gui\b|men gui|than gui|ban\b|chao\b|xin chao|thua\b|me\b|bo\b|ba\b|ong\b|dear\b|hello\b|hi\b|my dear|cher\b|"
    r"chere\b|bonjour\b|salut\b|mon cher|ma chere)|(?:than men|yeu quy|quy men|than yeu|kinh men|yeu dau|thuong men)"
)
CLOSING = re.compile(
    r"^(?:than ai|than men|chao than ai|ban cua|than|tran trong|kinh thu|kinh chao|yeu thuong|hen gap|yours|sincerely|"
    r"best wishes|with love|love|kind regards|warm regards|your friend|amicalement|bien a toi|cordialement|affectueusement|"
    r"ton ami|ton amie|je t['’]embrasse|a bientot|avec toute)\b"
)
LONGEST_SIGNATURE = 60


class Part(StrEnum):
    """The parts the rules of the contest ask for."""

    PLACE_AND_DATE = "place_and_date"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Check:
    """One part, and whether it was found."""

    part: Part
    found: bool


def precheck(text: str) -> list[Check]:
    """All four parts, in their order in a letter."""
    lines = [fold(line).strip() for line in text.splitlines() if line.strip()]
    head, foot = lines[:HEAD_LINES], lines[-FOOT_LINES:]
    closing = next((index for index, line in enumerate(foot) if CLOSING.search(line) and len(line) < 80), None)
    return [
        Check(Part.PLACE_AND_DATE, any(DATE.search(line) for line in head)),
        Check(Part.SALUTATION, any(_is_salutation(line) for line in head)),
        Check(Part.CLOSING, len(lines) > 2 and closing is not None),
        Check(Part.SIGNATURE, closing is not None and _is_signed(foot[closing:])),
    ]


def _is_salutation(line: str) -> bool:
    return len(line) <= LONGEST_SALUTATION and bool(GREETING.search(line))


def _is_signed(end: list[str]) -> bool:
    """A short line after the closing, or a name behind the closing's comma."""
    if len(end) > 1:
        return len(end[-1]) <= LONGEST_SIGNATURE
    behind = re.split(r"[,!:]", end[0], maxsplit=1)[1:]
    return bool(behind and behind[0].strip())
