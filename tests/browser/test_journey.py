"""The main job by the interface alone: a lead from the first call to the start of delivery, refused wherever something is missing."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, Json, phone, unique
from tests.browser.conftest import Visit
from tests.browser.screen import add_words, card, choose, column, control, dialog, error_at, fill, press
from tests.browser.server import Server
from tests.browser.words import Words

PAINS = ["停机损失", "能耗过高", "空间不足"]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scan of the customer's list of needs."""
    path = tmp_path / "需求清单.jpg"
    Image.new("RGB", (320, 440), "#f4efe2").save(path, "JPEG")
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A document as PDF."""
    path = tmp_path / "文件.pdf"
    path.write_bytes(PDF)
    return path


def _create_customer(page: Page, words: Words, name: str) -> None:
    page.goto("/e/customer/new")
    press(page, words("common.actions.save"))
    expect(error_at(page, words.field("customer.name"))).to_be_visible()
    fill(page, words.field("customer.name"), name)
    fill(page, words.field("customer.phone"), "12")
    press(page, words("common.actions.save"))
    expect(error_at(page, words.field("customer.phone"))).to_be_visible()
    fill(page, words.field("customer.phone"), "0574-87654321")
    press(page, words("common.actions.save"))
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def _create_contact(page: Page, words: Words, customer: str, name: str) -> None:
    page.goto("/e/contact/new")
    fill(page, words.field("contact.name"), name)
    choose(page, words.field("contact.customer"), customer)
    fill(page, words.field("contact.mobile"), "1380000")
    press(page, words("common.actions.save"))
    expect(error_at(page, words.field("contact.mobile"))).to_be_visible()
    fill(page, words.field("contact.mobile"), phone())
    press(page, words("common.actions.save"))
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def _create_lead(page: Page, words: Words, lead: str, customer: str, contact: str) -> str:
    page.goto("/e/lead/new")
    press(page, words("common.actions.save"))
    for key in ("name", "customer", "source"):
        expect(error_at(page, words.field(f"lead.{key}"))).to_be_visible()
    fill(page, words.field("lead.name"), lead)
    choose(page, words.field("lead.customer"), customer)
    choose(page, words.field("lead.contact"), contact)
    choose(page, words.field("lead.source"), words.option("lead_source.exhibition"))
    choose(page, words.field("lead.product_line"), words.option("product_line.compressor"))
    fill(page, words.field("lead.amount"), "680000")
    payment = words.field("lead.payment_method")
    choose(page, payment, words.option("payment_method.instalments"))
    expect(page.get_by_text(re.compile("^(分期付款有回款风险|Instalments carry a risk)"))).to_be_visible()
    choose(page, payment, words.option("payment_method.transfer"))
    press(page, words("common.actions.save"))
    expect(page.get_by_role("heading", name=lead, level=1)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _open_move(page: Page, words: Words, lead: str, stage: str) -> None:
    """Open the dialog that moves a card, by the card's menu on the board."""
    page.goto("/v/lead_board")
    page.get_by_role("searchbox").fill(lead)
    expect(page.get_by_role("article")).to_have_count(1)
    found = card(page, lead)
    found.get_by_role("button", name=words("process.board.menu", title=lead)).click()
    page.get_by_role("menuitem", name=words.stage(stage), exact=True).click()
    expect(dialog(page)).to_contain_text(words.stage(stage))


def _give_reason(page: Page, words: Words, action: str, remark: str) -> None:
    dialog(page).get_by_role("radio", name=words.option(f"move_action.{action}"), exact=True).click()
    fill(dialog(page), words("process.move.remark"), remark)


def _send(page: Page, words: Words) -> None:
    press(dialog(page), words("process.move.submit"))


def _moved(page: Page, words: Words, lead: str, stage: str) -> None:
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(column(page, words.stage(stage)).get_by_role("link", name=lead, exact=True)).to_be_visible()


