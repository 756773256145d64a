"""Linked data: read by a JSON-LD processor, and only words that schema.org has for the things they are said of."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyld import jsonld
from sqlalchemy import select

from accounts.rules import NameShown
from contest.winners import queries as winners
from contest.winners.services import show_person
from core.db import db, transaction
from stamps import queries
from stamps.models import JointIssue, Maker
from tests import make
from tests.stamps.opendata.drawn import picture

SCHEMA = "https://schema.org/"
STAMP = "vn-1998-06-10-world-cup-98-3-1"
CLAIRE = "52-international-gold-ke"
THING = {"name", "url", "identifier", "image", "description", "alternateName"}
WORK = THING | {
    *("countryOfOrigin", "publisher", "datePublished", "keywords", "isPartOf", "hasPart", "creator", "citation"),
    *("isBasedOn", "license", "creditText"),
}
# From schema.org: the properties that its types have, as far as we use them.
PROPERTIES = {
    "VisualArtwork": WORK | {"artform", "artMedium", "artworkSurface", "artEdition", "width", "height"},
    "Product": THING | {"color", "width", "height", "releaseDate", "countryOfOrigin", "additionalProperty", "keywords"},
    "Collection": WORK,
    "CreativeWorkSeries": WORK,
    "ImageObject": WORK | {"contentUrl", "width", "height"},
    "PropertyValue": THING | {"propertyID", "value", "unitText", "unitCode"},
    "QuantitativeValue": THING | {"value", "unitCode"},
    "Country": THING,
    "Organization": THING,
    "Person": THING | {"award"},
    "WebPage": WORK | {"about"},
    "Event": THING | {"startDate", "organizer"},
    "DefinedTerm": THING | {"termCode", "inDefinedTermSet"},
}


@pytest.fixture
def record(app: Flask) -> None:
    make.record()
    stamp = queries.stamp(STAMP)
    assert stamp is not None
    picture(stamp)


def vocabulary(url: str, _options: dict[str, Any]) -> dict[str, Any]:
    """schema.org's context as far as needed: every word is of its vocabulary. Nothing is fetched."""
    assert url.startswith("https://schema.org")
    document = {"@context": {"@vocab": SCHEMA}}
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def expanded(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
    graph: list[dict[str, Any]] = jsonld.expand(answer.get_json(force=True), {"documentLoader": vocabulary})
    return graph


def strange(node: Any) -> list[str]:
    """Words that no type of the node has, in all nodes below."""
    if isinstance(node, list):
        return [word for one in node for word in strange(one)]
    if not isinstance(node, dict):
        return []
    types = [kind.removeprefix(SCHEMA) for kind in node.get("@type", [])]
    allowed = set().union(*(PROPERTIES[kind] for kind in types)) if types else set()
    words = [word.removeprefix(SCHEMA) for word in node if not word.startswith("@")]
    return [word for word in words if types and word not in allowed] + strange(list(node.values()))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "address",
    [
        *(f"/api/v1/stamps/{STAMP}.jsonld", "/api/v1/issues/vn-1998-06-10-world-cup-98.jsonld"),
        *(
            "/api/v1/issues/jp-2013-10-09-letter-writing-week.jsonld",
            "/api/v1/issues/es-1974-10-09-upu-100-8-pta.jsonld",
        ),
    ],
)
def test_only_words_of_schema_org_are_used(client: FlaskClient, address: str) -> None:
    assert strange(expanded(client, address)) == []


@pytest.mark.usefixtures("record")
def test_a_stamp_is_an_artwork_with_its_size_and_number(client: FlaskClient) -> None:
    (stamp,) = expanded(client, f"/api/v1/stamps/{STAMP}.jsonld")
    assert stamp["@id"] == f"http://localhost/stamps/{STAMP}"
    assert stamp[f"{SCHEMA}width"][0][f"{SCHEMA}value"] == [{"@value": 37.0}] or stamp[f"{SCHEMA}width"][0][
        f"{SCHEMA}value"
    ] == [{"@value": 37}]
    assert stamp[f"{SCHEMA}name"] == [{"@language": "vi", "@value": "Chuyền bóng"}]


