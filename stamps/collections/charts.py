"""The rows of a chart of completeness: what each is called, where it leads, how much of it there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from core.countries import country_name
from core.pages import in_language
from stamps import words as stamps_words
from stamps.collections import queries
from stamps.collections.queries import Progress, Within
from stamps.collections.rules import By

PER_PAGE = 30


@dataclass(frozen=True)
class Bar:
    """One row."""

    label: str
    url: str
    progress: Progress


@dataclass(frozen=True)
class Chart:
    """A page of rows."""

    bars: list[Bar]
    total_pages: int


def chart(person_id: int, by: By, *, within: Within, number: int) -> Chart:
    """A page of the things somebody has begun, most first; sets that miss least first."""
    if by is By.ISSUE:
        return _of_issues(person_id, number)
    begun = queries.begun(person_id, by, within=within)
    groups = list(begun)[(number - 1) * PER_PAGE : number * PER_PAGE]
    totals = queries.totals(by, groups, within=within) if groups else {}
    named = queries.named(by, groups) if groups else {}
    bars = [
        Bar(*_label(by, group, named, within), Progress(begun[group], totals.get(group, begun[group])))
        for group in groups
    ]
    return Chart(bars, max(1, -(-len(begun) // PER_PAGE)))


def _of_issues(person_id: int, number: int) -> Chart:
    found = queries.incomplete_issues(person_id, number=number, size=PER_PAGE + 1)
    bars = [
        Bar(stamps_words.name_of(issue), url_for("stamps.issue", key=issue.key), progress)
        for issue, progress in found[:PER_PAGE]
    ]
    return Chart(bars, number + (len(found) > PER_PAGE))


def _label(by: By, group: int | str, named: Mapping[int, Any], within: Within) -> tuple[str, str]:
    if by is By.COUNTRY:
        return country_name(str(group)), url_for("collections.completeness", by=By.YEAR.value, country=group)
    if by is By.YEAR:
        return str(group), url_for("stamps.issues", year=group, country=within.country or None)
    thing = named[int(group)]
    if by is By.TOPIC:
        return in_language(thing, "name"), url_for("stamps.topic", key=thing.key)
    return stamps_words.name_of(thing), url_for("stamps.series", key=thing.key)
