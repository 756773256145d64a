"""Finals in a train: pairs are chosen between and a shortlist is put in order without network; everything is sent afterwards."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from accounts import queries as accounts
from accounts.rules import Role
from contest.editions import services as editions
from contest.editions.models import Stage
from contest.judging import queries
from contest.judging.terms import RoundMethod
from core.db import db, transaction
from tests import make
from tests.conftest import build
from tests.journeys.conftest import Site, running
from tests.journeys.test_offline import kept, wait_until_sent
from tests.journeys.test_year import password_of, sign_in
from website.config import Settings

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database, which is written to here too."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[Site]:
    """One site is enough: what a browser keeps is the same on every database."""
    with running(data) as started:
        yield started


@pytest.fixture(scope="module")
def password(site: Site) -> str:
    """Lan's."""
    return password_of(site.command("create-user", "lan", "--role", "judge"))


@pytest.fixture
def finals(data: Path, password: str) -> Iterator[Flask]:
    """A database with accounts and no stage that is judged yet."""
    app = build(Settings(data=data, database_url="", secret_key="of the journey"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def opened(number: int, method: RoundMethod) -> None:
    """A stage whose four letters are Lan's alone, and its round."""
    values = {
        "theme_vi": "Hãy viết thư", "theme_en": "Write a letter", "theme_fr": "Écris une lettre", "youngest": 9,
        "oldest": 15, "word_limit": 800, "reference_day": datetime(2026, 5, 5, tzinfo=UTC).date(),
        "takes_typed": True, "takes_handwritten": True,
        "opens_at": datetime(2025, 12, 1, tzinfo=UTC), "closes_at": datetime(2026, 3, 5, tzinfo=UTC),
    }  # fmt: skip
    with transaction():
        stage: Stage = editions.open_stage(number=number, country="VN", values=values, by=None, now=make.NOW)
        school = editions.add_school(province=editions.add_province(stage=stage, name="Huế"), name="Trường Huế")
    for _letter in range(4):
        make.child(stage, school)
    lan = accounts.person_by_name("lan")
    assert lan is not None
    assert lan.has_role(Role.JUDGE)
    make.judge(stage, lan)
    make.open_round(stage, reads=2, method=method)


def at_desk(window: Callable[..., Page], password: str, link: str) -> Page:
    """Lan's phone, everything fetched ahead, then without network."""
    page = sign_in(window(phone=True, language="en"), "lan", password)
    page.goto("/judging")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#kept[data-fetched]")).to_have_count(1)
    page.context.set_offline(True)
    page.get_by_role("link", name=link).click()
    expect(page.locator("main form[data-choice], main form[data-order]")).to_be_visible()
    page.wait_for_load_state()
    return page


def test_a_choice_made_without_network_is_kept_and_sent(
    finals: Flask, window: Callable[..., Page], password: str
) -> None:
    opened(55, RoundMethod.PAIRS)
    page = at_desk(window, password, "Go on comparing")
    chosen = 0
    while page.locator(".pair").count():
        with page.expect_navigation():
            page.keyboard.press("2")
        chosen += 1
    expect(page.locator("#kept")).to_contain_text("No connection")
    waiting = kept(page)
    page.context.set_offline(False)
    wait_until_sent(page)
    db.session.rollback()
    pairs = queries.pairs_on_desk(accounts.person_by_name("lan"))
    assert (chosen, waiting, [pair.chosen_id == pair.right_id for pair in pairs]) == (4, 4, [True] * 4)


def test_a_shortlist_put_in_order_without_network_is_kept_and_sent(
    finals: Flask, window: Callable[..., Page], password: str
) -> None:
    opened(54, RoundMethod.RANKING)
    page = at_desk(window, password, "Next letter")
    first = page.locator(".shortlist .number").all_inner_texts()
    page.get_by_role("button", name=f"To the top {first[3]}").click()
    page.get_by_role("button", name=f"Down {first[0]}").click()
    shown = page.locator(".shortlist .number").all_inner_texts()
    expect(page.locator("#kept")).to_contain_text("No connection")
    page.get_by_role("link", name=first[2]).click()
    expect(page.locator("h1")).to_contain_text(first[2])
    page.get_by_role("link", name="Put the letters in order").click()
    again = page.locator(".shortlist .number").all_inner_texts()
    page.context.set_offline(False)
    wait_until_sent(page)
    page.reload()
    saved = page.locator(".shortlist .number").all_inner_texts()
    wanted = [first[3], first[1], first[0], first[2]]
    assert (shown, again, saved) == (wanted, wanted, wanted)
