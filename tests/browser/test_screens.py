"""Every screen in both languages, themes and widths: whole, translated, within its width, and open to everybody."""

import os
import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Error, Page

from tests.browser.chromium import ROOT
from tests.browser.company import Company, Json
from tests.browser.conftest import Visit
from tests.browser.screens import SCREENS, STRANGERS, Screen, routes
from tests.browser.staging import staged
from tests.browser.words import Words, text_keys

PICTURES = ROOT / "test-results/screens"
AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
DESKTOP, PHONE = 1440, 390
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES = ("zh", "en")
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
IS_GALLERY = "SCREENSHOTS" in os.environ
"""Whether all pictures are wanted: every screen in both languages, widths and themes."""
ONLY = [name for name in os.environ.get("SCREENS", "").split(",") if name]
"""Names of screens, where only some are looked at."""
GRAVE = ("serious", "critical")
TOO_WIDE = """() => [...document.querySelectorAll('html, body, main, main > *')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && !each.matches('[role=grid], [class*=board]'))
    .map((each) => `${each.tagName}.${each.className}: ${each.scrollWidth} > ${each.clientWidth}`)"""
CHECK = """async () => (await axe.run(document, {
    resultTypes: ['violations'], rules: {'target-size': {enabled: true}},
})).violations"""
REMARK = re.compile("net::ERR|Unable to preload|Failed to (fetch|load resource)")
STILL = 0.1
"""How far a screen's content may be pushed about while it loads: the measure of Core Web Vitals."""
WATCH_SHIFTS = """new PerformanceObserver((list) => {
    const name = (node) => node ? `${node.nodeName.toLowerCase()}.${node.className || node.parentNode?.className}` : '?';
    const place = (box) => `${Math.round(box.y)}+${Math.round(box.height)}`;
    for (const each of list.getEntries()) if (!each.hadRecentInput) (window.shifts ??= []).push({
        by: each.value,
        of: each.sources.map((one) =>
            `${name(one.node)} from ${place(one.previousRect)} to ${place(one.currentRect)}`),
    });
}).observe({type: 'layout-shift', buffered: true})"""


@pytest.fixture(scope="module")
def stage(company: Company) -> Iterator[Json]:
    """The records, jobs and changes that the screens show."""
    with staged(company) as ids:
        yield ids


def test_every_route_is_looked_at() -> None:
    assert {screen.route for screen in SCREENS.values()} == routes() | {STRANGERS}


def _violations(page: Page) -> list[str]:
    """What keeps people out, by the rules of WCAG: each rule with the places it is broken."""
    found: list[dict[str, Any]] = page.evaluate(CHECK)
    return [
        f"{each['id']}: {each['help']} at {'; '.join(str(node['html'])[:150] for node in each['nodes'][:4])}"
        for each in found
        if each["impact"] in GRAVE
    ]


def _untranslated(page: Page, language: str) -> set[str]:
    seen = set(re.findall(r"[a-z][\w]*(?:\.[\w]+)+", page.locator("body").inner_text()))
    return seen & text_keys(language)


def _shifts(page: Page) -> list[str]:
    """What moved while the screen was loading, if it moved too far."""
    shifts: list[dict[str, Any]] = page.evaluate("() => window.shifts ?? []")
    moved = sum(each["by"] for each in shifts)
    worst = sorted(shifts, key=lambda each: -float(each["by"]))[:2]
    return [] if moved <= STILL else [f"layout shift {moved:.2f}: {'; '.join(str(each['of'][:3]) for each in worst)}"]


def _check(page: Page, language: str) -> list[str]:
    """Return what is wrong with the screen that is shown."""
    wrong = [*page.evaluate(TOO_WIDE), *_untranslated(page, language), *_violations(page)]
    shown = page.locator("html").get_attribute("lang")
    return wrong if shown == HTML_LANGUAGES[language] else [*wrong, f"the language of the page is {shown}"]


def _look(page: Page, name: str, language: str, themes: tuple[Theme, ...]) -> list[str]:
    """Check a screen in each theme, and keep its picture where pictures are wanted."""
    wrong: list[str] = []
    width = page.viewport_size["width"] if page.viewport_size else 0
    for theme in themes:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        wrong += [f"{name} {width} {language} {theme}: {each}" for each in _check(page, language)]
        if IS_GALLERY:
            page.screenshot(path=PICTURES / f"{name}-{width}-{language}-{theme}.png", animations="disabled")
    return wrong


def _wanted(language: str, width: int) -> dict[str, tuple[Screen, tuple[Theme, ...]]]:
    """Return the screens to look at in a language and width, and the themes.

    Unless all pictures are wanted, each route is looked at once at each width, in turns of language and theme.
    """
    if IS_GALLERY:
        return {name: (screen, THEMES) for name, screen in SCREENS.items() if not ONLY or name in ONLY}
    firsts: dict[str, str] = {}
    for name, screen in SCREENS.items():
        firsts.setdefault(screen.route, name)
    turn = (LANGUAGES.index(language) + (width == PHONE)) % 2
    mine = [name for at, name in enumerate(firsts.values()) if at % 2 == turn]
    return {name: (SCREENS[name], (THEMES[(at + (width == PHONE)) % 2],)) for at, name in enumerate(mine)}


@pytest.mark.timeout(3600 if IS_GALLERY else 600)
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen(
    visit: Visit, company: Company, stage: Json, console_errors: list[str], language: str, width: int
) -> None:
    company.person("rep").speak(language)  # as whom an administrator looks at the system
    pages: dict[tuple[str | None, bool], Page] = {}
    words, wrong = Words(language), []
    for name, (screen, themes) in _wanted(language, width).items():
        browser = (screen.login, screen.trouble == "network")
        if browser not in pages or screen.login is None:
            height = 900 if width == DESKTOP else 844
            page = visit(screen.login, language=language, width=width, height=height, is_installed=browser[1])
            page.add_init_script(path=AXE)
            page.add_init_script(WATCH_SHIFTS)
            pages[browser] = page
        page, before = pages[browser], len(console_errors)
        try:
            screen.show(page, words, stage)
            wrong += [f"{name} {width} {language}: {each}" for each in _shifts(page)]
            screen.open(page, words, stage)
            wrong += _look(page, name, language, themes)
            screen.leave(page, words, stage)
        except (Error, AssertionError) as problem:
            wrong.append(f"{name} {width} {language}: {str(problem)[:400]}")
        if screen.trouble:  # the browser's own remarks about what did not answer
            console_errors[before:] = [each for each in console_errors[before:] if not REMARK.search(each)]
    assert not wrong, "\n".join(wrong)
