"""Conditions and forms are understood as collectors write them, and written back in one way."""

import pytest

from stamps.collections.kinds import Condition, CopyFormat
from stamps.collections.reading import SHORT, read_condition, read_format


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("**", Condition.MNH),
        (" mnh ", Condition.MNH),
        ("UM", Condition.MNH),
        ("*", Condition.MH),
        ("MLH", Condition.MLH),
        ("(*)", Condition.MNG),
        ("o", Condition.USED),
        ("U", Condition.USED),
        ("on_piece", Condition.ON_PIECE),
        ("On  Cover", Condition.ON_COVER),
        ("splendid", None),
        ("", None),
        ("_", None),
    ],
)
def test_a_condition_is_read(written: str, condition: Condition | None) -> None:
    assert read_condition(written) == condition


@pytest.mark.parametrize("condition", Condition)
def test_what_we_write_we_read(condition: Condition) -> None:
    assert (read_condition(SHORT[condition]), read_condition(condition.value)) == (condition, condition)


@pytest.mark.parametrize("format_", CopyFormat)
def test_every_form_is_read(format_: CopyFormat) -> None:
    assert read_format(format_.value.upper()) == format_
