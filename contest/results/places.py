"""What results show on pages of packages below. Before publication: an hour at most, never a prize."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from contest.editions.models import Edition, Stage
from contest.letters.models import Letter
from contest.letters.tracking import Station
from contest.results import queries
from core.sections import Section


def results_of_stage(stage: Stage) -> Section:
    """Prizes given and the hour, on the organiser's desk."""
    return Section("contest/results/_results.html", {"stage": stage, "awards": queries.awards_of(stage)})


def stage_of_edition(edition: Edition) -> Section | None:
    """Our own stage on the public page of an edition: its rules, and when results are to be expected."""
    return Section("contest/results/_stage.html", {"stage": edition.stage}) if edition.stage else None


def prize_of_letter(letter: Letter) -> Section | None:
    """The prize, for its author, once it is public."""
    if letter.stage.published_at is None:
        return None
    award = queries.award_of_letter(letter)
    if award is None or award.withdrawn_at is not None:
        return None
    return Section("contest/results/_prize.html", {"award": award, "stage": letter.stage})


def stations(letter: Letter, _now: datetime) -> list[Station]:
    """The last station: results are published. Says nothing of what they are."""
    return [Station(_l("Results published"), letter.stage.published_at)]
