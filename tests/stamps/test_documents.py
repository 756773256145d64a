"""What the search knows of stamps."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from archive.engines.shown import hit_of, shown_of
from archive.facts import title_of
from archive.index import Document
from archive.text import words
from stamps.documents import SOURCES, issue_summary, stamp_summary
from stamps.typed import said_sizes, said_values
from tests import make


def document(app: Flask, kind: str, key: str) -> Document:
    with app.test_request_context():
        found = next(source for source in SOURCES if source.kind == kind).one(key)
    assert found is not None
    return found


def test_an_issue_is_found_by_its_set_number_and_the_numbers_of_its_stamps(app: Flask) -> None:
    make.record()

    found = document(app, "stamp_issue", "vn-1998-06-10-world-cup-98")

    assert found.numbers == ("779", "2910", "2911", "2912")


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


def test_a_stamp_is_found_by_value_and_size(app: Flask) -> None:
    make.record()

    found = document(app, "stamp_issue", "vn-2024-10-09-upu-150")

    assert {"4000 VND", "4000 đ", "4.000 đồng", "32 x 43 mm", "43 x 32 mm"} <= set(found.texts)


def test_an_issue_can_be_narrowed_to_by_topic_and_language(app: Flask) -> None:
    make.record()

    found = document(app, "stamp_issue", "vn-2021-10-09-upu-letter-writing-50")

    assert (found.topics, found.languages) == (("upu", "letter-writing", "postal-unions", "post"), ("vi", "en"))


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("vi", "Kỷ niệm 150 năm thành lập Liên minh Bưu chính thế giới (1874-2024)", "9 tháng 10, 2024 · 4000 VND"),
        ("en", "150th anniversary of the Universal Postal Union (1874-2024)", "October 9, 2024 · 4000 VND"),
        ("fr", "150th anniversary of the Universal Postal Union (1874-2024)", "9 octobre 2024 · 4000 VND"),
    ],
)
def test_an_issue_found_is_worded_in_the_readers_language(app: Flask, language: str, title: str, summary: str) -> None:
    make.record()
    hit = hit_of(shown_of(document(app, "stamp_issue", "vn-2024-10-09-upu-150")), 1.0)
    with app.test_request_context(), force_locale(language):
        assert (title_of(hit), issue_summary(hit)) == (title, summary)


def test_a_stamp_found_says_its_issue_place_and_value(app: Flask) -> None:
    make.record()
    hit = hit_of(shown_of(document(app, "stamp", "vn-1998-06-10-world-cup-98-3-1")), 1.0)
    with app.test_request_context(), force_locale("en"):
        assert stamp_summary(hit) == "Football World Cup France '98 · 3-1 · 400 VND"


@pytest.mark.parametrize("typed", ["4000 d", "4000đ", "4.000 đồng", "4,000 VND", "4000 vnd"])
def test_a_value_is_said_as_people_type_it(typed: str) -> None:
    said = set(words(" ".join(said_values("4000", "VND"))))
    assert set(words(typed)) <= said


def test_a_value_in_yen_is_found_by_the_word() -> None:
    assert {"80 JPY", "80 yen", "80 yên"} <= set(said_values("80", "JPY"))


def test_a_value_that_names_its_unit_is_said_as_printed() -> None:
    assert (said_values("12 xu", "VND"), said_values("", "VND")) == (("12 xu",), ())


def test_a_size_is_said_from_either_side() -> None:
    assert said_sizes(Decimal("32.5"), Decimal(43)) == ("32.5 x 43 mm", "43 x 32.5 mm")
    assert (said_sizes(Decimal(37), Decimal(37)), said_sizes(None, Decimal(1))) == (("37 x 37 mm",), ())
