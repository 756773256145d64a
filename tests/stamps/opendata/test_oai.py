"""Harvesting, as schemas and a harvester of others see it."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
import xmlschema
from flask import Flask
from flask.testing import FlaskClient
from oaipmh_scythe import Scythe
from werkzeug.serving import make_server

from core.db import db, transaction
from stamps import queries, services
from stamps.models import Stamp
from stamps.reading.numbers import read_number
from tests import make

OAI = "{http://www.openarchives.org/OAI/2.0/}"
LIST = "verb=ListRecords&metadataPrefix=oai_dc"
STAMP = "vn-1998-06-10-world-cup-98-3-1"


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(Path(__file__).parent / "oai-pmh.xsd")


@pytest.fixture
def record(app: Flask) -> None:
    make.record()


def answered(client: FlaskClient, question: str) -> Xml.Element:
    answer = client.get(f"/oai?{question}")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    return Xml.fromstring(answer.data)


def identifiers(root: Xml.Element) -> list[str]:
    return [str(element.text) for element in root.iter(f"{OAI}identifier")]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "question",
    [
        *("verb=Identify", "verb=ListMetadataFormats", "verb=ListSets", LIST, f"{LIST}&set=items:VN"),
        "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:1",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:999999",
        *("verb=Steal", "", "verb=Identify&verb=Identify", f"{LIST}&from=2999-01-01", "verb=ListRecords"),
    ],
)
def test_every_answer_is_what_the_protocol_says(
    client: FlaskClient, schema: xmlschema.XMLSchema, question: str
) -> None:
    schema.validate(client.get(f"/oai?{question}").data.decode("utf8"))


@pytest.mark.usefixtures("record")
def test_everything_is_given_once_over_all_pages(client: FlaskClient, schema: xmlschema.XMLSchema) -> None:
    found: list[str] = []
    question = "verb=ListIdentifiers&metadataPrefix=oai_dc"
    while question:
        answer = client.get(f"/oai?{question}")
        schema.validate(answer.data.decode("utf8"))
        root = Xml.fromstring(answer.data)
        found += identifiers(root)
        token = root.find(f".//{OAI}resumptionToken")
        text = token.text if token is not None else ""
        question = f"verb=ListIdentifiers&resumptionToken={text}" if text else ""
    assert (len(found), len(set(found))) == (157, 157)


@pytest.mark.usefixtures("record")
def test_who_asks_for_changes_gets_only_those(client: FlaskClient) -> None:
    stamp = queries.stamp(STAMP)
    assert stamp is not None
    with transaction():
        db.session.get_one(Stamp, stamp.id).changed_at = datetime.fromisoformat("2031-05-05T10:00:00+00:00")
    root = answered(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2031-05-05&until=2031-05-05")
    assert identifiers(root) == ["oai:localhost:79"]


@pytest.mark.usefixtures("record")
def test_what_was_taken_out_is_said_to_be_deleted(client: FlaskClient, schema: xmlschema.XMLSchema) -> None:
    with transaction():
        services.give_permanent_numbers(kind="stamp", keys=["taken-out"])
        services.retire(kind="stamp", key="taken-out")
    answer = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:1000001")
    schema.validate(answer.data.decode("utf8"))
    header = Xml.fromstring(answer.data).find(f".//{OAI}header")
    assert header is not None
    assert header.get("status") == "deleted"


@pytest.mark.usefixtures("record")
def test_a_post_means_the_same(client: FlaskClient) -> None:
    posted = client.post("/oai", data={"verb": "ListSets"})
    assert posted.data.count(b"<setSpec>") == answered(client, "verb=ListSets").findall(f".//{OAI}setSpec").__len__()


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The application on a port of this machine."""
    make.record()
    db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/oai"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_harvester_of_others_reads_all_of_it(served: str) -> None:
    with Scythe(served) as scythe:
        records = list(scythe.list_records())
        known = scythe.identify()
    titles = [record.metadata["title"][0] for record in records]
    assert (len(records), known.repositoryName, "Chuyền bóng" in titles) == (157, "Tem Thư", True)


def test_changes_during_a_harvest_are_not_missed(app: Flask, client: FlaskClient) -> None:
    make.record()
    first = answered(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=items")
    changed = queries.stamp(STAMP)
    assert changed is not None
    assert first.find(f".//{OAI}resumptionToken") is None  # 79 items are one page
    last = changed.changed_at + timedelta(seconds=5)
    with transaction():
        db.session.get_one(Stamp, changed.id).changed_at = last
    again = answered(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=items")
    assert identifiers(again)[-1] == "oai:localhost:79"


def test_a_new_catalogue_number_is_a_change(app: Flask) -> None:
    make.record()
    stamp = queries.stamp(STAMP)
    assert stamp is not None
    before = stamp.changed_at
    with transaction():
        again = db.session.get_one(Stamp, stamp.id)
        numbers = [read_number("VN:2910"), read_number("Mi:VN 2953")]
        services.number_thing(again, [number for number in numbers if number], services.known_catalogues())
    db.session.refresh(stamp)
    assert stamp.changed_at > before


@pytest.mark.usefixtures("record")
def test_identifiers_stay_whatever_host_the_site_is_reached_by(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REPOSITORY", "Stamps.example")
    for host in ("first.example", "second.example:8080"):
        for name in ("stamps.example", host.partition(":")[0]):
            question = f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:{name}:79"
            answer = client.get(f"/oai?{question}", headers={"Host": host})
            assert identifiers(Xml.fromstring(answer.data)) == ["oai:stamps.example:79"]
    strange = client.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:arxiv.example:79")
    assert b"idDoesNotExist" in strange.data


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "postmaster@localhost.invalid"),
        ("stamps.example:8000", "postmaster@stamps.example"),
        ("[::1]:8000", "postmaster@--1.invalid"),
    ],
)
def test_the_address_of_whoever_answers_is_one(
    client: FlaskClient, schema: xmlschema.XMLSchema, host: str, address: str
) -> None:
    answer = client.get("/oai?verb=Identify", headers={"Host": host})
    schema.validate(answer.data.decode("utf8"))
    assert Xml.fromstring(answer.data).findtext(f".//{OAI}adminEmail") == address
