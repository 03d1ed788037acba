"""Four spreadsheets become a related, grouped, filtered app with a formula and a board, through the interface alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.words import Words
from tests.studio.spreadsheet.shop import ACCOUNTS, DEALS, spreadsheets


def _upload(page: Page, folder: Path, words: Words) -> None:
    files = []
    for name, text in spreadsheets().items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        files.append(file)
    page.locator("input[type=file]").set_input_files(files)
    for file in files:
        expect(page.get_by_text(file.name, exact=True)).to_be_visible()
    page.get_by_role("button", name=words("entrances.sheets.read"), exact=True).click()


def _shape(page: Page, words: Words) -> None:
    """Look at what was guessed, and add what only a person knows."""
    type_of = words("entrances.sheets.type")
    page.get_by_role("tab", name=re.compile("Sales pipeline")).click()
    expect(page.get_by_label(f"product：{type_of}")).to_have_value("relation")
    expect(page.get_by_label(f"close_date：{type_of}")).to_have_value("date")
    expect(page.get_by_text(re.compile("ZXPro → ZX Pro"))).to_be_visible()
    expect(page.get_by_label(words("entrances.sheets.board"))).to_have_value("deal_stage")
    page.get_by_label(words("entrances.sheets.group"), exact=True).select_option("sales_agent")
    page.get_by_label(words("entrances.sheets.only"), exact=True).select_option(label="Deal stage = Won")
    page.get_by_role("button", name=words("entrances.sheets.addCalculated")).click()
    page.get_by_label(words("entrances.sheets.label"), exact=True).fill("Days to close")
    page.get_by_label(words("entrances.sheets.formula"), exact=True).fill("DAYS({Close date}, {Engage date})")
    page.get_by_label(words("entrances.sheets.result"), exact=True).select_option("integer")
    page.get_by_label(words("entrances.sheets.name"), exact=True).fill("Deals of the shop")
    page.get_by_role("button", name=words("entrances.sheets.check"), exact=True).click()


@pytest.mark.parametrize("language", ["en"])
def test_spreadsheets_become_an_app(visit: Visit, tmp_path: Path, language: str) -> None:
    words = Words(language)
    page = visit("admin", language=language)
    page.goto("/studio/new-from-spreadsheet")
    _upload(page, tmp_path, words)
    _shape(page, words)
    build = page.get_by_role("button", name=words("entrances.sheets.build"), exact=True)
    expect(build).to_be_enabled()
    build.click()
    expect(page.get_by_text(words("entrances.sheets.done"), exact=True)).to_be_visible()
    for count in (ACCOUNTS, DEALS):
        expect(page.get_by_text(words("entrances.sheets.created", count=count))).to_be_visible()

    page.get_by_role("link", name=words("entrances.sheets.open"), exact=True).click()
    expect(page.get_by_role("heading", name="Sales pipeline", level=1)).to_be_visible()
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
