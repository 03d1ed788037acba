"""Lists: narrowed, sorted, kept as one's own view, changed in bulk, taken away as a file, scrolled to the end; and two people at once."""

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import choose, dialog, fill, press
from tests.browser.words import Words


def _titles_in_order(page: Page, first: str, second: str) -> None:
    expect(page.get_by_role("row").nth(1)).to_contain_text(first)
    expect(page.get_by_role("row").nth(2)).to_contain_text(second)


def _condition(page: Page, words: Words, field: str, operator: str, value: str) -> None:
    """Fill in the last condition of the filter builder."""
    page.get_by_role("combobox", name=words("records.filter.field"), exact=True).last.select_option(field)
    page.get_by_role("combobox", name=words("records.filter.operator"), exact=True).last.select_option(operator)
    page.get_by_role("textbox", name=words("records.filter.value"), exact=True).last.fill(value)


def test_narrowed_sorted_and_kept_as_a_view(visit: Visit, company: Company) -> None:
    words, mark = Words("zh"), unique("清单")
    rep = company.person("rep")
    for name, amount in (("甲", "100"), ("乙", "300"), ("丙", "200")):
        rep.lead(f"{mark}{name}", amount=amount)
    page = visit("rep")
    page.goto("/v/lead_mine")
    page.get_by_role("button", name=re.compile(f"^{words('records.filter.title')}")).first.click()
    press(page, words("records.filter.add"))
    _condition(page, words, "name", "contains", mark)
    press(page, words("records.filter.add"))
    _condition(page, words, "amount", "ge", "200")
    press(page, words("common.actions.apply"))
    expect(page.get_by_role("row").filter(has_text=mark)).to_have_count(2)
    head = page.get_by_role("columnheader", name=words.field("lead.amount"))
    head.get_by_role("button").first.click()
    _titles_in_order(page, f"{mark}丙", f"{mark}乙")
    head.get_by_role("button").first.click()
    _titles_in_order(page, f"{mark}乙", f"{mark}丙")
    page.get_by_role("button", name=words("records.views.more")).click()
    page.get_by_role("menuitem", name=words("records.views.saveAs")).click()
    fill(dialog(page), words("records.views.name"), mark)
    press(dialog(page), words("common.actions.save"))
    expect(page.get_by_role("navigation", name=words("records.views.label")).get_by_text(mark)).to_be_visible()
    page.reload()
    _titles_in_order(page, f"{mark}乙", f"{mark}丙")


def test_changed_in_bulk_and_taken_away(visit: Visit, company: Company, tmp_path: Path) -> None:
    words, mark = Words("zh"), unique("批量")
    for name in ("甲", "乙"):
        company.person("supervisor").lead(f"{mark}{name}")
    page = visit("supervisor")
    page.goto("/v/lead_all")
    page.get_by_role("searchbox").fill(mark)
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "4")
    page.get_by_label(words("records.list.selectAll")).check()
    press(page, words("records.bulk.edit"))
    press(dialog(page), words("records.bulk.field"))
    dialog(page).get_by_label(words("records.bulk.field")).last.select_option("product_line")
    choose(dialog(page), words.field("lead.product_line"), words.option("product_line.robot"))
    press(dialog(page), words("records.bulk.submit", count=2))
    screen.toast(page, words("records.bulk.done", count=2))
    robots = page.get_by_role("row").filter(has_text=words.option("product_line.robot"))
    expect(robots).to_have_count(2)
    page.get_by_role("button", name=words("records.list.more"), exact=True).first.click()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name=words("records.list.exportXlsx")).click()
    file = tmp_path / "export.xlsx"
    downloading.value.save_as(file)
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 3
    assert words.field("lead.name") in rows[0]


def test_the_grid_reaches_the_end(visit: Visit, company: Company) -> None:
    everything = company.person("admin").send("POST", "/records/activity/query", json={"limit": 1, "count": True})
    count = everything["count"]
    page = visit("admin")
    page.goto("/v/activity_all")
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(count + 2))
    expect(grid.get_by_role("row").nth(1)).to_be_visible()
    grid.focus()
    page.keyboard.press("Control+End")
    last = grid.locator(f"[role=row][aria-rowindex='{count + 1}']")
    expect(last).to_be_in_viewport()
    expect(last.get_by_role("link").first).to_be_visible()


def test_two_people_change_the_same_record(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("冲突线索")
    lead = company.person("rep").lead(title)
    page = visit("rep")
    page.goto(f"/e/lead/{lead['id']}")
    press(page, words("records.record.edit"))
    fill(page, words.field("lead.next_step"), "我的安排")
    body = {"version": lead["version"], "values": {"next_step": "主管的安排"}}
    company.person("supervisor").send("PATCH", f"/records/lead/{lead['id']}", json=body)
    press(page, words("records.record.save"))
    expect(dialog(page)).to_contain_text(words("records.conflict.title"))
    expect(dialog(page)).to_contain_text("主管的安排")
    expect(dialog(page)).to_contain_text(company.person("supervisor").name)
    label = words.field("lead.next_step")
    dialog(page).get_by_role("radio", name=f"{label}：{words('records.conflict.theirs')}").check()
    dialog(page).get_by_role("radio", name=f"{label}：{words('records.conflict.mine')}").check()
    press(dialog(page), words("records.conflict.save"))
    screen.toast(page, words("records.record.saved"))
    assert company.person("rep").record("lead", lead["id"])["values"]["next_step"] == "我的安排"
