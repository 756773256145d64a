"""Times as people here type and read them."""

import pytest
from flask import Flask
from flask_babel import force_locale

from core import localtime


@pytest.mark.parametrize(("language", "town"), [("vi", "Athens"), ("fr", "Athènes")])
def test_a_time_is_told_by_its_town_as_the_reader_calls_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch, language: str, town: str
) -> None:
    monkeypatch.setitem(app.config, "TIMEZONE", "Europe/Athens")
    with app.test_request_context(), force_locale(language):
        assert localtime.city() == town
