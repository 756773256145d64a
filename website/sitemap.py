"""The map of the site for search machines: years and catalogue, in files of fifty thousand addresses.

Pages of laureates are public but not on the map: most were children, and nobody need be helped to collect them.
"""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as Xml

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from contest.winners import queries as winners
from core.countries import known
from stamps import queries as stamps
from stamps.rules import PATHS

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
# The search is not among them: search machines are asked to leave it alone.
PLACES = (
    *("website.home", "winners.editions", "winners.laureates", "stamps.issues", "stamps.countries", "stamps.topics"),
    *("stamps.series_list", "stamps.makers", "coming.calendar", "opendata.about"),
)
# The catalogue's parts: how their pages are called and how their rows are found.
PARTS = {
    "issues": "stamps.issue",
    "stamps": "stamps.stamp",
    "series": "stamps.series",
    "joint-issues": "stamps.joint_issue",
    "makers": "stamps.maker",
}
Entry = tuple[str, datetime | None]


def index() -> ResponseReturnValue:
    """The list of the files."""
    root = Xml.Element(f"{{{NAMESPACE}}}sitemapindex")
    files = ["record-0", *(f"{part}-{at}" for part in PARTS for at in range(-(-stamps.highest_id(part) // MOST)))]
    for name in files:
        _add(root, "sitemap", url_for("website.sitemap_part", name=name, _external=True), None)
    return _answer(root)


def part(name: str) -> ResponseReturnValue:
    """One file: `record-0`, `issues-0`, `stamps-19`."""
    what, _dash, number = name.rpartition("-")
    if not number.isdecimal() or len(number) > 6 or what not in ("record", *PARTS):
        abort(404)
    entries = list(_of_the_record() if what == "record" else _of_the_catalogue(what, int(number)))
    if not entries or (what == "record" and number != "0"):
        abort(404)
    root = Xml.Element(f"{{{NAMESPACE}}}urlset")
    for address, changed_at in entries:
        _add(root, "url", address, changed_at)
    return _answer(root)


def robots() -> ResponseReturnValue:
    """What search machines are told."""
    address = url_for("website.sitemap", _external=True)
    lines = ("User-agent: *", "Disallow: /search", "Disallow: /track", f"Sitemap: {address}", "")
    return Response("\n".join(lines), mimetype="text/plain")


def _of_the_record() -> Iterable[Entry]:
    for endpoint in PLACES:
        yield url_for(endpoint, _external=True), None
    for edition in winners.editions():
        yield url_for("winners.edition", number=edition.number, _external=True), None
    for topic in stamps.topics():
        yield url_for("stamps.topic", key=topic.key, _external=True), None
    for key in PATHS:
        yield url_for("stamps.path", key=key, _external=True), None
    for code in sorted(filter(known, {*stamps.countries(), *winners.countries()})):
        yield url_for("winners.country", code=code, _external=True), None


def _of_the_catalogue(what: str, number: int) -> Iterable[Entry]:
    for key, changed_at in stamps.keys_between(what, number * MOST, (number + 1) * MOST):
        yield url_for(PARTS[what], key=key, _external=True), changed_at


def _add(root: Xml.Element, name: str, address: str, changed_at: datetime | None) -> None:
    element = Xml.SubElement(root, f"{{{NAMESPACE}}}{name}")
    Xml.SubElement(element, f"{{{NAMESPACE}}}loc").text = address
    if changed_at:
        Xml.SubElement(element, f"{{{NAMESPACE}}}lastmod").text = changed_at.date().isoformat()


def _answer(root: Xml.Element) -> Response:
    text = Xml.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=NAMESPACE)
    answer = Response(text, mimetype="application/xml")
    answer.add_etag()
    answer.make_conditional(request)
    return answer
