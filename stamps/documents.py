"""What the search knows of stamps: an issue and a stamp as documents. Everything on a stamp is public."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from archive.facts import columns_of, fact_of, in_languages, joined, title_of
from archive.index import FURTHER_FACETS, Document, Hit
from archive.sources import Source
from core.countries import country_names
from core.pages import in_language
from stamps import kindwords, naming, picturing, queries, words
from stamps.collections.places import statuses, statuses_of_issues
from stamps.kinds import Emission, Process, StampKind
from stamps.models import CatalogueNumber, Credit, Named, Stamp, StampIssue, Topic
from stamps.models.columns import PLACES
from stamps.reading.numbers import read_number, ways_to_write
from stamps.rules import CONTAINERS, in_currency
from stamps.typed import said_sizes, said_values

KIND_WORDS = ("tem", "bộ tem", "stamp", "timbre")
SHEET_WORDS = ("blốc", "souvenir sheet", "bloc-feuillet")
PRODUCT_WORDS = ("phong bì ngày phát hành đầu tiên", "first day cover", "premier jour", "FDC")
ISSUE_NAMES = ("bộ tem", "đợt phát hành", "stamp issue", "issue", "émission")
# The fact of a hit that was found by a number of another catalogue than the one asked for.
NUMBERED = "numbered"


def of_issue(issue: StampIssue) -> Document:
    """An issue: its names, topics, numbers, values, sizes, makers; its note is the text of which passages are shown."""
    return Document(
        kind="stamp_issue",
        key=issue.key,
        url=url_for("stamps.issue", key=issue.key),
        titles=_titles(issue) or (issue.key,),
        summary=joined(issue.date, *_values(issue)),
        texts=(
            *(
                issue.designer,
                issue.printer,
                issue.printing,
                issue.issuer,
                issue.date,
                issue.perforation,
                issue.fdc_size,
            ),
            *(each.maker.name for each in issue.credits),
            *_names_of(issue.series, issue.joint),
            *(text for value in issue.face_values.splitlines() for text in said_values(value, issue.currency)),
            *said_sizes(issue.width_mm, issue.height_mm),
            *_ways_to_write(issue.numbers),
            *KIND_WORDS,
        ),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=_themes(issue.topics),
        numbers=_numbers((*issue.numbers, *(number for stamp in issue.stamps for number in stamp.numbers))),
        date=issue.date,
        topics=_topics(issue.topics),
        languages=_languages(issue),
        body=issue.note,
        picture=picturing.thumbnail(picturing.face_of(issue.pictures)),
        items=_of_all(stamp.kind for stamp in issue.stamps),
        emissions=_of_all(stamp.emission for stamp in issue.stamps if stamp.emission),
        processes=_of_all(process for stamp in issue.stamps for process in stamp.processes),
        makers=_makers((*issue.credits, *(each for stamp in issue.stamps for each in stamp.credits))),
        series=issue.series.key if issue.series else "",
        facts=_titles_of(issue) | {"date": issue.date, "values": words.face_values(issue)},
    )


def of_stamp(stamp: Stamp) -> Document:
    """An item: its own name and numbers, and those of its issue."""
    issue = stamp.issue
    named = stamp if _titles(stamp) else issue
    topics = (*issue.topics, *stamp.topics)
    return Document(
        kind="stamp",
        key=stamp.key,
        url=url_for("stamps.stamp", key=stamp.key),
        titles=_titles(named),
        summary=joined(*_titles(issue)[:1], stamp.position, words.face_value(stamp)),
        texts=(
            *_titles(issue),
            *(stamp.position, stamp.variety, stamp.colours, stamp.paper, stamp.watermark, stamp.gum),
            *(words.own_or_issues(stamp, field) for field in ("perforation", "printing")),
            *(each.maker.name for each in words.credits_of(stamp)),
            *_names_of(issue.series),
            *said_values(stamp.face_value, stamp.currency),
            *said_sizes(stamp.width_mm, stamp.height_mm),
            *_ways_to_write(_numbers_of(stamp)),
            *_kind_words(stamp),
        ),
        years=(issue.year,) if issue.year else (),
        country=issue.country,
        country_names=country_names(issue.country),
        themes=_themes(topics),
        numbers=_numbers(_numbers_of(stamp)),
        date=stamp.date or issue.date,
        rank=stamp.rank,
        topics=_topics(topics),
        languages=_languages(named),
        body=stamp.note,
        picture=picturing.thumbnail(picturing.face_of(stamp.pictures)),
        items=(stamp.kind.value,),
        emissions=(stamp.emission.value,) if stamp.emission else (),
        processes=_of_all(stamp.processes),
        makers=_makers(words.credits_of(stamp)),
        series=issue.series.key if issue.series else "",
        value=int((stamp.face_amount or 0) * PLACES),
        facts=_titles_of(named)
        | in_languages("issue", columns_of(issue, "name"))
        | {"position": stamp.position, "value": words.face_value(stamp)},
    )


def issue_summary(hit: Hit) -> str:
    """The day of issue in the reader's way, and the values as printed."""
    return joined(words.partial_date(fact_of(hit, "date")), fact_of(hit, "values"), _numbered(hit))


def stamp_summary(hit: Hit) -> str:
    """The issue in the reader's language, unless the stamp is called the same; the place in the set, the value as printed."""
    issue = fact_of(hit, "issue")
    issue = "" if issue == title_of(hit) else issue
    return joined(issue, fact_of(hit, "position"), fact_of(hit, "value"), _numbered(hit))


