"""Plain tables of programs: years, languages and pages in columns of their own, numbers and topics as JSON."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from core.db import db
from core.evidence import citations_of
from stamps.exchange.models import ImportRow
from stamps.exchange.several import numbers_of, topics_of
from stamps.exchange.tables import table_of
from stamps.models import Stamp, Topic
from tests import make
from tests.stamps.exchange.files import DOVE, WORLDS, colnect, kept
from tests.stamps.exchange.test_commands import run

WORLD = (
    "id,source,country,title,series,date_issued,year,face_value,currency,catalog_numbers,topics,page_url,lang\n"
    'a:1,a,RU,Берёза,Деревья,,1992,0.14,RUB,"{""RU-official"": ""96"", ""Michel"": ""215""}","[""Trees""]",'
    "https://post.example/12.aspx,ru\n"
    'a:2,a,RU,Дуб,Деревья,,1992,0.20,RUB,"{""RU-official"": ""97""}","[]",https://post.example/12.aspx,ru\n'
    'b:1,b,GB,Oak,Trees,1973-02-28,1973,9,GBP,"{""colnect"": ""900007""}",,https://colnect.com/en/stamps/stamp/900007-Oak,en\n'
    'c:1,c,VN,Bạch dương,Cây,,1987,5,VND,"{""Michel"": ""?""}","[""Trees"",",,\n'
)


def test_a_table_of_the_world_loses_no_fact_and_guesses_no_language(app: Flask, tmp_path: Path) -> None:
    make.saved(Topic(key="trees", name_vi="Cây", name_en="Trees", name_fr="Arbres"))
    assert "4 new; 1 with something in doubt" in run(app, "import", kept(tmp_path, WORLD, "world.csv")).output
    birch, oak, english, unsaid = db.session.scalars(select(Stamp).order_by(Stamp.id))
    assert (birch.date, english.date, unsaid.issue.year) == ("1992", "1973-02-28", 1987)
    assert [row.normal for row in birch.numbers] == ["RU-official:96", "Mi:215"]
    assert [topic.key for topic in birch.topics] == ["trees"]
    assert (birch.name_local, birch.local_language, birch.issue.local_language) == ("Берёза", "ru", "ru")
    assert (english.name_en, unsaid.name_local, unsaid.local_language) == ("Oak", "Bạch dương", "")
    assert citations_of("stamp", oak.key) == ["https://post.example/12.aspx"]
    assert db.session.scalars(select(ImportRow.doubts).order_by(ImportRow.id)).all() == [
        "",
        "",
        "",
        "Catalog_Codes Themes",
    ]


def test_what_is_read_beside_the_columns_goes_out_as_it_came(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, WORLD, "world.csv"))
    table = table_of(kept(tmp_path, run(app, "export", "--format", "csv").stdout_bytes))
    birch = next(iter(table.rows))
    assert birch.cells[-3:] == ("1992", "https://post.example/12.aspx", "ru")


@pytest.mark.skipif(not WORLDS.exists(), reason="the table of the world is not here")
def test_the_table_of_the_world_is_read_as_it_stands(app: Flask, tmp_path: Path) -> None:
    with WORLDS.open(encoding="utf-8") as rows:
        every_hundredth = [line for at, line in enumerate(rows) if at == 0 or at % 100 == 1]
    run(app, "import", kept(tmp_path, "".join(every_hundredth), "world.csv"))
    cyrillic = db.session.scalars(select(Stamp).where(Stamp.local_language == "ru")).all()
    assert len(cyrillic) > 20
    assert not [stamp.key for stamp in cyrillic if stamp.name_en or not stamp.date or not stamp.numbers]


@pytest.mark.parametrize(
    ("cell", "numbers", "sure"),
    [
        ('{"Michel": ["1", "2a"], "Scott": 7}', ["Mi:1", "Mi:2a", "Sn:7"], True),
        ('["Mi:VN 9", "Sn:VN 10"]', ["Mi:VN 9", "Sn:VN 10"], True),
        ('[{"catalogue": "Mi", "number": "VN 9"}]', ["Mi:VN 9"], True),
        ("{}", [], True),
        ('{"Michel": "1"', [], False),
        ('{"Michel": {"a": 1}}', [], False),
        ("unlisted", [], False),
        ("Mi:VN 9, unlisted", ["Mi:VN 9, unlisted"], False),
        ("WAD:VN001.98", ["WNS:VN001.98"], False),
        ("", [], True),
    ],
)
def test_numbers_of_a_cell_and_whether_all_of_it_was_understood(cell: str, numbers: list[str], sure: bool) -> None:
    read, understood = numbers_of(cell, latest=2026)
    assert ([number.normal for number in read], understood) == (numbers, sure)


@pytest.mark.parametrize(
    ("cell", "topics", "sure"),
    [
        ('["Спорт", "Природа"]', ("Спорт", "Природа"), True),
        ("Birds,Peace", ("Birds", "Peace"), True),
        ("Birds; Peace", ("Birds", "Peace"), True),
        ('["Birds", 3]', ("Birds",), False),
        ("[Birds", (), False),
    ],
)
def test_topics_of_a_cell(cell: str, topics: tuple[str, ...], sure: bool) -> None:
    assert topics_of(cell) == (topics, sure)


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Name", "name_local"), ("Nom", "name_local"), ("Title (French)", "name_fr"), ("name_en", "name_en")],
)
def test_only_a_heading_that_names_a_language_tells_it(app: Flask, tmp_path: Path, heading: str, column: str) -> None:
    run(app, "import", kept(tmp_path, f"{heading},Country\nDove,Estonia\n"))
    assert getattr(db.session.scalars(select(Stamp)).one(), column) == "Dove"


def test_a_name_in_other_letters_is_none_of_the_language_of_a_list(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Name": "Голубь"})))
    stamp = db.session.scalars(select(Stamp)).one()
    assert (stamp.name_en, stamp.name_local) == ("", "Голубь")
