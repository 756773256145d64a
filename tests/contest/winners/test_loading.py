"""Loading the record: repeatable, complete, strict."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.rules import NameShown
from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.commands import load_record
from contest.winners.models import Award, ClaimedTally, Laureate
from contest.winners.services import read_record
from core.db import db, transaction
from core.errors import Refused
from core.evidence import Citation, Claim, ClaimSource, citations_of
from core.jobs import Job
from core.pages import sentence
from tests import make

TABLES = (Edition, Award, Laureate, ClaimedTally, Citation, Claim, ClaimSource)


def sizes() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_loading_twice_doubles_nothing(app: Flask) -> None:
    make.record()
    first = sizes()
    make.record()

    assert (first[:4], sizes()) == ([55, 174, 123, 7], first)


def test_the_command_loads_and_says_what(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(load_record)

    assert answer.stdout == "55 editions, 174 awards, 78 stamp issues, 79 stamps.\n"


def test_after_loading_the_search_is_built_anew(app: Flask) -> None:
    app.test_cli_runner().invoke(load_record)

    assert [job.name for job in db.session.scalars(select(Job))] == ["archive.rebuild"]


def test_an_edition_that_is_there_already_is_filled_not_doubled(app: Flask) -> None:
    running = make.edition(55).id

    make.record()

    assert [edition.id for edition in queries.editions()[:1]] == [running]


def test_what_a_curator_decided_about_a_name_stays(app: Flask) -> None:
    make.record()
    with transaction():
        person = queries.laureate_of("50-international-bronze-vn")
        assert person is not None
        person.shown_as = NameShown.HIDDEN

    make.record()

    again = queries.laureate_of("50-international-bronze-vn")
    assert again is not None
    assert again.shown_as is NameShown.HIDDEN


def test_one_person_with_two_awards_is_one_person(app: Flask) -> None:
    make.record()

    both = {queries.laureate_of(key) for key in ("50-international-bronze-vn", "50-national-first-vn")}

    assert [person.full_name for person in both if person] == ["Đào Anh Thư"]


def test_sources_stay_in_their_order(app: Flask) -> None:
    make.record()

    cited = citations_of("stamp_issue", "vn-2021-10-09-upu-letter-writing-50")
    assert (len(cited), cited[0].split("/")[2]) == (6, "ictvietnam.vn")


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "column"),
    [
        ("awards.csv", ",gold,gold,BR,", ",platinum,gold,BR,", "2", "prize"),
        ("awards.csv", "1-international-gold-br,1,", "1-international-gold-br,99,", "2", "edition"),
        ("editions.csv", "\n2,1973,", "\n2,19x3,", "3", "year"),
        ("editions.csv", "\n3,1974,", "\n2,1974,", "4", "number"),
        ("laureates.csv", "Sergio Roberto,BR", "Sergio Roberto,ZQ", "2", "country"),
        ("stamp-issues.csv", "2021-10-09,2023-06-30", "2021-10-32,2023-06-30", "2", "date"),
        ("stamps.csv", ",2910,3-1,stamp,", ",2910,3-1,label,", "2", "kind"),
        ("claims.csv", "about 60,yes,high,", "about 60,perhaps,high,", "2", "chosen"),
        ("tallies.csv", "1987,2017,2,2,", "1987,2017,two,2,", "2", "gold"),
    ],
)
def test_a_bad_row_refuses_its_file_with_line_and_column(
    app: Flask, tmp_path: Path, name: str, before: str, after: str, line: str, column: str
) -> None:
    folder = Path(shutil.copytree(make.RECORD, tmp_path / "record"))
    content = (folder / name).read_text(encoding="utf-8")
    assert before in content
    (folder / name).write_text(content.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        read_record(folder)

    told = refused.value.values
    assert (told["file"], told["line"], told["column"]) == (name, line, column)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert f"{name}, line {line}, column {column}: " in sentence(refused.value)


def test_a_row_without_a_source_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(make.RECORD, tmp_path / "record"))
    claims = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()
    cells = claims[1].split(",")
    claims[1] = ",".join([*cells[:6], "", *cells[7:]])
    (folder / "claims.csv").write_text("\n".join(claims), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        read_record(folder)

    assert (refused.value.values["line"], refused.value.values["column"]) == ("2", "sources")


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(make.RECORD, tmp_path / "record"))
    (folder / "stamps.csv").unlink()

    with pytest.raises(Refused) as refused:
        read_record(folder)

    assert refused.value.values == {"file": "stamps.csv"}
