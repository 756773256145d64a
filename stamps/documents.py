"""What the search knows of stamps: an issue and a stamp as documents. Everything on a stamp is public."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_gettext as _l

from archive.index import Document
from archive.sources import Source
from core.countries import country_names
from stamps import queries
from stamps.models import Stamp, StampIssue
from stamps.rules import in_currency

KIND_WORDS = ("tem", "bộ tem", "stamp", "timbre")
SHEET_WORDS = ("blốc", "souvenir sheet", "bloc-feuillet")


def of_issue(issue: StampIssue) -> Document:
    """An issue: its names, topics, numbers, values, designer."""
    return Document(
        kind="stamp_issue",
        key=issue.key,
        url=url_for("stamps.issue", key=issue.key),
        titles=_titles(issue) or (issue.key,),
        summary=" · ".join(part for part in (issue.date, *_values(issue)) if part),
        texts=(issue.designer, issue.printer, issue.issuer, issue.note, issue.date, *_values(issue), *KIND_WORDS),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=tuple(name for topic in issue.topics for name in (topic.name_vi, topic.name_en, topic.name_fr)),
        numbers=_numbers(issue),
        date=issue.date,
    )


def of_stamp(stamp: Stamp) -> Document:
    """A stamp: its own name and number, and those of its issue."""
    issue = stamp.issue
    return Document(
        kind="stamp",
        key=stamp.key,
        url=url_for("stamps.stamp", key=stamp.key),
        titles=_titles(stamp) or _titles(issue),
        summary=" · ".join(part for part in (*_titles(issue)[:1], stamp.position, stamp.face_value) if part),
        texts=(*_titles(issue), stamp.note, stamp.face_value, stamp.position, *_kind_words(stamp)),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=tuple(name for topic in issue.topics for name in (topic.name_vi, topic.name_en, topic.name_fr)),
        numbers=tuple(number for number in (stamp.number, issue.national_code) if number),
        date=issue.date,
    )


def _titles(thing: StampIssue | Stamp) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (thing.name_vi, thing.name_en) if name))


def _values(issue: StampIssue) -> tuple[str, ...]:
    return tuple(in_currency(value, issue.currency) for value in issue.face_values.splitlines())


def _numbers(issue: StampIssue) -> tuple[str, ...]:
    of_stamps = (stamp.number for stamp in issue.stamps)
    printed = (issue.national_code, *issue.catalogue_numbers.splitlines(), *of_stamps)
    return tuple(dict.fromkeys(number for number in printed if number))


def _kind_words(stamp: Stamp) -> tuple[str, ...]:
    return KIND_WORDS if stamp.kind == "stamp" else SHEET_WORDS


def _one_issue(key: str) -> Document | None:
    issue = queries.issue(key)
    return of_issue(issue) if issue else None


def _one_stamp(key: str) -> Document | None:
    stamp = queries.stamp(key)
    return of_stamp(stamp) if stamp else None


def _all_issues() -> Iterable[Document]:
    return (of_issue(issue) for issue in queries.all_issues())


def _all_stamps() -> Iterable[Document]:
    return (of_stamp(stamp) for stamp in queries.all_stamps())


SOURCES = (
    Source(
        kind="stamp_issue",
        one=_one_issue,
        all=_all_issues,
        count=lambda: queries.number_of(StampIssue),
        label=_l("Stamp issues"),
        order=3,
    ),
    Source(
        kind="stamp",
        one=_one_stamp,
        all=_all_stamps,
        count=lambda: queries.number_of(Stamp),
        label=_l("Stamps"),
        order=4,
    ),
)
