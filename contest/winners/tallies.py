"""A country's tallies for its page: what others claim beside what the rows show to the same year."""

from dataclasses import dataclass

from contest.winners import queries
from contest.winners.models import ClaimedTally
from contest.winners.rules import Discretion, Tally, count_awards, differences

FOR_EVER = 9999


@dataclass(frozen=True)
class Compared:
    """One claimed tally, the count of the rows to the end of the same year, and where they differ."""

    since_year: int | None
    until_year: int
    claimed: Tally
    counted: Tally
    differs: frozenset[str]
    confidence: str
    note: str
    sources: list[str]


def counted(country: str) -> Tally:
    """Every international award of a country that the record holds."""
    return count_awards(queries.counting_awards(country), until=FOR_EVER)


def compared(country: str, discretion: Discretion) -> list[Compared]:
    """Every claimed tally of a country, oldest first."""
    awards = queries.counting_awards(country)
    claims = queries.claimed_tallies(country)
    sources = queries.citations_by_key("tally", [claim.key for claim in claims])
    return [
        _compare(claim, count_awards(awards, until=claim.until_year), discretion.only(sources[claim.key]))
        for claim in claims
    ]


def _compare(claim: ClaimedTally, rows: Tally, sources: list[str]) -> Compared:
    claimed = Tally(claim.gold, claim.silver, claim.bronze, claim.special_mention, claim.total)
    return Compared(
        since_year=claim.since_year,
        until_year=claim.until_year,
        claimed=claimed,
        counted=rows,
        differs=differences(claimed, rows),
        confidence=claim.confidence.value,
        note=claim.note,
        sources=sources,
    )
