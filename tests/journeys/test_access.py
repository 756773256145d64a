"""Every kind of page, in every role: axe finds nothing, and nothing runs off a phone's or a desk's page."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Site
from tests.journeys.test_year import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: pages look the same on every database."""
    return lone_site


def faults_of(page: Page, *, besides_colours: bool = False) -> list[str]:
    """What axe finds on a page."""
    rules = {"rules": {"color-contrast": {"enabled": False}}} if besides_colours else {}
    found = Axe().run(page, options={"resultTypes": ["violations"]} | rules).response
    return [f"{page.url}: {fault['id']}" for fault in found["violations"]]


PAGES = {
    "": (
        "/",
        "/search?q=viet+thu",
        "/search?q=viet+thu&kind=laureate&country=VN",
        "/search?q=anniverssary",
        "/stamps?country=nowhere",
        "/editions",
        "/editions/50",
        "/laureates",
        "/laureates/50-international-bronze-vn",
        "/stamps",
        "/stamps/issues/vn-2021-10-09-upu-letter-writing-50",
        "/stamps?kind=stamp&country=VN&years=2000..2009&look=table",
        "/stamps/topics",
        "/stamps/topics/fauna",
        "/stamps/series",
        "/stamps/series/jp-letter-writing-week",
        "/stamps/makers",
        "/stamps/makers/nguyen-thi-sam",
        "/stamps/joint-issues/upu-150-2024",
        "/stamps/countries",
        "/stamps/paths/upu-and-letter-writing",
        "/stamps/by-picture",
        "/countries/VN",
        "/stages/55/rules",
        "/stages/55/changes",
        "/track",
        "/new-issues",
        "/new-issues/2026/12",
        "/privacy",
        "/account/register",
        "/account/sign-in",
        "/nowhere",
    ),
    "curator": (
        "/laureates/names",
        "/my-stamps",
        "/stamps/vn-1998-06-10-world-cup-98-3-1",
        "/curating",
        "/curating/issues/new",
        "/curating/issues/vn-1998-06-10-world-cup-98",
        "/curating/suggestions",
        "/curating/names",
        "/curating/stamps/vn-1998-06-10-world-cup-98-3-1/merge",
        "/stamps/vn-1998-06-10-world-cup-98-3-1/suggest",
        "/stamps/vn-1998-06-10-world-cup-98-3-1/history",
        "/suggestions",
        "/my-reservations",
        "/offers/1",
        "/stamps/issues/vn-1998-06-10-world-cup-98",
        "/my-stamps?show=want",
        "/my-stamps/lists",
        "/my-stamps/lists/1",
        "/my-stamps/completeness",
        "/my-stamps/showing",
        "/my-stamps/partners",
        "/my-stamps/messages",
        "/copies/1",
        "/wants/1",
        "/stamps/demonstration-letters-2021-1/pictures",
        "/stamps/by-picture/index",
    ),
    "student": ("/letters", "/letters/1/write", "/letters/1/hand-in", "/account", "/account/consent"),
    "judge": ("/judging", "/judging/desk/1", "/judging/offline"),
    "clerk": ("/clerk", "/clerk/offers/1", "/clerk/issues/vn-1998-06-10-world-cup-98"),
    "organiser": (
        "/stages",
        "/stages/open?number=56",
        "/stages/55",
        "/stages/55/settings",
        "/stages/55/criteria",
        "/stages/55/prizes",
        "/stages/55/units",
        "/stages/55/judges",
        "/stages/55/clearing",
        "/stages/55/remarks",
        "/stages/55/safeguard",
        "/concerns",
        "/rounds/1",
        "/rounds/1/judges",
        "/rounds/1/judges/2",
        "/rounds/1/decision",
        "/rounds/1/net",
        "/stages/55/results",
        "/stages/55/results/hour",
        "/consent-texts",
    ),
}


@pytest.fixture(scope="module")
def sign_ins(site: Site) -> dict[str, tuple[str, str]]:
    """User name and password of each role of the demonstration year."""
    lines = re.findall(r"^  (\w+) +(\S+) +(\S+)$", site.command("load-demonstration"), re.M)
    return {role: (name, password) for role, name, password in lines}


@pytest.mark.parametrize(("language", "phone"), [("vi", True), ("en", True), ("fr", True), ("vi", False)])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(
    window: Callable[..., Page], sign_ins: dict[str, tuple[str, str]], language: str, phone: bool
) -> None:
    """Colours, the dearest to look at, are the same in every language."""
    faults: list[str] = []
    for role, paths in PAGES.items():
        page = window(phone=phone, language=language)
        if role:
            sign_in(page, *sign_ins[role])
        for path in paths:
            page.goto(path)
            faults += faults_of(page, besides_colours=language != "vi")
            if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
                faults.append(f"{path} runs off the page")
    assert faults == []
