"""One server and one browser for the run; pages that must end without an error in their console."""

import os
from collections.abc import Generator, Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, ROOT, unpack_chromium
from tests.browser.company import Company, company_of
from tests.browser.practice import reported
from tests.browser.server import Server, running_server

WAIT_MS = 30_000
"""Longest wait for anything to appear: generous, because it only ever passes when something is wrong."""
EXPECTED = "Failed to load resource: the server responded with a status of 4"
"""The browser's own remark about an answer that refuses, which the tests provoke."""

FAILURES = ROOT / "test-results/failures"
HAS_FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=WAIT_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, so that its pages are photographed."""
    report = yield
    item.stash[HAS_FAILED] = item.stash.get(HAS_FAILED, False) or report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the tasks cost that were done by hand."""
    if "PYTEST_XDIST_WORKER" in os.environ or not (lines := reported()):
        return
    terminalreporter.section("what a person does")
    for line in lines:
        terminalreporter.write_line(line)


class Visit(Protocol):
    """Opens a browser of somebody's own."""

    def __call__(
        self,
        login: str | None = None,
        *,
        language: str = "zh",
        width: int = 1440,
        height: int = 900,
        is_installed: bool = False,
    ) -> Page:
        """Return a page on the platform; with a login the person is signed in already.

        Only where it is installed, the client keeps what it needs without a network.
        """
        ...


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The platform with its demo company."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def company(server: Server) -> Iterator[Company]:
    """The demo company through the API."""
    with company_of(server) as company:
        yield company


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, started once."""
    chromium = unpack_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=list(FLAGS), env=dict(chromium.environment)
        )
        yield browser
        browser.close()


def _watch(page: Page, errors: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            errors.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))


@pytest.fixture
def console_errors() -> list[str]:
    """What the consoles of the test's pages reported."""
    return []


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, server: Server, company: Company, browser: Browser, console_errors: list[str]
) -> Iterator[Visit]:
    """Open pages; afterwards none of them may have reported an error."""
    contexts: list[BrowserContext] = []

    def open_page(
        login: str | None = None,
        *,
        language: str = "zh",
        width: int = 1440,
        height: int = 900,
        is_installed: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            has_touch=width < 600,
            is_mobile=width < 600,
            accept_downloads=True,
            service_workers="allow" if is_installed else "block",
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        if login:
            sign_in_quietly(company, context, login, language)
        page = context.new_page()
        _watch(page, console_errors)
        page.goto("/")
        return page

    yield open_page
    if request.node.stash.get(HAS_FAILED, False):
        _photograph(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert console_errors == []


def _photograph(contexts: list[BrowserContext], test: str) -> None:
    FAILURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=FAILURES / f"{test}-{number}.png")


def sign_in_quietly(company: Company, context: BrowserContext, login: str, language: str) -> None:
    """Give a browser the session that the person has through the API, in a language."""
    person = company.person(login)
    person.speak(language)
    context.add_cookies(
        [
            {"name": cookie.name, "value": cookie.value or "", "url": company.server.address}
            for cookie in person.client.cookies.jar
        ]
    )