def _to_confirm(page: Page, words: Words, lead: str) -> None:
    """Without an action and a remark nothing moves, and each says so where it is missing."""
    _open_move(page, words, lead, "confirm")
    _send(page, words)
    expect(dialog(page).get_by_text(words("process.move.needAction"))).to_be_visible()
    expect(dialog(page).get_by_text(words("process.move.needRemark"))).to_be_visible()
    dialog(page).get_by_role("radio", name=words.option("move_action.needs_confirmed"), exact=True).click()
    fill(dialog(page), words("process.move.remark"), "   ")
    _send(page, words)
    expect(dialog(page).get_by_text(words("process.move.needRemark"))).to_be_visible()
    _give_reason(page, words, "needs_confirmed", "客户电话确认有扩产计划")
    _send(page, words)
    _moved(page, words, lead, "confirm")


def _to_match(page: Page, words: Words, lead: str, scan: Path) -> None:
    """The scan and three pain keywords are demanded before a solution is looked for."""
    _open_move(page, words, lead, "match")
    _give_reason(page, words, "needs_confirmed", "需求清单已由客户盖章")
    add_words(dialog(page), words.field("lead.pain_keywords"), PAINS[:2])
    _send(page, words)
    expect(dialog(page)).to_contain_text(words.slot("confirm", "needs_list"))
    expect(dialog(page).get_by_text(words("process.evidence.missing", count=1), exact=True)).to_be_visible()
    screen.attach(dialog(page), scan)
    expect(dialog(page).get_by_text(words("process.evidence.filled"), exact=True).first).to_be_visible()
    _send(page, words)
    expect(dialog(page).get_by_text(words.guard("to_match")).first).to_be_visible()
    add_words(dialog(page), words.field("lead.pain_keywords"), PAINS[2:])
    _send(page, words)
    _moved(page, words, lead, "match")


def _is_frozen(page: Page, words: Words, lead_id: str) -> None:
    """While the adviser judges, the record counts down and may not be changed."""
    page.goto(f"/e/lead/{lead_id}")
    expect(page.get_by_text(re.compile(words("process.stages.frozen", when=".*", time=".*"))).first).to_be_visible()
    press(page, words("process.board.moveTo"))
    page.get_by_role("menuitem").first.click()
    expect(dialog(page)).to_contain_text("技术评估期" if words.language == "zh" else "Technical assessment")
    expect(dialog(page).get_by_text(words("process.frozen.waits"), exact=True)).to_be_visible()
    press(dialog(page), words("process.frozen.understood"))
    press(page, words("records.record.edit"))
    fill(page, words.field("lead.next_step"), "冻结期间的修改")
    press(page, words("records.record.save"))
    expect(page.locator("form").get_by_text(re.compile("冻结|frozen", re.IGNORECASE)).first).to_be_visible()
    press(page, words("common.actions.cancel"))


def _assess(page: Page, words: Words, lead: str) -> None:
    """The adviser finds the task, fills in what it asks for, and finishes it."""
    page.goto("/tasks")
    task = page.get_by_role("article").filter(has=page.get_by_role("link", name=lead, exact=True))
    expect(task).to_contain_text(PAINS[0])
    task.get_by_role("link", name=lead, exact=True).click()
    expect(page.get_by_role("heading", name=lead, level=1)).to_be_visible()
    press(page, words("records.record.edit"))
    choose(page, words.field("lead.feasibility"), words.option("feasibility.standard"))
    fill(page, words.field("lead.assessment"), "两台 75kW 变频机可满足，需预留余热回收接口。")
    press(page, words("records.record.save"))
    screen.toast(page, words("records.record.saved"))
    page.goto("/tasks")
    press(task, words("tasks.complete"))
    fill(dialog(page), words("tasks.note"), "标准方案可行")
    press(dialog(page), words("tasks.complete"))
    expect(task).to_have_count(0)


def _to_negotiate(page: Page, words: Words, lead: str, paper: Path) -> None:
    _open_move(page, words, lead, "negotiate")
    _give_reason(page, words, "solution_accepted", "客户技术部书面认可方案")
    _send(page, words)
    expect(dialog(page).get_by_text(words("process.evidence.missing", count=1), exact=True)).to_be_visible()
    screen.attach(dialog(page), paper)
    expect(dialog(page).get_by_text(words("process.evidence.missing", count=1), exact=True)).to_have_count(0)
    _send(page, words)
    _moved(page, words, lead, "negotiate")


