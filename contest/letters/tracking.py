"""Where a letter is, station by station, as one follows a parcel. Says nothing of who wrote it or what it was given.

Packages above add their stations: judging knows when a letter is being read, results when they are published.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from contest.letters.models import Letter
from contest.letters.rules import LetterForm, LetterState


@dataclass(frozen=True)
class Station:
    """One station: reached at `at`, or not yet."""

    label: object
    at: datetime | None = None
    note: object = ""


@dataclass(frozen=True)
class Step:
    """A station as a page shows it: done, now or next."""

    label: object
    at: datetime | None
    note: object
    state: str


Provider = Callable[[Letter, datetime], list[Station]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Register stations that come after handing in."""
    if provider not in _providers:
        _providers.append(provider)


def steps(letter: Letter, now: datetime) -> list[Step]:
    """Every station of a letter, in order; the last one reached is where it is now."""
    stations = own_stations(letter)
    if letter.state is LetterState.SUBMITTED:
        for provider in _providers:
            stations += provider(letter, now)
    reached = [index for index, station in enumerate(stations) if station.at is not None]
    here = reached[-1] if reached else 0
    return [
        Step(station.label, station.at, station.note, _state(index, here)) for index, station in enumerate(stations)
    ]


def _state(index: int, here: int) -> str:
    return "now" if index == here else "done" if index < here else "next"


def own_stations(letter: Letter) -> list[Station]:
    """What letters themselves know: begun, handed in, looked at, taken back."""
    stations = [Station(_l("Begun"), letter.created_at)]
    if letter.state is LetterState.WITHDRAWN:
        return [
            *stations,
            Station(_l("Handed in"), letter.submitted_at),
            Station(_l("Taken back"), letter.withdrawn_at),
        ]
    stations.append(Station(_l("Handed in"), letter.submitted_at))
    if letter.form is LetterForm.HANDWRITTEN:
        stations.append(Station(_l("Sheets looked at, names covered"), letter.cleared_at))
    return stations
