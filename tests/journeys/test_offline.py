"""A judge in a train: an hour without network, every mark and choice kept, and nothing left behind after signing out.

On a computer of many judges, what one of them could not send yet is neither lost nor shown to the next.
"""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_access import sign_ins  # noqa: F401 - a fixture
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: what a browser keeps is the same on every database."""
    return lone_site


@pytest.fixture
def judge(window: Callable[..., Page], sign_ins: dict[str, tuple[str, str]]) -> Page:  # noqa: F811
    """The judge of the demonstration year on a phone, at the first letter that waits, the next ones fetched ahead."""
    page = sign_in(window(phone=True, language="en"), *sign_ins["judge"])
    page.goto("/judging")
    page.get_by_role("link", name="Next letter").click()
    expect(page.locator("#kept[data-fetched]")).to_have_count(1)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#kept[data-fetched]")).to_have_count(1)
    return page


def mark_all(page: Page, digit: str) -> str:
    """Give every criterion the same mark by keyboard; the address of the letter."""
    for scale in page.locator("fieldset.scale").all():
        scale.locator("input").first.focus()
        page.keyboard.press(digit)
    return page.url


def marked(page: Page) -> list[str]:
    return page.locator(".scale-input:checked").evaluate_all("inputs => inputs.map((input) => input.value)")


def kept(page: Page) -> int:
    """How many acts wait in the browser."""
    acts = "Object.keys(localStorage).filter((name) => name.endsWith(':acts')).map((name) => localStorage[name])"
    return sum(len(json.loads(each)) for each in page.evaluate(acts))


def wait_until_sent(page: Page) -> None:
    for _tenth in range(100):
        if kept(page) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{kept(page)} acts were not sent")


def test_marks_given_without_network_over_three_letters_are_all_saved(judge: Page) -> None:
    judge.context.set_offline(True)
    addresses = []
    for digit in "678":
        addresses.append(mark_all(judge, digit))
        judge.keyboard.press("n")
        judge.wait_for_url(lambda url: url != addresses[-1])
        expect(judge.locator("h1.number")).to_be_visible()
    waiting = kept(judge)
    expect(judge.locator("#kept")).to_contain_text("No connection")
    judge.goto(addresses[0])
    shown_offline = marked(judge)
    judge.context.set_offline(False)
    wait_until_sent(judge)
    shown = []
    for address in addresses:
        judge.goto(address)
        shown.append(marked(judge))
    assert (waiting, shown_offline, shown) == (12, ["6"] * 4, [["6"] * 4, ["7"] * 4, ["8"] * 4])


def test_a_mark_not_sent_yet_can_be_taken_back(judge: Page) -> None:
    before = marked(judge)
    judge.context.set_offline(True)
    mark_all(judge, "5")
    judge.keyboard.press("z")
    after = marked(judge)
    judge.context.set_offline(False)
    wait_until_sent(judge)
    judge.reload()
    assert (before, after, marked(judge)) == ([], ["5"] * 3, ["5"] * 3)


def test_a_child_recognised_without_network_leaves_the_desk_at_once_and_is_passed_on_later(judge: Page) -> None:
    address = judge.url
    judge.context.set_offline(True)
    judge.locator("details.confirm summary").click()
    judge.locator("details.confirm button").click()
    judge.wait_for_url("**/judging")
    expect(judge.locator("#kept-waiting")).to_contain_text("I recognise this child")
    path = address.removesuffix("/").split("/judging/")[1]
    expect(judge.locator(f"main td a[href$='{path}']")).to_have_count(0)
    judge.goto(address)
    judge.wait_for_url(lambda url: url != address)
    judge.context.set_offline(False)
    wait_until_sent(judge)
    assert judge.request.get(address).status == 404


def test_a_concern_that_could_not_be_sent_says_so_beside_its_button(judge: Page) -> None:
    judge.context.set_offline(True)
    judge.locator("#concern summary").click()
    judge.locator("#concern button").click()
    expect(judge.locator("#concern .said-so")).to_contain_text("telephone")
    judge.locator("#remarks summary").click()
    judge.locator("#remarks textarea").first.fill("A warm letter")
    judge.locator("#remarks button").click()
    expect(judge.locator("#remarks .said-so")).to_have_text(
        "Kept in this browser; it is sent when the network is back."
    )
    judge.context.set_offline(False)
    wait_until_sent(judge)
    expect(judge.locator("#concern .said-so")).to_contain_text("has been told")


def test_a_letter_not_fetched_ahead_says_so_without_network(judge: Page) -> None:
    judge.context.set_offline(True)
    judge.goto("/judging/desk/999999")
    expect(judge.locator("h1")).to_have_text("No connection")


def test_marks_for_a_round_closed_meanwhile_stay_visible_with_the_reason(
    judge: Page,
    window: Callable[..., Page],
    sign_ins: dict[str, tuple[str, str]],  # noqa: F811
) -> None:
    judge.context.set_offline(True)
    mark_all(judge, "9")
    organiser = sign_in(window(), *sign_ins["organiser"])
    organiser.goto("/rounds/1")
    organiser.locator("details.confirm summary").click()
    organiser.locator("details.confirm button").click()
    organiser.wait_for_load_state("networkidle")
    judge.context.set_offline(False)
    wait_until_sent(judge)
    expect(judge.locator("#kept-refused li")).to_have_count(4)
    expect(judge.locator("#kept-refused li").first).to_contain_text(re.compile("9: This round is closed"))
    organiser.goto("/rounds/1")
    organiser.get_by_role("button", name=re.compile("Mở lại")).click()


def test_nothing_private_stays_after_signing_out(judge: Page) -> None:
    judge.goto("/stamps")  # a page without any script of the desk
    before = judge.evaluate("caches.keys().then((names) => names.length)")
    judge.locator("details.person summary").click()
    judge.get_by_role("button", name="Sign out").click()
    judge.wait_for_url("**/")
    left = judge.evaluate(
        "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])"
        ".then(([names, workers]) => [names.length, workers.length, localStorage.length])"
    )
    assert (before, left) == (1, [0, 0, 0])


def signed_out(page: Page) -> None:
    page.goto("/stamps")
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def test_what_one_judge_could_not_send_waits_unseen_while_another_judges_here(
    judge: Page,
    site: Site,
    sign_ins: dict[str, tuple[str, str]],  # noqa: F811
) -> None:
    judge.on("dialog", lambda dialog: dialog.accept())
    judge.route("**/mark", lambda route: route.abort())
    address = mark_all(judge, "4")
    waiting = kept(judge)
    signed_out(judge)
    left = judge.evaluate("caches.keys().then((names) => [names.length, Object.keys(localStorage).length])")
    other = site.account("second-judge", "judge")
    sign_in(judge, "second-judge", other)
    judge.goto("/judging")
    expect(judge.locator("#kept")).to_be_hidden()
    while_another = kept(judge)
    signed_out(judge)
    judge.unroute("**/mark")
    sign_in(judge, *sign_ins["judge"])
    judge.goto("/judging")
    wait_until_sent(judge)
    judge.goto(address)
    assert (waiting, left, while_another, marked(judge)) == (4, [0, 1], 4, ["4"] * 4)


def test_a_full_browser_says_that_a_mark_was_not_saved_and_does_not_show_it(judge: Page) -> None:
    before = marked(judge)
    judge.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    sent = judge.locator("fieldset.scale").first
    sent.locator("input").first.focus()
    judge.keyboard.press("8")
    expect(judge.locator("#saved")).to_contain_text("8")
    judge.context.set_offline(True)
    judge.locator("fieldset.scale").last.locator("input").first.focus()
    judge.keyboard.press("9")
    expect(judge.locator("#kept-refused")).to_contain_text("has not been saved")
    shown = marked(judge)
    judge.context.set_offline(False)
    judge.reload()
    assert (before, shown, marked(judge)) == ([], ["8"], ["8"])
