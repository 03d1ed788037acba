"""An app that was built in the studio, taken to an empty workspace as a file: it is the same app there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import building
from tests.browser.building import add_field, button
from tests.browser.company import Company, Person, company_of, unique
from tests.browser.conftest import Visit
from tests.browser.practice import Hand
from tests.browser.screen import control, dialog, fill, press, toast
from tests.browser.server import Server, empty_server
from tests.browser.test_form_designer import block, forget_draft, properties
from tests.browser.words import Words
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.collecting import keys_of
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.studio.templates.library import read_library

WORDS = Words("zh")
PASSWORD = "an empty workspace 1"
BUILT = ("apps", "entities", "option_sets", "processes", "views", "pages", "roles")


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """Another installation, with nothing in it."""
    with empty_server() as server:
        yield server


def _make_form(hand: Hand, name: str) -> str:
    """Make a blank app, and give its form a list of choices that forms share, and an amount."""
    page, panel = hand.page, properties(hand.page, WORDS)
    page.goto("/studio")
    hand.step()
    hand.click(button(page, WORDS("studioApps.blank")))
    hand.fill(control(dialog(page), WORDS("studioApps.name")), name)
    hand.click(button(dialog(page), WORDS("studioApps.create")))
    expect(page).to_have_url(re.compile("/studio/forms/"))
    add_field(hand, WORDS, "single_select", "用途")
    hand.fill(control(panel, WORDS("forms.choices.lines")), "演示\n测试")
    hand.press("Tab")
    expect(panel.get_by_role("listitem").filter(has_text="测试")).to_be_visible()
    hand.click(button(panel, WORDS("forms.choices.share")))
    expect(panel.get_by_text(WORDS("forms.choices.shared"))).to_be_visible()
    add_field(hand, WORDS, "money", "押金")
    expect(block(page, WORDS, "押金")).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def _make_process(hand: Hand, name: str) -> None:
    page = hand.page
    building.go_to(hand, WORDS, "processes")
    hand.click(button(page, name))
    building.choose(hand, control(dialog(page), WORDS("processes.new.from")), WORDS("processes.templates.simple"))
    hand.click(button(dialog(page), WORDS("processes.new.make")))
    expect(page.locator(".react-flow__node")).to_have_count(4)


def _make_views(hand: Hand, name: str) -> None:
    """Add a board and a page, both in the app's menu."""
    page = hand.page
    building.go_to(hand, WORDS, "views")
    hand.click(button(page, WORDS("designer.addView", name=name)))
    hand.click(page.get_by_role("menuitem", name=WORDS("views.kinds.board")))
    _show_in_menu(hand, name)
    hand.step()
    hand.click(button(page, WORDS("designer.addPage")))
    expect(properties(page, WORDS).get_by_text(WORDS("designer.everybodyPage"))).to_be_visible()
    _show_in_menu(hand, name)


def _show_in_menu(hand: Hand, name: str) -> None:
    panel = properties(hand.page, WORDS)
    choice = panel.get_by_role("checkbox", name=name, exact=True)
    if choice.count() == 0:
        hand.click(button(panel, WORDS("designer.visibility")))
    hand.click(choice)
    expect(choice).to_be_checked()


def _make_role(hand: Hand, role: str, form: str) -> None:
    page = hand.page
    building.go_to(hand, WORDS, "roles")
    hand.click(button(page, WORDS("roles.add")))
    hand.fill(control(dialog(page), WORDS("roles.name")), role)
    hand.click(button(dialog(page), WORDS("common.actions.create")))
    building.grant(hand, WORDS, role, form, {"create": "yes", "read": "department", "move": "own"})


