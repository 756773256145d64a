"""A curator enters a set of four and a sheet by keyboard alone; every key is counted, and the focus is never lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_access import sign_ins  # noqa: F401 - a fixture
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey
# Two keys a second is a slow typist; two minutes are 240 keys.
MOST_KEYS = 240


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: the screen is the same on every database."""
    return lone_site


class Keyboard:
    """Hands at a keyboard: counts what they press, and looks that the focus is always somewhere."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))
            assert self.page.evaluate("document.activeElement !== document.body"), key

    def fills(self, *texts: str) -> None:
        """Each text into one field, and on to the next."""
        for text in texts:
            self.types(text)
            self.presses("Tab")


def test_a_set_of_four_and_a_sheet_in_under_two_minutes_by_keyboard(
    window: Callable[..., Page],
    sign_ins: dict[str, tuple[str, str]],  # noqa: F811
) -> None:
    page = sign_in(window(language="en"), *sign_ins["curator"])
    page.goto("/curating/issues/new")
    hands = Keyboard(page)
    hands.fills(
        "2026-12-01", "1190", "Hoa sen (ví dụ)", "Lotus (invented)", "VND", "32 x 43", "13", "Nguyễn Ví Dụ", "flora"
    )
    hands.presses("Tab", "Tab")  # past what is folded, into the rows
    hands.fills("", "4-1", "4001", "4000")
    hands.presses("Enter")
    hands.types("4000")
    hands.presses("Enter")
    hands.types("6000")
    hands.presses("Enter")
    hands.types("12000")
    hands.presses("Shift+Enter")
    hands.types("15000")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/curating/issues/vn-2026-12-01-lotus-invented$"))
    expect(page.locator("main")).to_contain_text("Saved: the issue and 5 items.")
    values = page.locator('[data-field="face_value"]').evaluate_all("all => all.map((each) => each.value)")
    positions = page.locator('[data-field="position"]').evaluate_all("all => all.map((each) => each.value)")
    numbers = page.locator('[data-field="number"]').evaluate_all("all => all.map((each) => each.value)")
    assert values == ["4000", "4000", "6000", "12000", "15000"]
    assert positions == ["4-1", "4-2", "4-3", "4-4", ""]
    assert numbers == ["4001", "4002", "4003", "4004", ""]
    expect(page.locator('[data-field="members"]').last).to_have_value("4-1, 4-2, 4-3, 4-4")
    assert hands.keys <= MOST_KEYS


def test_a_collector_suggests_and_the_curator_takes_it_over(
    window: Callable[..., Page],
    sign_ins: dict[str, tuple[str, str]],  # noqa: F811
) -> None:
    child = sign_in(window(phone=True, language="en"), *sign_ins["student"])
    child.goto("/stamps/vn-1998-06-10-world-cup-98-3-1")
    child.get_by_role("link", name="Something wrong or missing?").click()
    child.select_option("[name=field]", "paper")
    child.fill("[name=value]", "gummed")
    child.get_by_role("button", name="Send it").click()
    expect(child.locator("main")).to_contain_text("waiting")
    curator = sign_in(window(language="en"), *sign_ins["curator"])
    curator.get_by_role("link", name="The catalogue", exact=True).click()
    curator.get_by_role("link", name="2 suggestions wait").click()  # one is of the demonstration
    curator.locator("main table tr", has_text="gummed").get_by_role("link").click()
    curator.get_by_role("button", name="Take it over").click()
    child.reload()
    expect(child.locator("main")).to_contain_text("taken over")
