"""Four spreadsheets become a related, grouped, filtered app with a formula and a board, through the interface alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.words import Words
from tests.studio.spreadsheet.shop import ACCOUNTS, DEALS, spreadsheets


def _upload(hand: Hand, folder: Path, words: Words) -> None:
    page, files = hand.page, []
    for name, text in spreadsheets().items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        files.append(file)
    hand.step()
    hand.clicks += 3  # the place for files, all of them in the system's own dialog, and its button
    page.locator("input[type=file]").set_input_files(files)
    for file in files:
        expect(page.get_by_text(file.name, exact=True)).to_be_visible()
    hand.click(page.get_by_role("button", name=words("entrances.sheets.read"), exact=True))


def _choose(hand: Hand, place: Locator, option: str) -> None:
    """Open a list of choices and take one, by its value or its label."""
    hand.click(place)
    hand.clicks += 1
    place.select_option(option)


def _shape(hand: Hand, words: Words) -> None:
    """Look at what was guessed, and add what only a person knows."""
    page, type_of = hand.page, words("entrances.sheets.type")
    hand.step()
    hand.click(page.get_by_role("tab", name=re.compile("Sales pipeline")))
    expect(page.get_by_label(re.compile(rf"^product(：|: ){type_of}$"))).to_have_value("relation")
    expect(page.get_by_label(re.compile(rf"^close_date(：|: ){type_of}$"))).to_have_value("date")
    expect(page.get_by_text(re.compile("ZXPro → ZX Pro"))).to_be_visible()
    expect(page.get_by_label(words("entrances.sheets.board"))).to_have_value("deal_stage")
    hand.step()
    _choose(hand, page.get_by_label(words("entrances.sheets.group"), exact=True), "sales_agent")
    hand.step()
    _choose(hand, page.get_by_label(words("entrances.sheets.only"), exact=True), "Deal stage = Won")
    hand.step()
    hand.click(page.get_by_role("button", name=words("entrances.sheets.addCalculated")))
    hand.fill(page.get_by_label(words("entrances.sheets.label"), exact=True), "Days to close")
    formula = page.get_by_label(words("entrances.sheets.formula"), exact=True)
    hand.fill(formula, "DAYS({Close date}, {Engage date})")
    _choose(hand, page.get_by_label(words("entrances.sheets.result"), exact=True), "integer")
    hand.step()
    hand.fill(page.get_by_label(words("entrances.sheets.name"), exact=True), "Deals of the shop")
    hand.click(page.get_by_role("button", name=words("entrances.sheets.check"), exact=True))


@pytest.mark.parametrize("language", ["en"])
def test_spreadsheets_become_an_app(visit: Visit, tmp_path: Path, language: str) -> None:
    words = Words(language)
    page = visit("admin", language=language)
    hand = Hand(page, "an app from four spreadsheets", limit_minutes=15)
    page.goto("/studio")
    hand.step()
    hand.click(page.get_by_role("link", name=words("entrances.sheets.title"), exact=True))
    _upload(hand, tmp_path, words)
    _shape(hand, words)
    build = page.get_by_role("button", name=words("entrances.sheets.build"), exact=True)
    expect(build).to_be_enabled()
    hand.step()
    hand.click(build)
    expect(page.get_by_text(words("entrances.sheets.done"), exact=True)).to_be_visible()
    for count in (ACCOUNTS, DEALS):
        expect(page.get_by_text(words("entrances.sheets.created", count=count))).to_be_visible()

    hand.click(page.get_by_role("link", name=words("entrances.sheets.open"), exact=True))
    hand.report()
    expect(page.get_by_role("heading", name="Sales pipelines", level=1)).to_be_visible()
    expect(page.get_by_text("Ada Pike").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Sales pipeline.*board")).first.click()
    for stage in ("Prospecting", "Engaging", "Won", "Lost"):
        expect(page.get_by_text(stage, exact=True).first).to_be_visible()
    page.get_by_role("link", name=re.compile("Sales pipeline · Won")).first.click()
    expect(page.get_by_text("Days to close").first).to_be_visible()

    page.go_back()
    page.goto("/studio")
    _take_back(page, language)


def _take_back(page: Page, language: str) -> None:
    """Other tests find the workspace as it was."""
    found = page.request.get("/api/studio/spreadsheets").json()
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "xiaolu_csrf")
    done = page.request.delete(f"/api/studio/spreadsheets/{found[0]['id']}", headers={"x-csrf-token": token})
    assert done.ok, (language, done.text())
