"""Issues to come for other programs: an Atom feed and an iCalendar. Pure but for words: takes what is to come, gives text."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

from icalendar import Calendar, Event

from core.countries import country_name
from core.pages import in_language
from stamps import words as stamps_words
from stamps.coming import words
from stamps.coming.queries import Coming
from stamps.coming.rules import Certainty, span_of

ATOM = "http://www.w3.org/2005/Atom"
STATUS = {
    Certainty.ANNOUNCED: "TENTATIVE",
    Certainty.CONFIRMED: "CONFIRMED",
    Certainty.CANCELLED: "CANCELLED",
}
# Programs ask again after so long.
AGAIN = "PT12H"
Address = Callable[[Coming], str]


def icalendar(found: Iterable[Coming], *, title: str, address: Address, host: str) -> bytes:
    """All-day events, one an issue, for ever under the same UID; a day that is not known yet is its whole month.

    A moved or cancelled issue is the same event with a higher SEQUENCE; nothing takes anybody's time (TRANSPARENT).
    """
    made = Calendar()
    for name, value in (
        ("prodid", "-//Tem Thu//New issues//EN"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", title),
        ("name", title),
        ("refresh-interval;value=duration", AGAIN),
        ("x-published-ttl", AGAIN),
    ):
        made.add(name, value)
    for coming in found:
        if (event := _event(coming, address(coming), host)) is not None:
            made.add_component(event)
    return bytes(made.to_ical())


def _event(coming: Coming, url: str, host: str) -> Event | None:
    span = span_of(coming.issue.date)
    if span is None or len(coming.issue.date) == 4:
        return None
    event, changed = Event(), coming.changed_at.astimezone(UTC).replace(microsecond=0)
    for name, value in (
        ("uid", f"{coming.issue.key}@{host}"),
        ("dtstamp", changed),
        ("last-modified", changed),
        ("sequence", coming.sequence),
        ("dtstart", span.first),
        ("dtend", span.after),
        ("summary", title_of(coming)),
        ("description", summary_of(coming)),
        ("url", url),
        ("status", STATUS[coming.certainty if span.is_day else _sure(coming)]),
        ("transp", "TRANSPARENT"),
        ("categories", [in_language(topic, "name") for topic in coming.issue.topics]),
    ):
        if value != []:
            event.add(name, value)
    return event


def _sure(coming: Coming) -> Certainty:
    """An issue without a day is never confirmed; a cancelled one is cancelled."""
    return Certainty.CANCELLED if coming.certainty is Certainty.CANCELLED else Certainty.ANNOUNCED


def atom(found: Iterable[Coming], *, title: str, address: Address, own: str, page: str, host: str) -> bytes:
    """The same as a feed: an entry an issue, again when its day, its name or how sure it is changes."""
    entries = sorted(found, key=lambda coming: coming.changed_at, reverse=True)
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    newest = entries[0].changed_at if entries else datetime(2026, 1, 1, tzinfo=UTC)
    _add(feed, "title", title)
    _add(feed, "id", f"tag:{host},2026:new-issues")
    _add(feed, "updated", _moment(newest))
    _add(feed, "link", rel="self", href=own, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html")
    _add(_add(feed, "author"), "name", "Tem Thư")
    for coming in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", title_of(coming))
        _add(entry, "id", f"tag:{host},2026:stamp-issue:{coming.issue.key}")
        _add(entry, "updated", _moment(coming.changed_at))
        _add(entry, "link", rel="alternate", href=address(coming), type="text/html")
        _add(entry, "summary", summary_of(coming))
        for topic in coming.issue.topics:
            _add(entry, "category", term=topic.key, label=in_language(topic, "name"))
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def title_of(coming: Coming) -> str:
    """The name of an issue with its country; a cancelled one says so first."""
    named = f"{stamps_words.name_of(coming.issue)} ({country_name(coming.issue.country)})"
    return f"{words.certainty(coming.certainty)}: {named}" if coming.certainty is Certainty.CANCELLED else named


def summary_of(coming: Coming) -> str:
    """When, what, for how much, and what was changed."""
    told = (
        words.when(coming),
        words.contents(coming.issue),
        stamps_words.face_values(coming.issue),
        words.certainty(coming.certainty),
        words.former(coming),
        coming.note,
    )
    return " · ".join(filter(None, told))


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        made.text = text
    return made


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
