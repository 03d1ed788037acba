"""Forms built by hand: the sample request by mouse, published, filled in and changed while it holds records; and by keys alone."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import choose, control, dialog, fill, press
from tests.browser.words import Words


def offer(page: Page, words: Words, kind: str) -> Locator:
    """Return a field type of the palette."""
    palette = page.get_by_role("region", name=words("forms.palette.title"))
    return palette.locator(f'button[data-type="{kind}"]')


def canvas(page: Page, words: Words) -> Locator:
    """Return the form on the canvas."""
    return page.get_by_role("region", name=words("forms.canvas.label"))


def block(page: Page, words: Words, label: str) -> Locator:
    """Return a field of the form on the canvas."""
    return canvas(page, words).get_by_role("button", name=re.compile(rf"^{re.escape(label)}，"))


def properties(page: Page, words: Words) -> Locator:
    """Return the properties of what is chosen."""
    return page.get_by_role("region", name=words("parts.properties"))


def order(page: Page, words: Words) -> list[str]:
    """Return the labels of the fields on the canvas, in order."""
    names = canvas(page, words).locator("[data-block]").evaluate_all("all => all.map(each => each.ariaLabel)")
    return [str(each).split("，")[0] for each in names]


def drag(page: Page, source: Locator, target: Locator, *, at: float) -> None:
    """Drag by mouse to a place in the first half of the target, to come before it."""
    source.scroll_into_view_if_needed()
    start, end = screen.still(source), screen.still(target)
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 15, y + 10, steps=3)
    for nudge in (4, 0):
        page.mouse.move(end["x"] + end["width"] * at + nudge, end["y"] + end["height"] / 2, steps=8)
    expect(target.locator("xpath=ancestor::*[@data-aimed]")).to_be_attached()
    page.mouse.up()


def name_it(page: Page, words: Words, label: str) -> None:
    """Type the name of a field that was just added: its name is chosen, to be typed over."""
    box = control(properties(page, words), words("forms.field.label"))
    expect(box).to_be_focused()
    page.keyboard.type(label)
    expect(block(page, words, label)).to_be_visible()


def new_form(page: Page, words: Words, name: str, first: str) -> str:
    """Make a form with one field, and return its key."""
    page.goto("/studio/forms")
    press(page, words("forms.list.create"))
    fill(dialog(page), words("forms.new.name"), name)
    fill(dialog(page), words("forms.new.first"), first)
    press(dialog(page), words("forms.new.create"))
    expect(block(page, words, first)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def publish(page: Page, words: Words) -> None:
    """Publish what was changed, from the strip above every page of the studio."""
    page.locator("[data-changes]").click()
    press(page, words("studio.changes.publish"))
    expect(page.get_by_text(re.compile(words("studio.changes.published", version=r"\d+"))).first).to_be_visible()


def forget_draft(company: Company) -> None:
    """Throw away what other tests left in the draft that all share."""
    admin = company.person("admin")
    admin.send("GET", "/studio/draft")
    admin.send("DELETE", "/studio/draft")


def test_the_sample_request_is_built_by_mouse(visit: Visit, company: Company) -> None:
    words, name = Words("zh"), unique("样品申请")
    forget_draft(company)
    page = visit("admin")
    entity = new_form(page, words, name, "型号")
    drag(page, offer(page, words, "user"), block(page, words, "型号"), at=0.2)
    name_it(page, words, "申请人")
    expect(canvas(page, words).locator("[data-block]").first).to_have_accessible_name(re.compile("^申请人，"))
    press(properties(page, words), words("forms.section.automatic"))
    control(properties(page, words), words("forms.automatic.default")).select_option(words("forms.automatic.me"))
    for kind, label in (("relation", "客户"), ("single_select", "紧急度"), ("date", "期望时间")):
        offer(page, words, kind).click()
        name_it(page, words, label)
    block(page, words, "紧急度").click()
    lines = control(properties(page, words), words("forms.choices.lines"))
    lines.fill("特急\n正常")
    lines.blur()
    drag(page, block(page, words, "型号"), block(page, words, "申请人"), at=0.2)
    expect(canvas(page, words).locator("[data-block]").first).to_have_accessible_name(re.compile("^型号，"))
    publish(page, words)
    record = _fill_in(page, words, company, entity)
    _change_in_use(page, words, entity, record)


def _fill_in(page: Page, words: Words, company: Company, entity: str) -> str:
    page.goto(f"/e/{entity}/new")
    expect(page.locator("form").get_by_text(company.person("admin").name).first).to_be_visible()
    fill(page, "型号", "XL-75")
    choose(page, "紧急度", "特急")
    screen.pick_day(page, "期望时间", "2026-12-20")
    press(page, words("common.actions.save"))
    expect(page.get_by_role("heading", name="XL-75", level=1)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _change_in_use(page: Page, words: Words, entity: str, record: str) -> None:
    """A field is added, one moved by its keys, one deleted; the record that is there keeps the rest."""
    page.goto(f"/studio/forms/{entity}")
    offer(page, words, "money").click()
    name_it(page, words, "预算")
    block(page, words, "期望时间").click()
    page.keyboard.press("Delete")
    expect(dialog(page)).to_contain_text(words("forms.remove.kept"))
    press(dialog(page), words("forms.remove.confirm"))
    expect(block(page, words, "期望时间")).to_have_count(0)
    publish(page, words)
    page.goto(f"/e/{entity}/{record}")
    expect(page.get_by_role("heading", name="XL-75", level=1)).to_be_visible()
    expect(page.get_by_text("特急", exact=True).first).to_be_visible()
    press(page, words("records.record.edit"))
    fill(page, "预算", "5000")
    press(page, words("records.record.save"))
    screen.toast(page, words("records.record.saved"))
    expect(page.get_by_text("期望时间", exact=True)).to_have_count(0)


def test_a_form_is_built_by_keys_alone(visit: Visit, company: Company) -> None:
    words = Words("zh")
    forget_draft(company)
    page = visit("admin")
    new_form(page, words, unique("键盘表单"), "名称")
    search = page.get_by_role("searchbox", name=words("forms.palette.search"))
    for kind, label in (("日期", "签约日"), ("金额", "预算")):
        search.focus()
        page.keyboard.type(kind)
        page.keyboard.press("Enter")
        name_it(page, words, label)
        search.fill("")
    box = control(properties(page, words), words("forms.field.label"))
    box.press("Escape")
    expect(block(page, words, "预算")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(canvas(page, words).locator("[data-block]").nth(1)).to_have_accessible_name(re.compile("^预算，"))
    expect(block(page, words, "预算")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(block(page, words, "签约日")).to_be_focused()
    page.keyboard.press("Delete")
    expect(block(page, words, "签约日")).to_have_count(0)
    expect(
        page.get_by_role("status").filter(has_text=words("forms.done.removed", field="签约日")).first
    ).to_be_attached()
    page.keyboard.press("Control+z")
    expect(block(page, words, "签约日")).to_be_visible()
    assert order(page, words) == ["名称", "预算", "签约日"]
    block(page, words, "预算").focus()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()


def _add_before_more_arrives(page: Page, words: Words) -> None:
    """Add a file and name it while nothing more of the client arrives: the designer stays, and so does what is typed."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/assets/**", hold)
    offer(page, words, "file").click()
    name_it(page, words, "附件")
    page.unroute("**/assets/**", hold)
    for each in held:
        each.continue_()


