"""Records that may be the one being entered: looked for before anything is saved. Reads only; what is alike, `rules` says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refused
from stamps.curating import queries
from stamps.curating.rules import Likeness, Traits, likenesses, read_size, size_text
from stamps.curating.services import numbering
from stamps.models import Stamp, StampIssue
from stamps.reading.dates import read_date
from stamps.rules import year_of

MOST_SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """An issue that may be the same, and why."""

    issue: StampIssue
    reasons: tuple[Likeness, ...]


def of_set(facts: Mapping[str, str], rows: Sequence[Mapping[str, str]], *, besides: StampIssue | None) -> list[Alike]:
    """Issues like the one typed: a new one with everything, one that is there with its new items only."""
    fresh = [row for row in rows if not row.get("key")]
    if besides is not None and not fresh:
        return []
    mine = _typed(facts, fresh, new=besides is None)
    candidates = queries.issues_like(
        country=mine.country,
        year=mine.year if besides is None else None,
        numbers=sorted(mine.numbers),
        besides=besides.key if besides else "",
    )
    found = [Alike(issue, reasons) for issue in candidates if (reasons := likenesses(mine, traits_of(issue)))]
    return sorted(found, key=lambda alike: -len(alike.reasons))[:MOST_SHOWN]


def traits_of(issue: StampIssue) -> Traits:
    """What an issue is compared by."""
    return Traits(
        country=issue.country,
        year=issue.year,
        titles=(issue.name_vi, issue.name_en, issue.name_fr, issue.name_local),
        numbers=frozenset(
            row.normal for rows in (issue.numbers, *(one.numbers for one in issue.stamps)) for row in rows
        ),
        fits=frozenset(filter(None, (_fit(_size(item), item.face_value) for item in issue.stamps))),
    )


def _typed(facts: Mapping[str, str], rows: Sequence[Mapping[str, str]], *, new: bool) -> Traits:
    country, size = facts.get("country", ""), facts.get("size", "")
    numbers = {number for row in rows for number in _numbers(row, country, mark=country)}
    if new:
        numbers |= _numbers(facts, country, mark=f"{country}-set")
    titles = tuple(facts.get(f"name_{language}", "") for language in ("vi", "en", "fr", "local")) if new else ()
    return Traits(
        country=country,
        year=year_of(read_date(facts.get("date", ""))),
        titles=titles,
        numbers=frozenset(numbers),
        fits=frozenset(filter(None, (_fit(_read(row.get("size") or size), row.get("face_value", "")) for row in rows))),
    )


def _numbers(typed: Mapping[str, str], country: str, *, mark: str) -> set[str]:
    try:
        own = numbering.own_number(typed.get("number", ""), country=country, mark=mark)
        others = numbering.numbers_typed(typed.get("numbers", ""), country=country)
    except Refused:  # saving says so
        return set()
    return {number.normal for number in (*others, *([own] if own else []))}


def _size(item: Stamp) -> str:
    if item.width_mm is not None:
        return size_text(item.width_mm, item.height_mm)
    return size_text(item.issue.width_mm, item.issue.height_mm)


def _read(size: str) -> str:
    try:
        return size_text(*read_size(size))
    except Refused:
        return ""


def _fit(size: str, value: str) -> str:
    return f"{size} {value}" if size and value else ""
