"""Dialogs by the keyboard alone: opened by Enter, the focus goes in and stays in, Escape closes, and the opener has it again."""

import re
from dataclasses import dataclass

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screens import settle
from tests.browser.words import Words

MOST_STOPS = 3
"""Steps of Tab in a dialog, and one back over its start: enough to leave a dialog that does not hold them."""
TOP = "[...document.querySelectorAll('dialog[open]')].at(-1)"
INSIDE = f"() => {TOP}?.contains(document.activeElement)"
KEPT = f"() => document.activeElement === document.body || {TOP}?.contains(document.activeElement)"
STATE = """() => { const at = document.activeElement;
    return `${at?.tagName} “${(at?.getAttribute('aria-label') ?? at?.textContent ?? '').slice(0, 40)}”`; }"""


@dataclass(frozen=True)
class Way:
    """How a dialog is reached: a page, and the names of what is pressed one after the other; the last opens it."""

    address: str
    names: tuple[str, ...]


WAYS = (
    Way("/e/lead/{lead}", ("records.list.more", "records.record.share")),
    Way("/e/lead/{lead}", ("records.list.more", "records.record.access")),
    Way("/e/lead/{lead}", ("records.list.more", "records.merge.menu")),
    Way("/e/lead/{lead}", ("records.list.more", "common.actions.delete")),
    Way("/v/lead_all", ("records.views.more", "records.views.saveAs")),
    Way("/v/lead_all", ("records.list.selectAll", "records.bulk.edit")),
    Way("/v/lead_all", ("records.bulk.delete",)),
    Way("/e/lead/{lead}", ("process.board.moveTo", "")),
    Way("/admin/members", ("admin.members.create",)),
    Way("/admin/departments", ("admin.departments.create",)),
    Way("/admin/announcements", ("admin.announcements.new",)),
    Way("/account", ("session.account.keyCreate",)),
    Way("/studio", ("studioApps.blank",)),
    Way("/studio", ("studioApps.import",)),
    Way("/studio", ("studioApps.edit",)),
    Way("/studio/forms", ("forms.list.create",)),
    Way("/studio/data", ("model.addRelation",)),
    Way("/studio/choices", ("choices.addSet",)),
    Way("/studio/choices", ("choices.paste",)),
    Way("/studio/processes", ("processes.new.title",)),
    Way("/studio/processes/lead_journey", ("processes.stage.add",)),
    Way("/studio/roles", ("roles.add",)),
    Way("/studio/history", ("studio.history.compareBefore",)),
)


def _control(page: Page, words: Words, name: str) -> Locator:
    """Return what is pressed: a button, an entry of a menu or a box; without a name the first entry of a menu."""
    if not name:
        return page.get_by_role("menuitem").first
    called = re.compile(rf"^{re.escape(words(name))}")
    menu = page.get_by_role("menuitem", name=called)
    return menu.or_(page.get_by_role("button", name=called)).or_(page.get_by_role("checkbox", name=called)).first


def _walk(page: Page, opener: Locator | None) -> list[str]:
    """Tab through the dialog on top and back, and leave it by Escape; return what was wrong."""
    wrong = []
    try:
        page.wait_for_function(INSIDE)
    except Error:
        wrong.append(f"the focus is on {page.evaluate(STATE)}")
    for key in ("Shift+Tab", *["Tab"] * MOST_STOPS):
        page.keyboard.press(key)
        if not page.evaluate(KEPT):
            wrong.append(f"{key} leads out to {page.evaluate(STATE)}")
            break
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    try:
        if opener is not None:
            expect(opener).to_be_focused()
    except AssertionError:
        wrong.append(f"Escape leaves the focus on {page.evaluate(STATE)}")
    return wrong


def test_every_dialog_is_walked_by_the_keyboard(visit: Visit, company: Company) -> None:
    words, wrong, at = Words("zh"), [], ""
    lead = company.person("supervisor").lead(unique("键盘"))["id"]
    page = visit("admin")
    for way in WAYS:
        address = way.address.format(lead=lead)
        if address != at:
            page.goto(address)
            settle(page)
            at = address
        opener: Locator | None = None
        for name in way.names:
            control = _control(page, words, name)
            if control.get_attribute("role") != "menuitem":
                opener = control
            control.press("Space" if control.get_attribute("type") == "checkbox" else "Enter")
        expect(page.get_by_role("dialog")).to_have_count(1)
        wrong += [f"{address} {' › '.join(way.names)}: {each}" for each in _walk(page, opener)]
    page.get_by_role("heading", level=1).first.focus()
    for key in ("Control+k", "?"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_have_count(1)
        wrong += [f"{key}: {each}" for each in _walk(page, page.get_by_role("heading", level=1).first)]
    assert not wrong, "\n".join(wrong)
