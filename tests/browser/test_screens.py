"""Every screen in both languages and widths: it shows its heading, fits its width, and its picture is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PICTURES, OpenPage

SCREENS = {
    "home": ("supervisor", "/"),
    "meeting": ("supervisor", "/meeting"),
    "board": ("supervisor", "/v/lead_board"),
    "list": ("supervisor", "/v/lead_all"),
    "grouped": ("supervisor", "/v/lead_all?group=stage"),
    "new-record": ("rep", "/e/lead/new"),
    "recycle-bin": ("admin", "/e/lead/trash"),
    "tasks": ("supervisor", "/tasks"),
    "notifications": ("supervisor", "/notifications"),
    "imports": ("admin", "/imports"),
    "account": ("admin", "/account"),
    "members": ("admin", "/admin/members"),
    "departments": ("admin", "/admin/departments"),
    "roles": ("admin", "/admin/roles"),
    "audit": ("admin", "/admin/audit"),
    "health": ("admin", "/admin/health"),
}


def _keep(page: Page, name: str, language: str, width: str) -> None:
    page.wait_for_load_state("load")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{name} is wider than a {width}"
    folder = PICTURES / "screens" / language / width
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_screens(open_page: OpenPage, language: str, width: str) -> None:
    people = {login: open_page(login, language=language, width=width) for login in ("rep", "supervisor", "admin")}
    for name, (login, address) in SCREENS.items():
        page = people[login]
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
        _keep(page, name, language, width)


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sign_in_screen(open_page: OpenPage, language: str, width: str) -> None:
    page = open_page(None, language=language, width=width)
    page.goto("/v/lead_all")
    expect(page).to_have_url(re.compile(r"/sign-in\?to="))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _keep(page, "sign-in", language, width)


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_record_screen(open_page: OpenPage, language: str, width: str) -> None:
    page = open_page("supervisor", language=language, width=width)
    answer = page.request.get("/api/session")
    found = page.request.post(
        "/api/records/lead/query",
        data={"filter": {"field": "stage", "op": "in", "value": ["acquire", "confirm", "match"]}, "limit": 1},
        headers={"X-CSRF-Token": str(answer.json()["csrf"])},
    )
    lead = found.json()["rows"][0]
    page.goto(f"/e/lead/{lead['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(lead["title"])
    _keep(page, "record", language, width)
