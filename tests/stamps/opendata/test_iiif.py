"""Pictures for IIIF viewers."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from core.turns import Turns
from stamps import queries
from stamps.models import Stamp
from stamps.opendata.iiif import drawing
from tests import make
from tests.stamps.opendata.drawn import picture

STAMP = "vn-1998-06-10-world-cup-98-3-1"
LANGUAGE_MAP = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}
SERVICE = {
    "type": "object",
    "required": ["id", "type", "profile"],
    "properties": {"type": {"const": "ImageService3"}, "profile": {"const": "level2"}},
}
IMAGE = {
    "type": "object",
    "required": ["id", "type", "format", "width", "height", "service"],
    "properties": {
        "type": {"const": "Image"},
        "format": {"const": "image/jpeg"},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
        "service": {"type": "array", "items": SERVICE, "minItems": 1},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {"type": {"const": "Annotation"}, "motivation": {"const": "painting"}, "body": IMAGE},
}
CANVAS = {
    "type": "object",
    "required": ["id", "type", "width", "height", "items"],
    "properties": {
        "type": {"const": "Canvas"},
        "label": LANGUAGE_MAP,
        "thumbnail": {"type": "array", "items": IMAGE},
        "requiredStatement": {
            "type": "object",
            "required": ["label", "value"],
            "properties": {"label": LANGUAGE_MAP, "value": LANGUAGE_MAP},
        },
        "rights": {"type": "string", "pattern": "^https?://(creativecommons|rightsstatements).org/"},
        "items": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "type", "items"],
                "properties": {"type": {"const": "AnnotationPage"}, "items": {"type": "array", "items": ANNOTATION}},
            },
        },
    },
}
# The parts of Presentation 3.0 that our manifests use, written from the standard's text.
MANIFEST = {
    "type": "object",
    "required": ["@context", "id", "type", "label", "items"],
    "properties": {
        "@context": {"const": "http://iiif.io/api/presentation/3/context.json"},
        "type": {"const": "Manifest"},
        "label": LANGUAGE_MAP,
        "metadata": {
            "type": "array",
            "items": {"type": "object", "required": ["label", "value"], "additionalProperties": LANGUAGE_MAP},
        },
        "items": {"type": "array", "items": CANVAS, "minItems": 1},
    },
}


@pytest.fixture
def stamp(app: Flask) -> Stamp:
    """A stamp of the record with a picture."""
    make.record()
    found = queries.stamp(STAMP)
    assert found is not None
    picture(found)
    return found


def answered(client: FlaskClient, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    said: dict[str, Any] = answer.get_json(force=True)
    return said


@pytest.mark.usefixtures("stamp")
def test_the_address_of_a_picture_leads_to_its_description(client: FlaskClient) -> None:
    answer = client.get("/iiif/drawn")
    said = answered(client, "/iiif/drawn/info.json")
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://localhost/iiif/drawn/info.json")
    assert (said["id"], said["profile"], said["width"], said["height"]) == (
        *("http://localhost/iiif/drawn", "level2", 300, 200),
    )


@pytest.mark.usefixtures("stamp")
def test_a_part_is_cut_sized_and_turned(client: FlaskClient) -> None:
    answer = client.get("/iiif/drawn/0,0,150,200/75,/90/default.png")
    part = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, part.size, part.getpixel((50, 30))) == ("image/png", (100, 75), (255, 0, 0))


@pytest.mark.usefixtures("stamp")
def test_a_mirrored_picture_has_its_sides_changed(client: FlaskClient) -> None:
    part = Image.open(io.BytesIO(client.get("/iiif/drawn/full/max/!0/default.png").data))
    assert (part.getpixel((10, 10)), part.getpixel((290, 10))) == ((0, 0, 255), (255, 0, 0))


@pytest.mark.usefixtures("stamp")
def test_what_was_sent_before_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/iiif/drawn/full/max/0/default.jpg").headers["ETag"]
    again = client.get("/iiif/drawn/full/max/0/default.jpg", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize("part", ["full/999999,/0/default.jpg", "-1,0,1,1/max/0/default.jpg", "full/max/0/default.exe"])
def test_what_does_not_fit_is_answered_with_400(client: FlaskClient, part: str) -> None:
    assert client.get(f"/iiif/drawn/{part}").status_code == 400


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize(
    "address", [f"/iiif/manifests/stamps/{STAMP}", "/iiif/manifests/issues/vn-1998-06-10-world-cup-98"]
)
def test_a_manifest_is_what_the_standard_says(client: FlaskClient, address: str) -> None:
    manifest = answered(client, address)
    jsonschema.validate(manifest, MANIFEST)
    assert manifest["id"] == f"http://localhost{address}"


def images_of(said: Any) -> Iterator[dict[str, Any]]:
    """Every image that a manifest names, however deep."""
    if isinstance(said, dict):
        if said.get("type") == "Image":
            yield said
        for part in said.values():
            yield from images_of(part)
    elif isinstance(said, list):
        for part in said:
            yield from images_of(part)


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize(("width", "height"), [(150, 100), (100, 150), (5, 4), (1000, 700)])
def test_every_address_of_a_manifest_leads_to_a_picture_of_the_size_it_says(
    client: FlaskClient, stamp: Stamp, width: int, height: int
) -> None:
    picture(stamp, key="small", size=(width, height))
    images = list(images_of(answered(client, f"/iiif/manifests/stamps/{STAMP}")))
    said = [(image["format"], (image["width"], image["height"])) for image in images]
    fetched = [client.get(image["id"]) for image in images]
    assert [(answer.mimetype, Image.open(io.BytesIO(answer.data)).size) for answer in fetched] == said
    assert [answered(client, image["service"][0]["id"] + "/info.json")["profile"] for image in images] == ["level2"] * 4


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize(
    "size", ["max", "^max", "!9,9", "^!9999,9999", "30,", ",20", "30,20", "pct:10", "^600,", "^600,400"]
)
@pytest.mark.parametrize("format_", ["jpg", "png"])
def test_every_form_of_a_size_is_met_within_the_limits_that_are_told(
    client: FlaskClient, size: str, format_: str
) -> None:
    told = answered(client, "/iiif/drawn/info.json")
    answer = client.get(f"/iiif/drawn/full/{size}/0/default.{format_}")
    wide, high = Image.open(io.BytesIO(answer.data)).size
    assert (wide <= told["maxWidth"], high <= told["maxHeight"]) == (True, True)


@pytest.mark.usefixtures("stamp")
def test_a_picture_is_enlarged_to_twice_its_size_and_no_more(client: FlaskClient) -> None:
    told = answered(client, "/iiif/drawn/info.json")
    enlarged = Image.open(io.BytesIO(client.get("/iiif/drawn/full/^max/0/default.png").data))
    assert (told["maxWidth"], told["maxHeight"], enlarged.size) == (600, 400, (600, 400))
    assert client.get("/iiif/drawn/full/^4096,4096/0/default.png").status_code == 400


@pytest.mark.usefixtures("stamp")
def test_the_tag_of_a_part_is_the_same_in_every_process(client: FlaskClient) -> None:
    row = queries.picture("drawn")
    assert row is not None
    tag = hashlib.sha256(f"{row.file_id}/0,0,300,200/300,200/0/default.jpg".encode()).hexdigest()[:32]
    written = ("full/max", "full/300,", "0,0,300,200/pct:100")
    assert {client.get(f"/iiif/drawn/{one}/0/default.jpg").get_etag()[0] for one in written} == {tag}


@pytest.mark.usefixtures("stamp")
def test_who_asks_while_many_are_drawn_is_asked_to_come_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(seconds=0.01)
    monkeypatch.setattr(drawing, "_drawing", turns)
    with turns.turn(otherwise=RuntimeError()):
        answer = client.get("/iiif/drawn/full/max/0/default.jpg")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert client.get("/iiif/drawn/full/max/0/default.jpg").status_code == 200


@pytest.mark.usefixtures("stamp")
def test_every_issue_with_pictures_is_in_the_collection(client: FlaskClient) -> None:
    collection = answered(client, "/iiif/collection")
    assert [item["id"] for item in collection["items"]] == [
        "http://localhost/iiif/manifests/issues/vn-1998-06-10-world-cup-98"
    ]


def test_a_withdrawn_picture_is_nowhere(client: FlaskClient, stamp: Stamp) -> None:
    picture(stamp, key="gone", withdrawn_at=make.NOW)
    manifest = answered(client, f"/iiif/manifests/stamps/{STAMP}")
    assert (len(manifest["items"]), client.get("/iiif/gone/info.json").status_code) == (1, 404)
    assert client.get("/iiif/gone/full/max/0/default.jpg").status_code == 404


def test_a_thing_without_pictures_has_no_manifest(app: Flask, client: FlaskClient) -> None:
    make.record()
    assert client.get("/iiif/manifests/issues/vn-2024-10-09-upu-150").status_code == 404
