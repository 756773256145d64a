"""What open data adds to the pages of an issue and an item: linked data for machines, links for people."""

from flask import url_for

from core.sections import Section
from stamps.models import Stamp, StampIssue
from stamps.opendata import jsonld
from stamps.opendata.iiif.manifests import manifest_address, pictures_of


def of_issue(issue: StampIssue) -> Section:
    """An issue."""
    return _section(issue, jsonld.of_issue(issue), url_for("opendata.issue", key=issue.key))


def of_stamp(stamp: Stamp) -> Section:
    """An item."""
    return _section(stamp, jsonld.of_stamp(stamp), url_for("opendata.stamp", key=stamp.key))


def _section(thing: StampIssue | Stamp, graph: dict[str, object], api: str) -> Section:
    manifest = manifest_address(thing) if pictures_of(thing) else ""
    context = {"graph": graph, "api": api, "linked": f"{api}.jsonld", "manifest": manifest}
    return Section("stamps/opendata/_links.html", context)