def _take_out(page: Page, name: str, folder: Path) -> Path:
    """Export the app from its card."""
    page.goto("/studio")
    card = page.get_by_role("article").filter(has_text=name)
    press(card, WORDS("studioApps.actionsOf", name=name))
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=WORDS("studioApps.export")).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def _first_sign_in(browser: Browser, server: Server) -> Page:
    """Sign in as the administrator of a fresh installation, who has to choose a password."""
    context = browser.new_context(base_url=server.address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in")
    fill(page, WORDS("session.signIn.login"), "admin")
    fill(page, WORDS("session.signIn.password"), server.password)
    press(page, WORDS("session.signIn.submit"))
    fill(page, WORDS("session.password.current"), server.password)
    for label in ("next", "again"):
        fill(page, WORDS(f"session.password.{label}"), PASSWORD)
    press(page, WORDS("session.password.save"))
    expect(page.get_by_role("navigation", name=WORDS("common.nav.label")).first).to_be_visible()
    return page


def _bring_in(page: Page, file: Path) -> None:
    page.goto("/studio")
    press(page, WORDS("studioApps.import"))
    dialog(page).locator("input[type=file]").set_input_files(file)
    press(dialog(page), WORDS("studioApps.install"))
    toast(page, WORDS("studioApps.installed"))


def _install_for_an_industry(page: Page) -> None:
    """Choose a template by industry and kind of work, look at it, install it, and fill in its form."""
    name, industry = read_library().summaries["complaint_medical"].label.zh, read_library().industries["medical"].zh
    page.goto("/studio/templates")
    control(page, WORDS("entrances.templates.industry")).select_option(industry)
    page.get_by_role("button", name=re.compile("^售后与服务")).click()
    cards = page.get_by_role("article")
    expect(cards).to_have_count(2)
    fill(page, WORDS("entrances.templates.search"), name)
    expect(cards).to_have_count(1)
    press(cards, f"{WORDS('entrances.templates.preview')} {name}")
    expect(dialog(page).get_by_role("heading", name=WORDS("entrances.templates.forms"))).to_be_visible()
    press(dialog(page), WORDS("entrances.templates.install"))
    dialog(page).get_by_role("link", name=WORDS("entrances.templates.open")).click()
    expect(page).to_have_url(re.compile("/v/complaint_medical_"))
    press(page, WORDS("records.list.create", entity="器械投诉与不良事件"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_label("投诉主题").first).to_be_visible()
    _turn_off_and_on(page, name)


def _turn_off_and_on(page: Page, name: str) -> None:
    """Take one app out and put it back, while the others stay as they are."""
    page.goto("/studio")
    own = page.get_by_role("button", name=WORDS("studioApps.actionsOf", name=name), exact=True)
    every = page.get_by_role("button", name=re.compile(WORDS("studioApps.actionsOf", name=".+")))
    expect(own).to_be_visible()
    before = every.count()
    own.click()
    page.get_by_role("menuitem", name=WORDS("studioApps.remove")).click()
    press(dialog(page), WORDS("studioApps.remove"))
    toast(page, WORDS("studioApps.removed", name=name))
    expect(every).to_have_count(before - 1)
    page.goto("/studio/templates")
    fill(page, WORDS("entrances.templates.search"), name)
    press(page.get_by_role("article"), f"{WORDS('entrances.templates.preview')} {name}")
    press(dialog(page), WORDS("entrances.templates.install"))
    expect(dialog(page).get_by_role("link", name=WORDS("entrances.templates.open"))).to_be_visible()
    page.goto("/studio")
    expect(own).to_be_visible()
    expect(every).to_have_count(before)


def _definitions(person: Person) -> Definitions:
    answer = person.client.get("/api/studio/definitions.yaml")
    found = decode_definitions(answer.raise_for_status().text)
    assert isinstance(found, Definitions), found
    return found


def _new(before: Definitions, after: Definitions) -> dict[str, dict[str, Any]]:
    """Return what was not there before, by collection and key."""
    known, all_ = keys_of(before), keys_of(after)
    return {
        kind: {each.key: each for each in getattr(after, kind) if each.key not in known[kind]} for kind in all_
    }  # fmt: skip


def test_an_app_is_the_same_in_another_workspace(
    visit: Visit, company: Company, browser: Browser, elsewhere: Server, tmp_path: Path
) -> None:
    name, role = unique("样机借用"), unique("样机管理员")
    forget_draft(company)
    admin = company.person("admin")
    before = _definitions(admin)
    hand = Hand(visit("admin"), "an app of its own: form, choices, process, board, page and role", limit_minutes=15)
    entity = _make_form(hand, name)
    _make_process(hand, name)
    _make_views(hand, name)
    _make_role(hand, role, name)
    building.publish(hand, WORDS)
    building.await_published(hand.page, WORDS)
    hand.report()
    built = _new(before, _definitions(admin))
    assert all(built[kind] for kind in BUILT)

    file = _take_out(hand.page, name, tmp_path)
    page = _first_sign_in(browser, elsewhere)
    _bring_in(page, file)
    with company_of(Server(elsewhere.address, PASSWORD)) as there:
        assert _new(Definitions(), _definitions(there.person("admin"))) == built
    page.goto(f"/e/{entity}/new")
    fill(page, "名称", "样机一号")
    press(page, WORDS("common.actions.save"))
    expect(page.get_by_role("heading", name="样机一号", level=1)).to_be_visible()
    _install_for_an_industry(page)
    page.context.close()
