"""Words and functions every template may use, and versioned addresses of static files."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any
from zlib import crc32

from flask import Flask, current_app
from flask_babel import format_date, format_datetime, format_decimal, format_time, gettext
from flask_wtf.csrf import generate_csrf

from core import clock, localtime
from core.pages import in_language, moment
from core.permissions import can
from core.sections import sections
from website.languages import LANGUAGES, locale

THOUSAND = 1000


@lru_cache(maxsize=512)
def _static_file(folder: str, name: str) -> Path:
    return Path(folder) / name


@lru_cache(maxsize=512)
def version_of(path: Path, _changed: float) -> str:
    """A short mark of a file's content; `_changed` makes an edited file count as another."""
    return format(crc32(path.read_bytes()), "08x")


def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Let browsers keep static files for a year: their address changes with their content."""
    if endpoint != "static" or "v" in values:
        return
    path = _static_file(str(current_app.static_folder), values["filename"])
    try:
        found = path.stat()
    except (OSError, ValueError):
        return
    if S_ISREG(found.st_mode):
        values["v"] = version_of(path, found.st_mtime)


def number(value: float | Decimal, format: str | None = None) -> str:  # noqa: A002 - as babel calls it
    """A number as the reader writes it: small whole ones, of which lists are full, are alike in all our languages."""
    if format is None and type(value) is int and 0 <= value < THOUSAND:
        return str(value)
    return str(format_decimal(value, format))


def context() -> dict[str, Any]:
    """What templates can use without asking for it."""
    return {
        "can": can,
        "city": localtime.city,
        "csrf_token": generate_csrf,
        "in_language": in_language,
        "languages": LANGUAGES,
        "locale": locale(),
        "now": clock.now(),
        "sections": sections,
    }


def register(app: Flask) -> None:
    """Set up the template environment; a misspelt name in a template is an error, not an empty place."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        dateformat=format_date,
        datetimeformat=format_datetime,
        moment=moment,
        translated=gettext,
        timeformat=format_time,
        decimalformat=number,
    )
    app.context_processor(context)
    app.url_defaults(add_version)
