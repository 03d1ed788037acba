"""The frame around every page: search and commands, shortcuts, theme and density, and what happens without a network."""

import re

from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import dialog, press
from tests.browser.words import Words


def _command(page: Page, words: Words, typed: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name=words("common.search.title"))
    box.fill(typed)
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")


def _background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_anywhere_by_keyboard(visit: Visit, company: Company) -> None:
    words = Words("zh")
    title = unique("键盘线索")
    lead = company.person("rep").lead(title)
    page = visit("rep")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _command(page, words, "xjxs")  # the initials of "new lead"
    expect(page).to_have_url(re.compile(r"/e/lead/new$"))
    _command(page, words, words.view("customer_all"))
    expect(page).to_have_url(re.compile(r"/v/customer_all$"))
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=words("common.search.title")).fill(title)
    page.get_by_role("option", name=title).first.click()
    expect(page).to_have_url(re.compile(f"/e/lead/{lead['id']}$"))
    page.keyboard.press("?")
    expect(dialog(page)).to_contain_text(words("keys.grid.fill"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_theme_and_density_follow_the_person_and_never_flash(visit: Visit, company: Company) -> None:
    words = Words("zh")
    page = visit("supervisor")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    light = _background(page)
    _command(page, words, "dark")
    expect(html).to_have_attribute("data-theme", "dark")
    assert _background(page) != light
    _command(page, words, "compact")
    expect(html).to_have_attribute("data-density", "compact")
    me = company.person("supervisor").send("GET", "/session")["member"]
    assert (me["theme"], me["density"]) == ("dark", "compact")
    page.add_init_script(
        "new MutationObserver(() => { if (document.body && !window.first)"
        " window.first = document.documentElement.dataset.theme + ' ' + (document.getElementById('root')?.childElementCount ?? 0);"
        "}).observe(document, {childList: true, subtree: true});"
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("window.first") == "dark 0"
    elsewhere = visit("supervisor")
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "dark")
    elsewhere.goto("/account")
    press(elsewhere, words("common.appearance.system"))
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "light")
    elsewhere.emulate_media(color_scheme="dark")
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "dark")
    company.person("supervisor").send("PATCH", "/me", json={"theme": "light", "density": "comfortable"})


def test_the_last_edit_is_taken_back_from_anywhere(visit: Visit) -> None:
    words = Words("zh")
    page = visit("rep")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+z")
    screen.toast(page, words("common.undo.nothing"))


def _without_network_errors(errors: list[str]) -> None:
    """Forget what the browser itself remarks about requests that found no network."""
    remarks = ("net::ERR", "Unable to preload", "Failed to fetch")
    errors[:] = [each for each in errors if not any(remark in each for remark in remarks)]


def test_without_a_network_the_shell_opens_and_shows_what_was_seen(
    visit: Visit, company: Company, console_errors: list[str]
) -> None:
    words, title = Words("zh"), unique("离线线索")
    company.person("rep").lead(title)
    page = visit("rep", width=390, height=844, is_installed=True)
    page.goto("/v/lead_mine")
    expect(page.get_by_text(title).first).to_be_visible()
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.reload()
    expect(page.get_by_text(title).first).to_be_visible()
    page.wait_for_function("""async () => (await (await caches.open('xiaolu-data')).keys())
        .filter((each) => /definitions|session|query/.test(each.url)).length >= 3""")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(title).first).to_be_visible()
    expect(
        page.get_by_role("status").filter(has_text=words("common.live.offline", when="").split("。")[0])
    ).to_be_visible()
    page.goto("/admin/roles")  # never seen before: an honest word instead of a blank page
    expect(page.get_by_text(words("common.errors.away"))).to_be_visible()
    page.context.set_offline(False)
    page.goto("/v/lead_mine")
    expect(page.get_by_text(title).first).to_be_visible()
    page.get_by_role("button", name=re.compile(words("common.nav.userMenu", name=""))).click()
    page.get_by_role("menuitem", name=words("common.nav.signOut")).click()
    expect(page).to_have_url(re.compile("/sign-in"))
    company.forget("rep")
    page.wait_for_function("async () => (await (await caches.open('xiaolu-data')).keys()).length === 0")
    _without_network_errors(console_errors)


def test_a_new_version_is_offered_and_taken(visit: Visit) -> None:
    words = Words("zh")
    page = visit("rep", is_installed=True)
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.evaluate("async () => { window.isOld = true; await navigator.serviceWorker.register('/sw.js?next'); }")
    news = page.get_by_role("status").filter(has_text=words("common.live.newVersion"))
    expect(news).to_be_visible()
    press(news, words("common.actions.reload"))
    page.wait_for_function("() => window.isOld === undefined")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_it_can_be_installed(visit: Visit) -> None:
    page = visit()
    manifest = page.request.get("/manifest.webmanifest").json()
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, icon["type"])
    assert page.request.get("/sw.js").headers["cache-control"] == "no-cache"
