"""One contest year as real people live it, each in a browser window of their own, from the opening to the search."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, password_of

pytestmark = pytest.mark.journey

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "ba con voi xanh"
LETTER = """Hà Nội, ngày 5 tháng 1 năm 2026

Lan thân mến,

Mình là Nguyễn Minh Họa, học ở Trường THCS Minh Họa. Hôm nay nhà mình mất điện và cả nhà ngồi kể chuyện cho nhau nghe.

Thân mến,

Nguyễn Minh Họa"""


def local(moment: datetime) -> str:
    """A moment as a date-and-time field takes it."""
    return moment.astimezone(HANOI).strftime("%Y-%m-%dT%H:%M")


def sign_in(page: Page, user_name: str, password: str) -> Page:
    """Sign in through the page."""
    page.goto("/account/sign-in")
    page.fill("[name=user_name]", user_name)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    expect(page.locator("header")).to_contain_text(user_name)
    return page


def press(page: Page, selector: str) -> None:
    """Press a button; one that asks first is asked and answered."""
    page.click(selector)


def confirm(page: Page, action: str) -> None:
    """Open the question of a button and answer yes."""
    question = page.locator("details.confirm").filter(has=page.locator(f'form[action*="{action}"]'))
    question.locator("summary").click()
    question.locator("button").click()


def open_edition(page: Page, site: Site) -> None:
    """The organiser opens the 55th edition; its themes come from the record."""
    now = datetime.now(HANOI)
    page.goto("/stages/open?number=55")
    expect(page.locator("[name=theme_vi]")).to_have_value(re.compile("Hãy viết thư cho một người bạn"))
    page.fill("[name=opens_at]", local(now - timedelta(days=1)))
    page.fill("[name=closes_at]", local(now + timedelta(days=30)))
    page.click("main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/stages/55$"))
    page.goto("/stages/55/units")
    page.fill("[name=lines]", "Hà Nội; Trường THCS Minh Họa\nHuế; Trường THCS Ví Dụ")
    page.click("main form button[type=submit]")
    expect(page.locator("main table")).to_contain_text("Huế")
    page.click("main form button[name=sure]")
    expect(page).to_have_url(re.compile(r"/stages/55/units$"))
    expect(page.locator("main table")).to_contain_text("Huế")


def extend(page: Page) -> None:
    """A later close, with its reason, which everybody can read."""
    page.goto("/stages/55/settings")
    page.fill("[name=closes_at]", local(datetime.now(HANOI) + timedelta(days=40)))
    page.click("main form button[type=submit]")
    expect(page.locator(".errors")).to_be_visible()
    page.fill("[name=reason]", "UPU công bố chủ đề muộn")
    page.click("main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/stages/55$"))


def register(page: Page, user_name: str) -> None:
    """A child makes an account, without e-mail."""
    page.goto("/account/register")
    page.fill("[name=user_name]", user_name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("header")).to_contain_text(user_name)


def enter(page: Page, *, full_name: str, province: str) -> None:
    """Province, then the child and the guardian's consent."""
    page.goto("/stages/55/enter")
    page.select_option("[name=province]", label=province)
    page.click("main button[type=submit]")
    page.fill("[name=full_name]", full_name)
    for name, value in (("day", "4"), ("month", "5"), ("year", "2013")):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=school]", index=1)
    page.fill("[name=guardian_name]", f"Mẹ của {full_name}")
    page.click("main form button[type=submit]")
    expect(page.locator("#consent-errors, .errors").first).to_be_visible()
    page.check("[name=consent]")
    page.click("main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/letters$"))


def write_and_hand_in(page: Page, text: str) -> str:
    """Type, watch the page save itself, hand in; gives the letter number."""
    page.locator('form[action$="/letters/typed"] button').click()
    page.fill("[name=body]", text)
    expect(page.locator("#saved")).to_contain_text(re.compile(r"\d{1,2}[:.]\d{2}"))
    expect(page.locator('[data-part="signature"]')).to_have_class("precheck-found")
    page.reload()
    expect(page.locator("[name=body]")).to_have_value(text)
    page.click("[name=onward]")
    expect(page.locator("main .letter-paper")).not_to_contain_text("Nguyễn Minh Họa")
    page.check("[name=own_work]")
    page.locator("main form button[type=submit]").first.dblclick()
    expect(page).to_have_url(re.compile("/receipt$"))
    return page.locator(".receipt-number").inner_text().strip()


