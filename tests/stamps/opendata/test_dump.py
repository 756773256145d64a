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
from sqlalchemy import select

from core import jobs
from core.db import db, transaction
from core.jobs import Job
from stamps.opendata import dump
from stamps.opendata.dump import JOB
from tests import make

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


def test_the_dump_is_written_every_night(app: Flask) -> None:
    with transaction():
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=5))
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=5))
    jobs.run_due(now=NIGHT - timedelta(hours=5))
    with transaction():
        jobs.enqueue_daily(now=NIGHT - timedelta(hours=4))

    due = [job.due_at for job in db.session.scalars(select(Job).where(Job.name == JOB).order_by(Job.id))]
    assert due == [NIGHT - timedelta(hours=5), NIGHT]


@pytest.mark.parametrize("wanted", ["issues", "stamps"])
def test_the_map_of_the_site_names_every_page_of_the_catalogue(app: Flask, client: FlaskClient, wanted: str) -> None:
    make.record()
    index = Xml.fromstring(client.get("/sitemap.xml").data)
    files = [element.text for element in index.findall(".//{*}loc")]
    named = [name for name in files if name and f"/{wanted}-" in name]
    count = sum(client.get(str(name)).text.count("<loc>") for name in named)
    assert count == {"issues": 78, "stamps": 79}[wanted]


def test_no_child_is_on_the_map(app: Flask, client: FlaskClient) -> None:
    make.record()
    assert "/laureates/" not in client.get("/sitemaps/record-0.xml").text


@pytest.mark.parametrize("name", ["record-1", "stamps-7", "people-0", "stamps-x", "stamps-99999999999"])
def test_what_is_no_file_of_the_map_is_404(app: Flask, client: FlaskClient, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404
