"""A visitor with a stamp in hand and a telephone: photograph, stamp, issue, the contest of that year, its laureate."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.looking.altering import by_telephone
from tests.journeys.conftest import Site
from tests.journeys.test_access import faults_of
from tests.stamps.looking.photographs import as_bytes, picture

pytestmark = pytest.mark.journey

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """A site with the demonstration's invented stamps; its worker looks at them while it runs."""
    lone_site.command("load-demonstration")
    return lone_site


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """The kite on a card, askew, noisy, as a telephone saves it."""
    path = tmp_path / "IMG_2021.jpg"
    path.write_bytes(as_bytes(by_telephone(picture(2).resize((240, 320)), random.Random(3)), quality=85))
    return path


@pytest.mark.parametrize("phone", [True, False])
def test_from_a_photograph_to_the_laureate(window: Window, photograph: Path, phone: bool) -> None:
    page = window(phone=phone, language="en")
    page.goto("/search")
    page.get_by_role("link", name="Find a stamp by a photograph").click()
    wait_for_the_index(page)
    page.get_by_label("Photograph of the stamp").set_input_files(photograph)
    page.get_by_role("button", name="Look for it").click()

    assert faults_of(page) == []
    expect(page.get_by_role("img", name="Your photograph")).to_be_visible()
    likeliest = page.get_by_role("listitem").filter(has_text="very alike").first
    expect(likeliest.get_by_role("heading")).to_have_text("Demonstration: a kite")
    likeliest.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Demonstration: a kite")
    page.get_by_role("main").get_by_role("link", name=re.compile("Demonstration set: letter writing")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Demonstration set: letter writing")
    page.get_by_role("link", name="The letter-writing competition of 2021").click()
    expect(page).to_have_url(re.compile("/editions/50$"))
    page.get_by_role("link", name="Đào Anh Thư").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đào Anh Thư")


def test_back_from_a_stamp_leads_to_the_answer(window: Window, photograph: Path) -> None:
    page = window(language="en")
    page.goto("/stamps/by-picture?camera=1")
    wait_for_the_index(page)
    expect(page.get_by_label("Photograph of the stamp")).to_have_attribute("capture", "environment")
    page.get_by_label("Photograph of the stamp").set_input_files(photograph)
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("link", name="Demonstration: a kite").click()
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Stamps like your photograph")
    expect(page.get_by_role("img", name="Your photograph")).to_be_visible()


def test_a_photograph_stands_beside_its_own_answers_only(window: Window, photograph: Path) -> None:
    """Not beside those of an address that somebody sent, nor in another window."""
    page = window(language="en")
    page.goto("/stamps/by-picture")
    wait_for_the_index(page)
    page.get_by_label("Photograph of the stamp").set_input_files(photograph)
    page.get_by_role("button", name="Look for it").click()
    shown = page.get_by_role("img", name="Your photograph")
    expect(shown).to_be_visible()
    answers = page.url
    page.goto("/stamps/by-picture/found?of=another")
    expect(shown).to_have_count(0)
    page.goto(answers)
    expect(shown).to_be_visible()
    other = window(language="en")
    other.goto(answers)
    expect(other.get_by_role("heading", level=1)).to_have_text("Stamps like your photograph")
    expect(other.get_by_role("img", name="Your photograph")).to_have_count(0)


def wait_for_the_index(page: Page) -> None:
    """Until the worker has looked at the pictures; the page asks for that itself."""
    for _try in range(60):
        if page.get_by_role("button", name="Look for it").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise TimeoutError("the index of pictures was not built")
