"""The read API, held to its own description."""

from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from sqlalchemy import delete, update

from archive.asked import PARAMETERS
from archive.sources import index_later
from core.db import db, transaction
from core.jobs import Job, JobState
from stamps import queries
from stamps.models import PermanentNumber, Stamp
from tests import make, searching
from tests.archive.test_services import lose_the_index
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
    ("path", "beside"), [("/api/v1/stamps", {"after"}), ("/api/v1/issues", {"after"}), ("/api/v1/search", {"kind"})]
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
    first = client.get("/api/v1/stamps?country=VN&page=1").json
    second = client.get(first["links"]["next"]).json
    assert (first["total"], len(first["items"]), second["page"], second["links"]["previous"]) == (
        *(79, 20, 2, first["links"]["self"]),
    )
    assert {item["country"] for item in first["items"]} == {"VN"}


def walked(client: FlaskClient, address: str) -> tuple[list[str], int]:
    """The keys of a list from its beginning to its end, and how many there are said to be."""
    keys: list[str] = []
    while address:
        part = check(client, address.partition("?")[0].removeprefix("http://localhost"), address)
        keys += [item["key"] for item in part["items"]]
        address = part["links"]["next"]
    return keys, part["total"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", ["/api/v1/stamps", "/api/v1/issues"])
def test_a_list_is_walked_to_its_end_each_thing_once(client: FlaskClient, path: str) -> None:
    keys, total = walked(client, f"{path}?per_page=7")
    assert (len(keys), len(set(keys))) == (total, total)
    assert walked(client, f"{path}?per_page=100")[0] == keys


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", ["/api/v1/stamps", "/api/v1/issues"])
def test_a_walk_is_narrowed_as_the_search_counts(client: FlaskClient, path: str) -> None:
    facets = client.get(path).json["facets"]
    asked = {(name, value): n for name, counts in facets.items() if name != "language" for value, n in counts.items()}
    found = {(name, value): walked(client, f"{path}?{name}={value}&per_page=100") for name, value in asked}
    assert {pair: (len(keys), total) for pair, (keys, total) in found.items()} == {
        pair: (number, number) for pair, number in asked.items()
    }


@pytest.mark.usefixtures("record")
def test_what_comes_or_goes_during_a_walk_shifts_nothing(client: FlaskClient) -> None:
    part = client.get("/api/v1/stamps?per_page=10").json
    ahead = client.get(part["links"]["next"]).json["items"]
    with transaction():
        db.session.execute(delete(PermanentNumber).where(PermanentNumber.key == part["items"][0]["key"]))
        db.session.execute(update(Stamp).where(Stamp.key == part["items"][0]["key"]).values(rank=99))
    assert client.get(part["links"]["next"]).json["items"] == ahead


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("after=x", {"after"}),
        ("after=-1", {"after"}),
        ("after=5&sort=oldest", {"after"}),
        ("after=5&q=thu", {"after"}),
        ("per_page=0", {"per_page"}),
        ("per_page=101", {"per_page"}),
        ("per_page=100&page=101", {"page"}),
        ("kind=laureate", {"kind"}),
        ("q=kind:laureate", {"q"}),
        ("kind=stamp_issue", {"kind"}),
    ],
)
def test_what_a_list_does_not_have_is_said(client: FlaskClient, question: str, wrong: set[str]) -> None:
    answer = client.get(f"/api/v1/stamps?{question}")
    assert (answer.status_code, set(answer.json["errors"])) == (400, wrong)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.usefixtures("record")
def test_a_page_is_as_long_as_asked_for(client: FlaskClient) -> None:
    pages = [client.get(f"/api/v1/stamps?sort=oldest&per_page=50{more}").json for more in ("", "&page=2")]
    searched = client.get("/api/v1/search?kind=stamp&per_page=50").json
    assert ([len(page["items"]) for page in pages], len(searched["hits"])) == ([50, pages[0]["total"] - 50], 50)
    assert client.get(pages[0]["links"]["next"]).json["items"] == pages[1]["items"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", ["/api/v1/stamps", "/api/v1/issues"])
def test_without_an_index_the_database_gives_lists_and_counts_no_facets(client: FlaskClient, path: str) -> None:
    asked = [f"{path}?country=VN&years=1990..2021&per_page=100{more}" for more in ("", "&sort=oldest", "&page=1")]
    found = [client.get(address).json for address in asked]
    lose_the_index()
    without = [check(client, path, address) for address in asked]
    assert [answer["facets"] for answer in without] == [None] * 3
    for before, now in zip(found, without, strict=True):
        assert (now["total"], sorted(item["key"] for item in now["items"])) == (
            *(before["total"], sorted(item["key"] for item in before["items"])),
        )


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("question", ["q=thu", "sort=number", "language=vi", "maker=nobody"])
def test_what_needs_the_index_waits_for_it(client: FlaskClient, question: str) -> None:
    lose_the_index()
    answer = client.get(f"/api/v1/stamps?{question}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "address", ["search?q=thu", "stamps", "stamps?q=thu", "search?page=0", "stamps/nothing", "none"]
)
def test_scripts_of_every_site_may_read_answers(client: FlaskClient, address: str) -> None:
    assert client.get(f"/api/v1/{address}").headers.getlist("Access-Control-Allow-Origin") == ["*"]


def test_the_description_says_when_it_was_changed(app: Flask, client: FlaskClient) -> None:
    changed = client.get("/api/v1/openapi.json").headers["Last-Modified"]
    assert client.get("/api/v1/openapi.json", headers={"If-Modified-Since": changed}).status_code == 304


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
