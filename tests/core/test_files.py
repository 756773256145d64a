"""Files are kept whole under ids, and only ids of ours lead to files."""

import pytest
from flask import Flask

from core import files


def test_what_was_kept_is_found_under_its_id(app: Flask) -> None:
    assert files.path_of(files.keep(b"ink", ending="jpg")).read_bytes() == b"ink"


def test_an_id_tells_nothing_of_the_content(app: Flask) -> None:
    assert files.keep(b"ink", ending="jpg") != files.keep(b"ink", ending="jpg")


@pytest.mark.parametrize("wish", ["../secret-key", "/etc/passwd", "ab/../../secret-key"])
def test_a_path_out_of_the_folder_is_refused(app: Flask, wish: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        files.path_of(wish)
