"""What the search knows of stamps."""

from flask import Flask

from archive.index import Document
from stamps.documents import SOURCES
from tests import make


def document(app: Flask, kind: str, key: str) -> Document:
    with app.test_request_context():
        found = next(source for source in SOURCES if source.kind == kind).one(key)
    assert found is not None
    return found


def test_an_issue_is_found_by_its_set_number_and_the_numbers_of_its_stamps(app: Flask) -> None:
    make.record()

    found = document(app, "stamp_issue", "vn-1998-06-10-world-cup-98")

    assert found.numbers == ("779", "VN:2910", "VN:2911", "VN:2912", "2910", "2911", "2912")


def test_an_issue_is_found_by_its_names_topics_and_designer(app: Flask) -> None:
    make.record()

    found = document(app, "stamp_issue", "vn-2021-10-09-upu-letter-writing-50")

    assert found.titles[0] == "Kỷ niệm 50 năm Cuộc thi viết thư quốc tế UPU (1971-2021)"
    assert {"Viết thư", "Letter writing", "Correspondance"} <= set(found.themes)
    assert "Phạm Quang Diệu (Tổng công ty Bưu điện Việt Nam)" in found.texts


def test_a_stamp_is_found_by_the_names_of_its_issue(app: Flask) -> None:
    make.record()

    found = document(app, "stamp", "vn-1998-06-10-world-cup-98-3-1")

    assert (found.titles, found.numbers) == (("Chuyền bóng",), ("2910", "779"))
    assert "Cúp bóng đá thế giới World Cup France '98" in found.texts
