"""A value that is worked out, from the formula editor to a rep's list and board, all through the interface."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import control, press
from tests.browser.test_form_designer import block, forget_draft, name_it, offer, properties
from tests.browser.test_views_studio import panel, publish
from tests.browser.words import Words

WORDS = Words("zh")


def _write_formula(page: Page) -> None:
    """Write a formula with what the editor offers; a mistake is shown under its character and mended."""
    text = properties(page, WORDS).locator("[data-formula]").first
    text.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("四舍")
    offered = page.locator(".cm-tooltip-autocomplete")
    expect(offered.get_by_role("option", name=re.compile("ROUND")).first).to_be_visible()
    expect(page.locator(".cm-completionInfo")).to_contain_text("四舍五入")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.type("{员工")
    offered.get_by_role("option", name=re.compile("员工人数")).click()
    page.keyboard.type(" * * 30")
    verdict = properties(page, WORDS).get_by_role("status").first
    expect(verdict.get_by_role("button", name=re.compile("个字"))).to_be_visible()
    expect(text.locator(".cm-lintRange-error").first).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Backspace")
    page.keyboard.type("30")
    expect(verdict).to_contain_text("公式正确")


def _results(page: Page) -> Locator:
    page.get_by_text(WORDS("formula.samples"), exact=True).first.click()
    return page.get_by_role("table", name=WORDS("formula.samples"))


def _add_view(page: Page, kind: str) -> str:
    press(page, WORDS("designer.addView", name="客户"))
    page.get_by_role("menuitem", name=WORDS(f"views.kinds.{kind}")).click()
    expect(page).to_have_url(re.compile(rf"view=customer_{kind}"))
    panel(page, WORDS)
    return page.url.rsplit("view=", 1)[-1]


def _grid(page: Page, value: str) -> None:
    """Column, row at the foot, filter and colour of a grid, seen in the preview at once."""
    settings = properties(page, WORDS)
    settings.get_by_label(WORDS("designer.addColumn")).select_option(label="可用额度")
    settings.get_by_label(WORDS("designer.summaryOf", name="可用额度")).select_option("max")
    settings.get_by_role("button", name=WORDS("records.filter.add"), exact=True).first.click()
    settings.get_by_label(WORDS("records.filter.field")).first.select_option(label="员工人数")
    settings.get_by_label(WORDS("records.filter.operator")).first.select_option("ge")
    settings.get_by_label(WORDS("records.filter.value")).first.fill(value)
    settings.get_by_role("button", name=WORDS("designer.addRule")).click()
    settings.get_by_role("radio", name=WORDS("designer.colours.gold")).check(force=True)


def test_a_value_is_worked_out_and_shown_to_a_rep(visit: Visit, company: Company) -> None:
    forget_draft(company)
    rep, name = company.person("rep"), unique("额度客户")
    rep.create("customer", name=name, employees=120, level="a")
    page = visit("admin")
    page.goto("/studio/forms/customer")
    offer(page, WORDS, "formula").click()
    name_it(page, WORDS, "可用额度")
    block(page, WORDS, "可用额度").click()
    _write_formula(page)
    expect(_results(page).get_by_role("row").filter(has_text=name)).to_contain_text("3600")
    publish(page, WORDS)

    page.goto("/studio/views")
    grid = _add_view(page, "grid")
    _grid(page, "120")
    preview = page.get_by_role("region", name=WORDS("designer.preview"))
    expect(preview.get_by_role("grid")).to_contain_text(name)
    board = _add_view(page, "board")
    control(properties(page, WORDS), WORDS("designer.settings.lanes")).select_option(label="客户等级")
    properties(page, WORDS).get_by_label(WORDS("designer.addField")).select_option(label="可用额度")
    publish(page, WORDS)

    theirs = visit("rep")
    theirs.goto(f"/v/{grid}")
    row = theirs.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text(re.compile("3,?600"))
    expect(theirs.get_by_role("grid")).to_contain_text(WORDS("records.measureNames.max"))
    theirs.goto(f"/v/{board}")
    card = theirs.get_by_role("article").filter(has=theirs.get_by_role("link", name=name, exact=True))
    expect(card).to_contain_text(re.compile("3,?600"))
