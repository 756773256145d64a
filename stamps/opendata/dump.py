"""The whole catalogue as CSV files in one archive, written by the worker every night. Reads the database, writes one file.

Written beside its place and renamed, so that whoever downloads gets a whole file; the last one stays until the next is done.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

from archive.exports import NOTICE, harmless
from core import clock, jobs
from stamps.models import Series, Topic
from stamps.opendata import queries
from stamps.opendata.said import issue_said, stamp_said

JOB = "opendata.dump"
# Two in the night, where the program runs.
HOUR = 2
NAME = "temthu-catalogue.zip"
ISSUE_COLUMNS = (
    *("key", "permanent_number", "names", "country", "issuer", "date", "date_as_printed", "sales_end", "validity_end"),
    *(
        "not_understood",
        "series",
        "joint_issue",
        "face_values",
        "currency",
        "stamps_count",
        "sheets_count",
        "size_mm",
        "perforation",
        "printing",
    ),
    *("print_run", "makers", "topics", "confidence", "note", "url", "changed_at"),
)
STAMP_COLUMNS = (
    *("key", "permanent_number", "item_kind", "names", "issue", "country", "position", "purpose", "variety_of"),
    *("difference", "variety", "overprint_on", "contains", "date", "date_as_printed", "sales_end", "validity_end"),
    *("face_value", "size_mm", "shape", "perforation", "printing", "printing_methods", "paper", "watermark", "gum"),
    *("not_understood", "colours", "print_run", "makers", "topics", "confidence", "note", "url", "changed_at"),
)
NUMBER_COLUMNS = ("issue", "stamp", "catalogue", "number", "printed")
PICTURE_COLUMNS = ("key", "issue", "stamp", "view", "width", "height", "licence", "author", "source", "url")
SOURCE_COLUMNS = ("kind", "key", "field", "value", "chosen", "confidence", "source", "note")
# Columns that lead to another thing.
LINKS = ("issue", "variety_of", "overprint_on")
NAMED_COLUMNS = ("key", "name_vi", "name_en", "name_fr")


@dataclass(frozen=True)
class Dump:
    """What can be downloaded: the file, when it was made, how large it is, rows by file, its SHA-256."""

    path: Path
    made_at: datetime
    size: int
    rows: dict[str, int]
    digest: str


@jobs.handles(JOB, writes=False, takes_long=True, daily_at=HOUR)
def dump() -> None:
    """Write the archive and what is said of it. The worker has no request, hence no host: addresses become keys."""
    with current_app.test_request_context():
        _dump(_folder())


def _dump(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{NAME}.part"
    rows: dict[str, int] = {}
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme())
        for name, columns, lines in _files():
            rows[name] = _write(archive, name, columns, lines)
    digest = hashlib.sha256(unfinished.read_bytes()).hexdigest()
    unfinished.replace(folder / NAME)
    said = {"made_at": clock.now().isoformat(), "rows": rows, "sha256": digest}
    beside = folder / f"{NAME}.json.part"
    beside.write_text(json.dumps(said))
    beside.replace(folder / f"{NAME}.json")


def present() -> Dump | None:
    """The last dump; None before the first one."""
    path = _folder() / NAME
    try:
        said = json.loads((_folder() / f"{NAME}.json").read_text())
        size = path.stat().st_size
    except (FileNotFoundError, ValueError):
        return None
    return Dump(path, datetime.fromisoformat(said["made_at"]), size, said["rows"], said["sha256"])


def _folder() -> Path:
    return Path(current_app.config["DATA"]).resolve() / "dumps"


def _files() -> Iterator[tuple[str, tuple[str, ...], Iterable[dict[str, Any]]]]:
    yield "issues.csv", ISSUE_COLUMNS, _issues()
    yield "stamps.csv", STAMP_COLUMNS, _stamps()
    yield "numbers.csv", NUMBER_COLUMNS, _numbers()
    yield "pictures.csv", PICTURE_COLUMNS, _pictures()
    yield "sources.csv", SOURCE_COLUMNS, _sources()
    yield "topics.csv", (*NAMED_COLUMNS, "parent"), _topics()
    yield "series.csv", NAMED_COLUMNS, map(_named, queries.series())
    yield (
        "makers.csv",
        ("key", "name", "kind", "country"),
        (
            {"key": maker.key, "name": maker.name, "kind": maker.kind.value, "country": maker.country}
            for maker in queries.makers()
        ),
    )
    yield (
        "catalogues.csv",
        ("key", "name", "country"),
        ({"key": each.key, "name": each.name, "country": each.country} for each in queries.catalogues()),
    )


def _issues() -> Iterator[dict[str, Any]]:
    for part in _parts(queries.every_issue()):
        numbers = queries.first_numbers("stamp_issue", [issue.key for issue in part])
        yield from [issue_said(issue, numbers.get(issue.key)) for issue in part]


def _stamps() -> Iterator[dict[str, Any]]:
    for part in _parts(queries.every_stamp()):
        numbers = queries.first_numbers("stamp", [stamp.key for stamp in part])
        yield from [stamp_said(stamp, numbers.get(stamp.key)) for stamp in part]


def _numbers() -> Iterator[dict[str, Any]]:
    for issue, stamp, catalogue, normal, printed in queries.every_number():
        told = (issue, stamp, catalogue, normal.partition(":")[2], printed)
        yield dict(zip(NUMBER_COLUMNS, told, strict=True))


def _pictures() -> Iterator[dict[str, Any]]:
    """Pictures that may be shown, each with its licence and source."""
    for issue, stamp, picture in queries.every_picture():
        yield {
            "key": picture.key,
            "issue": issue,
            "stamp": stamp,
            "view": picture.view.value,
            "width": picture.width,
            "height": picture.height,
            "licence": picture.licence,
            "author": picture.author,
            "source": picture.source,
            "url": url_for("opendata.image_base", key=picture.key),
        }


def _sources() -> Iterator[dict[str, Any]]:
    """What each thing as a whole rests on, then what sources say of single fields, those not believed too."""
    nothing = dict.fromkeys(SOURCE_COLUMNS, "")
    for kind, key, source in queries.every_citation():
        yield nothing | {"kind": kind, "key": key, "source": source}
    for claim, source in queries.every_claim():
        told = {column: getattr(claim, column) for column in ("kind", "key", "field", "value", "note")}
        chosen = "yes" if claim.chosen else "no"
        yield told | {"chosen": chosen, "confidence": claim.confidence.value, "source": source}


def _topics() -> Iterator[dict[str, Any]]:
    topics = queries.topics()
    keys = {topic.id: topic.key for topic in topics}
    yield from (_named(topic) | {"parent": keys.get(topic.parent_id or 0)} for topic in topics)


def _named(thing: Topic | Series) -> dict[str, Any]:
    return {column: getattr(thing, column) for column in NAMED_COLUMNS}


def _parts(things: Iterator[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for thing in things:
        part.append(thing)
        if len(part) == queries.AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _write(archive: zipfile.ZipFile, name: str, columns: tuple[str, ...], lines: Iterable[dict[str, Any]]) -> int:
    written = 0
    with archive.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for line in lines:
            writer.writerow([_cell(_without_host(column, line[column])) for column in columns])
            written += 1
    return written


def _without_host(column: str, value: Any) -> Any:
    """Other things by their key, the page of a thing by its path."""
    if column in LINKS and value:
        return key_of(value)
    if column == "contains":
        return [{"item": key_of(each["item"]), "times": each["times"]} for each in value]
    return urlsplit(value).path if column == "url" else value


def key_of(address: str) -> str:
    """The key at the end of a thing's address."""
    return address.rpartition("/")[2]


def _cell(value: Any) -> Any:
    """Empty for not known; what has parts as JSON; nothing that a spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return harmless(value)


def _readme() -> str:
    return (
        f"Tem Thu: the catalogue of stamps, {clock.now():%Y-%m-%d}\n\n{NOTICE}\n\n"
        "UTF-8, comma-separated, one header line. An empty cell means not known. Cells with parts hold JSON.\n"
        "Issues and items are named by their keys; url is a path of the site.\n"
        "pictures.csv: each picture has its own licence and source; url is its IIIF image.\n"
        "sources.csv: what a thing as a whole rests on (field is empty), and what sources say of single fields.\n"
        "No file holds a price, a collector's list or a person's data.\n"
    )