def _numbered(hit: Hit) -> str:
    """The number by which a thing was found that has it from another catalogue than the one asked for."""
    number = fact_of(hit, NUMBERED)
    return _("the number in another catalogue: %(number)s", number=number) if number else ""


def _titles(thing: Named) -> tuple[str, ...]:
    names = (thing.name_vi, thing.name_en, thing.name_fr, thing.name_local)
    return tuple(dict.fromkeys(name for name in names if name))


def _names_of(*things: Named | None) -> tuple[str, ...]:
    return tuple(name for thing in things if thing for name in _titles(thing))


def _titles_of(thing: StampIssue | Stamp) -> dict[str, str]:
    return in_languages("title", columns_of(thing, "name"))


def _family(topics: Iterable[Topic]) -> dict[str, Topic]:
    """Topics with everything above them: who looks for animals finds birds."""
    found: dict[str, Topic] = {topic.key: topic for topic in topics}
    for topic in list(found.values()):
        above = topic.parent
        while above is not None and above.key not in found:
            found[above.key] = above
            above = above.parent
    return found


def _themes(topics: Iterable[Topic]) -> tuple[str, ...]:
    family = _family(topics).values()
    return tuple(name for topic in family for name in (topic.name_vi, topic.name_en, topic.name_fr))


def _topics(topics: Iterable[Topic]) -> tuple[str, ...]:
    return tuple(_family(topics))


def _languages(thing: Named) -> tuple[str, ...]:
    return tuple(code for code in ("vi", "en", "fr") if getattr(thing, f"name_{code}"))


def _values(issue: StampIssue) -> tuple[str, ...]:
    return tuple(in_currency(value, issue.currency) for value in issue.face_values.splitlines())


def _ways_to_write(numbers: Iterable[CatalogueNumber]) -> Iterable[str]:
    """Each number in the forms people type."""
    read = (read_number(row.code, catalogue=row.catalogue.key) for row in numbers)
    return dict.fromkeys(form for number in read if number for form in ways_to_write(number))


def _numbers_of(stamp: Stamp) -> list[CatalogueNumber]:
    """Its own, and those of its issue that are meant for it: the set's number, everything where it is the only item."""
    issue = stamp.issue
    alone = issue.n_stamps == 1 and not issue.n_sheets
    of_the_set = f"{issue.country}-set"
    return [*stamp.numbers, *(row for row in issue.numbers if alone or row.catalogue.key == of_the_set)]


def _numbers(numbers: Iterable[CatalogueNumber]) -> tuple[str, ...]:
    """As lists show them: a country's own by itself, others with their mark."""
    return tuple(dict.fromkeys(row.code if row.catalogue.country else row.normal for row in numbers))


def _of_all(values: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.value for value in values))


def _makers(credits_: Iterable[Credit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.maker.key for each in credits_))


def _kind_words(stamp: Stamp) -> tuple[str, ...]:
    if stamp.kind is StampKind.STAMP:
        return KIND_WORDS
    return SHEET_WORDS if stamp.kind in CONTAINERS else PRODUCT_WORDS


def _value_names(facet: str, values: Sequence[str]) -> dict[str, str]:
    """What values of the facets of stamps are called; those of makers and series are looked up, for there are many."""
    match facet:
        case "topic":
            return {topic.key: in_language(topic, "name") for topic in queries.topics_called(values)}
        case "maker":
            return {maker.key: maker.name for maker in queries.makers_called(values)}
        case "series":
            return {series.key: words.name_of(series) for series in queries.series_called(values)}
        case "item" | "emission" | "process":
            of_facet: type[StrEnum] = {"item": StampKind, "emission": Emission, "process": Process}[facet]
            return {member.value: kindwords.word(member) for member in of_facet}
    return {}


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


def _named(text: str, kind: str) -> list[Document]:
    """What a number names: issues and items, items alone, or issues with those of the items.

    Where it names nothing, what has the same number in another catalogue, which its summary then says.
    """
    named: dict[StampIssue | Stamp, str] = dict.fromkeys(naming.things_named(text), "")
    if not named:
        named = {one.thing: one.number for one in naming.things_named_elsewhere(text)}
    if kind == "stamp_issue":
        named = {thing if isinstance(thing, StampIssue) else thing.issue: number for thing, number in named.items()}
    elif kind:
        named = {thing: number for thing, number in named.items() if isinstance(thing, Stamp)}
    return [_with_number(thing, number) for thing, number in named.items()]


def _with_number(thing: StampIssue | Stamp, number: str) -> Document:
    document = of_issue(thing) if isinstance(thing, StampIssue) else of_stamp(thing)
    return replace(document, facts={**document.facts, NUMBERED: number}) if number else document


def _all_issues() -> Iterable[Document]:
    return (of_issue(issue) for issue in queries.every_issue())


def _all_stamps() -> Iterable[Document]:
    return (of_stamp(stamp) for stamp in queries.every_item())


SOURCES = (
    Source(
        kind="stamp_issue",
        one=_one_issue,
        all=_all_issues,
        count=lambda: queries.number_of(StampIssue),
        label=_l("Stamp issues"),
        order=3,
        summary=issue_summary,
        facets=FURTHER_FACETS,
        statuses=statuses_of_issues,
        value_names=_value_names,
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
        facets=FURTHER_FACETS,
        named=_named,
        statuses=statuses,
        names=lambda: (("kind", "stamp", name) for name in (*KIND_WORDS, "timbres", "stamps")),
    ),
)
