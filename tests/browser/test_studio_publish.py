"""Two builders at one draft: their edits meet, are published, rolled back, and published at a time."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company, unique
from tests.browser.conftest import Visit
from tests.browser.screen import control, dialog, fill, press
from tests.browser.server import Server
from tests.browser.words import Words

PASSWORD = "another builder 1"
WORDS = Words("zh")


@pytest.fixture
def colleague(company: Company, server: Server) -> Iterator[httpx.Client]:
    """A second builder, signed in."""
    login = unique("build").replace(" ", "")
    body = {"name": "李搭建", "login": login, "roles": ["admin"], "department": None, "password": PASSWORD}
    company.person("admin").send("POST", "/members", json=body)
    with httpx.Client(base_url=server.address, timeout=60) as client:
        client.post("/api/session", json={"login": login, "password": PASSWORD}).raise_for_status()
        token = client.cookies.get("xiaolu_csrf") or ""
        own = {"current": PASSWORD, "password": f"{PASSWORD}2"}
        client.post("/api/me/password", json=own, headers={"X-CSRF-Token": token})
        yield client


@pytest.fixture
def app(company: Company) -> dict[str, str]:
    """An app of the test's own, which is taken out again."""
    admin = company.person("admin")
    admin.send("DELETE", "/studio/draft") if admin.send("GET", "/studio/draft") else None
    name = unique("试发布")
    made: dict[str, str] = admin.send("POST", "/studio/apps", json={"zh": name})
    return {**made, "name": name}


def _edit(client: httpx.Client, path: list[str], value: object, label: str) -> None:
    draft = client.get("/api/studio/draft").json()
    body = {"revision": draft["revision"], "label": label, "ops": [{"op": "put", "path": path, "value": value}]}
    token = client.cookies.get("xiaolu_csrf") or ""
    client.post("/api/studio/draft/edits", json=body, headers={"X-CSRF-Token": token}).raise_for_status()


def _open_app(page: Page, name: str) -> None:
    card = page.get_by_role("article").filter(has_text=name)
    card.get_by_role("button", name=WORDS("studioApps.edit")).click()
    expect(control(dialog(page), WORDS("studioApps.name"))).to_have_value(name)


def test_two_builders_meet_publish_and_roll_back(
    visit: Visit, company: Company, colleague: httpx.Client, app: dict[str, str]
) -> None:
    page = visit("admin")
    page.route("**/api/live?*", lambda route: route.fulfill(status=200, content_type="text/event-stream", body=""))
    page.goto("/studio")
    _open_app(page, app["name"])
    _edit(colleague, ["apps", app["key"], "label"], {"zh": "李的名字"}, "改应用名称")
    fill(dialog(page), WORDS("studioApps.name"), "我的名字")
    press(dialog(page), WORDS("studioApps.done"))
    clash = dialog(page)
    expect(clash.get_by_text(WORDS("studio.clash.title"))).to_be_visible()
    expect(clash.get_by_text("李的名字")).to_be_visible()
    clash.get_by_role("radio").nth(1).check()
    press(clash, WORDS("studio.clash.keep"))
    expect(page.get_by_text(WORDS("studio.saving.saved"))).to_be_visible()

    page.unroute("**/api/live?*")
    page.goto("/studio/changes")
    expect(page.get_by_text("我的名字").last).to_be_visible()
    _edit(colleague, ["apps", app["key"], "icon"], "star", "换图标")
    expect(page.get_by_text("star")).to_be_visible()
    fill(page, WORDS("studio.changes.note"), "换个名字")
    press(page, WORDS("studio.changes.publish"))
    expect(page.get_by_text(WORDS("studio.changes.nothing"))).to_be_visible()
    newest = company.person("admin").send("GET", "/studio/versions?limit=1")["versions"][0]
    assert newest["note"] == "换个名字"

    page.goto("/studio/history")
    expect(page.get_by_text("换个名字")).to_be_visible()
    page.get_by_role("button", name=WORDS("studio.history.restore")).first.click()
    expect(dialog(page).get_by_text(WORDS("studio.changes.plan"))).to_be_visible()
    press(dialog(page), WORDS("studio.history.restoreNow"))
    restored = WORDS("studio.history.restoredFrom", version=newest["version"] - 1)
    expect(page.get_by_text(restored)).to_be_visible()
    assert app["name"] in [each["label"] for each in company.person("admin").send("GET", "/studio/apps")]


def test_a_draft_is_published_at_a_time_and_called_off(
    visit: Visit, company: Company, app: dict[str, str], server: Server
) -> None:
    page = visit("admin")
    page.goto("/studio")
    _open_app(page, app["name"])
    fill(dialog(page), WORDS("studioApps.name"), "夜里的名字")
    press(dialog(page), WORDS("studioApps.done"))
    page.get_by_role("link").filter(has_text=WORDS("studio.review")).click()
    expect(page.get_by_text("夜里的名字").last).to_be_visible()
    page.get_by_role("button", name=WORDS("studio.schedule.later")).click()
    press(page, WORDS("studio.schedule.make"))
    press(page, WORDS("studio.schedule.callOff"))
    expect(page.get_by_role("button", name=WORDS("studio.schedule.callOff"))).to_have_count(0)
    note = unique("夜里发布")
    fill(page, WORDS("studio.changes.note"), note)
    press(page, WORDS("studio.schedule.make"))
    expect(page.get_by_role("button", name=WORDS("studio.schedule.callOff"))).to_be_visible()
    company.pass_hours(2)
    page = visit("admin")
    page.goto("/studio/history")
    expect(page.get_by_text(note)).to_be_visible()


def test_an_owner_is_named_and_approves_what_others_change(visit: Visit, app: dict[str, str]) -> None:
    page = visit("admin")
    page.goto("/studio")
    _open_app(page, app["name"])
    dialog(page).get_by_role("button", name=WORDS("parts.owners.title")).click()
    dialog(page).get_by_role("checkbox", name="区域总监").check()
    press(dialog(page), WORDS("studioApps.done"))
    page.get_by_role("link").filter(has_text=WORDS("studio.review")).click()
    press(page, WORDS("studio.changes.publish"))
    expect(page.get_by_text(WORDS("studio.changes.nothing"))).to_be_visible()

    page.goto("/studio")
    _open_app(page, app["name"])
    name = unique("总监同意的名字")
    fill(dialog(page), WORDS("studioApps.name"), name)
    press(dialog(page), WORDS("studioApps.done"))
    page.get_by_role("link").filter(has_text=WORDS("studio.review")).click()
    press(page, WORDS("studio.approvals.ask"))
    expect(page.get_by_text(WORDS("studio.approvals.states.waiting"))).to_be_visible()
    expect(page.get_by_role("button", name=WORDS("studio.changes.publish"), exact=True)).to_be_disabled()

    owner = visit("director")
    owner.goto("/tasks")
    card = (
        owner.get_by_role("article")
        .filter(has_text=app["name"])
        .or_(owner.get_by_role("article").filter(has_text=name))
    )
    card.first.get_by_role("link", name=WORDS("tasks.approve")).click()
    expect(owner.get_by_text(name).first).to_be_visible()
    press(owner, WORDS("studio.owning.approve"))

    page.goto("/studio/changes")
    press(page, WORDS("studio.changes.publish"))
    expect(page.get_by_text(WORDS("studio.changes.nothing"))).to_be_visible()