def _to_sign(page: Page, words: Words, lead: str, paper: Path) -> None:
    _open_move(page, words, lead, "sign")
    _give_reason(page, words, "price_agreed", "价格与账期谈定")
    screen.attach(dialog(page), paper)
    expect(dialog(page).get_by_text(words("process.evidence.filled"), exact=True).first).to_be_visible()
    fill(dialog(page), words.field("lead.quote_amount"), "650000")
    choose(dialog(page), words.field("lead.payment_method"), words.option("payment_method.instalments"))
    fill(dialog(page), words.field("lead.payment_days"), "30")
    _send(page, words)
    _moved(page, words, lead, "sign")


def _to_deliver(page: Page, words: Words, lead: str, paper: Path) -> None:
    _open_move(page, words, lead, "deliver")
    _give_reason(page, words, "contract_signed", "双方已签章")
    screen.attach(dialog(page), paper)
    expect(dialog(page).get_by_text(words("process.evidence.filled"), exact=True).first).to_be_visible()
    fill(dialog(page), words.field("lead.contract_number"), "HT-2026-001")
    fill(dialog(page), words.field("lead.contract_amount"), "645000")
    screen.pick_day(dialog(page), words.field("lead.signed_on"), "2026-11-20")
    screen.pick_day(dialog(page), words.field("lead.delivery_on"), "2026-12-20")
    _send(page, words)
    _moved(page, words, lead, "deliver")


def _adviser_of(company: Company, lead_id: str) -> str:
    lead: Json = company.person("rep").record("lead", lead_id)
    return company.login_of(lead["values"]["technical_adviser"])


def test_a_lead_goes_through_all_six_stages(
    visit: Visit, company: Company, server: Server, scan: Path, paper: Path
) -> None:
    words, lead, customer = Words("zh"), unique("空压站扩容 2 台 75kW"), unique("宁波海天精密机械有限公司")
    company.person("rep").speak("zh")
    page = visit()
    screen.sign_in(page, words, "rep", server.password)
    _create_customer(page, words, customer)
    _create_contact(page, words, customer, "徐工")
    lead_id = _create_lead(page, words, lead, customer, "徐工")
    _to_confirm(page, words, lead)
    _to_match(page, words, lead, scan)
    _is_frozen(page, words, lead_id)
    adviser = visit()
    login = _adviser_of(company, lead_id)
    company.person(login).speak("zh")
    screen.sign_in(adviser, words, login, server.password)
    _assess(adviser, words, lead)
    company.pass_hours(24.1)
    _to_negotiate(page, words, lead, paper)
    _to_sign(page, words, lead, paper)
    _to_deliver(page, words, lead, paper)
    _time_line_tells_all(page, words, lead_id, company)


def _time_line_tells_all(page: Page, words: Words, lead_id: str, company: Company) -> None:
    """Who, when and why: each move is there with its name, action and remark."""
    page.goto(f"/e/lead/{lead_id}")
    events = page.get_by_role("listitem")
    rep = company.person("rep").name
    for action, remark in (
        ("contract_signed", "双方已签章"),
        ("price_agreed", "价格与账期谈定"),
        ("solution_accepted", "客户技术部书面认可方案"),
        ("needs_confirmed", "需求清单已由客户盖章"),
    ):
        event = events.filter(has_text=remark)
        expect(event).to_contain_text(rep)
        expect(event).to_contain_text(words("records.history.moved"))
        expect(event).to_contain_text(words.option(f"move_action.{action}"))
        expect(event.locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\dT"))
    expect(control(page, words("process.stages.label")).locator("[aria-current=step]")).to_have_text(
        words.stage("deliver")
    )


def test_the_same_in_english(visit: Visit, company: Company, scan: Path) -> None:
    words, lead = Words("en"), unique("Two 75 kW compressors")
    contact = company.person("rep").lead(unique("Neighbour"))
    customer, who = contact["display"]["customer"], contact["display"]["contact"]
    page = visit("rep", language="en")
    lead_id = _create_lead(page, words, lead, customer, who)
    _to_confirm(page, words, lead)
    _to_match(page, words, lead, scan)
    _is_frozen(page, words, lead_id)
    adviser = visit(_adviser_of(company, lead_id), language="en")
    _assess(adviser, words, lead)
    page.goto(f"/e/lead/{lead_id}")
    event = page.get_by_role("listitem").filter(has_text="需求清单已由客户盖章")
    expect(event).to_contain_text(company.person("rep").name)
    expect(event).to_contain_text(words.option("move_action.needs_confirmed"))
