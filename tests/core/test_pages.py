"""Sentences reach people in their language, with their way of writing dates."""

from datetime import date

from flask import Flask

from core.errors import Refused
from core.pages import in_language, sentence
from tests import make


def test_a_date_in_a_refusal_is_written_the_readers_way(app: Flask) -> None:
    late = Refused("Closed on %(day)s.", day=date(2026, 3, 5))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert sentence(late) == "Closed on March 5, 2026."


def test_a_text_missing_in_my_language_is_shown_in_one_it_has(app: Flask) -> None:
    known = make.edition(theme_en="Write a letter", theme_vi="")
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert in_language(known, "theme") == "Write a letter"
