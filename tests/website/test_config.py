"""Settings are read once, understood or refused, and documented."""

import re
from pathlib import Path

import pytest

from website.config import PROJECT, Settings, variable


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `(TEMTHU_[A-Z_]+)`", (PROJECT / "docs/configuration.md").read_text("utf8"), re.M))
    assert documented == {variable(name) for name in Settings.__dataclass_fields__}


def test_a_number_is_read_as_a_number() -> None:
    assert Settings.read({"TEMTHU_PORT": "9000"}).port == 9000


@pytest.mark.parametrize(
    "nonsense",
    [
        {"TEMTHU_PORT": "many"},
        {"TEMTHU_HTTPS": "perhaps"},
        {"TEMTHU_TIMEZONE": "Mars/Olympus"},
        {"TEMTHU_SEARCH_ENGINE": "guess"},
        {"TEMTHU_CONTACT": "post@office"},
        {"TEMTHU_REPOSITORY": "stamps example"},
    ],
)
def test_nonsense_stops_the_program_naming_the_variable(nonsense: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match=next(iter(nonsense))):
        Settings.read(nonsense)


def test_a_postgresql_address_in_any_usual_form_is_taken() -> None:
    taken = {Settings(database_url=f"{scheme}://ana@db/t").database() for scheme in ("postgres", "postgresql")}
    assert taken == {"postgresql+psycopg://ana@db/t"}


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Settings(data=tmp_path).key()
    assert (Settings(data=tmp_path).key(), len(first)) == (first, 64)
