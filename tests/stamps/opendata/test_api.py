"""The read API, held to its own description."""

from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from sqlalchemy import update

from archive.asked import PARAMETERS
from archive.sources import index_later
from core.db import db, transaction
from core.jobs import Job, JobState
from stamps import queries
from tests import make, searching
from tests.kept import kept
from tests.stamps.opendata.drawn import picture

ISSUE = "vn-2021-10-09-upu-letter-writing-50"
STAMP = "vn-1998-06-10-world-cup-98-3-1"


@pytest.fixture
def record(app: Flask) -> None:
    """The record, searched."""
    make.record()
    _pictured()
    searching.rebuild()


@kept
def _pictured() -> None:
    stamp = queries.stamp(STAMP)
    assert stamp is not None
    picture(stamp)


def described(client: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/api/v1/openapi.json").json
    return document


def check(client: FlaskClient, path: str, address: str) -> Any:
    """Ask, and hold the answer to what the description says of that path; gives the answer."""
    document = described(client)
    answer = client.get(address)
    content = document["paths"][path]["get"]["responses"][str(answer.status_code)]["content"]["application/json"]
    whole = Resource.from_contents(document, default_specification=DRAFT202012)
    schema = {"$ref": f"urn:api{content['schema']['$ref']}"}
    jsonschema.Draft202012Validator(schema, registry=Registry().with_resource("urn:api", whole)).validate(answer.json)
    return answer.json


def test_the_description_is_valid(app: Flask, client: FlaskClient) -> None:
    validate(described(client))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/api/v1/issues", "/api/v1/issues?country=VN"),
        ("/api/v1/issues/{key}", f"/api/v1/issues/{ISSUE}"),
        ("/api/v1/stamps", "/api/v1/stamps?q=2910"),
        ("/api/v1/stamps/{key}", f"/api/v1/stamps/{STAMP}"),
        ("/api/v1/topics", "/api/v1/topics"),
        ("/api/v1/makers", "/api/v1/makers"),
        ("/api/v1/catalogues", "/api/v1/catalogues"),
        ("/api/v1/search", "/api/v1/search?q=thu"),
        ("/api/v1/search", "/api/v1/search?kind=stamp"),
        ("/api/v1/search", "/api/v1/search?kind=laureate"),
        ("/api/v1/issues", "/api/v1/issues?process=offset&item=souvenir_sheet"),
    ],
)
def test_an_answer_is_what_the_description_says(client: FlaskClient, path: str, address: str) -> None:
    check(client, path, address)


@pytest.mark.usefixtures("record")
def test_every_described_path_answers_and_no_other(app: Flask, client: FlaskClient) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    known = {rule.replace("<key:key>", "{key}") for rule in rules} - {"/api/v1/openapi.json"}
    assert set(described(client)["paths"]) == known


@pytest.mark.parametrize(
    ("path", "beside"), [("/api/v1/stamps", set()), ("/api/v1/issues", set()), ("/api/v1/search", {"kind"})]
)
def test_every_parameter_that_is_understood_is_described(
    app: Flask, client: FlaskClient, path: str, beside: set[str]
) -> None:
    document = described(client)
    given = document["paths"][path]["get"]["parameters"]
    names = {each.get("name") or each["$ref"].rpartition("/")[2] for each in given}
    assert names == set(PARAMETERS) - {"kind"} | beside


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", ["/api/v1/stamps", "/api/v1/issues", "/api/v1/search"])
def test_a_list_can_be_narrowed_by_whatever_it_counts(client: FlaskClient, path: str) -> None:
    kind = "stamp" if path.endswith("stamps") else "stamp_issue"
    facets = client.get(f"{path}?kind={kind}").json["facets"]
    asked = {(name, value): count for name, counted in facets.items() for value, count in counted.items()}
    found = {(name, value): client.get(path, query_string={"kind": kind, name: value}).json for name, value in asked}
    assert {pair: answer.get("total") for pair, answer in found.items()} == asked


@pytest.mark.usefixtures("record")
def test_a_list_is_narrowed_and_leads_on(client: FlaskClient) -> None:
    first = client.get("/api/v1/stamps?country=VN").json
    second = client.get(first["links"]["next"]).json
    assert (first["total"], len(first["items"]), second["page"], second["links"]["previous"]) == (
        *(79, 20, 2, first["links"]["self"]),
    )
    assert {item["country"] for item in first["items"]} == {"VN"}


@pytest.mark.usefixtures("record")
def test_what_is_not_understood_is_said(client: FlaskClient) -> None:
    answer = client.get("/api/v1/stamps?country=Nowhere&colour=red")
    assert (answer.status_code, set(answer.json["errors"])) == (400, {"country", "colour"})


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", [f"/api/v1/stamps/{STAMP}", f"/api/v1/stamps/{STAMP}.jsonld", "/api/v1/topics"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.usefixtures("record")
def test_a_thing_says_when_it_was_changed(client: FlaskClient) -> None:
    changed = client.get(f"/api/v1/issues/{ISSUE}").headers["Last-Modified"]
    again = client.get(f"/api/v1/issues/{ISSUE}", headers={"If-Modified-Since": changed})
    assert again.status_code == 304


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["issues", "stamps", "topics", "makers", "catalogues"])
def test_a_list_says_when_anything_of_it_was_changed(client: FlaskClient, name: str) -> None:
    with transaction():
        db.session.execute(update(Job).values(state=JobState.DONE))
    changed = client.get(f"/api/v1/{name}").headers["Last-Modified"]
    again = client.get(f"/api/v1/{name}", headers={"If-Modified-Since": changed})
    before = client.get(f"/api/v1/{name}", headers={"If-Modified-Since": "Fri, 27 Nov 2020 00:00:00 GMT"})
    assert (again.status_code, before.status_code) == (304, 200)


@pytest.mark.usefixtures("record")
def test_a_list_names_no_moment_while_the_search_catches_up(client: FlaskClient) -> None:
    with transaction():
        index_later("stamp", STAMP)
    assert "Last-Modified" not in client.get("/api/v1/stamps").headers
    assert "Last-Modified" not in client.get("/api/v1/search").headers


@pytest.mark.usefixtures("record")
def test_a_stamp_says_everything_that_is_known(client: FlaskClient) -> None:
    said = check(client, "/api/v1/stamps/{key}", f"/api/v1/stamps/{STAMP}")
    told = ("names", "numbers", "position", "face_value", "size_mm", "date", "permanent_number")
    assert {name: said[name] for name in told} == {
        "names": {"vi": "Chuyền bóng"},
        "numbers": [{"catalogue": "VN", "number": "2910", "printed": "2910"}],
        "position": "3-1",
        "face_value": {"printed": "400", "kind": "amount", "amount": "400", "surcharge": None, "currency": "VND"},
        "size_mm": {"width": 37.0, "height": 37.0},
        "date": "1998-06-10",
        "permanent_number": 79,
    }
    assert [one["iiif"] for one in said["pictures"]] == ["http://localhost/iiif/drawn"]


def test_what_is_not_there_is_a_problem(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/api/v1/stamps/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
