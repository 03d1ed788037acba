"""How a person works the interface: finding things by what they are called, never by how they are built."""

import re
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.words import Words

Place = Page | Locator
STILL = """async (each) => {
    const where = () => { const {x, y, width, height} = each.getBoundingClientRect(); return `${x} ${y} ${width} ${height}`; };
    for (let before = '', same = 0; same < 5;) {
        await new Promise(requestAnimationFrame);
        same = where() === before ? same + 1 : 0;
        before = where();
    }
}"""
"""Waits until an element was at the same place for some frames."""


def _named(label: str) -> re.Pattern[str]:
    """Match a field's label exactly, with or without the mark of a required field."""
    return re.compile(rf"^{re.escape(label)}\*?$")


def page_of(place: Place) -> Page:
    """Return the page that something is on."""
    return place if isinstance(place, Page) else place.page


def control(place: Place, label: str) -> Locator:
    """Return the control that a label names."""
    return place.get_by_label(_named(label)).first


def fill(place: Place, label: str, text: str) -> None:
    """Type into a field."""
    control(place, label).fill(text)


def choose(place: Place, label: str, option: str) -> None:
    """Choose from a list of options; people and records are searched for by typing."""
    box = control(place, label)
    box.click()
    box.fill(option)
    page_of(place).locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=option).first.click()


def add_words(place: Place, label: str, words: list[str]) -> None:
    """Add keywords, one after another."""
    box = control(place, label)
    for word in words:
        box.fill(word)
        box.press("Enter")
    box.press("Tab")


def pick_day(place: Place, label: str, day: str) -> None:
    """Type a day into a calendar field."""
    box = control(place, label)
    box.fill(day)
    box.press("Enter")


def attach(place: Place, file: Path) -> None:
    """Give a file to the only place that takes one."""
    place.locator("input[type=file]").first.set_input_files(file)


def still(place: Locator) -> FloatRect:
    """Return where something is, once it has stopped moving."""
    place.evaluate(STILL)
    box = place.bounding_box()
    assert box is not None
    return box


def press(place: Place, name: str) -> None:
    """Press the button with exactly this name."""
    place.get_by_role("button", name=name, exact=True).first.click()


def dialog(page: Page) -> Locator:
    """Return the dialog that is open."""
    return page.get_by_role("dialog").last


def error_at(place: Place, label: str) -> Locator:
    """Return what is wrong with a field, said beside it."""
    field = place.locator("div").filter(has=page_of(place).get_by_text(_named(label)))
    return field.get_by_role("alert").last


def sign_in(page: Page, words: Words, login: str, password: str) -> None:
    """Sign in by the form, and wait until home is there."""
    page.goto("/sign-in")
    fill(page, words("session.signIn.login"), login)
    fill(page, words("session.signIn.password"), password)
    press(page, words("session.signIn.submit"))
    expect(page.get_by_role("navigation", name=words("common.nav.label")).first).to_be_visible()


def toast(page: Page, text: str) -> None:
    """Wait for a short word about what just happened."""
    expect(page.get_by_role("status").filter(has_text=text).first).to_be_visible()


def card(page: Page, title: str) -> Locator:
    """Return a card of the board."""
    return page.get_by_role("article").filter(has=page.get_by_role("link", name=title, exact=True))


def column(page: Page, stage: str) -> Locator:
    """Return a column of the board."""
    return page.get_by_role("region", name=re.compile(rf"^{re.escape(stage)}[，,]"))
