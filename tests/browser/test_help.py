"""Help on every page: a tour that knows what one did, and the way to say what gets in the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.company import unique
from tests.browser.conftest import Visit
from tests.browser.screen import dialog, press
from tests.browser.words import Words


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
def test_an_obstacle_reaches_the_builders_and_is_answered(visit: Visit, language: str, width: int) -> None:
    words, text = Words(language), unique("字段太多")
    rep = visit("rep", language=language, width=width)
    rep.goto("/v/lead_all")
    press(rep, words("common.nav.help"))
    rep.get_by_role("menuitem", name=words("common.nav.report")).click()
    box = dialog(rep)
    box.get_by_label(words("help.text")).fill(text)
    box.get_by_role("radio", name=words("help.categories.useless")).check()
    press(box, words("help.send"))
    expect(box).to_be_hidden()

    boss = visit("admin", language=language, width=width)
    boss.goto("/studio/obstacles")
    report = boss.get_by_role("article", name=text)
    expect(report).to_contain_text(words("entrances.obstacles.categories.useless"))
    report.get_by_label(words("entrances.obstacles.filter")).select_option("declined")
    expect(report.get_by_text(words("entrances.obstacles.needAnswer"))).to_be_visible()
    answer = unique("财务要用")
    report.get_by_label(words("entrances.obstacles.answer")).fill(answer)
    press(report, words("entrances.obstacles.decide"))
    expect(boss.get_by_role("article", name=text)).to_contain_text(words("entrances.obstacles.states.declined"))
    rep.goto("/notifications")
    expect(rep.get_by_text(answer).first).to_be_visible()


@pytest.mark.parametrize("language", ["zh"])
def test_a_tour_watches_what_one_does_and_goes_on_later(visit: Visit, language: str) -> None:
    words = Words(language)
    page = visit("supervisor", language=language)
    press(page, words("common.nav.help"))
    page.get_by_role("menuitem", name=words("common.nav.tours")).click()
    dialog(page).get_by_role("button", name=re.compile("十分钟上手")).click()
    card = page.get_by_role("complementary", name="十分钟上手")
    expect(card.get_by_role("heading")).to_be_focused()
    press(card, words("help.next"))
    expect(card).to_contain_text("打开任务")
    page.get_by_role("navigation").get_by_role("link", name=words("common.nav.tasks")).first.click()
    expect(card).to_contain_text("Ctrl-K")
    page.locator("[data-tour=search]").click()
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(card).to_contain_text("打开一个列表")
    press(card, words("help.pause"))
    expect(card).to_be_hidden()
    page.goto("/")
    invite = page.get_by_role("region", name="十分钟上手")
    press(invite, words("help.resume"))
    expect(card).to_contain_text("打开一个列表")
    press(card, words("help.skip"))
    expect(card).to_contain_text("录入第一条记录")
