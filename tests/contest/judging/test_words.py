"""Figures outside templates, as each language writes them."""

import pytest
from flask import Flask
from flask_babel import force_locale

from contest.judging.words import figure


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("vi", ["−0,5", "0", "0,3", "1.500"]),
        ("en", ["−0.5", "0", "0.3", "1,500"]),
        ("fr", ["−0,5", "0", "0,3", "1\u202f500"]),
    ],
)
def test_a_figure_has_the_signs_of_the_readers_language(app: Flask, language: str, written: list[str]) -> None:
    with app.test_request_context(), force_locale(language):
        assert [figure(value) for value in (-0.5, 0.0, 0.1 + 0.2, 1500.0)] == written
