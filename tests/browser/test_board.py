"""The board: live for everybody, and worked by mouse, keyboard, menu and thumb."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import card, column, dialog, fill, press, still
from tests.browser.words import Words

PHONE = {"width": 390, "height": 844}


def _finish_move(page: Page, words: Words, action: str = "needs_confirmed") -> None:
    dialog(page).get_by_role("radio", name=words.option(f"move_action.{action}"), exact=True).click()
    fill(dialog(page), words("process.move.remark"), "客户来电确认")
    press(dialog(page), words("process.move.submit"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def _narrow(page: Page, title: str) -> None:
    """Search for one lead, so that it is on the board however full the company is."""
    page.get_by_role("searchbox").fill(title)
    expect(page.get_by_role("article")).to_have_count(1)


def _link(page: Page, words: Words, stage: str, title: str) -> None:
    expect(column(page, words.stage(stage)).get_by_role("link", name=title, exact=True)).to_be_visible()


def test_two_browsers_see_the_same_board(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("同步线索")
    company.person("rep").lead(title)
    rep, supervisor = visit("rep"), visit("supervisor")
    for page in (rep, supervisor):
        page.goto("/v/lead_board")
        _narrow(page, title)
    _link(supervisor, words, "acquire", title)
    card(rep, title).get_by_role("button", name=words("process.board.menu", title=title)).click()
    rep.get_by_role("menuitem", name=words.stage("confirm"), exact=True).click()
    _finish_move(rep, words)
    _link(rep, words, "confirm", title)
    _link(supervisor, words, "confirm", title)


def test_a_card_is_dragged(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("拖动线索")
    company.person("rep").lead(title)
    page = visit("rep")
    page.goto("/v/lead_board")
    _narrow(page, title)
    start, end = still(card(page, title)), still(column(page, words.stage("confirm")))
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] - 30)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 160, steps=12)
    said = words("process.board.over", title=title, stage=words.stage("confirm"))
    expect(page.get_by_text(said)).to_be_attached()
    page.mouse.up()
    expect(dialog(page)).to_contain_text(words("process.move.title", stage=words.stage("confirm")))
    _finish_move(page, words)
    _link(page, words, "confirm", title)


def test_a_card_is_moved_by_keyboard(visit: Visit, company: Company) -> None:
    words, title = Words("zh"), unique("键盘线索")
    company.person("rep").lead(title)
    page = visit("rep")
    page.goto("/v/lead_board")
    _narrow(page, title)
    card(page, title).get_by_role("button", name=words("process.board.drag", title=title)).focus()
    page.keyboard.press("Space")
    expect(page.locator("article[data-dragging=true]").first).to_be_attached()
    page.keyboard.press("ArrowRight")
    said = words("process.board.over", title=title, stage=words.stage("confirm"))
    expect(page.get_by_text(said)).to_be_attached()
    page.keyboard.press("Space")
    expect(dialog(page)).to_contain_text(words("process.move.title", stage=words.stage("confirm")))
    _finish_move(page, words)
    _link(page, words, "confirm", title)


def test_the_menu_works_by_keyboard(visit: Visit, company: Company) -> None:
    words, title = Words("en"), unique("Menu lead")
    company.person("rep").lead(title)
    page = visit("rep", language="en")
    page.goto("/v/lead_board")
    _narrow(page, title)
    card(page, title).get_by_role("button", name=words("process.board.menu", title=title)).focus()
    page.keyboard.press("Enter")
    first = page.get_by_role("menuitem", name=words.stage("confirm"), exact=True)
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_have_count(0)
    page.keyboard.press("Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_contain_text(words("process.move.title", stage=words.stage("confirm")))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone(visit: Visit, company: Company, language: str) -> None:
    words, title = Words(language), unique("Phone lead")
    company.person("rep").lead(title)
    page = visit("rep", language=language, width=PHONE["width"], height=PHONE["height"])
    bar = page.get_by_role("navigation", name=words("common.nav.label"))
    bar.get_by_role("button", name=words("common.nav.menu")).tap()
    dialog(page).get_by_role("link", name="我的线索" if language == "zh" else "My leads").tap()
    _narrow(page, title)
    found = page.get_by_role("article").filter(has_text=title)
    expect(found).to_contain_text(words.stage("acquire"))
    found.get_by_role("link", name=title, exact=True).tap()
    press(page, words("process.board.moveTo"))
    page.get_by_role("menuitem", name="确认需求" if language == "zh" else "Confirm needs").tap()
    box = dialog(page).bounding_box()
    assert box
    assert box["width"] <= PHONE["width"]
    send = dialog(page).get_by_role("button", name=words("process.move.submit"), exact=True)
    expect(send).to_be_in_viewport()
    _finish_move(page, words)
    step = page.get_by_role("list", name=words("process.stages.label")).locator("[aria-current=step]")
    expect(step).to_have_text(words.stage("confirm"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
