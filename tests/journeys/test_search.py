"""The search as visitors use it in a browser: suggestions by keyboard; search, refine, open, back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, wait_for

pytestmark = pytest.mark.journey

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: the contract test holds the engines to the same answers."""
    wait_for(lone_site.url + "/api/v1/search")  # the index of what was loaded
    return lone_site


def options(page: Page) -> list[str]:
    """The suggestions that are open, as they are read out."""
    return [" ".join(text.split()) for text in page.get_by_role("option").all_inner_texts()]


def active(page: Page) -> str:
    """The suggestion walked to, or nothing."""
    return page.evaluate(
        """() => {
            const id = document.activeElement.getAttribute("aria-activedescendant");
            return id ? document.getElementById(id).querySelector(".suggestion-title").textContent : "";
        }"""
    )


@pytest.mark.parametrize(("path", "box"), [("/stamps", "#site-search"), ("/", "#big-search"), ("/search", "#q")])
@pytest.mark.parametrize("phone", [False, True])
def test_suggestions_by_keyboard(window: Window, path: str, box: str, phone: bool) -> None:
    page = window(phone=phone, language="en")
    page.goto(path)
    page.locator(box).press_sequentially("dao anh thu")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator(box)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"{box} ~ [role=status]")).to_have_text("5 suggestions")
    assert options(page)[0] == "Đào Anh Thư Bronze medal · THCS Nguyễn Huy Tưởng, Đông Anh, Hà Nội Laureates"
    page.keyboard.press("ArrowDown")
    assert active(page) == "Đào Anh Thư"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/laureates/50-international-bronze-vn$"))


def test_arrows_walk_round_and_escape_closes(window: Window) -> None:
    page = window(language="en")
    page.goto("/stamps")
    box = page.locator("#site-search")
    box.press_sequentially("world cup")
    expect(page.get_by_role("option").first).to_be_visible()
    first, last = (
        page.locator(".suggestion-title").first.inner_text(),
        page.locator(".suggestion-title").last.inner_text(),
    )
    walked = []
    for key in ("ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(active(page))
    assert walked == [first, last, "", last, first, ""]
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("world cup")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=world\+cup$"))


def test_a_suggestion_is_opened_by_a_click(window: Window) -> None:
    page = window(phone=True, language="en")
    page.goto("/search")
    page.locator("#q").press_sequentially("chuyen bong")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text("Chuyền bóng")


def test_search_refine_open_back(window: Window) -> None:
    page = window(language="en")
    page.goto("/")
    page.fill("#big-search", "viet thu")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Laureates (174)").click()
    page.get_by_role("complementary").get_by_role("link", name="Vietnam", exact=True).click()
    page.get_by_role("link", name="Oldest first").click()
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"/search\?q=viet\+thu&kind=laureate&country=VN&sort=oldest&page=2$"))
    address, shown = page.url, page.locator(".hit-title").all_inner_texts()
    page.locator(".hit-title a").nth(3).click()
    expect(page).to_have_url(re.compile("/laureates/"))
    page.go_back()
    expect(page).to_have_url(address)
    assert page.locator(".hit-title").all_inner_texts() == shown
    expect(page.locator("#q")).to_have_value("viet thu")
    page.get_by_role("link", name=re.compile("Take back: Vietnam")).click()
    expect(page).to_have_url(re.compile(r"/search\?q=viet\+thu&kind=laureate&sort=oldest$"))


def test_one_letter_wrong_is_put_right_and_can_be_insisted_on(window: Window) -> None:
    page = window(phone=True, language="en")
    page.goto("/search?q=anniverssary")
    expect(page.locator(".correction")).to_contain_text("Nothing for “anniverssary”. Showing “anniversary” instead.")
    page.get_by_role("link", name="Search “anniverssary” as typed").click()
    expect(page.locator("main")).to_contain_text("Nothing was found")
    expect(page.locator("#q")).to_have_value("anniverssary")


def test_without_scripts_the_boxes_search(window: Window) -> None:
    page = window(language="en")
    page.route("**/search.js*", lambda route: route.abort())
    page.goto("/stamps")
    page.fill("#site-search", "dao anh thu")
    page.keyboard.press("Enter")
    expect(page.locator(".hit-title").first).to_have_text("Đào Anh Thư")
