"""What the search knows of stamps: an issue and a stamp as documents. Everything on a stamp is public."""

from collections.abc import Iterable
from decimal import Decimal

from flask import url_for
from flask_babel import lazy_gettext as _l

from archive.facts import columns_of, fact_of, in_languages, joined, title_of
from archive.index import Document, Hit
from archive.sources import Source
from core.countries import country_names
from core.pages import in_language
from stamps import queries, words
from stamps.collections.places import statuses
from stamps.models import Stamp, StampIssue
from stamps.rules import in_currency

KIND_WORDS = ("tem", "bộ tem", "stamp", "timbre")
SHEET_WORDS = ("blốc", "souvenir sheet", "bloc-feuillet")
ISSUE_NAMES = ("bộ tem", "đợt phát hành", "stamp issue", "issue", "émission")
# How people write units of currency that stamps print otherwise.
UNITS = {"VND": ("đ", "đồng"), "EUR": ("euro",), "GBP": ("pound", "p"), "USD": ("dollar", "c")}
# Names of the catalogues whose numbers are printed with a short mark (`Mi:VN 2953`).
CATALOGUES = {"Mi": "Michel", "Sn": "Scott", "Sc": "Scott", "SG": "Stanley Gibbons", "Yt": "Yvert et Tellier"}


def of_issue(issue: StampIssue) -> Document:
    """An issue: its names, topics, numbers, values, sizes, designer; its note is the text of which passages are shown."""
    return Document(
        kind="stamp_issue",
        key=issue.key,
        url=url_for("stamps.issue", key=issue.key),
        titles=_titles(issue) or (issue.key,),
        summary=joined(issue.date, *_values(issue)),
        texts=(
            *(issue.designer, issue.printer, issue.issuer, issue.date, issue.perforation, issue.fdc_size),
            *(text for value in issue.face_values.splitlines() for text in said_values(value, issue.currency)),
            *said_sizes(issue.width_mm, issue.height_mm),
            *_catalogues(issue),
            *KIND_WORDS,
        ),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=_themes(issue),
        numbers=_numbers(issue),
        date=issue.date,
        topics=_topics(issue),
        languages=_languages(issue),
        body=issue.note,
        facts=_titles_of(issue) | {"date": issue.date, "values": words.face_values(issue)},
    )


def of_stamp(stamp: Stamp) -> Document:
    """A stamp: its own name and number, and those of its issue."""
    issue = stamp.issue
    named = stamp if _titles(stamp) else issue
    return Document(
        kind="stamp",
        key=stamp.key,
        url=url_for("stamps.stamp", key=stamp.key),
        titles=_titles(named),
        summary=joined(*_titles(issue)[:1], stamp.position, words.face_value(stamp)),
        texts=(
            *_titles(issue),
            stamp.position,
            *said_values(stamp.face_value, stamp.currency),
            *said_sizes(stamp.width_mm, stamp.height_mm),
            *_kind_words(stamp),
        ),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=_themes(issue),
        numbers=tuple(number for number in (stamp.number, issue.national_code) if number),
        date=issue.date,
        topics=_topics(issue),
        languages=_languages(named),
        body=stamp.note,
        facts=_titles_of(named)
        | in_languages("issue", columns_of(issue, "name"))
        | {"position": stamp.position, "value": words.face_value(stamp)},
    )


def said_values(value: str, currency: str) -> tuple[str, ...]:
    """A face value in the ways people type it: `4000 VND`, `4000 đ`, `4.000 đồng`."""
    if not value:
        return ()
    printed = in_currency(value, currency)
    if printed == value:  # it names its unit itself
        return (value,)
    grouped = f"{int(value):,}".replace(",", ".") if value.isdecimal() and len(value) > 3 else value
    return (printed, *(f"{amount} {unit}" for amount in (value, grouped) for unit in UNITS.get(currency, ())))


def said_sizes(width: Decimal | None, height: Decimal | None) -> tuple[str, ...]:
    """A size as people type it, either side first: `43 x 32 mm`."""
    if width is None or height is None:
        return ()
    across, down = (f"{side.normalize():f}" for side in (width, height))
    return tuple(dict.fromkeys((f"{across} x {down} mm", f"{down} x {across} mm")))


def issue_summary(hit: Hit) -> str:
    """The day of issue in the reader's way, and the values as printed."""
    return joined(words.partial_date(fact_of(hit, "date")), fact_of(hit, "values"))


def stamp_summary(hit: Hit) -> str:
    """The issue in the reader's language, unless the stamp is called the same; the place in the set, the value as printed."""
    issue = fact_of(hit, "issue")
    return joined("" if issue == title_of(hit) else issue, fact_of(hit, "position"), fact_of(hit, "value"))


def _titles(thing: StampIssue | Stamp) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (thing.name_vi, thing.name_en) if name))


def _titles_of(thing: StampIssue | Stamp) -> dict[str, str]:
    return in_languages("title", columns_of(thing, "name"))


def _themes(issue: StampIssue) -> tuple[str, ...]:
    return tuple(name for topic in issue.topics for name in (topic.name_vi, topic.name_en, topic.name_fr))


def _topics(issue: StampIssue) -> tuple[str, ...]:
    return tuple(topic.key for topic in issue.topics)


def _languages(thing: StampIssue | Stamp) -> tuple[str, ...]:
    return tuple(code for code in ("vi", "en") if getattr(thing, f"name_{code}"))


def _values(issue: StampIssue) -> tuple[str, ...]:
    return tuple(in_currency(value, issue.currency) for value in issue.face_values.splitlines())


def _catalogues(issue: StampIssue) -> Iterable[str]:
    """The whole names of the catalogues that number an issue."""
    marks = (number.partition(":")[0] for number in issue.catalogue_numbers.splitlines())
    return dict.fromkeys(CATALOGUES[mark] for mark in marks if mark in CATALOGUES)


def _numbers(issue: StampIssue) -> tuple[str, ...]:
    of_stamps = (stamp.number for stamp in issue.stamps)
    printed = (issue.national_code, *issue.catalogue_numbers.splitlines(), *of_stamps)
    return tuple(dict.fromkeys(number for number in printed if number))


def _kind_words(stamp: Stamp) -> tuple[str, ...]:
    return KIND_WORDS if stamp.kind == "stamp" else SHEET_WORDS


def _topic_names(facet: str) -> dict[str, str]:
    return {topic.key: in_language(topic, "name") for topic in queries.topics()} if facet == "topic" else {}


def _issue_names() -> Iterable[tuple[str, str, str]]:
    yield from (("kind", "stamp_issue", name) for name in ISSUE_NAMES)
    for topic in queries.topics():
        yield from (("topic", topic.key, name) for name in (topic.name_vi, topic.name_en, topic.name_fr))


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
        summary=issue_summary,
        value_names=_topic_names,
        names=_issue_names,
    ),
    Source(
        kind="stamp",
        one=_one_stamp,
        all=_all_stamps,
        count=lambda: queries.number_of(Stamp),
        label=_l("Stamps"),
        order=4,
        summary=stamp_summary,
        statuses=statuses,
        names=lambda: (("kind", "stamp", name) for name in (*KIND_WORDS, "timbres", "stamps")),
    ),
)