def photograph_and_hand_in(page: Page, folder: Path) -> str:
    """Upload a sheet, cover a corner, hand in; gives the letter number."""
    photo = folder / "sheet.jpg"
    Image.new("RGB", (900, 1200), "#f6f2e6").save(photo)
    page.locator('form[action$="/letters/handwritten"] button').click()
    page.set_input_files("[name=pictures]", photo)
    page.locator('form[enctype="multipart/form-data"] button[type=submit]').click()
    expect(page.locator("img.sheet-picture")).to_have_count(2)
    page.fill("[name=words]", "120")
    page.locator('form[action$="/words"] button[type=submit]').click()
    page.check("[name=own_work]")
    page.locator("main form button[type=submit]").first.click()
    return page.locator(".receipt-number").inner_text().strip()


def judge_everything(page: Page, mark: str) -> int:
    """Mark every letter on the desk by keyboard; gives how many."""
    read = 0
    page.goto("/judging")
    while page.locator("main a.btn-primary").count():
        page.locator("main a.btn-primary").click()
        expect(page.locator("main")).not_to_contain_text("Minh Họa")
        for scale in page.locator("fieldset.scale").all():
            scale.locator("input").first.focus()
            page.keyboard.press(mark)
            expect(scale.locator(f'input[value^="{mark}"]:checked')).to_have_count(1)
            expect(page.locator("#saved")).not_to_be_empty()
        read += 1
        page.wait_for_load_state("networkidle")
        page.goto("/judging")
    return read


def test_one_contest_year(site: Site, window: Callable[..., Page], tmp_path: Path) -> None:
    organiser = sign_in(window(), "hoa", password_of(site.command("create-user", "hoa", "--role", "organiser")))
    open_edition(organiser, site)
    extend(organiser)

    mai, nam = window(phone=True), window()
    register(mai, "mai.2013")
    enter(mai, full_name="Nguyễn Minh Họa", province="Hà Nội")
    number = write_and_hand_in(mai, LETTER)
    register(nam, "nam.2013")
    enter(nam, full_name="Lê Ví Dụ", province="Huế")
    photographed = photograph_and_hand_in(nam, tmp_path)

    visitor = window(phone=True)
    visitor.goto(f"/track?number={number.replace('-', ' ')}")
    expect(visitor.locator(".steps")).to_be_visible()
    expect(visitor.locator("main")).not_to_contain_text("Minh Họa")
    visitor.goto("/stages/55/rules")
    expect(visitor.locator("main")).to_contain_text("UPU công bố chủ đề muộn")

    organiser.goto("/stages/55/clearing")
    expect(organiser.locator("main")).to_contain_text(photographed)
    organiser.locator('form[action$="/clear"] button').click()

    judges = [sign_in(window(), name, site.account(name, "judge")) for name in ("lan", "dung", "binh")]
    organiser.goto("/stages/55/judges")
    for name in ("lan", "dung", "binh"):
        organiser.fill("[name=user_name]", name)
        organiser.locator("main form button[type=submit]").last.click()
        expect(organiser.locator("main table")).to_contain_text(name)
    organiser.goto("/stages/55/rounds/plan")
    organiser.fill("[name=reads_per_letter]", "2")
    organiser.click("main form button[type=submit]")
    confirm(organiser, "/open")
    round_address = organiser.url

    recusing = next(judge for judge in judges if _has_letters(judge))
    recusing.locator("main a.btn-primary").click()
    confirm(recusing, "/recuse")
    expect(recusing).to_have_url(re.compile("/judging$"))
    assert sum(judge_everything(judge, mark) for judge, mark in zip(judges, "987", strict=True)) == 4

    organiser.goto(round_address)
    confirm(organiser, "/close")
    organiser.goto("/stages/55/results")
    expect(organiser.locator("main table")).to_contain_text(number)
    organiser.get_by_role("link", name=number).click()
    organiser.fill("[name=citation_vi]", "Một bức thư ấm áp như ngọn nến")
    organiser.locator('main form:has([name="prize"]) button[type=submit]').click()
    assert nothing_is_found_yet(visitor, mai, judges[0], number)

    organiser.goto("/stages/55/results/hour")
    organiser.fill("[name=hour]", local(datetime.now(HANOI) - timedelta(minutes=1)))
    organiser.locator('main form:has([name="hour"]) button[type=submit]').click()
    expect(organiser.locator(".errors")).to_be_visible()
    set_hour(organiser, timedelta(days=1))
    assert nothing_is_found_yet(visitor, mai, judges[0], number)

    set_hour(organiser, timedelta(minutes=1))
    _wait_for_laureate(visitor)
    visitor.goto("/search?q=viet+thu")
    main = visitor.locator("main")
    for found in ("Nguyễn Minh Họa", "Kỷ niệm 50 năm Cuộc thi viết thư quốc tế UPU (1971-2021)"):
        expect(main).to_contain_text(found)
    visitor.get_by_role("link", name="Nguyễn Minh Họa").first.click()
    expect(visitor.locator("main")).to_contain_text("Một bức thư ấm áp như ngọn nến")
    visitor.locator('main a[href="/editions/55"]').first.click()
    expect(visitor.locator("main")).to_contain_text("Nguyễn Minh Họa")
    mai.goto("/letters")
    mai.locator("main a.btn-primary").click()
    expect(mai.locator("main")).to_contain_text("Một bức thư ấm áp như ngọn nến")


