"""Documents of the tests: real kinds of things, few enough to know by heart."""

from typing import Any

from archive.index import Document

CONTEST = ("Cuộc thi viết thư quốc tế UPU", "UPU International Letter-Writing Competition")


def laureate(key: str, *titles: str, year: int = 2021, country: str = "VN", **given: Any) -> Document:
    names = {"VN": ("Việt Nam", "Vietnam"), "FR": ("Pháp", "France")}.get(country, ())
    more = {"texts": CONTEST, "date": str(year), "prize": "bronze"} | given
    return Document(
        "laureate", key, f"/laureates/{key}", titles, years=(year,), country=country, country_names=names, **more
    )


def stamp(key: str, *titles: str, year: int = 1998, country: str = "VN", **given: Any) -> Document:
    more = {"date": str(year)} | given
    return Document("stamp", key, f"/stamps/{key}", titles, years=(year,), country=country, **more)


THU = laureate("thu", "Đào Anh Thư", summary="Huy chương đồng · 2021")
LEA = laureate("lea", "Léa Dupont", year=1994, country="FR", prize="gold")
ANNIVERSARY = stamp(
    "fifty",
    "Kỷ niệm 50 năm Cuộc thi viết thư quốc tế UPU",
    "50th anniversary of the UPU International Letter-Writing Competition",
    year=2021,
    date="2021-10-09",
)
FOOTBALL = stamp("football", "Chuyền bóng", numbers=("2910", "Mi:VN 2953"), date="1998-06-10", texts=("World Cup",))
LETTER = stamp("letter", "Une lettre", year=1995, country="FR", numbers=("3060",))
ALL = (THU, LEA, ANNIVERSARY, FOOTBALL, LETTER)
