"""What the pages of one edition and of one award show: facts, sources and claims, gathered and made fit to be seen."""

from typing import Any

from babel import Locale
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from contest.editions.models import Edition
from contest.winners import linked, queries, words
from contest.winners.models import Award
from contest.winners.rules import AwardLevel, Discretion
from contest.winners.shown import ShownAward, show, show_all, show_letter
from core.claims import Field, by_field
from core.countries import country_name
from core.evidence import Claim, citations_of, claims_about
from stamps import listing
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.opendata.places import linked as head_of


def of_edition(edition: Edition) -> dict[str, Any]:
    """Context of an edition's page."""
    discretion = queries.discretion()
    awards = show_all(queries.awards_of(edition), discretion)
    key = str(edition.number)
    cited = citations_of("edition", key)
    before, after = queries.neighbours(edition.number)
    return {
        "edition": edition,
        "linked": head_of(linked.of_edition(edition, themes_of(edition))),
        "themes": themes_of(edition),
        "note": edition.note if discretion.allows(edition.note) else "",
        "stamps_words": stamps_words,
        "facts": _edition_facts(edition, claims_about("edition", key)),
        "international": [award for award in awards if award.level is AwardLevel.INTERNATIONAL],
        "others": _by_country([award for award in awards if award.level is not AwardLevel.INTERNATIONAL]),
        "fields": _fields("edition", key, discretion),
        "sources_of": discretion.only(cited),
        "withheld": len(cited) - len(discretion.only(cited)),
        **_stamps_of(edition.year),
        "before": before,
        "after": after,
        "words": words,
    }


def of_award(award: Award) -> dict[str, Any]:
    """Context of an award's page."""
    discretion = queries.discretion()
    shown = show(award, discretion)
    cited = citations_of("award", award.key)
    others = [other for other in award.laureate.awards if other.id != award.id] if award.laureate else []
    return {
        "award": shown,
        "linked": head_of(linked.of_award(shown)),
        "letter": show_letter(award, discretion),
        "edition": award.edition,
        "stamps_words": stamps_words,
        "facts": _award_facts(shown),
        "fields": _fields("award", award.key, discretion) if shown.in_full else [],
        "sources_of": discretion.only(cited),
        "withheld": len(cited) - len(discretion.only(cited)),
        "others": show_all(others, discretion),
        **_stamps_of(award.edition.year),
        "words": words,
    }


def _stamps_of(year: int) -> dict[str, Any]:
    issues = stamps.issues_of_year(year)
    return {"issues": issues, "picture_of": listing.pictures_of(issues)}


def themes_of(edition: Edition) -> list[tuple[str, str, str]]:
    """The theme in every language known: (language code, its name, the theme)."""
    found = [(code, getattr(edition, f"theme_{code}")) for code in ("vi", "en", "fr")]
    for part in edition.theme_other.split("; "):
        code, colon, theme = part.partition(": ")
        found += [(code.split(" ")[0], theme)] if colon else []
    return [(code, _language(code), theme) for code, theme in found if theme]


def _language(code: str) -> str:
    """What a language is called, in the reader's own."""
    return str(Locale.parse(code, sep="-").get_display_name(get_locale()) or code)


def _read(field: str, value: str) -> str:
    """A claimed value in the reader's words."""
    return country_name(value) if field == "country" else value


def _fields(kind: str, key: str, discretion: Discretion) -> list[Field]:
    return by_field(claims_about(kind, key), labels=words.field_names(), read=_read, allows=discretion.allows)


def _edition_facts(edition: Edition, claims: list[Claim]) -> list[tuple[str, object]]:
    """Where the record carries no exact number, the claim that was chosen stands for it."""
    told = {claim.field: claim.value for claim in claims if claim.chosen}
    countries = edition.countries_participating
    return [
        (_("Year"), str(edition.year)),
        (_("Countries taking part"), format_decimal(countries) if countries else told.get("countries_participating")),
        (_("Letters worldwide"), edition.entries_worldwide),
        (_("Partners"), edition.partners),
    ]


def _award_facts(shown: ShownAward) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Prize"), shown.prize_name),
        (_("Jury"), words.level(shown.level)),
        (_("Country"), country_name(shown.country) if shown.country else ""),
    ]
    if shown.prize_as_printed and not shown.ours:
        facts.append((_("Prize as the source calls it"), shown.prize_as_printed))
    if shown.in_full:
        facts += [(_("Age"), str(shown.age) if shown.age else ""), (_("School or place"), shown.place)]
    return facts


def _by_country(awards: list[ShownAward]) -> list[tuple[str, list[ShownAward]]]:
    codes = dict.fromkeys(award.country for award in awards)
    groups = [(code, [award for award in awards if award.country == code]) for code in codes]
    return sorted(groups, key=lambda group: country_name(group[0]))
