"""Work that takes no code, counted: a visit form from nothing to its first entry."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog, error_at
from tests.browser.test_form_designer import block, forget_draft, offer, properties
from tests.browser.words import Words

PURPOSES = ["初次拜访", "方案沟通", "商务谈判", "售后回访", "节日问候"]
LONGEST = 300


def _button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True).first


def _add(hand: Hand, words: Words, kind: str, label: str) -> None:
    """Add a field by a click, and type its name over the one it came with."""
    hand.step()
    hand.click(offer(hand.page, words, kind))
    expect(control(properties(hand.page, words), words("forms.field.label"))).to_be_focused()
    hand.type(label)
    expect(block(hand.page, words, label)).to_be_visible()


def _publish(hand: Hand, words: Words) -> None:
    hand.step()
    hand.click(hand.page.locator("[data-changes]"))
    hand.click(_button(hand.page, words("studio.changes.publish")))


def _new_form(hand: Hand, words: Words, name: str, first: str) -> str:
    page = hand.page
    page.goto("/studio/forms")
    hand.step()
    hand.click(_button(page, words("forms.list.create")))
    hand.fill(control(dialog(page), words("forms.new.name")), name)
    hand.fill(control(dialog(page), words("forms.new.first")), first)
    hand.click(_button(dialog(page), words("forms.new.create")))
    expect(block(page, words, first)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _keys(company: Company, entity: str) -> dict[str, str]:
    """Return the keys of an entity's published fields, by label."""
    definitions = company.person("admin").send("GET", "/studio/definitions")["definitions"]
    found = next(each for each in definitions["entities"] if each["key"] == entity)
    return {
        each["label"] if isinstance(each["label"], str) else each["label"]["zh"]: each["key"]
        for each in found["fields"]
    }


def _build_visit(hand: Hand, words: Words, name: str) -> str:
    page = hand.page
    entity = _new_form(hand, words, name, "拜访主题")
    _add(hand, words, "relation", "客户名称")
    hand.click(control(properties(page, words), "关联的表单"))
    control(properties(page, words), "关联的表单").select_option("customer")
    hand.press("Escape")
    _add(hand, words, "date", "拜访日期")
    _add(hand, words, "single_select", "拜访目的")
    hand.fill(control(properties(page, words), words("forms.choices.lines")), "\n".join(PURPOSES))
    hand.press("Tab")
    _add(hand, words, "rich_text", "沟通内容")
    hand.fill(control(properties(page, words), "最多字数"), str(LONGEST))
    hand.press("Tab")
    _add(hand, words, "date_time", "下次跟进")
    return entity


def _grant(hand: Hand, words: Words, form: str, operation: str, level: str) -> None:
    """Choose a cell of the permission matrix."""
    cell = f"{form} · {words(f'roles.operations.{operation}')}"
    hand.click(hand.page.get_by_role("button", name=re.compile(rf"^{re.escape(cell)}：")))
    hand.click(hand.page.get_by_role("menuitem", name=words(f"roles.levels.{level}")))
    expect(_button(hand.page, f"{cell}：{words(f'roles.levels.{level}')}")).to_be_visible()


def _permit(hand: Hand, words: Words, form: str) -> None:
    """Let sales representatives fill in the form, and see and change their own."""
    page = hand.page
    hand.step()
    hand.click(page.get_by_role("link", name=words("studio.areas.roles.title")))
    hand.click(_button(page, "销售代表"))
    for operation, level in (("create", "yes"), ("read", "own"), ("update", "own")):
        _grant(hand, words, form, operation, level)


def _record_visit(hand: Hand, words: Words, entity: str, customer: str) -> None:
    """Fill in a visit whose text is one character too long, and shorten it."""
    page = hand.page
    page.goto(f"/e/{entity}/new")
    hand.step()
    hand.fill(control(page, "拜访主题"), "年度框架沟通")
    for label, option in (("客户名称", customer), ("拜访目的", PURPOSES[1])):
        hand.step()
        hand.fill(control(page, label), option)
        hand.click(page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=option).first)
    for label, moment in (("拜访日期", "2026-12-20"), ("下次跟进", "2026-12-27 10:00")):
        hand.step()
        hand.fill(control(page, label), moment)
        hand.press("Enter")
    text = page.get_by_role("textbox", name="沟通内容")
    hand.step()
    hand.click(text)
    hand.type("谈" * (LONGEST + 1))
    expect(page.get_by_text(f"{LONGEST + 1} / {LONGEST}")).to_be_visible()
    hand.click(_button(page, words("common.actions.save")))
    expect(error_at(page, "沟通内容")).to_contain_text(str(LONGEST))
    expect(page).to_have_url(re.compile(f"/e/{entity}/new"))
    hand.step()
    hand.click(text)
    hand.press("Control+End", "Backspace")
    expect(page.get_by_text(f"{LONGEST} / {LONGEST}")).to_be_visible()
    hand.click(_button(page, words("common.actions.save")))
    expect(page.get_by_role("heading", name="年度框架沟通", level=1)).to_be_visible()


@pytest.mark.timeout(180)
def test_a_visit_form_is_built_and_filled_in(visit: Visit, company: Company) -> None:
    words, name = Words("zh"), unique("客户拜访")
    forget_draft(company)
    rep = company.person("rep")
    customer = rep.create("customer", name=unique("拜访客户"))
    building = Hand(visit("admin"), "visit form of five fields: built, permitted, published", limit_minutes=30)
    entity = _build_visit(building, words, name)
    _permit(building, words, name)
    _publish(building, words)
    done = re.compile(words("studio.changes.published", version=r"\d+"))
    expect(building.page.get_by_text(done).first).to_be_visible()
    building.report()
    keys = _keys(company, entity)
    filling = Hand(visit("rep"), "a visit recorded, 301 characters shortened to 300")
    _record_visit(filling, words, entity, customer["title"])
    filling.report()
    record = rep.record(entity, filling.page.url.rsplit("/", 1)[-1])
    values = record["values"]
    assert re.sub("<[^>]*>", "", values[keys["沟通内容"]]) == "谈" * LONGEST
    assert values[keys["拜访日期"]] == "2026-12-20"
    assert all(values[keys[label]] for label in ("客户名称", "拜访目的", "下次跟进"))
