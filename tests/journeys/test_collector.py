"""The collector's journey: find by a careless number, mark a set as owned and take it back, find a swap partner."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, wait_for
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey

Window = Callable[..., Page]
ISSUE = "vn-1998-06-10-world-cup-98"
FIRST, SECOND, THIRD = f"{ISSUE}-3-1", f"{ISSUE}-3-2", f"{ISSUE}-3-3"
# The heading of a list as Colnect exports it.
HEADING = (
    "Name,Country,Series,Catalog Codes,Issued on,Expiry date,Width,Height,Watermark,Format,Emission,Perforation,Printing,"
    "Paper,Gum,Ord Mi,Ord Sn,Ord Yt,Ord Sg,Currency,FaceValue,Print run,Parent Item,Variant,Overprint Variant,Score,"
    "Accuracy,Colors,Designers,Printers,Issuers,Themes,Description,Link,List,Quantity,Condition,Public Note,Private Note"
)


@pytest.fixture(scope="module")
def collectors(site: Site) -> dict[str, str]:
    """Two grown-ups with accounts; the index is there."""
    wait_for(site.url + "/api/v1/search")
    return {name: site.account(name, "curator") for name in ("khanh", "binh")}


def colnect_list() -> str:
    """A list as Colnect exports it: five lines before, its 39 columns, one row, a line after."""
    cells = dict.fromkeys(HEADING.split(","), "") | {
        "Name": "Rose",
        "Country": "Albania",
        "Catalog Codes": "Mi:AL 1155",
    }
    cells |= {"Issued on": "1967-05-15", "Quantity": "[1]", "Condition": "[MNH]", "List": "Roses"}
    lines = [*("before" for _line in range(4)), "", HEADING, ",".join(cells.values()), "END of Colnect list"]
    return "\r\n".join(lines) + "\r\n"


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
    khanh = sign_in(window(language="en"), "khanh", collectors["khanh"])
    binh = sign_in(window(language="en", phone=True), "binh", collectors["binh"])

    khanh.goto("/search")
    khanh.locator("#q").fill("vn2910")
    khanh.locator("#q").press("Enter")
    khanh.locator(f"main a[href='/stamps/{FIRST}']").first.click()
    khanh.get_by_role("link", name=re.compile("^To the issue")).click()
    khanh.get_by_role("button", name="I have this set").click()
    expect(khanh.get_by_text("stamps marked.")).to_be_visible()
    khanh.get_by_role("button", name="Take the last marking back").click()
    expect(khanh.get_by_text("Taken back.")).to_be_visible()
    khanh.get_by_role("button", name="I have this set").click()
    expect(khanh.get_by_text("stamps marked.")).to_be_visible()

    khanh.goto("/search?q=vn2910")
    expect(khanh.get_by_text("I have it", exact=True).first).to_be_visible()

    press_on(khanh, FIRST, "s")
    press_on(khanh, SECOND, "w")
    press_on(binh, FIRST, "w")
    press_on(binh, SECOND, "s")
    let_be_found(khanh, "Khánh of the tests")
    let_be_found(binh, "Bình of the tests")

    khanh.goto("/my-stamps/partners")
    khanh.get_by_role("link", name="Bình of the tests").click()
    khanh.get_by_label("Message").fill("Shall we swap?")
    khanh.get_by_role("button", name="Send").click()
    expect(khanh.get_by_text("Shall we swap?")).to_be_visible()
    binh.goto("/my-stamps/messages")
    binh.get_by_role("link", name="Khánh of the tests").click()
    expect(binh.get_by_text("Shall we swap?")).to_be_visible()

    khanh.goto("/my-stamps/completeness")
    expect(khanh.locator("progress").first).to_be_visible()


def test_a_list_from_colnect_comes_in_and_the_wants_go_on_paper(window: Window, collectors: dict[str, str]) -> None:
    page = sign_in(window(language="en"), "khanh", collectors["khanh"])
    page.goto("/my-stamps/files")
    page.locator("input[name=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": colnect_list().encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Bring it in", exact=True).click()
    expect(page.get_by_role("heading", name="Brought in")).to_be_visible(timeout=30_000)

    press_on(page, THIRD, "w")
    page.goto("/my-stamps/paper/wants")
    printed = page.evaluate(
        """async () => {
            const body = new FormData(document.querySelector("main form"));
            const answer = await fetch(location.href, { method: "POST", body });
            return [answer.status, answer.headers.get("content-type")];
        }"""
    )
    assert printed == [200, "application/pdf"]


def test_marking_works_without_scripts(site: Site, collectors: dict[str, str], chromium: object) -> None:
    context = chromium.new_context(base_url=site.url, locale="en", java_script_enabled=False)  # type: ignore[attr-defined]
    page = sign_in(context.new_page(), "binh", collectors["binh"])
    page.goto(f"/stamps/issues/{ISSUE}")
    page.get_by_text("Mark one by one").click()
    page.locator(f"input[value='{FIRST}']").check()
    page.locator(".marking-one-by-one").get_by_role("button", name="I have it", exact=True).click()
    expect(page.get_by_text("1 stamp marked.")).to_be_visible()
    context.close()
