"""What the cells of a row say: understood where they are sure, else as printed and in doubt."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from stamps.exchange import facts as facts_
from stamps.exchange.facts import Facts, country_of, currency_of
from stamps.exchange.rules import Basic, Finding, grade, identity_of
from stamps.kinds import Part
from tests.stamps.exchange.files import DOVE, QUILL


def facts_of(cells: Mapping[str, str]) -> Facts:
    return facts_.facts_of(cells, this_year=2026)


def test_a_row_is_understood() -> None:
    facts = facts_of(DOVE)
    assert (facts.country, facts.date, facts.face_amount, facts.currency) == ("EE", "1994-08-23", Decimal(1), "EEK")
    assert (facts.width, facts.height, facts.across, facts.down) == (*map(Decimal, ("27.5", "33", "13.75", "14")),)
    assert [number.normal for number in facts.numbers] == ["Mi:EE 935", "Sn:EE 976", "Gz:EE 44"]
    assert facts.credits == (
        (Part.DESIGNER, "Mari Kask"),
        (Part.ENGRAVER, "Jaan Tamm"),
        (Part.PRINTER, "AS Vaba Trükk, Tallinn"),
    )
    assert facts.perforation == "comb 13¾ x 14"
    assert facts.doubts == []


def test_what_is_not_sure_is_kept_as_printed_and_never_guessed() -> None:
    facts = facts_of(QUILL)
    assert facts.doubts == ["Issued on", "Perforation", "FaceValue"]
    assert (facts.date, facts.date_printed) == ("", "30/02/1998")
    assert (facts.face_value, facts.face_amount) == ("3*80", None)
    assert facts.perforation == "13.33 x 13.5"


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Andorra, Spanish Administration", "AD"), ("Việt Nam", "VN"), ("Allemagne", "DE"), ("VN", "VN"),
     ("Soviet Union, USSR", "SU"),
     ("German South West Africa", ""), ("", "")],
)  # fmt: skip
def test_countries_by_name(printed: str, code: str) -> None:
    assert country_of(printed) == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("öS - Austrian schilling", "ATS"),
        ("m$n - Argentine peso moneda nacional", "m$n"),
        ("VND", "VND"),
        ("German reichspfennig", ""),
    ],
)
def test_currencies_by_name(printed: str, code: str) -> None:
    assert currency_of(printed) == code


@pytest.mark.parametrize("width", ["wide", "1e9", "-3", "27.12345", "NaN"])
def test_a_size_that_cannot_be_is_in_doubt(width: str) -> None:
    facts = facts_of(DOVE | {"Width": width})
    assert (facts.width, facts.doubts) == (None, ["Width"])


def basic(**given: object) -> Basic:
    usual: dict[str, object] = {
        "id": 1,
        "issue_id": 1,
        "names": frozenset(["white dove of peace"]),
        "country": "EE",
        "year": 1994,
        "value": "1",
        "numbers": frozenset(["Mi:EE 935"]),
    }
    return Basic(**(usual | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, Finding.KNOWN),
        ({"names": frozenset(["dove"])}, Finding.KNOWN),
        ({"year": 1995}, Finding.NEAR),
        ({"value": "2"}, Finding.NEAR),
        ({"numbers": frozenset()}, Finding.LIKELY),
        ({"numbers": frozenset(["Sn:EE 1"])}, Finding.LIKELY),
        ({"numbers": frozenset(["Mi:EE 936"])}, None),
        ({"numbers": frozenset(), "value": ""}, Finding.NEAR),
        ({"numbers": frozenset(), "value": "2"}, None),
        ({"numbers": frozenset(), "names": frozenset(["a white dove of peace"])}, Finding.NEAR),
        ({"numbers": frozenset(), "names": frozenset(["a quill"])}, None),
        ({"numbers": frozenset(), "country": ""}, None),
    ],
)
def test_how_sure_it_is_that_two_are_one(other: dict[str, object], found: Finding | None) -> None:
    assert grade(basic(), basic(**other)) is found


def test_two_numbers_of_colnects_are_two_stamps() -> None:
    assert grade(basic(link="colnect:1"), basic(link="colnect:2")) is None
    assert identity_of("https://colnect.com/fr/stamps/stamp/25270-x", []) == "colnect:25270"
