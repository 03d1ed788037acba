"""Every screen in both languages and widths: whole, translated, within its width, and open to everybody; pictures are kept."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import ROOT
from tests.browser.company import Company, Json
from tests.browser.conftest import Visit
from tests.browser.words import text_keys

PICTURES = ROOT / "test-results/screens"
AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
DESKTOP, PHONE = 1440, 390
SCREENS: dict[str, tuple[str, str]] = {
    "home": ("supervisor", "/"),
    "meeting": ("supervisor", "/p/meeting"),
    "board": ("admin", "/v/lead_board"),
    "list": ("admin", "/v/lead_all"),
    "grouped": ("admin", "/e/lead?group=stage"),
    "activities": ("admin", "/v/activity_all"),
    "record": ("admin", "/e/lead/{lead}"),
    "customer": ("admin", "/e/customer/{customer}"),
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
    "studio-forms": ("admin", "/studio/forms"),
    "studio-form": ("admin", "/studio/forms/lead"),
}
GRAVE = ("serious", "critical")
TOO_WIDE = """() => [...document.querySelectorAll('html, body, main, main > *')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && !each.matches('[role=grid], [class*=board]'))
    .map((each) => `${each.tagName}.${each.className}: ${each.scrollWidth} > ${each.clientWidth}`)"""
CHECK = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


@pytest.fixture(scope="module")
def records(company: Company) -> Json:
    """The records whose pages are looked at: a lead far along, and its customer."""
    company.person("rep").lead("两台 75kW 变频空压机")
    query = {"sort": [{"field": "updated_at", "descending": True}], "limit": 50}
    rows = company.person("admin").send("POST", "/records/lead/query", json=query)["rows"]
    far = ["negotiate", "sign", "match", "confirm", "acquire", "deliver", "lost"]
    lead = min(rows, key=lambda row: far.index(row["stage"]))
    return {"lead": lead["id"], "customer": lead["values"]["customer"]}


def _settled(page: Page) -> None:
    """Wait until the screen shows its content and nothing is being fetched any more."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator("[aria-busy=true], [class*=skeleton]")).to_have_count(0)


def _violations(page: Page) -> list[str]:
    """What keeps people out, by the rules of WCAG: each rule with the places it is broken."""
    found: list[dict[str, Any]] = page.evaluate(CHECK)
    return [
        f"{each['id']}: {each['help']} at {'; '.join(str(node['target']) for node in each['nodes'][:4])}"
        for each in found
        if each["impact"] in GRAVE
    ]


def _keep(page: Page, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


def _untranslated(page: Page, language: str) -> set[str]:
    seen = set(re.findall(r"[a-z][\w]*(?:\.[\w]+)+", page.locator("body").inner_text()))
    return seen & text_keys(language)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen(visit: Visit, records: Json, language: str, width: int) -> None:
    height = 900 if width == DESKTOP else 844
    pages = {
        login: visit(login, language=language, width=width, height=height) for login in ("admin", "supervisor", "rep")
    }
    wrong: list[str] = []
    for page in pages.values():
        page.add_init_script(path=AXE)
    for name, (login, address) in SCREENS.items():
        page = pages[login]
        page.goto(address.format(**records))
        _settled(page)
        _keep(page, PICTURES, f"{language}-{width}-{name}")
        wrong += [f"{name}: {each}" for each in (*page.evaluate(TOO_WIDE), *_untranslated(page, language))]
        wrong += [f"{name}: {each}" for each in _violations(page)]
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert wrong == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_door(visit: Visit, language: str, width: int) -> None:
    page = visit(language=language, width=width)
    page.add_init_script(path=AXE)
    page.goto("/v/lead_all")
    expect(page).to_have_url(re.compile(r"/sign-in\?to="))
    _settled(page)
    _keep(page, PICTURES, f"{language}-{width}-sign-in")
    assert [*page.evaluate(TOO_WIDE), *_untranslated(page, language), *_violations(page)] == []
