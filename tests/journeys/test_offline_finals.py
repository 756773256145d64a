"""Finals in a train: pairs are chosen between and a shortlist is put in order without network; everything is sent afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from accounts import queries as accounts
from accounts.rules import Role
from contest.judging import queries
from contest.judging.terms import RoundMethod
from core.db import db
from tests import make
from tests.journeys.conftest import Site, beside, open_stage
from tests.journeys.test_offline import kept, wait_until_sent
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: what a browser keeps is the same on every database."""
    return lone_site


@pytest.fixture(scope="module")
def password(site: Site) -> str:
    """Lan's."""
    return site.account("lan", "judge")


@pytest.fixture
def finals(data: Path, password: str) -> Iterator[Flask]:
    """A database with accounts and no stage that is judged yet."""
    with beside(data) as app:
        yield app


def opened(number: int, method: RoundMethod) -> None:
    """A stage whose four letters are Lan's alone, and its round."""
    stage, (school,) = open_stage(number, ["Huế"])
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
