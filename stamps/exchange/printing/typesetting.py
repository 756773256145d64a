"""Typst at work: a template beside this file, data as JSON, the fonts of the platform; gives a tagged PDF."""

import json
from pathlib import Path
from typing import Any

import typst
from flask import current_app

TEMPLATES = Path(__file__).parent


def pdf(template: str, data: dict[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of a template; `title` and `language` stand in the file, for screen readers too."""
    given = json.dumps({**data, "title": title, "language": language}, ensure_ascii=False)
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=[Path(str(current_app.static_folder)) / "fonts" / "print"],
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": given},
    )
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made