def set_hour(organiser: Page, ahead: timedelta) -> None:
    """The results appear so long from now."""
    organiser.goto("/stages/55/results/hour")
    organiser.fill("[name=hour]", local(datetime.now(HANOI) + ahead))
    organiser.locator('main form:has([name="hour"]) button[type=submit]').click()
    expect(organiser).to_have_url(re.compile("/results$"))


def _has_letters(judge: Page) -> bool:
    judge.goto("/judging")
    return judge.locator("main a.btn-primary").count() > 0


def nothing_is_found_yet(visitor: Page, author: Page, judge: Page, number: str) -> bool:
    """Before the hour: no page, search or look-up of anybody but organisers knows the result."""
    pages = (
        "/",
        "/editions/55",
        "/laureates?year=2026",
        "/search?q=minh+hoa",
        f"/track?number={number}",
        "/letters",
        "/judging",
    )
    for page in (visitor, author, judge):
        for path in pages:
            page.goto(path)
            text = page.content()
            if "ngọn nến" in text or (page is not author and "Nguyễn Minh Họa" in text):
                return False
    return True


def _wait_for_laureate(visitor: Page) -> None:
    """The worker publishes at the hour and the search follows within seconds."""
    for _second in range(100):
        visitor.goto("/search?q=nguyen+minh+hoa")
        if visitor.locator("main").get_by_role("link", name="Nguyễn Minh Họa").count():
            return
        visitor.wait_for_timeout(1000)
    raise AssertionError("the laureate did not appear after the hour")


def test_from_search_to_laureates_and_stamps_and_back(site: Site, window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/")
    page.fill("main [name=q]", "dao anh thu")
    page.press("main [name=q]", "Enter")
    page.get_by_role("link", name="Đào Anh Thư").first.click()
    page.locator('main a[href="/editions/50"]').first.click()
    page.locator('main a[href*="vn-2021-10-09"]').first.click()
    expect(page.locator("h1")).to_contain_text("Kỷ niệm 50 năm Cuộc thi viết thư quốc tế UPU")
    for day in ("2023", "2022"):
        expect(page.locator(".claims")).to_contain_text(day)
    page.locator('main a[href="/editions/50"]').first.click()
    expect(page.locator("main")).to_contain_text("Đào Anh Thư")
