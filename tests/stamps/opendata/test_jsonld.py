"""Linked data: read by a JSON-LD processor, and only words that schema.org has for the things they are said of."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyld import jsonld

from stamps import queries
from tests import make
from tests.stamps.opendata.drawn import picture

SCHEMA = "https://schema.org/"
STAMP = "vn-1998-06-10-world-cup-98-3-1"
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
    "Person": THING,
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


@pytest.mark.usefixtures("record")
def test_the_page_of_a_stamp_carries_the_same(client: FlaskClient) -> None:
    text = client.get(f"/stamps/{STAMP}").text
    assert text.count('<script type="application/ld+json">') == 1
    assert f'"@id": "http://localhost/stamps/{STAMP}"' in text
