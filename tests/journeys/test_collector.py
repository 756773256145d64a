"""The collector's journey: find by a careless number, mark a set as owned and take it back, find a swap partner."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, wait_for
from tests.journeys.test_year import password_of, sign_in

pytestmark = pytest.mark.journey

Window = Callable[..., Page]
ISSUE = "vn-1998-06-10-world-cup-98"
FIRST, SECOND = f"{ISSUE}-3-1", f"{ISSUE}-3-2"


@pytest.fixture(scope="module")
def collectors(site: Site) -> dict[str, str]:
    """Two grown-ups with accounts; the index is there."""
    wait_for(site.url + "/api/v1/search")
    return {name: password_of(site.command("create-user", name, "--role", "curator")) for name in ("an", "binh")}


def let_be_found(page: Page, name: str) -> None:
    page.goto("/my-stamps/showing")
    page.get_by_label("Name you want to be known by").fill(name)
    page.get_by_label("Swap partners may find me").check()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def press_on(page: Page, stamp: str, key: str) -> None:
    """A key on the link to a stamp, on the page of its issue."""
    page.goto(f"/stamps/issues/{ISSUE}")
    page.locator(f"main a[href='/stamps/{stamp}']").first.focus()
    page.keyboard.press(key)
    expect(page.get_by_text("1 stamp marked.")).to_be_visible()


def test_a_collector_finds_marks_and_swaps(window: Window, collectors: dict[str, str]) -> None:
    an = sign_in(window(language="en"), "an", collectors["an"])
    binh = sign_in(window(language="en", phone=True), "binh", collectors["binh"])

    an.goto("/search")
    an.locator("#q").fill("vn2910")
    an.locator("#q").press("Enter")
    an.locator(f"main a[href='/stamps/{FIRST}']").first.click()
    an.get_by_role("link", name=re.compile("^To the issue")).click()
    an.get_by_role("button", name="I have this set").click()
    expect(an.get_by_text("stamps marked.")).to_be_visible()
    an.get_by_role("button", name="Take the last marking back").click()
    expect(an.get_by_text("Taken back.")).to_be_visible()
    an.get_by_role("button", name="I have this set").click()
    expect(an.get_by_text("stamps marked.")).to_be_visible()

    an.goto("/search?q=vn2910")
    expect(an.get_by_text("I have it", exact=True).first).to_be_visible()

    press_on(an, FIRST, "s")
    press_on(an, SECOND, "w")
    press_on(binh, FIRST, "w")
    press_on(binh, SECOND, "s")
    let_be_found(an, "An of the tests")
    let_be_found(binh, "Bình of the tests")

    an.goto("/my-stamps/partners")
    an.get_by_role("link", name="Bình of the tests").click()
    an.get_by_label("Message").fill("Shall we swap?")
    an.get_by_role("button", name="Send").click()
    expect(an.get_by_text("Shall we swap?")).to_be_visible()
    binh.goto("/my-stamps/messages")
    binh.get_by_role("link", name="An of the tests").click()
    expect(binh.get_by_text("Shall we swap?")).to_be_visible()

    an.goto("/my-stamps/completeness")
    expect(an.locator("progress").first).to_be_visible()


def test_marking_works_without_scripts(site: Site, collectors: dict[str, str], chromium: object) -> None:
    context = chromium.new_context(base_url=site.url, locale="en", java_script_enabled=False)  # type: ignore[attr-defined]
    page = sign_in(context.new_page(), "binh", collectors["binh"])
    page.goto(f"/stamps/issues/{ISSUE}")
    page.get_by_text("Mark one by one").click()
    page.locator(f"input[value='{FIRST}']").check()
    page.locator(".marking-one-by-one").get_by_role("button", name="I have it", exact=True).click()
    expect(page.get_by_text("1 stamp marked.")).to_be_visible()
    context.close()
