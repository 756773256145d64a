"""One satisfied row is enough; a row needs all of its predicates; views turn people away the right way."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import permissions
from core.permissions import allowed, asks
from tests import cast


@dataclass(frozen=True)
class Parcel:
    """Something that belongs to somebody."""

    owner: str
    sealed: bool = False


def owns(person: object, parcel: Parcel) -> bool:
    """Theirs."""
    return getattr(person, "user_name", "") == parcel.owner


def is_open(_person: object, parcel: Parcel) -> bool:
    """Not sealed."""
    return not parcel.sealed


def carries(person: object, _parcel: Parcel) -> bool:
    """The carrier of all parcels."""
    return getattr(person, "user_name", "") == "nam"


PERMISSIONS = {"parcel.see": [[owns], [carries]], "parcel.unpack": [[owns, is_open]]}
PARCELS = {1: Parcel("mai"), 2: Parcel("mai", sealed=True)}


@pytest.fixture(scope="module", autouse=True)
def _parcels() -> None:
    permissions.register(PERMISSIONS)


def parcel(number: int) -> Parcel | None:
    """By its number."""
    return PARCELS.get(number)


@asks("parcel.unpack", of=parcel)
def unpack(parcel: Parcel) -> str:
    """What a view would answer."""
    return f"unpacked {parcel.owner}'s"


def test_one_row_that_holds_is_enough(app: Flask) -> None:
    assert [allowed(person, "parcel.see", PARCELS[1]) for person in (cast.mai(), cast.nam(), cast.stranger())] == [
        True,
        True,
        False,
    ]


def test_a_row_needs_all_of_its_predicates(app: Flask) -> None:
    mai = cast.mai()
    assert [allowed(mai, "parcel.unpack", parcel) for parcel in PARCELS.values()] == [True, False]


def test_an_action_nobody_declared_is_a_bug() -> None:
    with pytest.raises(KeyError):
        allowed(None, "parcel.burn", PARCELS[1])


def test_the_same_action_is_not_declared_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        permissions.register({"parcel.see": [[carries]]})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with the parcel's page."""
    from tests.conftest import build  # noqa: PLC0415
    from website.config import Settings  # noqa: PLC0415

    made = build(Settings(data=tmp_path_factory.mktemp("office"), secret_key="of the tests"))
    made.add_url_rule("/parcels/<int:number>", "unpack", unpack)
    return made


@pytest.mark.parametrize(
    ("who", "number", "status"),
    [("mai", 1, 200), ("mai", 2, 403), ("mai", 3, 404), ("nam", 1, 403), ("stranger", 1, 404), ("nobody", 1, 302)],
)
def test_views_turn_people_away_the_right_way(office: Flask, who: str, number: int, status: int) -> None:
    from core.db import Base, db  # noqa: PLC0415

    with office.app_context():
        db.drop_all()
        Base.metadata.create_all(db.engine)
        key = "" if who == "nobody" else getattr(cast, who)().get_id()
        db.session.remove()
    browser: FlaskClient = office.test_client()
    if key:
        with browser.session_transaction() as session:
            session["_user_id"] = key
    with office.app_context():
        assert browser.get(f"/parcels/{number}").status_code == status
