"""Work that takes no code, counted: a visit form, and a sample request whose delays are reported, from nothing to use."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser import building
from tests.browser.building import add_field, button
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog, error_at, still
from tests.browser.test_form_designer import forget_draft, properties
from tests.browser.words import Words

PURPOSES = ["初次拜访", "方案沟通", "商务谈判", "售后回访", "节日问候"]
LONGEST = 300
KEYS = re.compile("/api/studio/keys?([?]|$)")
"""What spells one label, or many."""


def _build_visit(hand: Hand, words: Words, name: str) -> str:
    page = hand.page
    entity = building.new_form(hand, words, name, "拜访主题")
    add_field(hand, words, "relation", "客户名称")
    hand.click(control(properties(page, words), "关联的表单"))
    control(properties(page, words), "关联的表单").select_option("customer")
    hand.press("Escape")
    add_field(hand, words, "date", "拜访日期")
    expect(control(properties(page, words), words("parts.key.label"))).not_to_have_value("date")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(KEYS, hold)
    add_field(hand, words, "single_select", "拜访目的")
    _name_purposes(hand, words, held)
    add_field(hand, words, "rich_text", "沟通内容")
    hand.fill(control(properties(page, words), "最多字数"), str(LONGEST))
    hand.press("Tab")
    add_field(hand, words, "date_time", "下次跟进")
    return entity


def _name_purposes(hand: Hand, words: Words, held: list[Route]) -> None:
    """Type the options while the server still spells the field's key of its label: nothing is lost, nothing loses focus."""
    page, panel = hand.page, properties(hand.page, words)
    lines = control(panel, words("forms.choices.lines"))
    hand.fill(lines, "\n".join(PURPOSES))
    while len(held) < 2:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(control(panel, words("parts.key.label"))).not_to_have_value("single_select")
    expect(lines).to_be_focused()
    for each in held[1:]:
        each.continue_()
    page.unroute(KEYS)
    for purpose in PURPOSES:
        expect(panel.get_by_role("listitem").filter(has_text=purpose)).to_be_visible()


def _permit(hand: Hand, words: Words, form: str) -> None:
    """Let sales representatives fill in the form, and see and change their own."""
    building.go_to(hand, words, "roles")
    building.grant(hand, words, "销售代表", form, {"create": "yes", "read": "own", "update": "own"})


def _record_visit(hand: Hand, words: Words, entity: str, customer: str) -> None:
    """Fill in a visit whose text is one character too long, and shorten it."""
    page = hand.page
    page.goto(f"/e/{entity}/new")
    hand.step()
    hand.fill(control(page, "拜访主题"), "年度框架沟通")
    building.pick(hand, page, "客户名称", customer)
    building.pick(hand, page, "拜访目的", PURPOSES[1])
    for label, moment in (("拜访日期", "2026-12-20"), ("下次跟进", "2026-12-27 10:00")):
        hand.step()
        hand.fill(control(page, label), moment)
        hand.press("Enter")
    text = page.get_by_role("textbox", name="沟通内容")
    hand.step()
    hand.click(text)
    hand.type("谈" * (LONGEST + 1))
    expect(page.get_by_text(f"{LONGEST + 1} / {LONGEST}")).to_be_visible()
    hand.click(button(page, words("common.actions.save")))
    expect(error_at(page, "沟通内容")).to_contain_text(str(LONGEST))
    expect(page).to_have_url(re.compile(f"/e/{entity}/new"))
    hand.step()
    hand.click(text)
    hand.press("Control+End", "Backspace")
    expect(page.get_by_text(f"{LONGEST} / {LONGEST}")).to_be_visible()
    hand.click(button(page, words("common.actions.save")))
    expect(page.get_by_role("heading", name="年度框架沟通", level=1)).to_be_visible()


def test_a_visit_form_is_built_and_filled_in(visit: Visit, company: Company) -> None:
    words, name = Words("zh"), unique("客户拜访")
    forget_draft(company)
    rep = company.person("rep")
    customer = rep.create("customer", name=unique("拜访客户"))
    hand = Hand(visit("admin"), "visit form of five fields: built, permitted, published", limit_minutes=30)
    entity = _build_visit(hand, words, name)
    _permit(hand, words, name)
    building.publish(hand, words)
    building.await_published(hand.page, words)
    hand.report()
    keys = building.field_keys(company, entity)
    filling = Hand(visit("rep"), "a visit recorded, 301 characters shortened to 300")
    _record_visit(filling, words, entity, customer["title"])
    filling.report()
    record = rep.record(entity, filling.page.url.rsplit("/", 1)[-1])
    values = record["values"]
    assert re.sub("<[^>]*>", "", values[keys["沟通内容"]]) == "谈" * LONGEST
    assert values[keys["拜访日期"]] == "2026-12-20"
    assert all(values[keys[label]] for label in ("客户名称", "拜访目的", "下次跟进"))