def test_conditions_work_while_a_form_is_tried(visit: Visit, company: Company) -> None:
    words = Words("zh")
    forget_draft(company)
    page = visit("admin")
    new_form(page, words, unique("试填表单"), "名称")
    _add_before_more_arrives(page, words)
    offer(page, words, "single_select").click()
    name_it(page, words, "紧急度")
    offer(page, words, "text").click()
    name_it(page, words, "加急原因")
    press(properties(page, words), words("forms.section.conditions"))
    shown = properties(page, words).get_by_role("group", name=words("forms.conditions.visible_if"))
    press(shown, words("parts.condition.add"))
    expect(shown.get_by_label(words("parts.condition.field"))).to_have_value(re.compile(r"\w"))
    press(page, words("forms.canvas.addGroup"))
    expect(control(properties(page, words), words("forms.group.name"))).to_have_value(words("forms.new.group"))
    press(page, words("forms.mode.try"))
    tried = page.get_by_role("region", name=words("forms.try.label"))
    expect(tried.get_by_text("加急原因")).to_have_count(0)
    choose(tried, "紧急度", words("forms.new.option", number=1))
    expect(tried.get_by_text("加急原因")).to_be_visible()
    press(tried, words("forms.try.check"))
    expect(screen.error_at(tried, "名称")).to_be_visible()
    fill(tried, "名称", "甲")
    expect(tried.get_by_text(words("forms.try.fine"))).to_be_visible()
