"""What open data adds to the pages of the catalogue: linked data for machines, links for people."""

from typing import Any

from flask import url_for

from core.sections import Section
from stamps.models import JointIssue, Maker, Series, Stamp, StampIssue, Topic
from stamps.opendata import jsonld
from stamps.opendata.iiif.manifests import manifest_address, pictures_of
from stamps.opendata.said import address_of


def of_issue(issue: StampIssue) -> Section:
    """An issue."""
    return _section(issue, jsonld.of_issue(issue), url_for("opendata.issue", key=issue.key))


def of_stamp(stamp: Stamp) -> Section:
    """An item."""
    return _section(stamp, jsonld.of_stamp(stamp), url_for("opendata.stamp", key=stamp.key))


def head_of_issue(issue: StampIssue) -> Section:
    """What machines find in the head of an issue's page."""
    return _head(issue, url_for("opendata.issue_linked", key=issue.key, _external=True))


def head_of_stamp(stamp: Stamp) -> Section:
    """The same of an item."""
    return _head(stamp, url_for("opendata.stamp_linked", key=stamp.key, _external=True))


def head_of_series(series: Series) -> Section:
    """A series."""
    return linked(jsonld.of_series(series))


def head_of_joint_issue(joint: JointIssue) -> Section:
    """Issues of several posts."""
    return linked(jsonld.of_joint_issue(joint))


def head_of_maker(maker: Maker) -> Section:
    """A maker."""
    return linked(jsonld.of_maker(maker))


def head_of_topic(topic: Topic) -> Section:
    """A topic."""
    return linked(jsonld.of_topic(topic))


def linked(graph: dict[str, Any]) -> Section:
    """Linked data in the head of the page that it describes."""
    return Section("stamps/opendata/_head.html", {"canonical": graph["@id"], "graph": graph})


def _head(thing: StampIssue | Stamp, data: str) -> Section:
    manifest = manifest_address(thing) if pictures_of(thing) else ""
    return Section("stamps/opendata/_head.html", {"canonical": address_of(thing), "data": data, "manifest": manifest})


def _section(thing: StampIssue | Stamp, graph: dict[str, object], api: str) -> Section:
    manifest = manifest_address(thing) if pictures_of(thing) else ""
    context = {"graph": graph, "api": api, "linked": f"{api}.jsonld", "manifest": manifest}
    return Section("stamps/opendata/_links.html", context)
