"""The permission matrix: a region director gets a role of her own, and sees and edits her people's records alone."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import choose, dialog, fill, press, sign_in
from tests.browser.words import Words

FIRST, OWN = "first horse 2026", "own horse battery 7"


def _region_of(company: Company, login: str) -> tuple[dict[str, Any], set[str]]:
    """Return the department above a member's, and the ids of all departments within it."""
    admin = company.person("admin")
    departments = admin.send("GET", "/departments")["departments"]
    me = next(each for each in admin.send("GET", "/members")["members"] if each["login"] == login)
    own = next(each for each in departments if each["id"] == me["department"]["id"])
    region = next(each for each in departments if each["id"] == own["parent_id"])
    within = {region["id"]}
    while more := {each["id"] for each in departments if each["parent_id"] in within} - within:
        within |= more
    return region, within


def _set(page: Page, words: Words, entity: str, operation: str, level: str) -> None:
    """Choose a cell of the matrix by click."""
    page.get_by_role("button", name=re.compile(rf"^{entity} · {words(f'roles.operations.{operation}')}：")).click()
    page.get_by_role("menuitem", name=words(f"roles.levels.{level}")).click()
    cell = page.get_by_role(
        "button",
        name=f"{entity} · {words(f'roles.operations.{operation}')}：{words(f'roles.levels.{level}')}",
        exact=True,
    )
    expect(cell).to_be_visible()


def _make_role(page: Page, words: Words, name: str) -> None:
    page.goto("/studio/roles")
    press(page, words("roles.add"))
    fill(dialog(page), words("roles.name"), name)
    press(dialog(page), words("common.actions.create"))
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    for entity in ("线索", "客户", "联系人"):
        _set(page, words, entity, "read", "department_tree")
    _set(page, words, "线索", "update", "department_tree")
    cell = page.get_by_role("button", name=re.compile(rf"^线索 · {words('roles.operations.move')}：")).first
    cell.focus()
    page.keyboard.press("4")
    expect(
        page.get_by_role("button", name=re.compile(rf"^线索 · .*{words('roles.levels.department_tree')}$"))
    ).to_have_count(3)
    page.get_by_role("button", name=words("roles.expand", entity="线索")).click()
    page.get_by_role("button", name=re.compile(rf"^预计金额 · {words('roles.always')}：")).click()
    page.get_by_role("menuitem", name=words("roles.levels.read"), exact=False).click()


def _publish(page: Page, words: Words) -> None:
    page.get_by_role("link", name=re.compile(words("studio.review"))).click()
    press(page, words("studio.changes.publish"))
    expect(page.get_by_text(re.compile(r"第 \d+ 版已发布")).first).to_be_visible()


def test_a_director_sees_and_edits_her_peoples_records_alone(visit: Visit, company: Company) -> None:
    words, name = Words("zh"), unique("区域负责人")
    admin = company.person("admin")
    draft = admin.send("GET", "/studio/draft")
    if draft["changed"]:
        admin.send("DELETE", "/studio/draft", params={"revision": draft["revision"]})
    page = visit("admin")
    _make_role(page, words, name)
    _publish(page, words)
    region, within = _region_of(company, "rep")
    key = next(each["key"] for each in admin.send("GET", "/roles")["roles"] if each["label"] == name)
    login = unique("director").replace(" ", "")
    body = {"name": "区域总", "login": login, "roles": [key], "department": region["id"], "password": FIRST}
    member = admin.send("POST", "/members", json=body)
    mine = company.person("rep").lead(unique("本区线索"))
    rows = admin.send("POST", "/records/lead/query", json={"limit": 200})["rows"]
    foreign = next(each for each in rows if each["department"] not in within)

    page.get_by_role("link", name=words("studio.areas.roles.title")).click()
    press(page, words("roles.tabs.seen"))
    choose(page, words("roles.seen.person"), "区域总")
    page.get_by_label(words("roles.seen.entity")).select_option("lead")
    fill(page, words("roles.seen.search"), foreign["title"])
    expect(page.get_by_role("row", name=re.compile(re.escape(foreign["title"]))).first).to_contain_text(
        words("roles.seen.cannot")
    )

    hers = visit()
    sign_in_first(hers, words, login)
    hers.goto(f"/e/lead/{foreign['id']}")
    expect(hers.get_by_text(words("records.record.notFound"))).to_be_visible()
    hers.goto(f"/e/lead/{mine['id']}")
    expect(hers.get_by_role("heading", name=mine["title"])).to_be_visible()
    press(hers, words("records.record.edit"))
    renamed = unique("负责人改名")
    fill(hers, "线索名称", renamed)
    press(hers, words("records.record.save"))
    expect(hers.get_by_role("heading", name=renamed)).to_be_visible()
    assert company.person("rep").record("lead", mine["id"])["title"] == renamed
    hers.goto("/e/lead")
    expect(hers.get_by_text(renamed).first).to_be_visible()
    expect(hers.get_by_text(foreign["title"])).to_have_count(0)
    assert member["name"] == "区域总"


def sign_in_first(page: Page, words: Words, login: str) -> None:
    """Sign in for the first time, and choose a password of one's own."""
    page.goto("/sign-in")
    fill(page, words("session.signIn.login"), login)
    fill(page, words("session.signIn.password"), FIRST)
    press(page, words("session.signIn.submit"))
    fill(page, words("session.password.current"), FIRST)
    fill(page, words("session.password.next"), OWN)
    fill(page, words("session.password.again"), OWN)
    press(page, words("session.password.save"))
    expect(page.get_by_role("navigation", name=words("common.nav.label")).first).to_be_visible()


def test_an_administrator_sees_what_a_member_sees_and_changes_nothing(visit: Visit, company: Company) -> None:
    words = Words("zh")
    mine, other = company.person("rep").lead(unique("我的线索")), company.person("admin").lead(unique("别人的线索"))
    for login in ("rep", "admin"):
        company.person(login).speak("zh")
    page = visit(None)
    sign_in(page, words, "admin", company.server.password)
    page.goto(f"/e/lead/{mine['id']}")
    press(page, words("records.list.more"))
    page.get_by_role("menuitem", name=words("records.record.access")).click()
    choose(dialog(page), words("records.access.who"), company.person("rep").name)
    dialog(page).get_by_role("button", name=words("common.viewing.start")).click()
    press(dialog(page), words("common.viewing.start"))
    banner = page.get_by_role("status").filter(has_text=words("common.viewing.as", name=company.person("rep").name))
    expect(banner).to_be_visible()
    page.goto(f"/e/lead/{other['id']}")
    expect(page.get_by_text(words("records.record.notFound"))).to_be_visible()
    page.goto(f"/e/lead/{mine['id']}")
    fill(page, words("comments.write"), "冒名的话")
    press(page, words("comments.send"))
    expect(page.get_by_text("不能做任何改动")).to_be_visible()
    banner.get_by_role("button", name=words("common.viewing.end")).click()
    expect(banner).to_have_count(0)
    page.goto(f"/e/lead/{other['id']}")
    expect(page.get_by_role("heading", name=other["title"])).to_be_visible()
