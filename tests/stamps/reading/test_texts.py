"""Values, perforations, dates, methods as printed: understood for sure, or left alone."""

from decimal import Decimal

import pytest

from stamps.kinds import PerforationKind, Process, ValueKind
from stamps.reading.dates import read_date
from stamps.reading.methods import read_processes
from stamps.reading.perforations import Perforation, read_perforation
from stamps.reading.values import Value, read_value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("400", Value(ValueKind.AMOUNT, Decimal(400))),
        ("4.000đ", Value(ValueKind.AMOUNT, Decimal(4000))),
        ("2.90 mk", Value(ValueKind.AMOUNT, Decimal("2.90"))),
        ("2½d", Value(ValueKind.AMOUNT, Decimal("2.5"))),
        ("4000đ + 2000đ", Value(ValueKind.SURCHARGE, Decimal(4000), Decimal(2000))),
        ("3*80", Value(ValueKind.SUM)),
        ("Forever", Value(ValueKind.RATE)),
        ("no value", Value(ValueKind.NONE)),
        ("4.000", Value(ValueKind.UNREAD)),
        ("a dozen", Value(ValueKind.UNREAD)),
        ("-5", Value(ValueKind.UNREAD)),
        ("− 5 c", Value(ValueKind.UNREAD)),
        ("400 + -5", Value(ValueKind.UNREAD)),
        ("5,-", Value(ValueKind.UNREAD)),
        ("٤٠٠", Value(ValueKind.UNREAD)),
        ("", None),
    ],
)
def test_a_face_value_is_understood_or_left_alone(printed: str, value: Value | None) -> None:
    assert read_value(printed) == value


def test_a_point_parts_thousands_where_there_is_no_smaller_unit() -> None:
    assert read_value("4.000", currency="VND") == Value(ValueKind.AMOUNT, Decimal(4000))


@pytest.mark.parametrize(
    ("printed", "holes"),
    [
        ("comb<i> 13 x 12½</i>", Perforation(PerforationKind.COMB, Decimal(13), Decimal("12.5"))),
        ("13", Perforation(None, Decimal(13), Decimal(13))),
        ("12,25:12", Perforation(None, Decimal("12.25"), Decimal(12))),
        ("13 1/2 × 14", Perforation(None, Decimal("13.5"), Decimal(14))),
        ("11 V", Perforation(None, None, Decimal(11))),
        ("Imperf", Perforation(PerforationKind.IMPERFORATE)),
        ("12.25:12 or imperforate", Perforation()),
        ("13½ & 14", Perforation()),
        ("0", Perforation()),
        ("99", Perforation()),
        ("comb 13 x 99", Perforation()),
        ("4 V", Perforation()),
        ("5 x 20", Perforation(None, Decimal(5), Decimal(20))),
        ("١٣", Perforation()),
        ("", None),
    ],
)
def test_a_perforation_is_understood_or_left_alone(printed: str, holes: Perforation | None) -> None:
    assert read_perforation(printed) == holes


def test_a_measured_perforation_is_worth_a_second_look() -> None:
    measured, usual = read_perforation("13.33 x 13.5"), read_perforation("13¼ x 13½")
    assert measured is not None
    assert usual is not None
    assert (measured.measured, usual.measured) == (True, False)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("1897-07", "1897-07"),
        ("2021-10-09", "2021-10-09"),
        ("19/10/2021", "2021-10-19"),
        ("10/19/2021", "2021-10-19"),
        ("9.9.2020", "2020-09-09"),
        ("10/1998", "1998-10"),
        ("9/10/2021", ""),
        ("30/02/1998", ""),
        ("1998-02-30", ""),
        ("soon", ""),
        ("٢٠٢٠", ""),
        ("١٩/١٠/٢٠٢١", ""),
        ("١٠/٢٠٢١", ""),
    ],
)
def test_a_date_is_understood_or_left_alone(printed: str, day: str) -> None:
    assert read_date(printed) == day


def test_two_printing_methods_are_both_found() -> None:
    assert read_processes("Photogravure and Recess") == (Process.RECESS, Process.PHOTOGRAVURE)
    assert read_processes("Offset lithography") == (Process.OFFSET,)