def of_page(client: FlaskClient, address: str) -> dict[str, Any]:
    """What the page says of itself, which is one thing under the page's own address."""
    text = client.get(address).text
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    (node,) = jsonld.expand(json.loads(told), {"documentLoader": vocabulary})
    assert node["@id"] == f"http://localhost{address}"
    assert f'<link rel="canonical" href="http://localhost{address}">' in text
    assert strange(node) == []
    return dict(node)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (f"/stamps/{STAMP}", "VisualArtwork"),
        ("/stamps/issues/vn-1998-06-10-world-cup-98", "Collection"),
        ("/stamps/series/vn-love", "CreativeWorkSeries"),
        ("/stamps/topics/letter-writing", "DefinedTerm"),
        ("/countries/VN", "Country"),
        ("/editions/52", "Event"),
        (f"/laureates/{CLAIRE}", "WebPage"),
    ],
)
def test_pages_say_what_they_are_about(client: FlaskClient, address: str, kind: str) -> None:
    assert f"{SCHEMA}{kind}" in of_page(client, address)["@type"]


@pytest.mark.usefixtures("record")
def test_pages_of_makers_and_joint_issues_do_too(client: FlaskClient) -> None:
    maker, joint = (db.session.scalars(select(table)).first() for table in (Maker, JointIssue))
    assert maker is not None
    assert joint is not None
    assert of_page(client, f"/stamps/makers/{maker.key}")[f"{SCHEMA}name"] == [{"@value": maker.name}]
    parts = of_page(client, f"/stamps/joint-issues/{joint.key}").get(f"{SCHEMA}hasPart", [])
    assert [part["@id"].rpartition("/")[2] for part in parts] == [issue.key for issue in joint.issues]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("shown_as", "names"),
    [
        (NameShown.FULL, {"Claire Gakii"}),
        (NameShown.GIVEN, {"Claire, Kenya"}),
        (NameShown.HIDDEN, set()),
    ],
)
def test_a_laureate_is_named_as_the_page_does(client: FlaskClient, shown_as: NameShown, names: set[str]) -> None:
    with transaction():
        person = winners.laureate_of(CLAIRE)
        assert person is not None
        show_person(laureate=person, shown_as=shown_as, by=None, now=make.NOW)
    people = of_page(client, f"/laureates/{CLAIRE}").get(f"{SCHEMA}about", [])
    assert {name["@value"] for one in people for name in one[f"{SCHEMA}name"]} == names


@pytest.mark.usefixtures("record")
def test_an_award_that_was_withdrawn_honours_nobody(client: FlaskClient) -> None:
    assert f"{SCHEMA}award" in of_page(client, f"/laureates/{CLAIRE}")[f"{SCHEMA}about"][0]
    with transaction():
        award = winners.award(CLAIRE)
        assert award is not None
        award.withdrawn_at = make.NOW
    assert f"{SCHEMA}award" not in of_page(client, f"/laureates/{CLAIRE}")[f"{SCHEMA}about"][0]


@pytest.mark.usefixtures("record")
def test_heads_of_pages_lead_programs_to_linked_data_and_pictures(client: FlaskClient) -> None:
    text = client.get(f"/stamps/{STAMP}").text
    data = f"http://localhost/api/v1/stamps/{STAMP}.jsonld"
    assert f'<link rel="alternate" type="application/ld+json" href="{data}">' in text
    (manifest,) = re.findall(r'<link rel="alternate" [^>]*title="IIIF" href="([^"]*)">', text)
    assert client.get(manifest).get_json(force=True)["type"] == "Manifest"
    assert 'title="IIIF"' not in client.get("/stamps/issues/jp-2013-10-09-letter-writing-week").text


@pytest.mark.usefixtures("record")
def test_the_page_of_a_stamp_carries_the_same(client: FlaskClient) -> None:
    text = client.get(f"/stamps/{STAMP}").text
    assert text.count('<script type="application/ld+json">') == 1
    assert f'"@id": "http://localhost/stamps/{STAMP}"' in text
