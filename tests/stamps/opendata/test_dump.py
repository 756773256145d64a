"""The whole catalogue in one file, and the map of the site."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core import jobs
from core.db import db, transaction
from core.evidence import Confidence, citations_of, claim_by_hand
from core.jobs import Job
from stamps import queries
from stamps.models import JointIssue, Maker, Series, Stamp, StampIssue
from stamps.opendata import dump
from stamps.opendata import queries as opendata
from stamps.opendata.dump import JOB
from tests import make
from tests.stamps.opendata.drawn import picture

STAMP = "vn-1998-06-10-world-cup-98-3-1"
NIGHT = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)  # two o'clock in Ha Noi


def rows(client: FlaskClient, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(client.get("/open-data/temthu-catalogue.zip").data)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf8"))))


def test_before_the_first_dump_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    assert client.get("/open-data/temthu-catalogue.zip").status_code == 404
    assert "being made for the first time" in client.get("/open-data", headers={"Accept-Language": "en"}).text


def test_the_dump_holds_every_issue_and_stamp(app: Flask, client: FlaskClient) -> None:
    make.record()
    dump.dump()

    issues, stamps = rows(client, "issues.csv"), rows(client, "stamps.csv")
    assert (len(issues), len(stamps)) == (78, 79)
    first = next(row for row in stamps if row["key"] == "vn-1998-06-10-world-cup-98-3-1")
    assert (json.loads(first["names"]), first["permanent_number"]) == ({"vi": "Chuyền bóng"}, "79")
    assert (first["issue"], first["url"]) == ("vn-1998-06-10-world-cup-98", f"/stamps/{first['key']}")
    assert {"issue": "", "stamp": first["key"], "catalogue": "VN", "number": "2910", "printed": "2910"} in rows(
        client, "numbers.csv"
    )


def test_the_dump_holds_licence_and_source_of_every_picture(app: Flask, client: FlaskClient) -> None:
    make.record()
    stamp = queries.stamp(STAMP)
    assert stamp is not None
    picture(stamp, author="A. Painter")
    picture(stamp, key="withdrawn", withdrawn_at=NIGHT)
    dump.dump()
    (row,) = rows(client, "pictures.csv")
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert row == {
        "key": "drawn",
        "issue": "",
        "stamp": STAMP,
        "view": "face",
        "width": "300",
        "height": "200",
        "licence": licence,
        "author": "A. Painter",
        "source": "drawn for the tests",
        "url": "/iiif/drawn",
    }


def test_the_dump_holds_the_tree_of_topics_and_every_source(app: Flask, client: FlaskClient) -> None:
    make.record()
    whole = {"issue": "vn-1998-06-10-world-cup-98", "field": "print_run"}
    with transaction():
        claim_by_hand(
            "stamp_issue",
            whole["issue"],
            field=whole["field"],
            value="1 000 000",
            confidence=Confidence.LOW,
            chosen=False,
            sources=["a book", "a list"],
        )
    dump.dump()
    topics = rows(client, "topics.csv")
    assert {row["parent"] for row in topics if row["parent"]} <= {row["key"] for row in topics}
    assert any(row["parent"] for row in topics)
    sources = rows(client, "sources.csv")
    told = [row for row in sources if row["value"] == "1 000 000"]
    assert [(row["key"], row["field"], row["chosen"], row["confidence"], row["source"]) for row in told] == [
        (whole["issue"], whole["field"], "no", "low", source) for source in ("a book", "a list")
    ]
    assert {row["source"] for row in sources if (row["key"], row["field"]) == (whole["issue"], "")} == {
        *citations_of("stamp_issue", whole["issue"])
    }
    assert {row["kind"] for row in sources} <= {*opendata.CITED}


def test_the_dump_is_written_every_night(app: Flask) -> None:
    with transaction():
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=5))
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=5))
    jobs.run_due(now=NIGHT - timedelta(hours=5))
    with transaction():
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=4))

    due = [job.due_at for job in db.session.scalars(select(Job).where(Job.name == JOB).order_by(Job.id))]
    assert due == [NIGHT - timedelta(hours=5), NIGHT]


@pytest.mark.parametrize("wanted", ["issues", "stamps", "makers", "series", "joint-issues"])
def test_the_map_of_the_site_names_every_page_of_the_catalogue(app: Flask, client: FlaskClient, wanted: str) -> None:
    make.record()
    index = Xml.fromstring(client.get("/sitemap.xml").data)
    files = [element.text for element in index.findall(".//{*}loc")]
    named = [name for name in files if name and f"/{wanted}-" in name]
    count = sum(client.get(str(name)).text.count("<loc>") for name in named)
    tables = {"issues": StampIssue, "stamps": Stamp, "makers": Maker, "series": Series, "joint-issues": JointIssue}
    assert count == db.session.scalar(select(func.count()).select_from(tables[wanted]))
    assert count > 0


def test_the_map_names_lists_paths_and_countries_and_nothing_that_robots_may_not_see(
    app: Flask, client: FlaskClient
) -> None:
    make.record()
    addresses = [
        str(element.text).removeprefix("http://localhost")
        for element in Xml.fromstring(client.get("/sitemaps/record-0.xml").data).findall(".//{*}loc")
    ]
    wanted = {
        "/new-issues",
        "/stamps/makers",
        "/stamps/series",
        "/stamps/countries",
        "/stamps/paths/upu-and-letter-writing",
    }
    assert {*wanted, "/countries/VN"} <= {*addresses}
    refused = [line.partition(": ")[2] for line in client.get("/robots.txt").text.splitlines() if "Disallow" in line]
    assert not [address for address in addresses if address.startswith(tuple(refused))]
    assert {client.get(address).status_code for address in addresses if "/editions/" not in address} == {200}


def test_no_child_is_on_the_map(app: Flask, client: FlaskClient) -> None:
    make.record()
    assert "/laureates/" not in client.get("/sitemaps/record-0.xml").text


@pytest.mark.parametrize("name", ["record-1", "stamps-7", "people-0", "stamps-x", "stamps-99999999999"])
def test_what_is_no_file_of_the_map_is_404(app: Flask, client: FlaskClient, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404
