"""Templates are whole, use only our own files and hold no script or style of their own."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.conftest import build
from website.config import PROJECT, Settings
from website.templating import number

TEMPLATES = sorted(str(path.relative_to(PROJECT / "templates")) for path in (PROJECT / "templates").rglob("*.html"))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The program as it starts; no page is asked for, so no database is needed."""
    return build(Settings(data=tmp_path_factory.mktemp("data"), secret_key="of the tests"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_read(name: str, program: Flask) -> None:
    program.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_script_or_style(name: str) -> None:
    source = (PROJECT / "templates" / name).read_text("utf8")
    assert (
        re.findall(
            r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")| style=| on\w+=\"", source
        )
        == []
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_loads_nothing_from_another_host(name: str) -> None:
    source = (PROJECT / "templates" / name).read_text("utf8")
    assert re.findall(r"(?:src|action)=\"(?:https?:)?//", source) == []


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("vi", ["0", "999", "1.000", "0,5"]),
        ("en", ["0", "999", "1,000", "0.5"]),
        ("fr", ["0", "999", "1\u202f000", "0,5"]),
    ],
)
def test_a_number_is_written_as_the_reader_does(language: str, written: list[str], program: Flask) -> None:
    with program.test_request_context(), force_locale(language):
        assert [number(value) for value in (0, 999, 1000, 0.5)] == written
