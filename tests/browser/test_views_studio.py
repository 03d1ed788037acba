"""Views and pages in the studio: built on real records, published, used; saved views; announcements that wait to be read."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.words import Words


def today(company: Company) -> str:
    """Return the day that the platform's clock shows."""
    answer = company.person("admin").client.get("/api/me")
    now = datetime.fromisoformat(answer.headers["X-Xiaolu-Now"])
    return now.astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat()


def review(page: Page, words: Words) -> None:
    """Go to what changed, once it is in the draft."""
    expect(page.get_by_role("status").filter(has_text=words("studio.saving.saved"))).to_be_visible()
    page.get_by_role("link", name=re.compile(words("studio.reviewCount", count="\\d+"))).click()


def publish(page: Page, words: Words) -> None:
    """Review what changed and publish it."""
    review(page, words)
    screen.press(page, words("studio.changes.publish"))
    expect(page.get_by_text(re.compile(words("studio.changes.published", version="\\d+"))).first).to_be_visible()


def panel(page: Page, words: Words) -> None:
    """Open every part of the settings that is folded away."""
    settings = page.get_by_role("region", name=words("parts.properties"))
    expect(settings).to_be_visible()
    folded = settings.get_by_role("button", expanded=False)
    for _ in range(folded.count()):
        folded.first.click()


def test_a_record_is_moved_to_another_day(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("日历线索")
    day = today(company)
    lead = company.person("rep").lead(title, expected_close=day)
    page = visit("rep")
    page.goto(f"/v/lead_calendar?q={title}")
    entry = page.get_by_role("button", name=title).or_(page.get_by_role("link", name=title)).first
    entry.focus()
    page.keyboard.press("Alt+ArrowLeft")
    screen.toast(page, words("views.moved", title=title))
    assert company.person("rep").record("lead", lead["id"])["values"]["expected_close"] < day


def test_columns_groups_and_the_row_at_the_foot_are_set(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("表格线索")
    company.person("rep").lead(title, amount="123000")
    page = visit("admin")
    page.goto("/studio/views?view=lead_all")
    panel(page, words)
    columns = page.get_by_role("list", name=words("designer.columns"))
    moved = columns.get_by_role("listitem").nth(1).inner_text().splitlines()[0]
    columns.get_by_role("button", name=words("designer.up", name=moved)).click()
    expect(columns.get_by_role("listitem").first).to_contain_text(moved)
    page.get_by_label(words("designer.level", number=1)).select_option("source")
    expect(page.get_by_role("region", name=words("designer.preview")).get_by_role("grid")).to_have_count(0)
    page.get_by_label(words("designer.level", number=1)).select_option("")
    page.get_by_label(words("designer.summaryOf", name="预计金额")).select_option("avg")
    expect(page.get_by_role("region", name=words("designer.preview")).get_by_role("grid")).to_contain_text(
        words("records.measureNames.avg")
    )
    screen.press(page, words("studio.undo"))
    expect(page.get_by_label(words("designer.summaryOf", name="预计金额"))).to_have_value("sum")
    review(page, words)
    screen.press(page, words("studio.changes.discard"))


def test_a_page_is_built_for_a_role_and_found_there(visit: Visit) -> None:
    words, text = Words("zh"), unique("今天先回访老客户")
    page = visit("admin")
    page.goto("/studio/views?page=home_rep")
    palette = page.get_by_role("toolbar", name=words("designer.palette"))
    screen.press(palette, words("designer.blocks.text"))
    panel(page, words)
    box = page.get_by_role("textbox", name=words("designer.text"), exact=True)
    box.fill(text)
    box.press("Tab")
    frame = page.get_by_role("region", name=words("designer.blocks.text"), exact=True).filter(has_text=text)
    expect(frame).to_be_visible()
    frame.get_by_role("button").first.focus()
    page.keyboard.press("Alt+ArrowUp")
    publish(page, words)
    theirs = visit("rep")
    expect(theirs.get_by_text(text)).to_be_visible()
    small = visit("rep", width=390, height=844)
    expect(small.get_by_text(text)).to_be_visible()


def test_a_view_is_kept_renamed_shared_given_to_all_and_deleted(visit: Visit) -> None:
    words, name, later = Words("zh"), unique("我的视图"), unique("改名视图")
    page = visit("admin")
    page.goto("/v/lead_all")
    menu = words("records.views.more")
    screen.press(page, menu)
    page.get_by_role("menuitem", name=words("records.views.saveAs")).click()
    screen.fill(screen.dialog(page), words("records.views.name"), name)
    screen.press(screen.dialog(page), words("common.actions.save"))
    tab = page.get_by_role("link", name=re.compile(name))
    expect(tab).to_contain_text(words("records.views.personal"))
    screen.press(page, menu)
    page.get_by_role("menuitem", name=words("records.views.rename")).click()
    screen.fill(screen.dialog(page), words("records.views.name"), later)
    screen.press(screen.dialog(page), words("common.actions.save"))
    tab = page.get_by_role("link", name=re.compile(later))
    expect(tab).to_be_visible()
    screen.press(page, menu)
    page.get_by_role("menuitem", name=words("records.views.share"), exact=True).click()
    expect(tab).to_contain_text(words("records.views.sharedMark"))
    theirs = visit("rep")
    theirs.goto("/e/lead")
    expect(theirs.get_by_role("link", name=re.compile(later))).to_be_visible()
    screen.press(page, menu)
    page.get_by_role("menuitem", name=words("records.views.promote")).click()
    expect(screen.control(page, words("designer.name"))).to_have_value(later)
    review(page, words)
    screen.press(page, words("studio.changes.discard"))
    page.goto("/e/lead")
    page.get_by_role("link", name=re.compile(later)).click()
    screen.press(page, menu)
    page.get_by_role("menuitem", name=words("records.views.remove")).click()
    screen.press(screen.dialog(page), words("common.actions.delete"))
    screen.toast(page, words("records.views.removed"))
    expect(page.get_by_role("link", name=re.compile(later))).to_have_count(0)


def test_an_announcement_stays_in_front_until_it_is_confirmed(visit: Visit) -> None:
    words, title = Words("zh"), unique("价格调整")
    page = visit("admin")
    page.goto("/admin/announcements")
    screen.press(page, words("admin.announcements.new"))
    box = screen.dialog(page)
    screen.fill(box, words("admin.announcements.what"), title)
    screen.fill(box, words("admin.announcements.text"), "即日起按新价目表报价。")
    box.get_by_label("区域总监").check()
    screen.press(box, words("admin.announcements.publish"))
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_be_visible()
    theirs = visit("director")
    front = screen.dialog(theirs)
    expect(front).to_contain_text(title)
    theirs.keyboard.press("Escape")
    expect(front).to_be_visible()
    screen.press(front, words("home.announcements.confirm"))
    expect(theirs.get_by_role("dialog")).to_have_count(0)
    page.reload()
    with page.expect_download() as download:
        row.get_by_role("button", name=words("admin.announcements.export", title=title)).click()
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", download.value.path().read_text(encoding="utf-8-sig"))
    row.get_by_role("button", name=words("admin.announcements.withdraw", title=title)).click()
    screen.press(screen.dialog(page), words("admin.announcements.withdrawNow"))
    expect(row).to_contain_text(words("admin.announcements.withdrawn"))
