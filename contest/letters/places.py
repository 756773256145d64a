"""What letters show on pages of packages below: their counts on the organiser's desk."""

from contest.editions.models import Stage
from contest.letters import queries
from core.sections import Section


def counts_of_stage(stage: Stage) -> Section:
    """How many letters are where."""
    return Section("contest/letters/_counts.html", {"stage": stage, "counts": queries.counts(stage)})
