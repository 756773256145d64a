"""Pages of the record as linked data in the vocabulary of schema.org: only what stands on the page, made from what may be shown.

A child is named as the page names it; where no name is shown there is no person.
"""

from typing import Any

from flask import url_for

from contest.editions.models import Edition
from contest.winners.shown import ShownAward
from core.countries import LANGUAGES, country_name
from stamps.opendata.jsonld import begun, without_nothing

POST = "Universal Postal Union"


def of_edition(edition: Edition, themes: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A year of the contest with its theme. Who won stands on the page alone."""
    return without_nothing(
        {
            **begun("Event", url_for("winners.edition", number=edition.number, _external=True)),
            "name": {"@language": "en", "@value": f"Letter-writing competition of {edition.year}"},
            "identifier": str(edition.number),
            "startDate": str(edition.year),
            "description": [{"@language": code, "@value": theme} for code, _language, theme in themes],
            "organizer": {"@type": "Organization", "name": POST},
        }
    )


def of_award(award: ShownAward) -> dict[str, Any]:
    """The page of an award in its words, and whom it is about as far as that is shown; one withdrawn honours nobody."""
    prize = f"{award.prize_name} ({award.year})"
    person = {"@type": "Person", "name": award.name} if award.name else None
    if person and award.withdrawn_at is None:
        person["award"] = prize
    address = url_for("winners.laureate", key=award.key, _external=True)
    return without_nothing({**begun("WebPage", address), "name": prize, "about": person})


def of_country(code: str) -> dict[str, Any]:
    """A country."""
    return {
        **begun("Country", url_for("winners.country", code=code, _external=True)),
        "name": [{"@language": each, "@value": country_name(code, each)} for each in LANGUAGES],
        "identifier": code,
    }
