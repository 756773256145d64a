"""What judging shows on pages of packages below: rounds on the organiser's desk, stations on a letter's way."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from contest.editions.models import Stage
from contest.judging import queries
from contest.judging.rules import AssignmentState
from contest.letters.models import Letter
from contest.letters.tracking import Station
from core.sections import Section


def rounds_of_stage(stage: Stage) -> Section:
    """Judges and rounds, with the way to them."""
    return Section(
        "contest/judging/_rounds.html",
        {"stage": stage, "rounds": queries.rounds_of(stage), "judges": len(queries.sitting_judges(stage))},
    )


def terms_of_rounds(stage: Stage) -> Section | None:
    """What everybody may know beforehand: how each round is judged and who goes on."""
    rounds = queries.rounds_of(stage)
    return Section("contest/judging/_terms.html", {"rounds": rounds}) if rounds else None


def stations(letter: Letter, _now: datetime) -> list[Station]:
    """With the jury; read by the jury. Never by whom, never with which marks."""
    reads = [each for each in queries.assignments_of_letter(letter) if each.state is not AssignmentState.RECUSED]
    finished = [each.finished_at for each in reads if each.finished_at]
    begun = min((each.dealt_at for each in reads), default=None)
    read = max(finished) if reads and len(finished) == len(reads) else None
    return [Station(_l("With the jury"), begun), Station(_l("Read by the jury"), read)]
