"""The model in the studio: a relation that is drawn, an option that is taken out of use."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.screen import dialog, fill, press, still
from tests.browser.words import Words


def _draw(page: Page, source: str, target: str) -> None:
    """Draw a line from the edge of one form to another, as a hand does."""
    start = page.locator(f".react-flow__node[data-id={source}] .react-flow__handle.source")
    end = page.locator(f".react-flow__node[data-id={target}] .react-flow__handle.target")
    still(start)
    start.hover(force=True)
    place = still(end)
    page.mouse.down()
    page.mouse.move(place["x"] - 40, place["y"] + 30, steps=8)
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, steps=8)
    page.mouse.up()


def test_a_relation_is_drawn(visit: Visit) -> None:
    words = Words("zh")
    page = visit("admin")
    page.goto("/studio/data")
    expect(page.locator(".react-flow__node")).not_to_have_count(0)
    _draw(page, "customer", "lead")
    asked = dialog(page)
    expect(asked.get_by_role("heading")).to_have_text(words("model.addRelation"))
    fill(asked, words("model.relationName"), "首条线索")
    press(asked, words("common.actions.add"))
    drawn = page.locator(".react-flow__edge").filter(has_text="首条线索")
    expect(drawn).to_contain_text(words("model.cardinality.one"))
    page.get_by_role("button", name=words("studio.undo")).click()
    expect(drawn).to_have_count(0)


def test_an_option_is_taken_out_of_use(visit: Visit) -> None:
    words = Words("zh")
    page = visit("admin")
    page.goto("/studio/choices#set/lead_source")
    page.get_by_role("button", name=words("choices.retire", name="展会")).click()
    asked = dialog(page)
    expect(asked).to_contain_text(re.compile(r"已选它的 [1-9]\d* 条记录"))
    press(asked, words("choices.retireDo"))
    row = page.get_by_role("listitem").filter(has_text=words("choices.retired"))
    expect(row).to_have_count(1)
    row.get_by_role("button", name=words("choices.bringBack", name="展会")).click()
    expect(row).to_have_count(0)
