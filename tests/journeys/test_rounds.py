"""Three rounds with ten judges: screening, marks, finals by pairs; the organiser looks before each cut, and decides twice.

The organiser and two judges click, one of whom loses the network meanwhile; the other eight judge through the services, each
letter by what it is truly worth.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from accounts import queries as accounts
from accounts.rules import Role
from contest.judging import queries, services
from contest.judging.models import Assignment, Comparison
from contest.judging.rules import AssignmentState, RoundState, Verdict
from core import clock
from core.db import db, transaction
from tests import make
from tests.journeys.conftest import Site, beside, open_stage
from tests.journeys.test_offline import wait_until_sent
from tests.journeys.test_year import confirm, sign_in

pytestmark = pytest.mark.journey

CLICKING, OTHERS = ("lan", "dung"), tuple(f"judge-{number}" for number in range(3, 11))
LETTERS, AFTER_SCREENING, FINALISTS = 16, 8, 4


@pytest.fixture(scope="module")
def site(lone_site: Site) -> Site:
    """One site is enough: the services are tested on every database."""
    return lone_site


@pytest.fixture(scope="module")
def passwords(site: Site) -> dict[str, str]:
    """Accounts of those who click, made by the command line."""
    roles = {"hoa": "organiser", **dict.fromkeys(CLICKING, "judge")}
    return {name: site.account(name, role) for name, role in roles.items()}


@pytest.fixture
def contest(data: Path, site: Site, passwords: dict[str, str]) -> Iterator[Flask]:
    """A stage with sixteen letters, the first handed in being the best, and eight judges; two more are appointed by hand."""
    with beside(data) as app:
        stage, schools = open_stage(55, ["Hà Nội", "Huế"])
        for number in range(LETTERS):
            make.child(stage, schools[number % 2])
        for name in OTHERS:
            make.judge(stage, make.person(name, Role.JUDGE))
        yield app


def worth(letter_id: int) -> int:
    """How good a letter truly is: the first handed in is the best of all."""
    return LETTERS - letter_id


def number_of(letter_id: int) -> str:
    return queries.numbers([letter_id])[letter_id]


def by_number() -> dict[str, int]:
    """What each letter is worth, by the number that a judge sees."""
    db.session.rollback()
    return {number: worth(letter_id) for letter_id, number in queries.numbers(range(1, LETTERS + 1)).items()}


def judge_through_services(judge_name: str) -> None:
    """Everything that waits on the desk of somebody who does not click."""
    person = accounts.person_by_name(judge_name)
    assert person is not None
    for read in queries.desk_of(person):
        if read.round.state is RoundState.OPEN and read.state is AssignmentState.WAITING:
            _read(read)
    for pair in queries.pairs_on_desk(person):
        if pair.round.state is RoundState.OPEN and pair.state is AssignmentState.WAITING:
            _choose(pair)


def _read(read: Assignment) -> None:
    with transaction():
        if read.round.method == "screening":
            services.save_verdict(assignment=read, verdict=verdict_on(worth(read.letter_id)), now=clock.now())
        else:
            for criterion in read.round.stage.criteria:
                points = Decimal(mark_for(worth(read.letter_id)))
                services.save_mark(assignment=read, criterion=criterion, points=points, now=clock.now())


def _choose(pair: Comparison) -> None:
    better = max(pair.left_id, pair.right_id, key=worth)
    with transaction():
        services.choose(pair=pair, letter_id=better, now=clock.now())


def verdict_on(value: int) -> Verdict:
    return Verdict.YES if value >= LETTERS - AFTER_SCREENING else Verdict.NO


def mark_for(value: int) -> int:
    """From 2 to 9: only letters that went on are marked."""
    return value - AFTER_SCREENING + 2


def others_judge() -> None:
    db.session.rollback()
    for name in OTHERS:
        judge_through_services(name)
    db.session.rollback()


def value_on(page: Page, values: dict[str, int], place: str = "h1.number") -> int:
    """What the letter before somebody's eyes is worth."""
    text = page.locator(place).inner_text()
    return next(value for number, value in values.items() if number in text)


def screen(page: Page, values: dict[str, int]) -> None:
    """Yes or no by one key, letter after letter, until the desk says thank you."""
    page.goto("/judging")
    page.locator("main a.btn-primary").click()
    expect(page.locator("form.verdicts")).to_be_visible()
    page.wait_for_load_state()
    while page.locator("form.verdicts").count():
        key = "1" if verdict_on(value_on(page, values)) is Verdict.YES else "3"
        with page.expect_navigation():
            page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text("My desk")


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    """Somebody whose letters were fetched ahead loses the network; all that was kept is sent once it is back."""
    page.goto("/judging")
    page.locator("main a.btn-primary").click()
    expect(page.locator("#kept[data-fetched]")).to_have_count(1)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#kept[data-fetched]")).to_have_count(1)
    page.context.set_offline(True)
    yield
    expect(page.locator("#kept")).to_contain_text("No connection")
    page.context.set_offline(False)
    wait_until_sent(page)


