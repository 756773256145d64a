"""Which codes are countries."""

import pytest

from core.countries import known


@pytest.mark.parametrize("code", ["VN", "FR", "SU", "DD", "YU", "CS", "XK", "UN", "TA"])
def test_countries_present_and_past_are_known(code: str) -> None:
    assert known(code)


@pytest.mark.parametrize("code", ["XA", "XB", "QO", "ZZ", "EZ", "EU", "CQ", "vn", "V", "150", ""])
def test_placeholders_and_unions_are_no_countries(code: str) -> None:
    assert not known(code)