URGENCIES = ("普通", "紧急", "特急")
NOTICE = "有新的样品申请"
HOURS = 24


def _build_request(hand: Hand, words: Words, name: str) -> str:
    page = hand.page
    panel = properties(page, words)
    entity = building.new_form(hand, words, name, "型号")
    add_field(hand, words, "user", "申请人")
    hand.click(button(panel, words("forms.section.automatic")))
    building.choose(hand, control(panel, words("forms.automatic.default")), words("forms.automatic.me"))
    add_field(hand, words, "relation", "客户")
    building.choose(hand, control(panel, "关联的表单"), words.entity("customer"))
    add_field(hand, words, "single_select", "紧急度")
    hand.fill(control(panel, words("forms.choices.lines")), "\n".join(URGENCIES))
    hand.press("Tab")
    add_field(hand, words, "date", "期望时间")
    return entity


def _set_deadline(hand: Hand, words: Words, form: str) -> None:
    """Give the form a process: the supervisor hears of every request, and of those that nobody took on in time."""
    page = hand.page
    panel = properties(page, words)
    building.go_to(hand, words, "processes")
    hand.click(button(page, form))
    building.choose(hand, control(dialog(page), words("processes.new.from")), words("processes.templates.simple"))
    hand.click(button(dialog(page), words("processes.new.make")))
    hand.step()
    hand.click(button(panel, words("processes.effects.add")))
    hand.click(page.get_by_role("menuitem", name=words("processes.effects.kinds.notify")))
    hand.fill(control(panel, words("processes.effects.noticeTitle")), NOTICE)
    hand.step()
    first = page.locator(".react-flow__node").filter(has=page.get_by_text("新建", exact=True))
    still(first)
    hand.click(first)
    hand.click(button(panel, words("processes.limit.title")))
    hand.click(control(panel, words("processes.limit.on")))
    hand.fill(control(panel, words("processes.limit.hours")), str(HOURS))
    hand.press("Tab")


def _permit_request(hand: Hand, words: Words, form: str) -> None:
    building.go_to(hand, words, "roles")
    building.grant(hand, words, "销售代表", form, {"create": "yes", "read": "own", "update": "own"})
    team = dict.fromkeys(("read", "update", "move"), "department_tree")
    building.grant(hand, words, "销售主管", form, team)


def _ask(hand: Hand, words: Words, form: str, customer: str) -> None:
    """File a request from the menu."""
    page = hand.page
    hand.step()
    hand.click(page.get_by_role("link", name=form, exact=True).first)
    hand.click(button(page, words("records.list.create", entity=form)))
    hand.fill(control(page, "型号"), "GX-75")
    expect(page.locator("form").get_by_text("申请人").first).to_be_visible()
    building.pick(hand, page, "客户", customer)
    building.pick(hand, page, "紧急度", URGENCIES[1])
    hand.fill(control(page, "期望时间"), "2027-01-20")
    hand.press("Enter")
    hand.click(button(page, words("common.actions.save")))
    expect(page.get_by_role("heading", name="GX-75", level=1)).to_be_visible()


def _is_told(page: Page, text: str) -> None:
    """The newest message says so, and leads to the request."""
    page.goto("/notifications")
    page.get_by_role("button").filter(has_text=text).filter(has_text="GX-75").first.click()
    expect(page.get_by_role("heading", name="GX-75", level=1)).to_be_visible()


def test_a_sample_request_is_built_and_its_delay_reported(visit: Visit, company: Company) -> None:
    words, name = Words("zh"), unique("样品申请")
    forget_draft(company)
    rep = company.person("rep")
    customer = rep.create("customer", name=unique("样品客户"))
    hand = Hand(visit("admin"), "sample request of five fields with notice and deadline", limit_minutes=15)
    _build_request(hand, words, name)
    _set_deadline(hand, words, name)
    _permit_request(hand, words, name)
    building.publish(hand, words)
    building.await_published(hand.page, words)
    hand.report()

    asking = Hand(visit("rep"), "a sample requested")
    _ask(asking, words, name, customer["title"])
    asking.report()
    expect(asking.page.get_by_text(rep.name).first).to_be_visible()
    _is_told(visit("supervisor"), NOTICE)

    company.pass_hours(HOURS + 0.1)
    boss = visit("supervisor")
    boss.goto("/tasks")
    card = boss.get_by_role("article").filter(has_text="GX-75")
    expect(card).to_contain_text(f"{HOURS}")
    _is_told(visit("rep"), f"停留超过 {HOURS} 小时")