def mark(page: Page, values: dict[str, int]) -> None:
    """Every criterion of every letter by a digit."""
    page.goto("/judging")
    while page.locator("main a.btn-primary").count():
        page.locator("main a.btn-primary").click()
        expect(page.locator("#clock")).to_be_visible()
        digit = str(mark_for(value_on(page, values)))
        for scale in page.locator("fieldset.scale").all():
            scale.locator("input").first.focus()
            page.keyboard.press(digit)
            expect(scale.locator(f'input[value="{digit}"]:checked')).to_have_count(1)
        page.wait_for_load_state("networkidle")
        page.goto("/judging")


def compare(page: Page, values: dict[str, int]) -> None:
    """The better of two, pair after pair."""
    page.goto("/judging")
    waiting = page.get_by_role("link", name="Go on comparing")
    while waiting.count():
        waiting.click()
        expect(page.locator(".pair")).to_be_visible()
        page.wait_for_load_state()
        left, right = (value_on(page, values, f"#letter-{side}") for side in ("left", "right"))
        page.keyboard.press("1" if left > right else "2")
        expect(page.locator("main .btn-primary").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.goto("/judging")


def plan(page: Page, **terms: str) -> str:
    """Plan a round through the form; its address."""
    page.goto("/stages/55/rounds/plan")
    for name in ("method", "going_on"):
        page.check(f'[name={name}][value="{terms.pop(name)}"]')
    for name, value in terms.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/rounds/\d+$"))
    return page.url


def open_round(page: Page) -> None:
    confirm(page, "/open")
    expect(page.locator("main table").first).to_contain_text("lan")


def close(page: Page, address: str) -> None:
    page.goto(address)
    confirm(page, "/close")
    expect(page).to_have_url(re.compile("/decision$"))
    expect(page.locator("main")).to_contain_text("Nothing is decided yet")


def decide(page: Page) -> None:
    page.get_by_role("button", name="Decide who goes on").click()
    expect(page.locator("main")).to_contain_text("Decided on")


def take_back(page: Page) -> None:
    confirm(page, "/decision/undo")
    expect(page.locator("main")).to_contain_text("Nothing is decided yet")


def going_on(page: Page) -> set[str]:
    """The numbers that the decision's table says go on."""
    rows = page.locator("main tbody tr").filter(has=page.get_by_text("goes on", exact=True))
    return {text.split()[0] for text in rows.locator("td .number").all_inner_texts()}


def best(count: int) -> set[str]:
    return {number_of(letter_id) for letter_id in range(1, count + 1)}


def test_three_rounds_screening_marks_and_finals_by_pairs(
    site: Site, window: Callable[..., Page], contest: Flask, passwords: dict[str, str]
) -> None:
    organiser = sign_in(window(language="en"), "hoa", passwords["hoa"])
    lan, dung = (sign_in(window(language="en", phone=name == "dung"), name, passwords[name]) for name in CLICKING)
    organiser.goto("/stages/55/judges")
    for name in CLICKING:
        organiser.fill("[name=user_name]", name)
        organiser.locator("main form button[type=submit]").last.click()
        expect(organiser.locator("main table")).to_contain_text(name)
    values = by_number()

    organiser.goto("/stages/55/rounds/planner")
    expect(organiser.locator("[name=letters]")).to_have_value(str(LETTERS))
    expect(organiser.locator("[name=judges]")).to_have_value("10")
    organiser.fill("[name=minutes]", "5")
    organiser.locator("main form button[type=submit]").first.click()
    expect(organiser.locator("main")).to_contain_text("Hours for each judge")

    screening = plan(organiser, method="screening", reads_per_letter="2", going_on="top", cut=str(AFTER_SCREENING))
    open_round(organiser)
    screen(lan, values)
    with without_network(dung):
        screen(dung, values)
    others_judge()
    close(organiser, screening)
    assert going_on(organiser) == best(AFTER_SCREENING)
    decide(organiser)
    take_back(organiser)
    decide(organiser)

    marks = plan(organiser, method="marks", reads_per_letter="3", anchors="1", going_on="top", cut=str(FINALISTS))
    open_round(organiser)
    for judge in (lan, dung):
        mark(judge, values)
    others_judge()
    close(organiser, marks)
    assert going_on(organiser) == best(FINALISTS)
    decide(organiser)

    finals = plan(organiser, method="pairs", reads_per_letter="3", going_on="top", cut="1")
    open_round(organiser)
    for address in (screening, marks):
        organiser.goto(address + "/decision")
        expect(organiser.locator("main")).to_contain_text("Decided on")
        expect(organiser.locator('form[action$="/decision/undo"]')).to_have_count(0)
    for judge in (lan, dung):
        compare(judge, values)
    others_judge()
    close(organiser, finals)
    assert going_on(organiser) == best(1)
    organiser.goto("/stages/55/results")
    ranked = organiser.locator("main tbody tr .number").all_inner_texts()
    assert [text.strip() for text in ranked[:FINALISTS]] == [number_of(letter) for letter in range(1, FINALISTS + 1)]
    assert "Everything matches." in site.command("judging", "replay", "55")
