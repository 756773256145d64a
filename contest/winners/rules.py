"""Decisions about the record: how a person is shown, what a text gives away, how prizes are counted. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from accounts.rules import NameShown, is_curator, is_organiser
from archive.text import words

# A single word of a name this long gives a person away where it stands alone, e.g. in an address.
TELLING_LENGTH = 5


class AwardLevel(StrEnum):
    """Which jury gave the award; the country says whose national jury it was."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    PROVINCIAL = "provincial"


class PrizeKind(StrEnum):
    """Prizes that can be compared over years. A stage's own prize that is none of these is `other`."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    SPECIAL_MENTION = "special_mention"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    CONSOLATION = "consolation"
    PROMISING = "promising"
    ETHNIC_MINORITY = "ethnic_minority"
    OTHER = "other"


MEDALS = (PrizeKind.GOLD, PrizeKind.SILVER, PrizeKind.BRONZE, PrizeKind.SPECIAL_MENTION)


@dataclass(frozen=True)
class PersonName:
    """The names of one person and how much of them the public sees."""

    full: str
    given: str
    native: str
    shown_as: NameShown

    def shown(self, country: str) -> str:
        """What stands on a page: everything, the given name with the country, or nothing."""
        if self.shown_as is NameShown.FULL:
            return f"{self.full} ({self.native})" if self.native else self.full
        if self.shown_as is NameShown.GIVEN and self.given:
            return f"{self.given}, {country}" if country else self.given
        return ""

    def is_told_by(self, text: str) -> bool:
        """Whether a text or an address gives away more of this person than is shown.

        Two words of the name beside each other do, in any order, with or without diacritics, written
        together or apart; in an address a single long word does too, unless it is the given name that is
        shown. Better one source too many withheld than one name too many told.
        """
        said = folded_words(text)
        if not self._pairs.isdisjoint(pairwise(said)) or self._only_word in said:
            return True
        if "://" in text and not self._telling.isdisjoint(said):
            return True
        glued = "".join(said)
        together = any(len(name) > 2 * TELLING_LENGTH and name in glued for name in self._glued)
        return together or bool(self.native and self.native in unquote(text))

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        parts = folded_words(self.full)
        beside = {*pairwise(parts), (parts[-1], parts[0])} if len(parts) > 1 else set()
        return beside | {(second, first) for first, second in beside}

    @cached_property
    def _only_word(self) -> str | None:
        """The name of somebody who has but one, unless it is shown."""
        parts = folded_words(self.full)
        return parts[0] if len(parts) == 1 and self.shown_as is NameShown.HIDDEN else None

    @cached_property
    def _telling(self) -> set[str]:
        shown = set(folded_words(self.given)) if self.shown_as is NameShown.GIVEN else set()
        return {word for word in folded_words(self.full) if len(word) >= TELLING_LENGTH} - shown

    @cached_property
    def _glued(self) -> tuple[str, str]:
        parts = folded_words(self.full)
        return "".join(parts), "".join(reversed(parts))


def folded_words(text: str) -> list[str]:
    """The words of a text without case and diacritics; an address is read as people read it."""
    return list(words(unquote(text)))


@dataclass(frozen=True)
class Discretion:
    """Everybody whose full name may not be told; whatever goes on a page or into the search passes here."""

    people: tuple[PersonName, ...]

    def allows(self, text: str) -> bool:
        """Whether a text names nobody it should not."""
        return not any(person.is_told_by(text) for person in self.people)

    def only(self, texts: Iterable[str]) -> list[str]:
        """The texts that may be shown."""
        return [text for text in texts if self.allows(text)]


@dataclass(frozen=True)
class Tally:
    """International awards of a country, counted; or claimed, where a number may be unknown."""

    gold: int | None
    silver: int | None
    bronze: int | None
    special_mention: int | None
    total: int | None


def count_awards(awards: Iterable[tuple[PrizeKind, int]], *, until: int) -> Tally:
    """Count (prize, year) pairs to the end of a year."""
    prizes = [prize for prize, year in awards if year <= until and prize in MEDALS]
    gold, silver, bronze, mention = (prizes.count(medal) for medal in MEDALS)
    return Tally(gold, silver, bronze, mention, len(prizes))


def differences(claimed: Tally, counted: Tally) -> frozenset[str]:
    """The columns in which a claim says something else than the rows do; what is not claimed cannot differ."""
    columns = ("gold", "silver", "bronze", "special_mention", "total")
    pairs = ((column, getattr(claimed, column), getattr(counted, column)) for column in columns)
    return frozenset(column for column, said, found in pairs if said is not None and said != found)


def rank_of(prize: PrizeKind) -> int:
    """Order of prizes within a jury, the highest first."""
    return list(PrizeKind).index(prize)


PERMISSIONS: Mapping[str, Any] = {
    "laureate.show": [[is_curator], [is_organiser]],
    "laureate.letter": [[is_curator], [is_organiser]],
}
