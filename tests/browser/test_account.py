"""One's own account, and what an administrator does: members, roles, what was done, and why somebody cannot see something."""

import datetime
import re

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser import screen
from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import choose, dialog, error_at, fill, press
from tests.browser.server import Server
from tests.browser.words import Words

FIRST, SECOND = "first password 1", "second password 2"


@pytest.fixture
def newcomer(company: Company) -> str:
    """The login of a member who has just been added and must choose a password."""
    login = unique("new").replace(" ", "")
    admin = company.person("admin")
    admin.send(
        "POST",
        "/members",
        json={"name": "新成员", "login": login, "roles": ["rep"], "department": None, "password": FIRST},
    )
    return login


def _code(server: Server, secret: str, *, steps: int = 0) -> str:
    """Return the code that an authenticator shows at the server's time; it holds for half a minute at least."""
    now = httpx.get(f"{server.address}/api/health", timeout=30).headers["x-xiaolu-now"]
    moment = datetime.datetime.fromisoformat(now) + datetime.timedelta(seconds=30 * steps)
    return pyotp.TOTP(secret).at(moment)


def _enter(page: Page, words: Words, login: str, password: str) -> None:
    page.goto("/sign-in")
    fill(page, words("session.signIn.login"), login)
    fill(page, words("session.signIn.password"), password)
    press(page, words("session.signIn.submit"))


def test_first_password_and_second_factor(visit: Visit, server: Server, newcomer: str) -> None:
    words = Words("zh")
    page = visit()
    _enter(page, words, newcomer, "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    _enter(page, words, newcomer, FIRST)
    expect(page.get_by_role("heading", name=words("session.mustChange.title"))).to_be_visible()
    fill(page, words("session.password.current"), FIRST)
    fill(page, words("session.password.next"), SECOND)
    fill(page, words("session.password.again"), "something else")
    press(page, words("session.password.save"))
    expect(page.get_by_text(words("session.password.different"))).to_be_visible()
    fill(page, words("session.password.again"), SECOND)
    press(page, words("session.password.save"))
    expect(page.get_by_role("navigation", name=words("common.nav.label")).first).to_be_visible()

    page.goto("/account")
    fill(page, words("session.account.totpPassword"), SECOND)
    press(page, words("session.account.totpBegin"))
    secret = re.sub(r"[^A-Z2-7]", "", page.get_by_text(re.compile(r"[A-Z2-7]{4}( [A-Z2-7]{4}){3,}")).first.inner_text())
    fill(page, words("session.signIn.code"), "000000")
    press(page, words("session.account.totpConfirm"))
    expect(error_at(page, words("session.signIn.code"))).to_be_visible()
    fill(page, words("session.signIn.code"), _code(server, secret))
    press(page, words("session.account.totpConfirm"))
    expect(page.get_by_text(words("session.account.totpOn"))).to_be_visible()
    expect(page.get_by_text(words("session.account.totpRecovery"))).to_be_visible()

    other = visit()
    _enter(other, words, newcomer, SECOND)
    expect(other.get_by_role("heading", name=words("session.signIn.codeTitle"))).to_be_visible()
    fill(other, words("session.signIn.code"), "000000")
    press(other, words("session.signIn.submit"))
    expect(other.get_by_role("alert")).to_be_visible()
    fill(other, words("session.signIn.code"), _code(server, secret, steps=1))
    press(other, words("session.signIn.submit"))
    expect(other.get_by_role("navigation", name=words("common.nav.label")).first).to_be_visible()


def test_an_administrator_adds_a_member(visit: Visit, company: Company) -> None:
    words, name, login = Words("zh"), unique("林工"), unique("lin").replace(" ", "")
    page = visit("admin")
    page.goto("/admin/members")
    press(page, words("admin.members.create"))
    press(dialog(page), words("common.actions.save"))
    expect(dialog(page).get_by_text(words("admin.members.needName"))).to_be_visible()
    fill(dialog(page), words("admin.members.name"), name)
    fill(dialog(page), words("admin.members.login"), login)
    fill(dialog(page), words("admin.members.password"), FIRST)
    dialog(page).get_by_label("销售代表").check()
    press(dialog(page), words("common.actions.save"))
    screen.toast(page, words("admin.members.created", name=name))
    page.get_by_role("searchbox").fill(login)
    expect(page.get_by_role("row").filter(has_text=login)).to_contain_text("销售代表")

    page.goto("/admin/roles")
    page.get_by_role("button", name="销售代表", exact=True).click()
    row = page.get_by_role("table", name="销售代表").get_by_role("row").filter(has_text="线索").first
    expect(row).to_contain_text(words("admin.roles.scopes.own"))
    page.goto("/admin/audit")
    page.get_by_label(words("admin.audit.filter")).select_option("people")
    expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text(company.person("admin").name)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_why_somebody_cannot_see_a_record(visit: Visit, company: Company, language: str) -> None:
    words, title = Words(language), unique("权限线索")
    lead = company.person("rep").lead(title)
    stranger = company.person("rep20").name
    page = visit("admin", language=language)
    page.goto(f"/e/lead/{lead['id']}")
    page.get_by_role("button", name=words("records.list.more"), exact=True).click()
    page.get_by_role("menuitem", name=words("records.record.access")).click()
    choose(dialog(page), words("records.access.who"), stranger)
    cannot = words("records.access.cannot") + words("records.access.read")
    expect(dialog(page).get_by_text(cannot)).to_be_visible()
    expect(
        dialog(page).get_by_role("list", name=words("records.access.why")).get_by_role("listitem").first
    ).to_be_visible()
