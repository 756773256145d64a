"""What the home page shows: the year that runs, some laureates, the stamp that started it."""

from typing import Any

from flask import url_for
from flask_login import current_user

from contest.editions import queries as editions
from contest.remarks import queries as remarks
from contest.winners import queries as winners
from core import clock
from stamps import listing
from stamps import queries as stamps

SHOWN = 6


def greeting() -> dict[str, Any]:
    """Context of the home page; every list may be empty on a platform that has just been set up."""
    stage = editions.running_stage(clock.now())
    issues = stamps.on_letter_writing(SHOWN)
    return {
        "stage": stage,
        "to_look_after": remarks.open_concerns(current_user) if current_user.is_authenticated else 0,
        "rules_url": url_for("editions.rules_page", number=stage.edition.number) if stage else None,
        "laureates": winners.latest_gold(SHOWN),
        "stamps": issues,
        "picture_of": listing.pictures_of(issues),
        "years": winners.year_strip(),
    }
