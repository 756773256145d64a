"""An award as the public may see it; what a person does not want shown is not here, so no template lets it slip.

Pages and search documents are made from this, never from the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.rules import NameShown
from contest.winners.models import Award, AwardLetter, Laureate
from contest.winners.rights import LetterRights, LetterText, readable
from contest.winners.rules import AwardLevel, Discretion, PersonName, PrizeKind
from contest.winners.words import PRIZES
from core.countries import LANGUAGES, country_name
from core.evidence import Confidence
from core.pages import in_language


@dataclass(frozen=True)
class ShownAward:
    """What may be told of one award.

    `named`: the sources name somebody; `name`: what is shown of that, or empty; `titles`: the same
    by language, or nothing.
    """

    key: str
    number: int
    year: int
    level: AwardLevel
    prize: PrizeKind
    name_vi: str
    name_en: str
    name_fr: str
    prize_as_printed: str
    country: str
    name: str
    titles: Mapping[str, str]
    shown_as: NameShown
    named: bool
    age: int | None
    place: str
    theme_local: str
    letter_url: str
    confidence: Confidence
    note: str
    citation_vi: str
    citation_en: str
    citation_fr: str
    ours: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def prize_name(self) -> str:
        """The prize in the reader's language."""
        return in_language(self, "name")

    @property
    def prize_names(self) -> tuple[str, ...]:
        """The prize in every language."""
        return tuple(name for name in (self.name_vi, self.name_en, self.name_fr) if name)

    @property
    def in_full(self) -> bool:
        """Whether everything the record holds may be told."""
        return self.shown_as is NameShown.FULL


@dataclass(frozen=True)
class ShownLetter:
    """As much of a letter as everybody may read."""

    language: str
    text: str
    is_whole: bool


def show_letter(award: Award, discretion: Discretion) -> ShownLetter | None:
    """What may be read of the letter of an award: nothing once either is withdrawn, or where it names whom it must not."""
    letter = award.letter
    shown_as = award.laureate.shown_as if award.laureate else NameShown.FULL
    if letter is None or award.withdrawn_at is not None or shown_as is NameShown.HIDDEN:
        return None
    text = _told(readable(text_of(letter), letter.rights), discretion)
    return ShownLetter(letter.language, text, letter.rights is LetterRights.WHOLE) if text else None


def text_of(letter: AwardLetter) -> LetterText:
    """A letter as rules understand it."""
    return LetterText(letter.language, letter.body, letter.excerpt)


def name_of(laureate: Laureate) -> PersonName:
    """A laureate's names as rules understand them."""
    return PersonName(laureate.full_name, laureate.given_name, laureate.native_name, laureate.shown_as)


def show(award: Award, discretion: Discretion) -> ShownAward:
    """What may be told of an award: for somebody not shown in full, nothing but the award (and the given name)."""
    laureate = award.laureate
    shown_as = laureate.shown_as if laureate else NameShown.FULL
    return ShownAward(
        key=award.key,
        number=award.edition.number,
        year=award.edition.year,
        level=award.level,
        prize=award.prize,
        country=award.country,
        name=name_of(laureate).shown(country_name(award.country)) if laureate else "",
        titles=_titles(laureate, award.country) if laureate else {},
        shown_as=shown_as,
        named=laureate is not None,
        confidence=award.confidence,
        ours=award.stage_award_id is not None,
        withdrawn_at=award.withdrawn_at,
        withdrawn_reason=_told(award.withdrawn_reason, discretion),
        **_prize(award, discretion),
        **_about(award, discretion, told=shown_as is NameShown.FULL),
        **_citations(award, discretion, told=shown_as is not NameShown.HIDDEN),
    )


def show_all(awards: list[Award], discretion: Discretion) -> list[ShownAward]:
    """The same for many."""
    return [show(award, discretion) for award in awards]


def _titles(laureate: Laureate, country: str) -> dict[str, str]:
    """The name as shown, by language: where it stands with the country, that is called differently."""
    places = {code: country_name(country, code) if country else "" for code in LANGUAGES}
    shown = {code: name_of(laureate).shown(place) for code, place in places.items()}
    return {code: name for code, name in shown.items() if name}


def _prize(award: Award, discretion: Discretion) -> dict[str, Any]:
    names = PRIZES[award.prize]
    return {
        "name_vi": award.prize_vi or names.name_vi,
        "name_en": award.prize_en or names.name_en,
        "name_fr": award.prize_fr or names.name_fr,
        "prize_as_printed": _told(award.prize_as_printed, discretion),
    }


def _about(award: Award, discretion: Discretion, *, told: bool) -> dict[str, Any]:
    texts = ("place", "theme_local", "letter_url", "note")
    return {
        "age": award.age if told else None,
        **{name: _told(getattr(award, name), discretion) if told else "" for name in texts},
    }


def _citations(award: Award, discretion: Discretion, *, told: bool) -> dict[str, Any]:
    names = ("citation_vi", "citation_en", "citation_fr")
    return {name: _told(getattr(award, name), discretion) if told else "" for name in names}


def _told(text: str, discretion: Discretion) -> str:
    return text if text and discretion.allows(text) else ""
