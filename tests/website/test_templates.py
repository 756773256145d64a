"""Templates are whole, use only our own files and hold no script or style of their own."""

import re

import pytest
from flask import Flask

from website.config import PROJECT

TEMPLATES = sorted(str(path.relative_to(PROJECT / "templates")) for path in (PROJECT / "templates").rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_read(name: str, app: Flask) -> None:
    app.jinja_env.get_template(name)


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
