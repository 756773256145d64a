"""The judge's desk as it is used: paper that turns and comes closer, text of one's own size, a clock that pauses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_access import sign_ins  # noqa: F401 - a fixture
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: pages look the same on every database."""
    return lone_site


@pytest.fixture
def organiser(window: Callable[..., Page], sign_ins: dict[str, tuple[str, str]]) -> Page:  # noqa: F811
    """The organiser's window, in English."""
    return sign_in(window(language="en"), *sign_ins["organiser"])


@pytest.fixture
def judge(window: Callable[..., Page], sign_ins: dict[str, tuple[str, str]]) -> Page:  # noqa: F811
    """The judge's window, at the first letter that waits."""
    page = sign_in(window(language="en"), *sign_ins["judge"])
    page.goto("/judging")
    page.get_by_role("link", name="Next letter").click()
    expect(page.locator("#clock")).to_be_visible()
    return page


def deal_a_scan_to_the_judge(organiser: Page) -> None:
    """Clear a photographed letter; every other judge has no room, so that it goes to this one."""
    for judge in (2, 3, 4):
        organiser.goto(f"/judges/{judge}")
        organiser.fill("[name=capacity]", "1")
        organiser.press("[name=capacity]", "Enter")
        expect(organiser.locator(".errors")).to_be_visible()  # how many letters go to others
        organiser.press("[name=capacity]", "Enter")
        organiser.wait_for_url("**/judges")
    organiser.goto("/stages/55/clearing")
    organiser.locator('form[action$="/clear"] button').click()
    organiser.goto("/rounds/1")
    organiser.locator('form[action$="/top-up"] button').click()


def transform(page: Page) -> str:
    return page.locator(".scan img").first.evaluate("picture => picture.style.transform")


def test_a_sheet_comes_closer_and_stays_turned(organiser: Page, judge: Page) -> None:
    deal_a_scan_to_the_judge(organiser)
    judge.goto("/judging")
    judge.locator("main table a").last.click()
    expect(judge.locator(".scan-handled")).to_have_count(1)
    judge.get_by_role("button", name="Turn").click()
    judge.keyboard.press("+")
    closer = transform(judge)
    judge.reload()
    expect(judge.locator(".scan-handled")).to_have_count(1)
    assert ["rotate(90deg)" in each for each in (closer, transform(judge))] == [True, True]
    assert closer != transform(judge)


def test_the_size_of_the_text_is_remembered(judge: Page) -> None:
    def size() -> float:
        return judge.locator(".text .letter-paper").evaluate("paper => parseFloat(getComputedStyle(paper).fontSize)")

    before = size()
    judge.get_by_role("button", name="Larger text").click()
    larger = size()
    judge.reload()
    expect(judge.get_by_role("button", name="Larger text")).to_be_visible()
    assert (before < larger, size()) == (True, larger)


def test_a_pause_stops_the_clock_and_going_on_lets_it_run(judge: Page) -> None:
    """The browser's time passes when this test says so, however busy the machine is."""
    clock = judge.locator("#clock-time")

    def seconds() -> int:
        minutes, _colon, rest = clock.inner_text().partition(":")
        return 60 * int(minutes) + int(rest)

    judge.clock.install()
    judge.reload()
    expect(clock).to_be_visible()
    judge.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    before = seconds()
    judge.clock.run_for(2000)
    judge.keyboard.press("p")
    expect(clock).to_contain_text("Paused")
    judge.clock.run_for(2500)
    judge.get_by_role("button", name="Go on").click()
    gone_on = seconds()
    judge.clock.run_for(1000)
    assert (gone_on - before, seconds() - before) == (2, 3)


def test_four_criteria_are_seen_at_once_on_a_desk(judge: Page) -> None:
    bottoms = judge.locator("fieldset.scale").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().bottom)"
    )
    assert (len(bottoms), max(bottoms) < 900) == (4, True)


def test_a_child_in_distress_is_told_at_once_from_the_desk(organiser: Page, judge: Page) -> None:
    judge.locator("#concern summary").click()
    judge.fill("#concern textarea", "She does not want to go home.")
    judge.get_by_role("button", name="Tell them now").click()
    expect(judge.locator("#saved")).to_contain_text("has been told")
    organiser.goto("/")
    organiser.get_by_role("link", name="Look at it now").click()
    organiser.locator("main table a").click()
    expect(organiser.locator("main")).to_contain_text("She does not want to go home.")


def test_remarks_are_saved_from_the_desk(judge: Page) -> None:
    judge.locator("#remarks summary").click()
    judge.get_by_label("To the child").fill("Your lamp is beautiful.")
    judge.get_by_role("button", name="Save the remarks").click()
    expect(judge.locator("#saved")).to_contain_text("Your remarks are saved.")
    judge.reload()
    expect(judge.get_by_label("To the child")).to_have_value("Your lamp is beautiful.")
