"""What the search knows of the record: editions and awards as documents, made from what may be shown only."""

from collections.abc import Iterable, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l

from archive.facts import columns_of, fact_of, in_languages, joined
from archive.index import Document, Hit
from archive.sources import Source
from contest.editions.models import Edition
from contest.winners import facts, queries
from contest.winners.models import Award
from contest.winners.rules import AwardLevel, Discretion, PrizeKind
from contest.winners.shown import ShownAward, ShownLetter, show, show_letter
from contest.winners.words import CONTEST, LEVELS, PRIZES
from core.countries import LANGUAGES, country_name, country_names
from core.pages import in_language

LAUREATE_WORDS = ("người đạt giải", "laureate", "lauréat", "lauréate")
EDITION_WORDS = ("năm", "cuộc thi", "year", "contest", "année", "concours")


def of_edition(edition: Edition, discretion: Discretion) -> Document:
    """An edition: the contest's name with its number and year, its theme in every language known."""
    titles = _edition_titles(edition)
    return Document(
        kind="edition",
        key=str(edition.number),
        url=url_for("winners.edition", number=edition.number),
        titles=tuple(titles.values()),
        summary=edition.theme_vi or edition.theme_en or edition.theme_fr or edition.theme_other,
        texts=tuple(discretion.only(text for text in (edition.partners,) if text)),
        years=(edition.year,),
        themes=themes_of(edition),
        numbers=(str(edition.number),),
        date=str(edition.year),
        languages=tuple(dict.fromkeys(code.split("-")[0] for code, _name, _theme in facts.themes_of(edition))),
        body=edition.note if discretion.allows(edition.note) else "",
        facts=in_languages("title", titles) | in_languages("theme", columns_of(edition, "theme")),
    )


def of_award(shown: ShownAward, edition: Edition, letter: ShownLetter | None = None) -> Document:
    """An award: the person as shown, the prize and country in three languages, the theme, the contest's name.

    The text of which passages are shown is what the jury and the record say, and of the letter what may be read of it.
    """
    prizes = (*shown.prize_names, *PRIZES[shown.prize].also, shown.prize_as_printed)
    titles = _titles(shown)
    return Document(
        kind="laureate",
        key=shown.key,
        url=url_for("winners.laureate", key=shown.key),
        titles=tuple(dict.fromkeys(titles.values())),
        summary=joined(shown.prize_names[0], str(shown.year), shown.place),
        texts=(*CONTEST, *prizes, *LEVELS[shown.level], *LAUREATE_WORDS, *([shown.place] if shown.place else [])),
        years=(shown.year,),
        country=shown.country,
        country_names=country_names(shown.country),
        prize=shown.prize.value,
        themes=(*themes_of(edition), shown.theme_local),
        numbers=(str(shown.number),),
        date=str(shown.year),
        rank=_rank(shown),
        languages=_languages(shown, letter),
        body="\n".join((*_own_texts(shown), *([letter.text] if letter else []))),
        facts=in_languages("title", titles) | in_languages("prize", columns_of(shown, "name")) | {"place": shown.place},
    )


def award_summary(hit: Hit) -> str:
    """The prize in the reader's language, and the school or place."""
    return joined(fact_of(hit, "prize"), fact_of(hit, "place"))


def edition_summary(hit: Hit) -> str:
    """The theme in the reader's language, else in one that is known."""
    return fact_of(hit, "theme") or hit.summary


def _rank(shown: ShownAward) -> int:
    """Gold before silver, the international jury before others."""
    return list(PrizeKind).index(shown.prize) + len(PrizeKind) * list(AwardLevel).index(shown.level)


def themes_of(edition: Edition) -> tuple[str, ...]:
    """The theme in every language known."""
    themes = (edition.theme_vi, edition.theme_en, edition.theme_fr, edition.theme_other)
    return tuple(theme for theme in themes if theme)


def _edition_titles(edition: Edition) -> dict[str, str]:
    vi, en, fr = CONTEST
    return {
        "vi": f"{vi} lần thứ {edition.number} ({edition.year})",
        "en": f"{en}, edition {edition.number} ({edition.year})",
        "fr": f"{fr}, {edition.number}e édition ({edition.year})",
    }


def _titles(shown: ShownAward) -> dict[str, str]:
    """The person as shown, in every language; where nobody is shown, the prize, its year and country."""
    if shown.titles:
        return dict(shown.titles)
    places = {code: country_name(shown.country, code) if shown.country else "" for code in LANGUAGES}
    prizes = columns_of(shown, "name")
    return {code: ", ".join(filter(None, (prizes[code], str(shown.year), places[code]))) for code in LANGUAGES}


def _own_texts(shown: ShownAward) -> tuple[str, ...]:
    texts = (shown.citation_vi, shown.citation_en, shown.citation_fr, shown.note)
    return tuple(text for text in texts if text)


def _languages(shown: ShownAward, letter: ShownLetter | None) -> tuple[str, ...]:
    """In which there is something to read."""
    cited = [code for code in LANGUAGES if getattr(shown, f"citation_{code}")]
    return tuple(dict.fromkeys((*cited, *([letter.language] if letter and letter.language else []))))


def _document(award: Award, discretion: Discretion) -> Document:
    return of_award(show(award, discretion), award.edition, show_letter(award, discretion))


def _one_edition(key: str) -> Document | None:
    edition = queries.edition(int(key)) if key.isdigit() else None
    return of_edition(edition, queries.discretion()) if edition else None


def _one_award(key: str) -> Document | None:
    award = queries.award(key)
    return _document(award, queries.discretion()) if award and award.withdrawn_at is None else None


def _all_editions() -> Iterable[Document]:
    discretion = queries.discretion()
    return (of_edition(edition, discretion) for edition in queries.editions())


def _all_awards() -> Iterable[Document]:
    discretion = queries.discretion()
    return (_document(award, discretion) for award in queries.standing_awards())


def _prize_names(facet: str, _values: Sequence[str]) -> dict[str, str]:
    return {kind.value: in_language(name, "name") for kind, name in PRIZES.items()} if facet == "prize" else {}


def _award_names() -> Iterable[tuple[str, str, str]]:
    yield from (("kind", "laureate", name) for name in (*LAUREATE_WORDS, "laureates", "lauréats"))
    for kind, prize in PRIZES.items():
        yield from (("prize", kind.value, name) for name in prize.all)


def _edition_names() -> Iterable[tuple[str, str, str]]:
    return (("kind", "edition", name) for name in EDITION_WORDS)


SOURCES = (
    Source(
        kind="laureate",
        one=_one_award,
        all=_all_awards,
        count=queries.number_standing,
        label=_l("Laureates"),
        order=1,
        summary=award_summary,
        value_names=_prize_names,
        names=_award_names,
    ),
    Source(
        kind="edition",
        one=_one_edition,
        all=_all_editions,
        count=lambda: queries.number_of(Edition),
        label=_l("Years of the contest"),
        order=2,
        summary=edition_summary,
        names=_edition_names,
    ),
)
