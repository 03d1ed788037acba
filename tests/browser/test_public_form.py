"""A form for strangers: built in the studio, published, filled in on a phone without an account, and there as a record."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import unique
from tests.browser.conftest import Visit
from tests.browser.screen import press
from tests.browser.words import Words


def _publish(page: Page, words: Words) -> None:
    page.goto("/studio/changes")
    press(page, words("studio.changes.publish"))
    expect(page.get_by_text(words("studio.changes.nothing"), exact=True)).to_be_visible()


def _build(page: Page, words: Words, title: str) -> None:
    page.goto("/studio/public")
    press(page, words("entrances.public.new"))
    page.get_by_label(words("entrances.public.name")).first.fill(title)
    page.get_by_label(words("entrances.public.addField"), exact=True).select_option("phone")
    page.get_by_label(words("entrances.public.addField"), exact=True).select_option("level")
    page.get_by_label(words("entrances.public.consent")).first.fill("同意你们联系我")
    page.get_by_label(words("entrances.public.consent")).first.blur()
    expect(page.get_by_text(words("studio.saving.saved"), exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["zh"])
def test_a_stranger_fills_in_a_form(visit: Visit, language: str) -> None:
    words, title = Words(language), unique("官网登记")
    boss = visit("admin", language=language)
    _build(boss, words, title)
    _publish(boss, words)
    boss.goto("/studio/public")
    address = boss.locator("code").inner_text()
    expect(boss.get_by_role("img", name=words("entrances.public.qr"))).to_be_visible()

    phone = visit(None, language=language, width=390, height=844)
    phone.goto(f"{address}?utm_campaign=spring")
    expect(phone.get_by_role("heading", name=title)).to_be_visible()
    shown = phone.evaluate("performance.now()")
    phone.get_by_role("button", name="English").click()
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("Please agree first")).to_be_visible()
    name = unique("远山机械")
    phone.get_by_label("Name").fill(name)
    phone.get_by_label("Phone").fill("12")
    phone.get_by_label("同意你们联系我").check()
    # Faster than that no person fills in a form, and the platform knows.
    phone.wait_for_function("shown => performance.now() - shown > 2100", arg=shown)
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#f-phone-about")).to_be_visible()
    phone.get_by_label("Phone").fill("13800138000")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("Thank you, it arrived.")).to_be_visible()

    boss.reload()
    boss.get_by_role("link", name=words("entrances.public.record")).click()
    expect(boss.get_by_role("heading", name=name)).to_be_visible()
    boss.goto("/studio/public")
    press(boss, words("entrances.public.delete"))
    expect(boss.get_by_text(words("entrances.public.empty"), exact=True)).to_be_visible()
    expect(boss.get_by_text(words("studio.saving.saved"), exact=True)).to_be_visible()
    _publish(boss, words)
    phone.reload()
    expect(phone.get_by_text("This form cannot be filled in now")).to_be_visible()
