"""Steps of a builder in the studio, taken by a hand that counts."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.company import Company
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog
from tests.browser.test_form_designer import block, offer, properties
from tests.browser.words import Words


def button(place: Page | Locator, name: str) -> Locator:
    """Return the button with exactly this name."""
    return place.get_by_role("button", name=name, exact=True).first


def new_form(hand: Hand, words: Words, name: str, first: str) -> str:
    """Make a form with its first field; return the key."""
    page = hand.page
    page.goto("/studio/forms")
    hand.step()
    hand.click(button(page, words("forms.list.create")))
    hand.fill(control(dialog(page), words("forms.new.name")), name)
    hand.fill(control(dialog(page), words("forms.new.first")), first)
    hand.click(button(dialog(page), words("forms.new.create")))
    expect(block(page, words, first)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def add_field(hand: Hand, words: Words, kind: str, label: str) -> None:
    """Add a field by a click, and type its name over the one it came with."""
    hand.step()
    hand.click(offer(hand.page, words, kind))
    expect(control(properties(hand.page, words), words("forms.field.label"))).to_be_focused()
    hand.type(label)
    expect(block(hand.page, words, label)).to_be_visible()


def choose(hand: Hand, place: Locator, option: str) -> None:
    """Take one of a short list: a click opens it, another takes the option."""
    hand.step()
    hand.clicks += 2
    place.select_option(label=option)


def pick(hand: Hand, place: Page | Locator, label: str, option: str) -> None:
    """Search in a list by typing, and take the option."""
    hand.step()
    hand.fill(control(place, label), option)
    hand.click(hand.page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=option).first)


def grant(hand: Hand, words: Words, role: str, form: str, levels: dict[str, str]) -> None:
    """Give a role its permissions on a form: a level for each operation of the matrix."""
    page = hand.page
    hand.step()
    hand.click(button(page, role))
    for operation, level in levels.items():
        cell = f"{form} · {words(f'roles.operations.{operation}')}"
        hand.click(page.get_by_role("button", name=re.compile(rf"^{re.escape(cell)}(：|: )")))
        hand.click(page.get_by_role("menuitem", name=words(f"roles.levels.{level}")))
        chosen = re.escape(words(f"roles.levels.{level}"))
        expect(page.get_by_role("button", name=re.compile(rf"^{re.escape(cell)}(：|: ){chosen}$"))).to_be_visible()


def go_to(hand: Hand, words: Words, area: str) -> None:
    """Open another area of the studio."""
    hand.step()
    hand.click(hand.page.get_by_role("link", name=words(f"studio.areas.{area}.title")).first)


def publish(hand: Hand, words: Words) -> None:
    """Review what changed, and publish it."""
    hand.step()
    hand.click(hand.page.locator("[data-changes]"))
    hand.click(button(hand.page, words("studio.changes.publish")))


def await_published(page: Page, words: Words, *, patience_ms: float | None = None) -> None:
    """Wait until it is said that the changes are published."""
    done = re.compile(words("studio.changes.published", version=r"\d+"))
    expect(page.get_by_text(done).first).to_be_visible(timeout=patience_ms)


def field_keys(company: Company, entity: str) -> dict[str, str]:
    """Return the keys of an entity's published fields, by label."""
    definitions = company.person("admin").send("GET", "/studio/definitions")["definitions"]
    found = next(each for each in definitions["entities"] if each["key"] == entity)
    return {
        each["label"] if isinstance(each["label"], str) else each["label"]["zh"]: each["key"]
        for each in found["fields"]
    }
