"""What the search knows of the record: editions and awards as documents, made from what may be shown only."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_gettext as _l

from archive.index import Document
from archive.sources import Source
from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.models import Award
from contest.winners.rules import AwardLevel, Discretion, PrizeKind
from contest.winners.shown import ShownAward, show
from contest.winners.words import CONTEST, LEVELS, PRIZES
from core.countries import country_names
from core.pages import in_language

LAUREATE_WORDS = ("người đạt giải", "laureate", "lauréat", "lauréate")


def of_edition(edition: Edition, discretion: Discretion) -> Document:
    """An edition: the contest's name with its number and year, its theme in every language known."""
    vi, en, fr = CONTEST
    return Document(
        kind="edition",
        key=str(edition.number),
        url=url_for("winners.edition", number=edition.number),
        titles=(
            f"{vi} lần thứ {edition.number} ({edition.year})",
            f"{en}, edition {edition.number} ({edition.year})",
            f"{fr}, {edition.number}e édition ({edition.year})",
        ),
        summary=edition.theme_vi or edition.theme_en or edition.theme_fr or edition.theme_other,
        texts=tuple(discretion.only(text for text in (edition.partners, edition.note) if text)),
        years=(edition.year,),
        themes=themes_of(edition),
        numbers=(str(edition.number),),
        date=str(edition.year),
    )


def of_award(shown: ShownAward, edition: Edition) -> Document:
    """An award: the person as shown, the prize and country in three languages, the theme, the contest's name."""
    prizes = (*shown.prize_names, *PRIZES[shown.prize].also, shown.prize_as_printed)
    return Document(
        kind="laureate",
        key=shown.key,
        url=url_for("winners.laureate", key=shown.key),
        titles=_titles(shown),
        summary=" · ".join(part for part in (shown.prize_names[0], str(shown.year), shown.place) if part),
        texts=(*CONTEST, *prizes, *LEVELS[shown.level], *LAUREATE_WORDS, *_own_texts(shown)),
        years=(shown.year,),
        country=shown.country,
        country_names=country_names(shown.country),
        prize=shown.prize.value,
        themes=(*themes_of(edition), shown.theme_local),
        numbers=(str(shown.number),),
        date=str(shown.year),
        rank=_rank(shown),
    )


def _rank(shown: ShownAward) -> int:
    """Gold before silver, the international jury before others."""
    return list(PrizeKind).index(shown.prize) + len(PrizeKind) * list(AwardLevel).index(shown.level)


def themes_of(edition: Edition) -> tuple[str, ...]:
    """The theme in every language known."""
    themes = (edition.theme_vi, edition.theme_en, edition.theme_fr, edition.theme_other)
    return tuple(theme for theme in themes if theme)


def _titles(shown: ShownAward) -> tuple[str, ...]:
    if shown.titles:
        return shown.titles
    places = country_names(shown.country)
    return tuple(
        ", ".join((prize, str(shown.year), *places[at : at + 1])) for at, prize in enumerate(shown.prize_names)
    )


def _own_texts(shown: ShownAward) -> tuple[str, ...]:
    texts = (shown.place, shown.note, shown.citation_vi, shown.citation_en, shown.citation_fr)
    return tuple(text for text in texts if text)


def _document(award: Award, discretion: Discretion) -> Document:
    return of_award(show(award, discretion), award.edition)


def _one_edition(key: str) -> Document | None:
    edition = queries.edition(int(key)) if key.isdigit() else None
    return of_edition(edition, queries.discretion()) if edition else None


def _one_award(key: str) -> Document | None:
    award = queries.award(key)
    return _document(award, queries.discretion()) if award else None


def _all_editions() -> Iterable[Document]:
    discretion = queries.discretion()
    return (of_edition(edition, discretion) for edition in queries.editions())


def _all_awards() -> Iterable[Document]:
    discretion = queries.discretion()
    return (_document(award, discretion) for award in queries.all_awards())


def _value_name(facet: str, value: str) -> str:
    is_prize = facet == "prize" and value in set(PrizeKind)
    return in_language(PRIZES[PrizeKind(value)], "name") if is_prize else value


SOURCES = (
    Source(
        kind="laureate",
        one=_one_award,
        all=_all_awards,
        count=lambda: queries.number_of(Award),
        label=_l("Laureates"),
        order=1,
        value_name=_value_name,
    ),
    Source(
        kind="edition",
        one=_one_edition,
        all=_all_editions,
        count=lambda: queries.number_of(Edition),
        label=_l("Years of the contest"),
        order=2,
    ),
)
